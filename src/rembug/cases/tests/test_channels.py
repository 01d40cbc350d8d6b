"""Complaints of other channels: each once, to the case that is there already, without who wrote them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from rembug.audit.models import Entry
from rembug.cases.actions.bring import bring
from rembug.cases.models import Case, ForeignNumber, Step
from rembug.cases.queries.channels import channel_of
from rembug.cases.tests import made
from rembug.cases.tests.made import officer, step
from rembug.lib.errors import NotAllowed
from rembug.people.models import Body
from rembug.people.tests.town import give, make_person, sign_in

HEAD = "Kode Aduan,Tanggal,Isi Aduan,Kategori,Lokasi,Lintang,Bujur"
NOW = "2026-03-04T03:00:00+00:00"
LIGHT = 'LG-1,2026-03-04 09:00:00,"Lampu mati, hubungi 0812-3456-7890",Penerangan Jalan,,-6.8899,109.6892'
CHAT = """\u200e04/03/26 08.59 - Pesan dan panggilan terenkripsi.
04/03/26 09.00 - Bu Ani: Lampu mati di pojok gang -6.8899, 109.6892
Nama: Ani Rahayu
No HP: 081234567890
[04/03/26, 09.05.10] +62 812-3456-7890: Sampah menumpuk di Degayu
04/03/26 09.10 - Pak Budi: Terima kasih
"""


@pytest.fixture(autouse=True)
def _then() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def run(*words: object) -> str:
    out = io.StringIO()
    call_command("cases", *map(str, words), stdout=out)
    return out.getvalue()


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "aduan.csv"
    path.write_text("\ufeff" + "\r\n".join([head, *rows]) + "\r\n", encoding="utf-8")
    return path


def test_a_complaint_becomes_a_case_once_with_its_number(city: str, lights: Body, tmp_path: Path) -> None:
    file = table(tmp_path, LIGHT)
    assert run("import", file, "--channel", "laporgub").endswith(
        "1 opened, 0 joined to a case, 0 known, 0 refused\n"
    )
    assert run("import", file, "--channel", "laporgub").endswith(
        "0 opened, 0 joined to a case, 1 known, 0 refused\n"
    )
    case = Case.objects.get()
    assert (case.channel, case.foreign_number, case.category, case.body) == (
        "laporgub",
        "LG-1",
        "light",
        lights,
    )
    note = Step.objects.get(verb="note").internal
    assert note.startswith("laporgub LG-1: Lampu mati")
    assert "3456" not in note
    page = Client().get(f"/kasus/{case.code}/").content.decode()
    assert "hubungi" not in page
    assert Entry.objects.filter(verb="cases.brought").count() == 1
    assert city


def test_what_is_there_already_is_not_opened_again(city: str, lights: Body, tmp_path: Path) -> None:
    case, _ = made.opened(city)  # by a report here, at this very place
    near = LIGHT.replace("LG-1", "LG-2").replace("-6.8899", "-6.8902")
    far = LIGHT.replace("LG-1", "LG-3").replace("109.6892", "109.6992")
    beside = far.replace("LG-3", "LG-4").replace("109.6992", "109.6993")
    said = run("import", table(tmp_path, LIGHT, near, far, beside), "--channel", "laporgub")
    assert said.endswith("1 opened, 3 joined to a case, 0 known, 0 refused\n")
    assert list(ForeignNumber.objects.filter(case=case).values_list("number", flat=True)) == ["LG-1", "LG-2"]
    step(case, officer(lights), "reject", public="Bukan lampu kota.", reason="not_public")
    again = LIGHT.replace("LG-1", "LG-5")
    assert run("import", table(tmp_path, again), "--channel", "laporgub").startswith("1 opened")


def test_each_refused_row_says_why(city: str, tmp_path: Path) -> None:
    rows = (
        LIGHT.replace("LG-1", ""),
        LIGHT.replace("2026-03-04 09:00:00", "kemarin"),
        LIGHT.replace("-6.8899", "6.8899"),
        "LG-6,,Tolong,Lain-lain,Degayu,,",
        "LG-7,,Lampu mati,,Antah Berantah,,",
    )
    said = run("import", table(tmp_path, *rows), "--channel", "laporgub").splitlines()
    reasons = ("tanpa nomor", "tidak terbaca", "di luar kota", "jenis 'Lain-lain'", "tempatnya tidak dikenal")
    for line, (told, reason) in enumerate(zip(said, reasons, strict=False), 2):
        assert told.startswith(f"aduan.csv:{line}: ")
        assert reason in told
    assert said[-1] == "0 opened, 0 joined to a case, 0 known, 5 refused"
    other = table(tmp_path, "x,y", head="Nomor,Isi")
    assert "kolom tidak ada: Bujur, Isi Aduan, Kategori, Kode Aduan" in run(
        "import", other, "--channel", "laporgub"
    )
    with pytest.raises(CommandError, match="Ada: lapor-ajib, laporgub, sp4n"):
        run("import", other, "--channel", "lain")
    assert city


def test_a_chat_is_read_without_who_wrote_it(city: str, lights: Body, tmp_path: Path) -> None:
    file = tmp_path / "obrolan.txt"
    file.write_text(CHAT, encoding="utf-8")
    said = run("import", file, "--channel", "lapor-ajib")
    assert said.endswith("2 opened, 0 joined to a case, 0 known, 1 refused\n")
    assert "obrolan.txt:6: jenis" in said
    assert run("import", file, "--channel", "lapor-ajib").endswith(
        "0 opened, 0 joined to a case, 2 known, 1 refused\n"
    )
    stored = " ".join(str(row) for row in [*Step.objects.values_list("internal", flat=True)])
    assert not any(secret in stored for secret in ("Ani", "0812", "812-3456", "Budi"))
    waste = Case.objects.get(category="waste")
    assert (waste.lon, waste.area_code != "") == (None, True)
    with pytest.raises(CommandError, match="whatsapp = true"):
        run("import", file, "--channel", "sp4n")
    assert city == lights.city


def test_answers_go_back_under_the_channels_own_headings(city: str, lights: Body, tmp_path: Path) -> None:
    run("import", table(tmp_path, LIGHT), "--channel", "laporgub")
    case = Case.objects.get()
    step(case, officer(lights), "triage")
    step(case, officer(lights), "answer", public="=Akan diganti besok.")
    (row,) = csv.DictReader(io.StringIO(run("export", "--channel", "laporgub"), newline=""))
    assert (row["Kode Aduan"], row["Status"], row["Instansi"]) == ("LG-1", "Dijawab", lights.name)
    assert row["Tanggapan"] == "'=Akan diganti besok."
    assert row["Tautan"].endswith(f"/kasus/{case.code}/")
    run("export", "--channel", "laporgub", "--to", tmp_path / "jawaban.csv")
    assert (tmp_path / "jawaban.csv").read_bytes().startswith(b"\xef\xbb\xbfKode Aduan,Status,")
    assert city


def test_only_a_coordinator_brings_complaints_in(city: str, lights: Body) -> None:
    with pytest.raises(NotAllowed):
        bring([], actor=officer(lights), city=city, channel=channel_of(city, "laporgub"))


def test_a_coordinator_takes_files_in_and_answers_out_at_the_desk(city: str, lights: Body) -> None:
    boss = make_person("koordinator@example.org", totp=True)
    give(boss, "coordinator", Body.objects.get(public_id=f"{city}-dinkominfo"))
    desk = sign_in(Client(), boss, code=True)
    assert "/kerja/kasus/saluran/" in desk.get("/kerja/kasus/").content.decode()

    def send(name: str, text: str | bytes, channel: str = "laporgub") -> tuple[int, str]:
        data = text.encode() if isinstance(text, str) else text
        form = {"channel": channel, "file": SimpleUploadedFile(name, data)}
        answer = desk.post("/kerja/kasus/saluran/", form)
        return answer.status_code, " ".join(answer.content.decode().split())

    bad = LIGHT.replace("LG-1", "LG-2").replace("-6.8899", "-9.1")
    for opened in (1, 0):  # the same file again doubles nothing
        status, page = send("aduan.csv", f"{HEAD}\n{LIGHT}\n{bad}\n")
        assert status == 200
        assert f"<dt>Kasus baru</dt><dd>{opened}</dd>" in page
        assert "Baris 3: tempatnya di luar kota ini" in page
    assert Case.objects.count() == 1
    assert send("obrolan.txt", CHAT, "lapor-ajib")[0] == 200
    for name, text, channel, said in (
        ("obrolan.txt", CHAT, "laporgub", "tidak punya obrolan WhatsApp"),
        ("a.csv", b"\xff\xfe\x00", "laporgub", "CSV UTF-8"),
        ("a.csv", b"x" * 1_000_001, "laporgub", "terlalu besar"),
        ("a.csv", b"", "laporgub", "Pilih berkasnya"),
        ("a.csv", HEAD, "nosuch", "tidak ada di cases.toml"),
    ):
        status, page = send(name, text, channel)
        assert status in {404, 422}
        assert said in page
    step(Case.objects.get(channel="laporgub"), officer(lights), "triage")
    step(Case.objects.get(channel="laporgub"), officer(lights), "answer", public="Lampu diganti.")
    answers = desk.get("/kerja/kasus/saluran/laporgub/jawaban.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(answers))
    assert (row["Kode Aduan"], row["Tanggapan"]) == ("LG-1", "Lampu diganti.")
    assert desk.get("/kerja/kasus/saluran/nosuch/jawaban.csv").status_code == 404
