"""The officers' queue and the coordinators' figures: pages that neither skip nor repeat, work that is bounded."""

from __future__ import annotations

import json
from datetime import timedelta

import h3
import pytest
from django.db.models import F
from django.test import Client
from lxml.html import fromstring
from pytest_django import DjangoAssertNumQueries

from rembug.cases.actions.confirm import Word, by_reporter
from rembug.cases.actions.move import by_clock
from rembug.cases.models import Case, Step
from rembug.cases.queries import figures as sums
from rembug.cases.queries import work
from rembug.cases.queries.faces import Wanted
from rembug.cases.queries.similar import similar
from rembug.cases.queries.work import Heap, Mark
from rembug.cases.tests import made
from rembug.cases.tests.made import ME, officer, step
from rembug.lib import clock
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in

ALL = Wanted(state="all")


def _stored(body: Body, count: int, *, dated: bool = True, state: str = "triaged") -> list[Case]:
    """Store cases whose dates come in pairs, so that a page may end between two of the same date."""
    now = clock.now()
    rows = [
        Case(
            city=body.city,
            category="light",
            body=body,
            state=state,
            opened_at=now,
            changed_at=now,
            due_at=now + timedelta(days=number // 2) if dated else None,
        )
        for number in range(count)
    ]
    return Case.objects.bulk_create(rows)


def test_the_queue_pages_by_date_and_undated_work_comes_last(
    city: str, lights: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "PAGE", 3)
    undated = [row.code for row in _stored(lights, 4, dated=False, state="answered")]
    dated = [row.code for row in _stored(lights, 8)]
    seen: list[str] = []
    mark: Mark | None = None
    for _ in range(4):
        page = work.queue(officer(lights), city, ALL, mark)
        seen += [one.code for one in page.cases]
        mark = Mark.read(str(page.following or ""))
    assert seen == dated + undated
    assert mark is None


def test_a_case_that_leaves_meanwhile_hides_no_other(
    city: str, lights: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "PAGE", 3)
    rows = _stored(lights, 6)
    first = work.queue(officer(lights), city, Wanted())
    Case.objects.filter(pk__in=[row.pk for row in rows[:3]]).update(state="rejected")
    second = work.queue(officer(lights), city, Wanted(), first.following)
    assert [one.code for one in second.cases] == [row.code for row in rows[3:]]


def test_heaps_are_counted_up_to_a_limit_and_say_so(
    city: str, lights: Body, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(work, "COUNTED", 4)
    rows = _stored(lights, 5)
    Case.objects.filter(pk__in=[row.pk for row in rows[:4]]).update(state="received")
    assert work.queue(officer(lights), city, ALL).counts == {
        "open": Heap(4, more=True),
        "new": Heap(4, more=False),
        "due": Heap(3, more=False),
        "late": Heap(2, more=False),  # due at the moment in which they were stored
        "mine": Heap(0, more=False),
    }
    person = make_person("petugas@example.org", totp=True)
    give(person, "officer", lights)
    assert "<b>4+</b>" in sign_in(client, person, code=True).get("/kerja/kasus/").content.decode()


def test_a_long_queue_costs_no_more_questions_than_a_short_one(
    city: str,
    lights: Body,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for kept in ("rembug.reports.queries.categories.FRESH_S", "rembug.places.queries.facts.LOOK_AGAIN_S"):
        monkeypatch.setattr(
            kept, 1_000_000
        )  # what this process keeps for some seconds is not read anew meanwhile
    _stored(lights, 150)
    work.queue(officer(lights), city, Wanted())
    with django_assert_max_num_queries(8):
        assert len(work.queue(officer(lights), city, Wanted()).cases) == work.PAGE


@pytest.mark.parametrize("raw", ["", "x", "-", "1", "1-", "-1-1", "1-2-3", "9" * 18 + "-1", "-" + "9" * 16])
def test_a_damaged_mark_begins_anew(raw: str) -> None:
    assert Mark.read(raw) is None


def test_figures_ask_twice_however_many_bodies_there_are(
    city: str,
    lights: Body,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(sums, "SPREAD", 5)
    others = Body.objects.filter(city=city).exclude(pk=lights.pk)[:3]
    for body in (lights, *others):
        for number, row in enumerate(_stored(body, 6, state="answered"), start=1):
            answered = row.opened_at + timedelta(days=10 * number)
            Case.objects.filter(pk=row.pk).update(answered_at=answered)
    with django_assert_num_queries(2):
        found = sums.figures(city)
    assert [one.name for one in found] == sorted(one.name for one in found)
    assert {(one.answered, one.median, one.low, one.high) for one in found} == {(6, 40.0, 25.0, 55.0)}


def test_similar_open_cases_near_by_are_named_nearest_first(city: str, lights: Body) -> None:
    first, _ = made.opened(city)
    assert first.lon is not None
    assert first.lat is not None
    for number, (lon, hours, state) in enumerate(
        (
            (0.0003, 0, "received"),
            (0.0008, 0, "triaged"),
            (0.0011, 0, "received"),
            (0.0, 2, "received"),
            (0.0, 0, "settled"),
        )
    ):
        Case.objects.create(
            city=city,
            incident=f"I{number}",
            category=first.category,
            lon=first.lon + lon,
            lat=first.lat,
            cell=h3.latlng_to_cell(first.lat, first.lon + lon, 9),
            body=lights,
            state=state,
            opened_at=first.opened_at + timedelta(hours=hours),
            changed_at=first.opened_at,
        )
    found = similar(city, first.category, first.lon, first.lat, first.opened_at, but=first.code)
    assert [round(one.metres) for one in found] == [33, 88]
    assert work.work(made.officer(lights), city, first.code).similar == tuple(found)


def test_figures_stand_by_body_by_kind_and_by_place_and_tell_words_from_silence(
    city: str, lights: Body, client: Client
) -> None:
    told, receipt = made.opened(city, 1)
    silent, _ = made.opened(city, 2)
    for case in (told, silent):
        step(case, officer(lights), "triage")
        step(case, officer(lights), "answer", public="Lampu diganti.")
    by_reporter(actor=ME, city=city, code=told.code, token=receipt.token, said=Word("confirm"))
    by_clock(silent.pk, "silent", "Ditutup.", actor=ME)
    by = {name: sums.figures(city, name) for name in sums.FIELDS}
    (body,), (kind,) = by["body"], by["category"]
    assert (body.name, body.settled, body.confirmed) == (lights.name, 2, 1)
    assert (kind.name, kind.settled, kind.confirmed) == ("Lampu jalan mati", 2, 1)
    assert sum(one.settled for one in by["area"]) == 2
    assert all(one.name and not one.name[0].isdigit() for one in by["area"])
    assert sums.unassigned(city) == 0
    Step.objects.filter(case=told, verb="confirm").update(at=F("at") - timedelta(microseconds=700))
    assert sums.figures(city)[0].confirmed == 1, "stamped just before its case, as older rows"
    Step.objects.filter(case=told, verb="confirm").update(at=F("at") - timedelta(seconds=2))
    assert sums.figures(city)[0].confirmed == 0, "an earlier word, since disputed"
    boss = make_person("koordinator@example.org", totp=True)
    give(boss, "coordinator", Body.objects.get(public_id=f"{city}-dinkominfo"))
    desk = sign_in(client, boss, code=True)
    for name in ("body", "category", "area", "nonsense"):
        page = desk.get("/kerja/kasus/angka/", {"menurut": name}).content.decode()
        assert "kata warga" in page
    assert "Lampu jalan mati" in desk.get("/kerja/kasus/angka/", {"menurut": "category"}).content.decode()


def test_the_map_shows_what_the_list_holds_and_says_what_has_no_place(
    city: str, lights: Body, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = made.opened(city)
    _stored(lights, 2)
    person = make_person("petugas@example.org", totp=True)
    give(person, "officer", lights)
    desk = sign_in(client, person, code=True)
    page = desk.get("/kerja/kasus/peta/").content.decode()
    assert page.count(f"/kerja/kasus/{case.code}/") == 1
    assert "2 kasus tanpa titik" in page
    points = json.loads(fromstring(page).xpath("//*[@data-map]/@data-map")[0])["points"]
    assert [(one["code"], round(one["lat"], 1)) for one in points] == [(case.code, -6.9)]
    assert case.code not in desk.get("/kerja/kasus/peta/", {"keadaan": "closed"}).content.decode()
    other = officer(Body.objects.get(public_id=f"{city}-dlh"))
    assert work.points(other, city, ALL).cases == ()
    monkeypatch.setattr(work, "MAPPED", 0)
    assert work.points(officer(lights), city, ALL).more
