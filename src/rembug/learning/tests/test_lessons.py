"""Lessons: in two languages, with the figures of the place, safe, short, ending in something to do."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from rembug.learning.models import Lesson
from rembug.learning.rules.reading import html_of
from rembug.learning.tests.conftest import PACK
from rembug.lib.actor import system
from rembug.reports.actions.process import process_waiting

SINKING = "mengapa-tanah-turun"


def test_all_lessons_are_listed_in_both_languages_and_each_can_be_read(client: Client, city: str) -> None:
    assert Lesson.objects.filter(city=city).count() == 6
    for tongue, title in (("id", "Mengapa tanah kita turun"), ("en", "Why our land is sinking")):
        client.post("/bahasa/", {"language": tongue})
        assert title in client.get("/belajar/").content.decode()
        for slug in Lesson.objects.values_list("slug", flat=True):
            page = client.get(f"/belajar/{slug}/")
            assert page.status_code == 200
            assert "{{" not in page.content.decode()


def test_a_lesson_ends_at_a_page_that_answers(client: Client, city: str) -> None:
    for row in Lesson.objects.filter(city=city):
        assert client.get(row.content["act_to"]).status_code == 200


def test_a_lesson_quotes_what_was_reported_in_the_chosen_kelurahan(client: Client, city: str) -> None:
    body: dict[str, object] = {
        "city": city,
        "category": "rob",
        "claim": "present",
        "depth_class": "knee",
        "since": "now",
    }
    body |= {"setting": "street", "lon": 109.6753, "lat": -6.8637, "located_by": "map"}
    answer = client.post(
        "/api/v1/reports",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4()), "X-Device-Token": "a" * 32},
    )
    assert answer.status_code == 201, answer.content
    process_waiting(actor=system("test"))
    page = client.get(f"/belajar/{SINKING}/", {"wilayah": "33.75.03"}).content.decode()
    assert "<strong>1</strong> laporan rob" in page
    other = client.get(f"/belajar/{SINKING}/", {"wilayah": "33.75.04"}).content.decode()
    assert "<strong>0</strong> laporan rob" in other
    assert "belum ada laporan" in other


def test_an_unknown_lesson_or_area_is_not_there(client: Client, city: str) -> None:  # noqa: ARG001 by name
    assert client.get("/belajar/tidak-ada/").status_code == 404
    assert client.get(f"/belajar/{SINKING}/", {"wilayah": "99"}).status_code == 404


def test_a_lesson_that_left_the_pack_is_retired_and_comes_back(
    client: Client, city: str, tmp_path: Path
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    for path in (folder / "lessons").glob("01-*"):
        path.unlink()
    call_command("city", "load", str(folder), stdout=StringIO())
    assert client.get(f"/belajar/{SINKING}/").status_code == 404
    call_command("city", "load", str(PACK), stdout=StringIO())
    assert client.get(f"/belajar/{SINKING}/").status_code == 200
    assert Lesson.objects.filter(city=city).count() == 6


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("right = 1", "right = 9", "01-mengapa-tanah-turun.id.md:14: `right` is 9"),
        ("{{ reports_week }}", "{{ weather }}", "there is no figure 'weather'"),
        ("minutes = 6", "minutes = 60", "`minutes` is 60"),
        ('act_to = "/lapor/"', 'act_to = "https://example.org"', "write a path of this site"),
        ("+++\ntitle", "title", "there is no head"),
        ('for = "everyone"', 'for = "adults"', "use one of: environment, everyone"),
        ('key = "faster"', 'key = "other"', "differ"),
    ],
)
def test_a_wrong_lesson_names_file_line_and_remedy(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    path = folder / "lessons" / f"01-{SINKING}.id.md"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CommandError) as raised:
        call_command("city", "check", str(folder))
    assert said in str(raised.value)


def test_raw_html_and_figures_cannot_break_out_of_the_text() -> None:
    html = html_of("# A\n\n<script>x</script> {{ place }}", {"place": "**<b>_[x](y)"})
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<a " not in html
    assert html.startswith("<h2>")
