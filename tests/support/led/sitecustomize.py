"""Leads the clock of every process of a site under test: true time plus the seconds that a file holds.

Python reads a module of this name at its start when its folder stands on `PYTHONPATH`; only `tests.support.led_site`
puts it there. Nothing of it is in the product: a server has no switch by which its clock could be moved.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from rembug.lib import clock

_file = Path(os.environ["LED_CLOCK"])


def _now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(_file.read_text()))


clock.now = _now
timezone.now = _now  # sessions and jobs of other packages end by the same clock
