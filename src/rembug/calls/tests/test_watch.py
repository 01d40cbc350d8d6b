"""Observing together: proposed times and places, points on a phone and on paper, each observation exactly once."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from rembug.calls.models import Call, Point, Reading, Watcher
from rembug.calls.rules.comparing import compare
from rembug.calls.rules.shapes import PointFace
from rembug.calls.rules.sharing import share_out
from rembug.calls.tests.conftest import words
from rembug.lib.actor import system
from rembug.people.models import Body
from rembug.reports.actions.process import process_waiting
from rembug.reports.models import Report
from rembug.water.models import KingTide
from rembug.water.queries.kings import occasions


@pytest.fixture
def code(host: Client, group: Body, sea: str) -> str:
    """A planned observation of twelve points."""
    high = occasions(sea)[0]
    form = {"action_id": str(uuid4()), "occasion": high.at.isoformat(), "count": "12"}
    answer = host.post("/kerja/ajakan/pantau/", form | words(group, title="Pantau pasang tinggi", area=""))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[-2])


def watcher(code: str) -> str:
    """Sign up on a phone; return the path of its points."""
    answer = Client().post(f"/ajakan/{code}/pantau/", {"token": str(uuid4())})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def send(path: str, *rows: dict[str, object]) -> tuple[int, dict[str, list[dict[str, str]]]]:
    """Send a batch as a phone does that was offline."""
    answer = Client().post(
        f"{path}kirim/", json.dumps({"observations": rows}), content_type="application/json"
    )
    return answer.status_code, answer.json()


def seen(point: int, depth: str = "calf", **more: object) -> dict[str, object]:
    return {"client_id": str(uuid4()), "point": point, "depth_class": depth, "age_s": 60} | more


def test_times_are_proposed_by_daylight_highest_first_from_the_curve(sea: str) -> None:
    found = occasions(sea)
    assert KingTide.objects.filter(city=sea).count() == 24
    assert found
    assert all(6 <= timezone.localtime(one.at).hour < 17 for one in found)
    levels = [one.level_cm for one in found]
    assert levels == sorted(levels, reverse=True)


def test_a_group_watches_a_king_tide_offline_in_the_middle(host: Client, code: str) -> None:
    row = Call.objects.get(code=code)
    numbers = list(Point.objects.filter(call=row).order_by("number").values_list("number", flat=True))
    assert 12 <= len(numbers) <= 13
    first, second = watcher(code), watcher(code)
    with time_machine.travel(row.starts_at + timedelta(minutes=50), tick=False):
        page = Client().get(first).content.decode()
        assert page.count("<form method") >= 10
        form = {"client_id": str(uuid4()), "point": "1", "depth_class": "knee", "seen_at": ""}
        for _ in range(3):
            assert Client().post(first, form).status_code == 302
        kept = [seen(2), seen(3, "dry"), seen(4, "ankle")]
        answers = [send(second, *kept) for _ in range(2)]  # the first answer was lost on the way
        assert [status for status, _ in answers] == [200, 200]
        assert [one["report"] for one in answers[0][1]["observations"]] == [
            one["report"] for one in answers[1][1]["observations"]
        ]
        assert all(one["receipt_token"] for one in answers[0][1]["observations"])
        assert Reading.objects.count() == 4
        assert Report.objects.filter(channel="campaign").count() == 4
        assert Report.objects.get(depth_class="dry", channel="campaign").claim == "absent"
        assert process_waiting(actor=system("test")) == 4
        public = Client().get(f"/ajakan/{code}/").content.decode()
    assert "4 titik dilihat, 3 basah." in public
    assert "itu bukan “kering”" in public
    assert "selutut" in public
    assert len(set(Report.objects.filter(channel="campaign").values_list("source", flat=True))) == 2
    assert host.get(f"/kerja/ajakan/{code}/kertas/").content.decode().count("☐") == len(numbers)


def test_what_cannot_be_read_is_told_and_nothing_of_it_is_stored(code: str) -> None:
    path = watcher(code)
    for body, status in (
        (b"x", 400),
        (b'{"observations": 3}', 400),
        (b'{"observations": [{"point": 1}]}', 422),
        (json.dumps({"observations": [seen(1, "")]}).encode(), 422),
        (json.dumps({"observations": []}).encode(), 422),
        (b'{"observations": [' + b"1," * 60_000 + b"1]}", 413),
    ):
        answer = Client().post(f"{path}kirim/", body, content_type="application/json")
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"] == "application/problem+json"
    status, said = send(path, seen(99), seen(1, "ocean"), seen(2, "calf"))
    assert status == 200
    assert sorted(bool(one["fault"]) for one in said["observations"]) == [False, True, True]
    assert Reading.objects.count() == 1
    assert Client().get("/ajakan/titik/abc/").status_code == 404
    assert Client().post("/ajakan/titik/abc/kirim/", "{}", content_type="application/json").status_code in {
        400,
        404,
    }


def test_the_same_number_with_other_words_is_refused(code: str) -> None:
    path = watcher(code)
    one = seen(1)
    send(path, one)
    _, said = send(path, one | {"depth_class": "waist"})
    assert said["observations"][0]["fault"]
    assert Reading.objects.get().depth_class == "calf"


def test_two_people_get_the_same_point_before_anybody_gets_none(code: str) -> None:
    for _ in range(4):
        watcher(code)
    eyes = [number for points in Watcher.objects.values_list("points", flat=True) for number in points]
    assert set(eyes) == set(Point.objects.values_list("number", flat=True))
    same = str(uuid4())
    paths = {Client().post(f"/ajakan/{code}/pantau/", {"token": same})["Location"] for _ in range(2)}
    assert len(paths) == 1
    assert Watcher.objects.count() == 5


def test_a_coordinator_takes_an_unsafe_point_off(host: Client, code: str) -> None:
    before = Point.objects.count()
    assert host.post(f"/kerja/ajakan/{code}/titik/", {"point": "3"}).status_code == 302
    assert host.post(f"/kerja/ajakan/{code}/titik/", {"point": "3"}).status_code == 302
    assert Point.objects.count() == before - 1
    send(watcher(code), seen(1))
    assert host.post(f"/kerja/ajakan/{code}/titik/", {"point": "1"}).status_code == 422


def test_without_a_forecast_nothing_is_proposed_and_the_page_says_so(host: Client) -> None:
    page = host.get("/kerja/ajakan/pantau/").content.decode()
    assert "Belum ada air tinggi di siang hari" in page


def test_watchers_walk_to_the_nearest_and_leave_nobody_out() -> None:
    line = [(number, 109.0 + number * 0.001, -6.9) for number in range(1, 7)]
    assert share_out(line, {}, 3, 2) == [1, 2, 3]
    assert share_out(line, {1: 1, 2: 1, 3: 1}, 3, 2)[0] == 4
    assert share_out(line, {1: 2, 2: 2, 3: 2}, 6, 2)[:3] == [4, 5, 6]
    assert share_out([], {}, 3, 2) == []


def test_the_comparison_counts_a_point_once_and_leaves_the_unseen_out() -> None:
    def point(number: int, expected: float, wet: int, dry: int, *, control: bool = False) -> PointFace:
        return PointFace(number, 0.0, 0.0, "", expected, control, wet, dry)

    found = compare(
        [point(1, 0.8, 2, 0), point(2, 0.2, 0, 1), point(3, 0.5, 0, 0), point(4, 0.0, 0, 2, control=True)]
    )
    assert found is not None
    assert (found.looked, found.wet, found.silent) == (2, 1, 1)
    assert found.brier == pytest.approx(0.04)
    assert found.base == pytest.approx(0.25)
    assert compare([point(1, 0.8, 0, 0)]) is None


def test_the_page_of_a_watcher_hides_nothing_from_our_own_forms(code: str) -> None:
    """Under `no-referrer` a browser sends `Origin: null` with the form of languages, and Django refuses it."""
    answer = Client().get(watcher(code))
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "same-origin"
    assert b'action="/bahasa/"' in answer.content
    assert b'name="referrer"' not in answer.content
    assert b"noindex" in answer.content


def test_pages_hold_no_secret_of_a_watcher(code: str) -> None:
    path = watcher(code)
    token = re.search(r"/titik/([^/]+)/", path)
    assert token
    assert token[1] not in Client().get(f"/ajakan/{code}/").content.decode()
    assert Watcher.objects.filter(token_hash=token[1]).count() == 0
