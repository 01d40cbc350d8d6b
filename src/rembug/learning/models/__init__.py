"""Tables of the app."""

from rembug.learning.models.lesson import Classroom, Lesson, Sheet, Tally

__all__ = ["Classroom", "Lesson", "Sheet", "Tally"]
