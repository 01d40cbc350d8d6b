"""Common maps and workshop results: entered, reviewed by another, protected, frozen as data like any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from rembug.audit.models import Entry
from rembug.evidence.models import Version, Workshop, WorkshopItem
from rembug.evidence.queries.datasets import version
from rembug.evidence.queries.rebuild import rebuild
from rembug.evidence.queries.survey_results import frozen_rows
from rembug.evidence.tests import work
from rembug.lib.masking import distance_m
from rembug.people.models import Body
from rembug.people.tests.town import give, make_body, make_person, sign_in

HOME = (-6.86370, 109.67530)


def form(body: Body, **more: Any) -> dict[str, Any]:
    """Return what beginning a map asks for."""
    return {
        "action_id": str(uuid4()), "body": body.public_id, "title": "Peta risiko Kusuma",
        "purpose": "Untuk usulan saluran.", "held_on": "2026-03-01", "participants": "23", "method": "paper",
        "area": "", "meeting": "", "legend": "Saluran buntu\n* Rumah lansia\nPilihan warga", "dimensions": ["living"],
    } | more  # fmt: skip


def item(**more: Any) -> dict[str, Any]:
    """Return one mark."""
    return {
        "action_id": str(uuid4()), "legend": "l1", "words": "Dekat jembatan", "people": "", "kind": "point",
        "corners": f"{HOME[0]}, {HOME[1]}",
    } | more  # fmt: skip


@pytest.fixture
def code(desk: Client, body: Body) -> str:
    """A map that the group began."""
    answer = desk.post("/kerja/peta-warga/baru/", form(body))
    assert answer.status_code == 302, answer.content.decode()
    return Workshop.objects.get().code


@pytest.fixture
def reviewer(body: Body) -> Client:
    """Somebody else, who reviews."""
    other = make_body("Kelurahan", city=body.city)
    person = make_person("periksa@example.org", totp=True)
    give(person, "verifier", other)
    return sign_in(Client(), person, code=True)


def accepted(reviewer: Client, code: str) -> None:
    """Let the reviewer accept everything that waits."""
    codes = WorkshopItem.objects.filter(state="waiting").values_list("code", flat=True)
    said = {"item": list(codes), "verdict": "accept"}
    assert reviewer.post(f"/kerja/peta-warga/{code}/periksa/", said).status_code == 302


def test_a_map_is_begun_and_a_mark_entered_once(desk: Client, body: Body, code: str) -> None:
    said = item()
    assert [desk.post(f"/kerja/peta-warga/{code}/", said).status_code for _ in range(2)] == [302, 302]
    assert WorkshopItem.objects.count() == Entry.objects.filter(verb="workshop.items").count() == 1
    other = make_body("Dinas lain", city=body.city)
    assert desk.post("/kerja/peta-warga/baru/", form(other)).status_code == 422
    public = Client().get(f"/peta-warga/{code}/").content.decode()
    assert "Dekat jembatan" not in public
    assert "Belum dibekukan" in public


def test_the_true_place_of_a_home_is_never_written_down(desk: Client, body: Body, code: str) -> None:
    for _ in range(2):
        desk.post(f"/kerja/peta-warga/{code}/", item(legend="l2", words="Bu Ani, 0812-3456-7890"))
    first, second = WorkshopItem.objects.all()
    spot = shapely.from_wkt(first.wkt)
    assert first.is_moved
    assert 75 < distance_m(HOME[1], HOME[0], spot.x, spot.y) < 260
    assert first.wkt == second.wkt  # drawn twice it is moved by the same shift: the mean tells nothing
    assert "0812" not in first.words
    own = desk.post("/kerja/peta-warga/baru/", form(body))["Location"].split("/")[-2]
    desk.post(f"/kerja/peta-warga/{own}/", item(legend="l2"))
    assert WorkshopItem.objects.get(workshop__code=own).wkt != first.wkt  # a map of one's own tells no shift
    small = "-6.8637,109.6753\n-6.8638,109.6753\n-6.8638,109.6754"
    answer = desk.post(f"/kerja/peta-warga/{code}/", item(legend="l2", kind="area", corners=small))
    assert answer.status_code == 422
    assert "1 hektare" in answer.content.decode()
    line = desk.post(f"/kerja/peta-warga/{code}/", item(legend="l2", kind="line", corners=small)).status_code
    assert line == 422


def test_nobody_reviews_what_they_entered(desk: Client, body: Body, code: str, reviewer: Client) -> None:
    person = make_person("fasil@example.org", totp=True)
    give(person, "facilitator", body)
    facilitator = sign_in(Client(), person, code=True)
    facilitator.post(f"/kerja/peta-warga/{code}/", item())
    said = {"item": [WorkshopItem.objects.get().code], "verdict": "accept"}
    for client in (facilitator, desk):  # who entered it, and a member
        assert client.post(f"/kerja/peta-warga/{code}/periksa/", said).status_code == 403
    reviewer.post(f"/kerja/peta-warga/{code}/periksa/", said | {"verdict": "refuse"})
    assert WorkshopItem.objects.get().state == "waiting"  # no reason given
    reviewer.post(f"/kerja/peta-warga/{code}/periksa/", said | {"verdict": "refuse", "why": "Bukan di sini"})
    assert WorkshopItem.objects.get().state == "refused"
    assert "Bukan di sini" in desk.get(f"/kerja/peta-warga/{code}/").content.decode()
    assert desk.post(f"/kerja/peta-warga/{code}/bekukan/", follow=True).status_code == 200
    assert Version.objects.count() == 0


def test_a_file_comes_in_whole_or_not_at_all(desk: Client, code: str) -> None:
    good = (
        "legend;words;people;lat;lon\nSaluran buntu;Ujung gang;;-6,8637;109,6753\nPilihan warga;Pompa;12;;\n"
    )
    bad = good + "Tidak ada;x;;;\n"
    path = f"/kerja/peta-warga/{code}/impor/"

    def send(text: str, action: str) -> int:
        file = SimpleUploadedFile("tanda.csv", text.encode())
        return desk.post(path, {"file": file, "action_id": action}).status_code

    assert send(bad, str(uuid4())) == 422
    assert WorkshopItem.objects.count() == 0
    action = str(uuid4())
    assert [send(good, action), send(good, action)] == [302, 302]
    assert list(WorkshopItem.objects.order_by("id").values_list("kind", "people")) == [
        ("point", None),
        ("none", 12),
    ]
    for broken in (
        b"{",
        b'{"features": 3}',
        b'{"features": [{"properties": {"legend": "l1"}, "geometry": {"type": "Point", "coordinates": ["a"]}}]}',
    ):
        file = SimpleUploadedFile("tanda.geojson", broken)
        assert desk.post(path, {"file": file, "action_id": str(uuid4())}).status_code == 422


def test_who_may_not_enter_marks_has_nothing_read(code: str, reviewer: Client) -> None:
    file = SimpleUploadedFile("tanda.csv", b"ini bukan tabel")
    said = {"file": file, "action_id": str(uuid4())}
    assert reviewer.post(f"/kerja/peta-warga/{code}/impor/", said).status_code == 403
    assert reviewer.post(f"/kerja/peta-warga/{code}/", item(corners="di sana")).status_code == 403


def test_a_file_of_faults_is_read_until_the_twentieth(desk: Client, code: str) -> None:
    text = "legend;words;people;lat;lon\n" + "Tidak ada;x;;;\n" * 40
    said = {"file": SimpleUploadedFile("tanda.csv", text.encode()), "action_id": str(uuid4())}
    answer = desk.post(f"/kerja/peta-warga/{code}/impor/", said)
    assert answer.status_code == 422
    assert "20: tanda" in answer.content.decode()
    assert "21: tanda" not in answer.content.decode()


def shapes() -> bytes:
    """Return a file with a point, a line and an area."""
    ring = [[109.674, -6.864], [109.676, -6.864], [109.676, -6.862], [109.674, -6.862], [109.674, -6.864]]
    geometries = (
        {"type": "Point", "coordinates": [109.6753, -6.8637]},
        {"type": "LineString", "coordinates": [[109.675, -6.863], [109.677, -6.865]]},
        {"type": "Polygon", "coordinates": [ring[::-1]]},
    )
    features = [
        {
            "type": "Feature",
            "geometry": one,
            "properties": {"legend": "Saluran buntu", "words": f"=tanda {place}"},
        }
        for place, one in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def frozen_map(desk: Client, code: str, reviewer: Client) -> str:
    """A frozen map with each shape and two results; return its dataset's address."""
    file = SimpleUploadedFile("tanda.geojson", shapes())
    said = {"file": file, "action_id": str(uuid4())}
    assert desk.post(f"/kerja/peta-warga/{code}/impor/", said).status_code == 302
    for words, people in (("Pompa dulu", "3"), ("Saluran dulu", "14"), ("Tanggul dulu", "6")):
        result = item(legend="l3", kind="none", corners="", words=words, people=people)
        assert desk.post(f"/kerja/peta-warga/{code}/", result).status_code == 302
    accepted(reviewer, code)
    assert desk.post(f"/kerja/peta-warga/{code}/bekukan/").status_code == 302
    made = Version.objects.get()
    assert made.state == "published", made.why_failed
    return made.dataset.slug


