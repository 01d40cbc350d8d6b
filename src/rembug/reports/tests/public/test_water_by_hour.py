"""A kelurahan's page says whether water stands there now, and how that changed over the last day."""

import re
from datetime import timedelta

from django.test import Client

from rembug.reports.queries.public import presence
from rembug.reports.queries.public.presence import HOURS, water_by_hour
from rembug.reports.tests.public.town import CITY, HULU, incident, report


def now_in(code: str) -> float:
    presence.forget()
    return water_by_hour(CITY, code)[-1].probability


def page(client: Client) -> str:
    presence.forget()
    return " ".join(client.get("/wilayah/hulu/").content.decode().split())


def test_where_nobody_tells_of_water_the_page_says_that_there_is_no_sign(client: Client) -> None:
    assert "tidak ada tanda air." in page(client)
    assert "24 jam terakhir" not in page(client)


def test_reports_make_water_likely_and_the_hours_are_drawn_with_a_table(client: Client) -> None:
    for _ in range(3):
        report(ago_min=5)
    shown = page(client)
    plain = re.sub(r"<[^>]+>", "", shown)
    assert re.search(r"Perkiraan \d\d\.\d\d WITA: kemungkinan besar ada air \(\d\d%\)\.", plain), plain
    assert "Kemungkinan ada air, 24 jam terakhir" in shown
    client.cookies["language"] = "en"
    assert "water is very likely" in page(client)


def test_an_old_flood_fades_and_a_new_one_does_not_reach_back() -> None:
    for _ in range(3):
        report(ago_min=10 * 60)
    hours = water_by_hour(CITY, HULU)
    assert len(hours) == HOURS
    assert max(row.probability for row in hours) > 0.7
    assert hours[-1].probability < 0.5
    assert hours[0].probability < 0.05


def test_what_a_verifier_found_true_stands_longer_than_a_single_voice() -> None:
    report(ago_min=12 * 60)
    by_voice = now_in(HULU)
    incident(report(ago_min=12 * 60, decided="true"), rung="verified")
    assert now_in(HULU) > by_voice + 0.1


def test_a_found_flood_that_ended_fades_faster() -> None:
    made = incident(report(ago_min=9 * 60, decided="true"), rung="verified")
    standing = now_in(HULU)
    made.ended_at = made.last_at + timedelta(hours=2)
    made.save()
    assert now_in(HULU) < standing


def test_what_was_found_false_and_what_is_not_public_is_no_evidence() -> None:
    basis = now_in(HULU)
    report(decided="false")
    report(visibility="private")
    report(category="light")
    report(city="kota-lain")
    assert now_in(HULU) == basis


def test_dry_here_speaks_against_water() -> None:
    report(ago_min=5)
    wet = now_in(HULU)
    report(ago_min=4, claim="absent")
    assert now_in(HULU) < wet


def test_an_area_that_is_no_kelurahan_has_no_hours() -> None:
    assert water_by_hour(CITY, "99.71.01") == ()
