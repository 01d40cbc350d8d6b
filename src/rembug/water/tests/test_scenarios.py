"""What-ifs: asked by those who may, the same for the same inputs, read by anyone."""

from collections.abc import Iterator

import pytest
from django.test import Client

from rembug.lib import clock
from rembug.lib.actor import Actor, Grant
from rembug.lib.errors import Invalid, NotAllowed
from rembug.lib.pack import read
from rembug.people.tests.town import give, make_body, make_person, sign_in
from rembug.places.tests.made import PEKALONGAN
from rembug.water.actions.compute import run_waiting
from rembug.water.actions.scenario import ask
from rembug.water.models import Scenario
from rembug.water.rules.whatif import Change, check, extended, rate_of
from rembug.water.tests import made

FACILITATOR = Actor("person:1", "person", (Grant("facilitator", made.CITY, "kemitraan"),))
RAISED = Change(0.9, crest_m={"degayu": 2.0}, extend_m={"degayu": 800})


@pytest.fixture
def _city() -> Iterator[None]:
    with clock.led(made.NOW):
        made.load()
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_city")
def test_a_higher_dyke_keeps_degayu_dry_and_equal_inputs_give_equal_results(client: Client) -> None:
    row = ask(actor=FACILITATOR, city=made.CITY, title="Tanggul naik", change=RAISED)
    assert ask(actor=FACILITATOR, city=made.CITY, title="Lagi", change=RAISED) == row
    assert client.get(f"/rob/skenario/{row.code}/").status_code == 200
    assert run_waiting(actor=made.ACTOR) == 1
    row.refresh_from_db()
    assert row.state == "done", row.fault
    assert row.result is not None
    degayu = next(area for area in row.result["areas"] if area["code"] == made.DEGAYU)
    assert degayu["share_before"] > 0.3 > 0.1 > degayu["share_after"]
    first = row.result
    Scenario.objects.update(state="waiting", result=None)
    run_waiting(actor=made.ACTOR)
    row.refresh_from_db()
    assert row.result == first
    assert "Degayu" in client.get(f"/rob/skenario/{row.code}/").content.decode()
    assert client.get(f"/rob/skenario/{row.code}/peta.png")["Content-Type"] == "image/png"
    assert client.get(f"/rob/skenario/banding/?a={row.code}&b={row.code}").status_code == 200
    assert client.get("/rob/skenario/NOTHING/").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("_city")
def test_a_what_if_that_the_pack_asks_again_over_newer_ground_stands_once_on_the_list(client: Client) -> None:
    old = ask(actor=made.ACTOR, city=made.CITY, title="Tanggul naik", change=RAISED)
    Scenario.objects.filter(pk=old.pk).update(inputs="of an older pack")
    new = ask(actor=made.ACTOR, city=made.CITY, title="Tanggul naik", change=RAISED)
    page = client.get("/rob/skenario/").content.decode()
    assert f"/rob/skenario/{new.code}/" in page
    assert f"/rob/skenario/{old.code}/" not in page
    assert client.get(f"/rob/skenario/{old.code}/").status_code == 200, (
        "a link that was shared still leads there"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("_city")
def test_a_dyke_that_nobody_raises_sinks_with_its_ground_until_the_year_of_the_outlook() -> None:
    shares = []
    for crests in ({}, {"degayu": 0.61}):
        change = Change(0.5, outlook="high", crest_m=crests)
        row = ask(actor=FACILITATOR, city=made.CITY, title="Tahun 2035", change=change)
        run_waiting(actor=made.ACTOR)
        row.refresh_from_db()
        assert row.result is not None, row.fault
        shares.append(next(one["share_after"] for one in row.result["areas"] if one["code"] == made.DEGAYU))
    assert shares[0] > shares[1], "a centimetre more is asked for that year; the old crest is only today's"


@pytest.mark.django_db
@pytest.mark.usefixtures("_city")
def test_a_what_if_beyond_the_map_ends_in_a_sentence_and_leaves_nothing_half_done(client: Client) -> None:
    change = Change(0.9, extend_m={"degayu": 30_000}).plain()
    row = Scenario.objects.create(city=made.CITY, code="FAR", title="Jauh", change=change, asked_at=made.NOW)
    assert run_waiting(actor=made.ACTOR) == 1
    row.refresh_from_db()
    assert (row.state, row.result, row.picture) == ("failed", None, None)
    assert "outside the grid" in row.fault
    assert "outside the grid" in client.get("/rob/skenario/FAR/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change(0.9), "change"),
        (Change(float("nan"), "high"), "level_m"),
        (Change(9.0, "high"), "level_m"),
        (Change(0.9, "someday"), "outlook"),
        (Change(0.9, crest_m={"elsewhere": 2}), "crest_m"),
        (Change(0.9, crest_m={"degayu": 99}), "crest_m"),
        (Change(0.9, pumps_m3_s={"seruni": -1}), "pumps_m3_s"),
    ],
)
def test_a_bad_what_if_names_its_field_and_remedy(change: Change, field: str) -> None:
    facts = read(PEKALONGAN).water
    assert facts is not None
    with pytest.raises(Invalid) as refused:
        check(change, facts)
    assert field in [fault.field for fault in refused.value.faults]
    assert all(fault.message.endswith(".") for fault in refused.value.faults)


@pytest.mark.django_db
@pytest.mark.usefixtures("_city")
def test_only_facilitators_and_coordinators_ask() -> None:
    verifier = Actor("person:2", "person", (Grant("verifier", made.CITY),))
    with pytest.raises(NotAllowed):
        ask(actor=verifier, city=made.CITY, title="Coba", change=RAISED)
    with pytest.raises(Invalid):
        ask(actor=FACILITATOR, city=made.CITY, title="Coba", change=Change(0.9))
    assert not Scenario.objects.exists()


def test_a_line_goes_on_in_its_own_direction() -> None:
    longer = extended([(0.0, 0.0), (0.0, 0.001)], 111.32)
    assert longer[-1] == pytest.approx((0.0, 0.002))
    assert extended([(0.0, 0.0), (0.0, 0.001)], 0) == ((0.0, 0.0), (0.0, 0.001))


def test_the_first_published_range_that_covers_an_area_counts() -> None:
    facts = read(PEKALONGAN).water
    assert facts is not None
    outlook = facts.outlook
    assert rate_of("33.75.01.1009", outlook) == (0.08, 0.16)
    assert rate_of("33.75.03.1007", outlook) == (0.04, 0.08)
    assert rate_of("33.75.04.1002", outlook) == (0.02, 0.05)
    assert rate_of("99.99", outlook) == (0.0, 0.0)


@pytest.mark.django_db
@pytest.mark.usefixtures("_city")
def test_a_facilitator_fills_in_the_form(client: Client) -> None:
    body = make_body("Contoh: Kemitraan", sphere="civil_society")
    person = make_person("fasilitator@example.org", totp=True)
    give(person, "facilitator", body)
    sign_in(client, person, code=True)
    empty = client.post("/kerja/skenario/", {"title": "Coba", "level_m": "0.9", "outlook": "now"})
    assert "Skenario kosong" in empty.content.decode()
    filled = {
        "title": "Tanggul naik",
        "level_m": "0.9",
        "outlook": "now",
        "crest-degayu": "2",
        "extend-degayu": "800",
    }
    sent = client.post("/kerja/skenario/", filled)
    row = Scenario.objects.get()
    assert sent["Location"] == f"/rob/skenario/{row.code}/"
    assert row.by == body.public_id
    assert "Sedang dihitung" in client.get(f"/rob/skenario/{row.code}/").content.decode()
