"""What people can do with accounts, roles and bodies, one subject a file."""

from rembug.people.actions.personal_data import erase_person

__all__ = ["erase_person"]
