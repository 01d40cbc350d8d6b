"""A frozen answer never changes, says what it is worth, and can be made again byte by byte."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from rembug.audit.models import Entry
from rembug.evidence import shelf
from rembug.evidence.actions import make
from rembug.evidence.models import Version
from rembug.evidence.tests import work
from rembug.lib.actor import system
from rembug.people.models import Body


def _csv(client: Client, slug: str, number: int) -> tuple[bytes, list[dict[str, str]]]:
    data = work.download(client, f"/data/kumpulan/{slug}/{number}/csv/")
    return data, list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_a_version_holds_the_rows_of_its_moment_and_keeps_them(client: Client, body: Body) -> None:
    first = {work.report(number) for number in range(3)}
    work.judge()
    slug = work.question(body)
    made = work.frozen_version(body, slug)
    assert made.state == Version.State.PUBLISHED
    later = work.report(9)
    work.judge()
    data, rows = _csv(client, slug, 1)
    assert {row["code"] for row in rows} == first
    assert hashlib.sha256(data).hexdigest() == made.content_hash
    changes = work.frozen_version(body, slug).changes
    assert (changes["since"], changes["added"], changes["gone"]) == (1, 1, 0)
    assert {row["code"] for row in _csv(client, slug, 2)[1]} == first | {later}
    assert _csv(client, slug, 1)[0] == data


def test_the_log_names_every_file_by_its_hash(client: Client, body: Body) -> None:
    work.report(1)
    work.judge()
    slug = work.question(body)
    made = work.frozen_version(body, slug)
    entry = Entry.objects.get(verb="dataset.version.published")
    assert made.entry_hash == entry.leaf_hash
    assert made.content_hash in entry.data
    assert all(file["sha256"] in entry.data for file in made.files.values())
    page = client.get(f"/data/kumpulan/{slug}/1/").content.decode()
    way = re.search(rf'href="([^"]+)"><code class="hash">{entry.leaf_hash}', page)
    assert way
    assert f"/catatan/{entry.uid}/" in client.get(unescape(way[1])).content.decode()


def test_nothing_new_is_not_a_new_version(client: Client, body: Body) -> None:
    work.report(1)
    work.judge()
    slug = work.question(body)
    work.frozen_version(body, slug)
    again = work.frozen_version(body, slug)
    assert again.state == Version.State.SAME
    assert client.get(f"/data/kumpulan/{slug}/2/").status_code == 404


def test_rebuild_makes_the_same_bytes_again_and_sees_one_changed_byte(
    body: Body, capsys: pytest.CaptureFixture[str]
) -> None:
    work.report(1, text="=1+1 air masuk, tinggi")
    work.judge()
    slug = work.question(body)
    made = work.frozen_version(body, slug)
    call_command("evidence", "rebuild", slug)
    said = capsys.readouterr().out
    assert said.count("same ") == len(made.files) == 6
    made.files["geojson"]["sha256"] = "0" * 64
    Version.objects.filter(pk=made.pk).update(files=made.files)
    with pytest.raises(CommandError, match="1 files differ"):
        call_command("evidence", "rebuild", slug)


def test_cells_that_begin_a_formula_are_made_safe(client: Client, body: Body) -> None:
    for number, text in enumerate(("=1+1", "+62", "-3", "@x", "\tx", "\rx")):
        work.report(number, text=text + " air di jalan")
    work.judge()
    slug = work.question(body)
    work.frozen_version(body, slug)
    texts = [row["text"] for row in _csv(client, slug, 1)[1]]
    assert len(texts) == 6
    assert not any(text[:1] in "=+-@\t\r" for text in texts)


def test_silence_is_said_to_be_silence(client: Client, body: Body) -> None:
    work.report(1)
    work.judge()
    slug = work.question(body)
    quality = work.frozen_version(body, slug).quality
    heard = [area for area in quality["areas"] if area["rows"]]
    assert len(heard) == 1
    assert heard[0]["coverage"] == 1.0
    assert len(quality["silent_areas"]) == 26
    page = client.get(f"/data/kumpulan/{slug}/").content.decode()
    assert "Itu bukan berarti kering." in page


def test_what_is_left_out_is_left_out_with_its_reason(client: Client, body: Body) -> None:
    codes = [work.report(number) for number in range(2)]
    work.judge()
    slug = work.question(body, excluded=(codes[0],), reason="Dikirim saat latihan.")
    work.frozen_version(body, slug)
    assert [row["code"] for row in _csv(client, slug, 1)[1]] == codes[1:]
    assert "Dikirim saat latihan." in client.get(f"/data/kumpulan/{slug}/").content.decode()


def test_a_run_that_dies_before_publishing_is_done_again(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    work.report(1)
    work.judge()
    slug = work.question(body)
    real = make._publish

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(make, "_publish", dies)
    with pytest.raises(KeyboardInterrupt):
        work.frozen_version(body, slug)
    assert Version.objects.get().state == Version.State.MAKING
    monkeypatch.setattr(make, "_publish", real)
    make.make_waiting(actor=system("test"))
    made = Version.objects.get()
    assert made.state == Version.State.PUBLISHED
    path = shelf.local(f"{shelf.folder(body.city, slug, 1)}/{made.files['csv']['name']}")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == made.content_hash


def test_a_full_disk_is_said_and_tried_again_by_hand(
    body: Body, monkeypatch: pytest.MonkeyPatch, client: Client, settings: Settings, tmp_path: Path
) -> None:
    work.report(1)
    work.judge()
    slug = work.question(body)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(shelf, "put", full)
        assert work.frozen_version(body, slug).state == Version.State.FAILED
    assert work.frozen_version(body, slug).state == Version.State.PUBLISHED
    assert client.get(f"/data/kumpulan/{slug}/2/").status_code == 200
    assert tmp_path / "media" == settings.MEDIA_ROOT


def test_an_empty_answer_is_an_answer(client: Client, body: Body) -> None:
    slug = work.question(body)
    made = work.frozen_version(body, slug)
    assert (made.state, made.row_count) == (Version.State.PUBLISHED, 0)
    assert "Tidak ada baris yang cocok" in client.get(f"/data/kumpulan/{slug}/").content.decode()
