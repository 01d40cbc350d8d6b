"""The database reads the desk by the indexes that were made for it."""

import pytest
from django.db import connection
from django.utils import timezone

from rembug.cases.models import Case

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL plans by the numbers of rows it has seen"
    ),
]


def test_what_somebody_holds_is_found_by_its_holder() -> None:
    held = Case.objects.filter(city="pekalongan", holder_id=7, state__in=("assigned", "in_progress"))
    assert "USING INDEX cases_case_held" in held.values("state").explain()


def test_what_is_late_is_found_by_its_date() -> None:
    late = Case.objects.filter(city="pekalongan", due_at__lt=timezone.now())
    assert "cases_case_due" in late.order_by("due_at", "id").explain()