def test_what_was_accepted_is_frozen_and_small_numbers_are_hidden(
    frozen_map: str, body: Body, code: str
) -> None:
    rows = frozen_rows(body.city, version(body.city, frozen_map)[1])
    told = {row["words"]: row["people"] for row in rows if row["kind"] == "none"}
    assert told == {
        "Pompa dulu": None,
        "Saluran dulu": 14,
        "Tanggul dulu": None,
    }  # 23 − 14 − 6 would tell three
    assert {row["participants"] for row in rows} == {23}
    assert all(one.same for one in rebuild(body.city, frozen_map))
    page = Client().get(f"/peta-warga/{code}/").content.decode()
    for words in ("Pompa dulu", "disembunyikan", "23", "Peta kertas"):
        assert words in page
    assert Client().get(f"/data/kumpulan/{frozen_map}/").status_code == 200
    assert "Peta risiko Kusuma" in Client().get(f"/alur/peta/{code}/").content.decode()
    for path in (
        "/catalog.jsonld",
        "/api/3/action/package_list",
        f"/ogc/collections/{frozen_map}/items?f=html",
    ):
        assert Client().get(path).status_code == 200, path


def test_lines_and_areas_are_read_from_every_file(frozen_map: str, tmp_path: Path) -> None:
    kinds = {"Point", "LineString", "Polygon"}
    for kind, name in (("geojson", "a.geojson"), ("geopackage", "a.gpkg"), ("geoparquet", "a.parquet")):
        (tmp_path / name).write_bytes(work.download(Client(), f"/data/kumpulan/{frozen_map}/1/{kind}/"))
    body = json.loads((tmp_path / "a.geojson").read_text())
    assert {one["geometry"]["type"] for one in body["features"] if one["geometry"]} == kinds
    area = next(one for one in body["features"] if one["geometry"] and one["geometry"]["type"] == "Polygon")
    assert shapely.geometry.shape(area["geometry"]).exterior.is_ccw
    table = pyogrio.raw.read(tmp_path / "a.gpkg")
    assert {one.geom_type for one in shapely.from_wkb(table[2]) if one is not None} == kinds
    parquet = pq.read_table(tmp_path / "a.parquet")
    geo = json.loads(parquet.schema.metadata[b"geo"])["columns"]["geometry"]
    assert set(geo["geometry_types"]) == kinds
    assert geo["bbox"] == pytest.approx([109.674, -6.865, 109.677, -6.862])
    items = Client().get(f"/ogc/collections/{frozen_map}/items?f=json&limit=20").json()["features"]
    assert {one["geometry"]["type"] for one in items if one["geometry"]} == kinds
    metres = (
        Client()
        .get(f"/ogc/collections/{frozen_map}/items?f=json&crs=http://www.opengis.net/def/crs/EPSG/0/3857")
        .json()["features"]
    )
    line = next(one for one in metres if one["geometry"] and one["geometry"]["type"] == "LineString")
    assert line["geometry"]["coordinates"][0][0] > 1_000_000
    csv = work.download(Client(), f"/data/kumpulan/{frozen_map}/1/csv/").decode()
    assert "'=tanda 0" in csv


