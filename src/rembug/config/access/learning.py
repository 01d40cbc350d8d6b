"""Lessons and classes: who may read, open, answer."""

from rembug.lib.access import PUBLIC, Access
from rembug.lib.actor import Role

LEADERS: tuple[Role, ...] = ("facilitator", "coordinator", "administrator")

LEARNING: dict[str, Access] = {
    "learning:list": Access(PUBLIC),
    "learning:lesson": Access(PUBLIC, object="a lesson of this city's pack"),
    "learning:class": Access(PUBLIC, object="an open class, by its code"),
    "learning:class-questions": Access(PUBLIC, object="an open class, by its code; a sheet is counted once"),
    "learning:class-lesson": Access(PUBLIC, object="an open class, by its code"),
    "learning:class-done": Access(PUBLIC, object="an open class, by its code"),
    "learning:work": Access(LEADERS, object="classes of a body that one leads (actions.classes)"),
    "learning:work-class": Access(LEADERS, object="a class of a body that one leads (queries.classes)"),
    "learning:work-close": Access(LEADERS, object="a class of a body that one leads (actions.classes)"),
}
