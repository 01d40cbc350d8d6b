"""Members save questions; everybody reads the answers."""

from __future__ import annotations

import json
import re

from django.test import Client

from rembug.evidence.models import Dataset, Version
from rembug.evidence.tests import work
from rembug.people.models import Body

FILLED = {
    "title": "Rob di Degayu",
    "about": work.ABOUT,
    "subject": "reports",
    "category": "rob",
    "start": "2026-11-01",
    "end": "2026-11-30",
    "min_probability": "0.5",
}


def test_a_member_saves_a_question_and_its_first_version_is_made(desk: Client, body: Body) -> None:
    answer = desk.post("/kerja/data/baru/", FILLED | {"body": body.public_id, "areas": ["33.75.03"]})
    assert answer.status_code == 302
    saved = Dataset.objects.get()
    assert saved.question["start"] == "2026-10-31T17:00:00+00:00"
    assert saved.question["end"] == "2026-11-30T17:00:00+00:00"
    assert Version.objects.get().number == 1
    again = desk.post("/kerja/data/baru/", FILLED | {"body": body.public_id, "areas": ["33.75.03"]})
    assert again.status_code == 302
    assert Dataset.objects.count() == 1


def test_a_title_is_one_question_for_ever(desk: Client, body: Body) -> None:
    desk.post("/kerja/data/baru/", FILLED | {"body": body.public_id})
    other = desk.post("/kerja/data/baru/", FILLED | {"body": body.public_id, "category": "waste"})
    assert other.status_code == 422
    assert "Pakai judul lain." in other.content.decode()


def test_what_is_wrong_is_named_where_it_is(desk: Client, body: Body) -> None:
    wrong = FILLED | {"body": body.public_id, "about": "pendek", "end": "2026-10-01", "excluded": "ABC"}
    page = desk.post("/kerja/data/baru/", wrong)
    assert page.status_code == 422
    assert Dataset.objects.count() == 0
    page = desk.post("/kerja/data/baru/", wrong | {"about": work.ABOUT})
    assert "Waktu selesai harus sesudah waktu mulai." in page.content.decode()
    assert "Tulis alasan" in page.content.decode()


def test_a_stranger_cannot_publish_for_a_group(desk: Client, body: Body) -> None:
    stranger = Body.objects.create(
        city=body.city, name="Lain", kind="komunitas", sphere="civil_society", level="city", state="confirmed"
    )
    page = desk.post("/kerja/data/baru/", FILLED | {"body": stranger.public_id})
    assert page.status_code == 422
    slug = work.question(stranger, "Milik kelompok lain")
    assert desk.post(f"/kerja/data/{slug}/bekukan/").status_code == 403
    assert Client().get("/kerja/data/baru/").status_code == 302


def test_search_finds_by_title_and_words(client: Client, body: Body) -> None:
    work.frozen_version(body, work.question(body, "Rob di kota"))
    work.frozen_version(body, work.question(body, "Sampah di kota", category="waste"))
    page = client.get("/data/kumpulan/", {"cari": "sampah"}).content.decode()
    assert "Sampah di kota" in page
    assert "Rob di kota" not in page
    assert "Tidak ada kumpulan data" in client.get("/data/kumpulan/", {"cari": "zzz"}).content.decode()


def test_the_page_says_itself_to_search_engines(client: Client, body: Body) -> None:
    slug = work.question(body, 'Rob </script> & "kutip"')
    work.frozen_version(body, slug)
    page = client.get(f"/data/kumpulan/{slug}/1/").content.decode()
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    said = json.loads(found[1])
    assert said["@type"] == "Dataset"
    assert said["isAccessibleForFree"] is True
    assert len(said["description"]) >= 50
    assert {part["encodingFormat"] for part in said["distribution"]} >= {"text/csv", "application/geo+json"}


def test_files_never_change_so_a_copy_is_enough(client: Client, body: Body) -> None:
    slug = work.question(body)
    work.frozen_version(body, slug)
    first = client.get(f"/data/kumpulan/{slug}/1/geojson/")
    assert b"".join(first.streaming_content)  # type: ignore[attr-defined]  # closed by hand it would take the test's connection with it
    assert "immutable" in first["Cache-Control"]
    copy = client.get(f"/data/kumpulan/{slug}/1/geojson/", headers={"If-None-Match": first["ETag"]})
    assert copy.status_code == 304
    assert client.get(f"/data/kumpulan/{slug}/1/exe/").status_code == 404
