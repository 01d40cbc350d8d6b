"""What is known about people and bodies, one subject a file."""

from rembug.people.queries.personal_data import my_data

__all__ = ["my_data"]
