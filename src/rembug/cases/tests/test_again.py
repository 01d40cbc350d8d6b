"""What happens after an end: somebody sees it again; and promises that are nearly over, hidden, or moved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions import open as opening
from rembug.cases.actions.again import reopen_seen_again
from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.escalate import escalate
from rembug.cases.actions.load import load_cases
from rembug.cases.actions.tend import warn
from rembug.cases.models import Case, Escalation
from rembug.cases.queries import faces, work
from rembug.cases.queries.archive import all_cases
from rembug.cases.queries.counts import counts
from rembug.cases.queries.faces import Wanted
from rembug.cases.queries.setup import facts_of
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.lib import clock
from rembug.lib.pack import read
from rembug.lib.pack.tests.made import PEKALONGAN, copy, faults
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in
from rembug.reports.models import Incident

START = "2026-01-15T03:00:00+00:00"
TRIAL = """
[[trial]]
body = "dinperkim"
until = 2026-02-28
basis = "Kesepakatan uji coba."
"""


def settled(city: str, lights: Body) -> Case:
    """Return a case that its reporter called settled."""
    case, receipt = made.opened(city)
    step(case, officer(lights), "triage")
    step(case, officer(lights), "answer", public="Lampu diganti.")
    by_reporter(actor=ME, city=city, code=case.code, token=receipt.token, said=Word("confirm"))
    case.refresh_from_db()
    assert case.state == "settled"
    return case


def test_a_later_report_of_the_same_incident_reopens_its_case_once(city: str, lights: Body) -> None:
    with time_machine.travel(START, tick=False) as travel:
        case = settled(city, lights)
        travel.shift(timedelta(minutes=40))
        assert reopen_seen_again(city, actor=ME) == 0
        made.light(city)
        assert [reopen_seen_again(city, actor=ME) for _ in range(2)] == [1, 0]
        case.refresh_from_db()
        assert case.state == "reopened"
        assert case.incident
        assert Case.objects.count() == 1
        words = faces.case(city, case.code).steps[-1].words
        assert words == "Ada laporan baru tentang kejadian yang sama. Kasus dibuka lagi."


def test_what_was_seen_before_the_end_reopens_nothing(city: str, lights: Body) -> None:
    with time_machine.travel(START, tick=False) as travel:
        case = settled(city, lights)
        travel.shift(timedelta(minutes=-5))
        made.light(city)
        travel.shift(timedelta(minutes=10))
        assert reopen_seen_again(city, actor=ME) == 0
    case.refresh_from_db()
    assert case.state == "settled"


def test_l02_a_body_gets_one_letter_for_all_that_is_nearly_or_already_over(city: str, lights: Body) -> None:
    give(make_person("petugas@example.org"), "officer", lights)
    with time_machine.travel(START, tick=False) as travel:
        codes = {made.opened(city, number)[0].code for number in (1, 2)}
        travel.shift(timedelta(days=5))
        warn(city, actor=ME)
        assert mail.outbox == []  # 50 per cent shows at the desk only
        assert {one.warned for one in work.queue(officer(lights), city, Wanted()).cases} == {50}
        travel.shift(timedelta(days=60))
        warn(city, actor=ME)
        warn(city, actor=ME)
    (letter,) = mail.outbox
    assert letter.to == ["petugas@example.org"]
    assert "2 kasus terlambat" in letter.subject
    assert all(code in letter.body for code in codes)


def test_what_is_mine_and_what_is_due_soon_is_one_press_away(city: str, lights: Body) -> None:
    person = make_person("petugas@example.org", totp=True)
    give(person, "officer", lights)
    desk = sign_in(Client(), person, code=True)
    with time_machine.travel(START, tick=False) as travel:
        mine, other = made.opened(city, 1)[0], made.opened(city, 2)[0]
    Case.objects.filter(pk=mine.pk).update(holder=person)
    page = desk.get("/kerja/kasus/", {"keadaan": "mine"}).content.decode()
    assert mine.code in page
    assert other.code not in page
    table = b"".join(desk.get("/kerja/kasus/unduh.csv", {"keadaan": "mine"})).decode()
    assert (mine.code in table, other.code in table) == (True, False)
    me = officer(lights)
    with time_machine.travel(START, tick=False) as travel:
        assert work.queue(me, city, Wanted("due")).cases == ()
        travel.shift(timedelta(days=4))
        assert len(work.queue(me, city, Wanted("due")).cases) == 2


def test_promises_of_a_body_on_trial_are_its_own_affair(city: str, lights: Body, tmp_path: Path) -> None:
    folder = copy(tmp_path, PEKALONGAN)
    with (folder / "cases.toml").open("a") as file:
        file.write(TRIAL)
    load_cases(actor=ME, city=city, facts=read(folder).cases)
    with time_machine.travel(START, tick=False) as travel:
        case, _ = made.opened(city)
        travel.shift(timedelta(days=30))
        face = faces.case(city, case.code)
        assert (face.clocks, face.late, face.due_at) == ((), False, None)
        page = Client().get(f"/kasus/{case.code}/").content.decode()
        assert "masa uji coba" in page
        assert "belum bergabung" not in page
        assert faces.listed(city, Wanted("late"))[0] == []
        assert counts(city, "", face.opened_at).late == 0
        (row,) = all_cases(city)
        assert (row["answer_due_at"], row["in_time"]) == (None, None)
        (request,) = Client().get("/open311/v2/requests.json").json()
        assert request["expected_datetime"] is None
        assert escalate(city, actor=ME) == 0
        inside = work.work(officer(lights), city, case.code).face
        assert len(inside.clocks) == 3
        assert inside.late
        travel.shift(timedelta(days=20))  # the trial is over
        assert faces.case(city, case.code).late
        assert [one["in_time"] for one in all_cases(city)] == [False]
        assert escalate(city, actor=ME) > 0
    assert Escalation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (TRIAL.replace("dinperkim", "nobody"), "is not in bodies.csv"),
        (TRIAL.replace("2026-02-28", '"akhir Februari"'), "write a day without quotes"),
        (TRIAL + TRIAL, "stands here twice"),
    ],
)
def test_a_trial_that_cannot_be_read_says_why(tmp_path: Path, wrong: str, said: str) -> None:
    folder = copy(tmp_path, PEKALONGAN)
    with (folder / "cases.toml").open("a") as file:
        file.write(wrong)
    assert any(said in str(one) for one in faults(folder))


def test_l01_an_operator_moves_promises_openly_after_a_decree(
    city: str, lights: Body, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(START, tick=False):
        case, _ = made.opened(city)
        folder = copy(tmp_path, PEKALONGAN)
        text = (folder / "cases.toml").read_text()
        day = '[{ day = 2026-01-19, words = "Hari jadi", basis = "Keputusan contoh" }]'
        (folder / "cases.toml").write_text(text.replace("add = []", f"add = {day}"))
        load_cases(actor=ME, city=city, facts=read(folder).cases)
        assert facts_of(city).added
        for moved in (3, 0):
            call_command("cases", "recompute")
            assert f"{moved} promises moved" in capsys.readouterr().out
        page = Client().get(f"/kasus/{case.code}/").content.decode()
    assert page.count("diganti") == 3
    assert Entry.objects.filter(verb="case.moved_due").count() == 3
    assert lights


def test_incidents_that_changed_at_one_moment_or_are_shown_late_all_get_a_case(
    city: str, lights: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BATCH", 2)
    with time_machine.travel(START, tick=False) as travel:
        for number in range(1, 6):
            made.light(city, number)
        assert Incident.objects.count() == 5
        assert opening.open_new(city, actor=ME) == 5
        made.light(city, 7)
        Incident.objects.filter(code__in=Incident.objects.order_by("-id").values("code")[:1]).update(
            changed_at=clock.now() - timedelta(seconds=8)
        )  # a slow transaction shows it after the look
        travel.shift(timedelta(seconds=2))
        assert opening.open_new(city, actor=ME) == 1
    assert lights
