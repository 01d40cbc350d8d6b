"""L-13 and (u): mayor, council, offices, groups and businesses promise apart; no word is another's to change."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from rembug.audit import triggers
from rembug.audit.models import Entry
from rembug.commitments.models import Commitment, Step
from rembug.commitments.tests import made
from rembug.deliberation.tests.conftest import body_of, join, speaker
from rembug.deliberation.tests.made import text
from rembug.lib import clock
from rembug.people.models import Body

ACTORS = ("wali-kota", "dprd", "dpupr", "contoh-pantau-rob", "contoh-usaha")


@pytest.fixture
def five(city: str) -> dict[str, tuple[Body, Client]]:
    """Each actor with the browser of somebody who speaks for it."""
    bodies = {name: join(body_of(city, name)) for name in ACTORS}
    return {name: (body, speaker(body, "officer", f"{name}@example.org")) for name, body in bodies.items()}


def test_each_actor_promises_with_a_date_and_what_is_overdue_is_shown(
    five: dict[str, tuple[Body, Client]],
) -> None:
    due = clock.now() + timedelta(days=60)
    for name, (body, browser) in five.items():
        made.promised(browser, body, title=f"Janji {name}", due_on=due.date().isoformat())
    page = text("/komitmen/")
    for name, (body, _) in five.items():
        assert f"Janji {name}" in page
        assert body.name in page
    assert "Janji" not in text("/komitmen/?keadaan=late")
    with time_machine.travel(due + timedelta(days=2)):
        late = text("/komitmen/?keadaan=late")
        assert all(f"Janji {name}" in late for name in five)
        for sphere in ("Kepala daerah", "Birokrasi", "Masyarakat sipil", "Dunia usaha"):
            assert sphere in text("/neraca/")


def test_nobody_moves_or_promises_for_another(five: dict[str, tuple[Body, Client]]) -> None:
    codes = {name: made.promised(browser, body, title=name) for name, (body, browser) in five.items()}
    before = list(Commitment.objects.order_by("id").values())
    for name, (body, _) in five.items():
        for other, (_, browser) in five.items():
            if other != name:
                assert made.moved(browser, codes[name], body, "withdraw", "promised", words="Batal.") == 403
                assert browser.post("/kerja/komitmen/baru/", made.form(body)).status_code in {403, 422}
    assert list(Commitment.objects.order_by("id").values()) == before
    assert Step.objects.count() == 0


def test_steps_stay_and_one_flipped_byte_of_their_log_is_found(
    five: dict[str, tuple[Body, Client]],
) -> None:
    body, browser = five["dpupr"]
    code = made.promised(browser, body)
    said = [("start", "promised"), ("deliver", "under_way")]
    for verb, seen in said:
        assert made.moved(browser, code, body, verb, seen) == 302
    kept = list(Step.objects.order_by("id").values())
    other, its_browser = five["contoh-usaha"]
    assert made.moved(its_browser, code, other, "dispute", "delivered", words="Belum.") == 302
    assert (
        list(Step.objects.order_by("id").values())[:2] == kept
    )  # the dispute is added, nothing is rewritten
    assert [row["evidence_code"] for row in kept] == ["BA/12/2027"] * 2
    call_command("audit", "sequence", stdout=StringIO())
    call_command("audit", "verify", stdout=StringIO())
    entry = Entry.objects.filter(verb="promise.moved").order_by("id")[0]
    triggers.remove(connection)  # they refuse it; only whoever owns the database gets past them
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET data = replace(data, 'start', 'stbrt') WHERE id = %s", [entry.pk]
        )
    with pytest.raises(CommandError):
        call_command("audit", "verify", stdout=StringIO(), stderr=StringIO())
