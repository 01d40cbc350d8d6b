"""An incident that comes to light long after it was made still opens its case."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from rembug.cases.actions.open import open_new
from rembug.cases.models import Case
from rembug.cases.tests import made
from rembug.cases.tests.made import ME
from rembug.reports.actions.gather import place_incidents
from rembug.reports.models import Incident

pytestmark = pytest.mark.django_db


def test_an_incident_that_was_placed_a_minute_after_it_was_made_opens_its_case(city: str) -> None:
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
        made.light(city, 1)
        Incident.objects.update(is_public=False)  # its judge died before it was placed
        travel.shift(timedelta(minutes=1))
        made.opened(city, 3)  # the cursor of cases passes on
        travel.shift(timedelta(minutes=1))
        place_incidents(city, Incident.objects.filter(is_public=False).values_list("id", flat=True))
        assert open_new(city, actor=ME) == 1
        assert Case.objects.count() == 2


def test_an_incident_that_only_moves_has_not_changed(city: str) -> None:
    with time_machine.travel("2026-01-15T03:00:00+00:00", tick=False) as travel:
        made.light(city, 1)
        before = Incident.objects.get().changed_at
        Incident.objects.update(public_lon=109.0)
        travel.shift(timedelta(minutes=1))
        place_incidents(city, Incident.objects.values_list("id", flat=True))
        moved = Incident.objects.get()
        assert moved.public_lon != 109.0
        assert moved.changed_at == before
