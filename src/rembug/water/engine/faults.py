"""What the engine finds wrong, told as our own error: file, field and remedy."""

from collections.abc import Iterator
from contextlib import contextmanager

from rembug.lib.errors import FieldFault, Invalid
from rob.types import RobError


@contextmanager
def told() -> Iterator[None]:
    """Turn the engine's fault into `Invalid`."""
    try:
        yield
    except RobError as fault:
        said = f"{fault.problem}. {fault.remedy}."
        raise Invalid(str(fault), faults=(FieldFault(fault.field, "water", said),)) from fault