def test_a_map_of_few_people_says_only_that_they_were_few(desk: Client, body: Body, reviewer: Client) -> None:
    answer = desk.post("/kerja/peta-warga/baru/", form(body, participants="3"))
    code = answer["Location"].split("/")[-2]
    desk.post(f"/kerja/peta-warga/{code}/", item(people="2"))
    accepted(reviewer, code)
    desk.post(f"/kerja/peta-warga/{code}/bekukan/")
    assert Version.objects.get().state == "failed"
    page = Client().get(f"/peta-warga/{code}/").content.decode()
    assert "kurang dari 5" in page
    assert "participants" not in Entry.objects.get(verb="workshop.opened").data


def test_a_house_tells_the_smallest_number_that_it_was_set_to(
    desk: Client, body: Body, reviewer: Client, settings: Settings
) -> None:
    settings.SMALLEST_K = 8
    answer = desk.post("/kerja/peta-warga/baru/", form(body, participants="7"))
    code = answer["Location"].split("/")[-2]
    assert "participants" not in Entry.objects.get(verb="workshop.opened").data
    desk.post(f"/kerja/peta-warga/{code}/", item())
    accepted(reviewer, code)
    desk.post(f"/kerja/peta-warga/{code}/bekukan/")
    made = Version.objects.get()
    assert made.state == "published", made.why_failed
    for path in (f"/peta-warga/{code}/", f"/data/kumpulan/{made.dataset.slug}/"):
        assert "kurang dari 8" in Client().get(path).content.decode(), path
    big = desk.post("/kerja/peta-warga/baru/", form(body, participants="8"))["Location"].split("/")[-2]
    assert '"participants":8' in Entry.objects.get(verb="workshop.opened", object_id=big).data


def test_a_mistyped_map_is_asked_for_again(desk: Client, body: Body, code: str) -> None:
    for wrong in ({"legend": ""}, {"participants": "0"}, {"held_on": "2099-01-01"}, {"legend": "A\na"}):
        assert desk.post("/kerja/peta-warga/baru/", form(body, **wrong)).status_code == 422, wrong
    for wrong in (
        {"corners": "di sana"},
        {"corners": "48.1, 11.5"},
        {"people": "24"},
        {"kind": "none", "words": ""},
    ):
        assert desk.post(f"/kerja/peta-warga/{code}/", item(**wrong)).status_code == 422, wrong
    assert WorkshopItem.objects.count() == 0
