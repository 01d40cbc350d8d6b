"""Requests about personal data whose clock is running."""

from rembug.people.models import DataRequest


def open_requests() -> list[DataRequest]:
    """Return unanswered requests of everybody, the one due first at the top; for operators at the console."""
    return list(DataRequest.objects.filter(done_at=None).order_by("due_at", "id"))
