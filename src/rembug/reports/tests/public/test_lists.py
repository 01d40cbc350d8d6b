"""The city now and the list beside the map."""

from datetime import timedelta

import pytest
from django.test import Client

from rembug.lib import clock
from rembug.reports.queries import public
from rembug.reports.queries.public.lists import PAGE
from rembug.reports.queries.public_types import Filters
from rembug.reports.tests.public.town import CITY, HULU, incident, report


def codes(**asked: object) -> list[str]:
    """Return the codes that a list with these filters shows."""
    return [card.code for card in public.incident_list(CITY, Filters(**asked)).items]  # type: ignore[arg-type]


def test_pages_follow_each_other_without_gap_or_repeat_even_at_equal_times() -> None:
    at = clock.now()
    made = {incident(report(), last_at=at).code for _ in range(PAGE + 5)}
    first = public.incident_list(CITY, Filters())
    second = public.incident_list(CITY, Filters(), first.next_after)
    assert first.total == second.total == PAGE + 5
    assert second.next_after == ""
    assert {card.code for card in (*first.items, *second.items)} == made
    assert len(first.items) + len(second.items) == len(made)


@pytest.mark.parametrize("after", ["", "x", "1-", "-1", "99999999999999999999-1", "1-1-1", "\x00"])
def test_a_key_that_cannot_be_read_shows_the_first_page(after: str) -> None:
    made = incident(report())
    assert [card.code for card in public.incident_list(CITY, Filters(), after).items] == [made.code]


def test_filters_narrow_by_kind_place_state_rung_and_day() -> None:
    wet = incident(report())
    dark = incident(report(category="light", area_code="99.71.01.1002", rung="verified"))
    over = incident(report(ago_min=600), ended_at=clock.now() - timedelta(hours=9))
    assert set(codes()) == {wet.code, dark.code}
    assert codes(category="light") == [dark.code]
    assert codes(area=HULU) == [wet.code]
    assert set(codes(area="99.71")) == {wet.code, dark.code}
    assert codes(rung="verified") == [dark.code]
    assert codes(state="ended") == [over.code]
    assert len(codes(state="all")) == 3


def test_what_nobody_saw_lately_is_not_now() -> None:
    incident(report(ago_min=7 * 60))
    assert codes() == []


def test_what_was_refuted_is_not_now() -> None:
    incident(report(rung="refuted", probability=0.05))
    assert codes() == []


def test_one_unchecked_voice_makes_no_headline() -> None:
    incident(report(depth_class="chest", rung="raw", probability=0.4))
    incident(report(depth_class="calf", rung="corroborated", probability=0.9))
    area = public.happening_now(CITY, clock.now()).areas[0]
    assert (area.deepest, area.rung, area.incident_count) == ("calf", "corroborated", 2)


def test_home_says_where_how_deep_and_since_when(client: Client) -> None:
    incident(report(depth_class="knee", rung="verified", probability=0.97))
    page = client.get("/").content.decode()
    assert "Rob di 1 kelurahan sekarang" in page
    assert "Terdalam selutut (31–50 cm) di Hulu, sejak" in page
    assert 'class="d-knee"' in page


def test_home_without_water_says_so_and_how_to_report(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Tidak ada laporan rob saat ini" in page
    assert "Belum ada laporan. Laporan pertama bisa dari Anda." in page


def test_the_list_keeps_its_filters_on_the_next_page(client: Client) -> None:
    for _ in range(PAGE + 1):
        incident(report())
    page = client.get("/peta/?jenis=rob&wilayah=").content.decode()
    assert "?jenis=rob&amp;setelah=" in page


@pytest.mark.parametrize("asked", ["jenis=zzz", "hari=kemarin", "keadaan=' OR 1=1", "wilayah=x" * 50])
def test_a_filter_that_makes_no_sense_still_shows_a_list(client: Client, asked: str) -> None:
    assert client.get(f"/peta/?{asked}").status_code == 200


def test_a_filter_with_an_invisible_letter_is_refused_and_not_guessed(client: Client) -> None:
    assert client.get("/peta/?setelah=%00").status_code == 400


def test_shapes_answer_304_to_a_reader_who_has_them(client: Client) -> None:
    first = client.get("/peta/wilayah.json")
    assert {feature["properties"]["name"] for feature in first.json()["features"]} == {"Hulu", "Hilir"}
    again = client.get("/peta/wilayah.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
