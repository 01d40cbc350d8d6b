"""What can go wrong, said so that a person knows what happened and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field that cannot be taken: its name, a stable code, and a sentence that says what to do."""

    field: str
    code: str
    message: str


class RembugError(Exception):
    """Base of every error that a caller may show to a person.

    `code` is stable and names the RFC 9457 problem type; `status` is the HTTP status it becomes.
    """

    code = "error"
    status = 400

    def __init__(self, message: str, *, faults: tuple[FieldFault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.faults = faults


class Invalid(RembugError):
    """The input cannot be taken as it is; `faults` name each field."""

    code = "invalid"
    status = 422


class NotAllowed(RembugError):
    """This actor may not do this to this object."""

    code = "not-allowed"
    status = 403


class NotFound(RembugError):
    """There is no such thing, or this actor may not know that there is."""

    code = "not-found"
    status = 404


class Conflict(RembugError):
    """The thing has changed meanwhile, or the key was used for something else."""

    code = "conflict"
    status = 409


class KeyReused(RembugError):
    """The same idempotency key came with a different payload."""

    code = "key-reused"
    status = 422


class KeyMissing(RembugError):
    """A send without the key that would make a repeat harmless."""

    code = "key-missing"
    status = 400


class Malformed(RembugError):
    """What was sent cannot be read at all."""

    code = "malformed"
    status = 400


class TooLarge(RembugError):
    """More bytes than are taken."""

    code = "too-large"
    status = 413


class TooMany(RembugError):
    """More than a fair share; `retry_after_s` says when, a proof of work may open the way at once."""

    code = "too-many"
    status = 429

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
