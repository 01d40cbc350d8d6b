"""Whether a job has something to do."""

from __future__ import annotations

from rembug.alerts.models import Delivery

TRIES = 5


def to_deliver() -> bool:
    """Tell whether a message waits to be sent to somebody."""
    return Delivery.objects.filter(sent_at=None, tries__lt=TRIES).exists()
