"""The receipt: what became of a report, and what its sender may still do."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from rembug.lib import clock
from rembug.people.models import Body
from rembug.reports.models import Correction, Followup, Incident, Photo, Recipient, Reply, Report
from rembug.reports.tests.flow.walker import Walker

WARD = "99.01.01.1001"


@pytest.fixture
def receipt(walker: Walker) -> str:
    """Send a report and return the address of its receipt."""
    walker.press("category", "rob").press("depth_class", "knee").press("since", "now").press(
        "area_code", WARD
    )
    return str(walker.send(text="Air sampai teras")["Location"].split("?")[0])


def text_of(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def jpeg() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return made.getvalue()


def test_it_tells_number_state_and_words(client: Client, receipt: str) -> None:
    page = text_of(client, receipt)
    code = Report.objects.get().code
    assert f"{code[:3]}-{code[3:6]}-{code[6:]}" in page
    assert "belum diperiksa" in page
    assert "Air sampai teras" in page
    assert "Belum ada kantor yang membaca." in page


def test_its_address_stays_secret(client: Client, receipt: str) -> None:
    answer = client.get(receipt)
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    shared = [part for part in answer.content.decode().split('"') if "wa.me" in part]
    assert shared
    assert receipt.split("/")[2] not in shared[0]


@pytest.mark.usefixtures("receipt")
def test_a_wrong_address_opens_nothing(client: Client) -> None:
    answer = client.get("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/")
    assert answer.status_code == 404
    assert "tidak dikenal" in answer.content.decode()


def test_one_tap_says_that_the_water_is_gone_and_twice_is_once(client: Client, receipt: str) -> None:
    tap = "01900000-0000-7000-8000-000000000009"
    for _ in range(2):
        assert client.post(f"{receipt}kabar/", {"value": "gone", "tap": tap}).status_code == 303
    assert [row.value for row in Followup.objects.all()] == ["gone"]
    assert "Anda bilang: sudah surut" in text_of(client, receipt)


def test_a_correction_is_added_and_the_first_words_stay(client: Client, receipt: str) -> None:
    client.post(f"{receipt}perbaiki/", {"words": "Bukan teras, sampai ruang tamu"})
    assert Correction.objects.get().words == "Bukan teras, sampai ruang tamu"
    page = text_of(client, receipt)
    assert "Air sampai teras" in page
    assert "sampai ruang tamu" in page


def test_an_empty_correction_says_what_to_do(client: Client, receipt: str) -> None:
    answer = client.post(f"{receipt}perbaiki/", {"words": "   "})
    assert answer.status_code == 422
    assert "Tulis perbaikan" in answer.content.decode()


def test_withdrawing_asks_once_more(client: Client, receipt: str) -> None:
    assert client.post(f"{receipt}tarik/").status_code == 422
    assert Report.objects.get().state == "active"
    client.post(f"{receipt}tarik/", {"sure": "yes"})
    assert Report.objects.get().state == "withdrawn"
    assert "Anda sudah menarik laporan ini." in text_of(client, receipt)


def test_who_received_it_who_read_it_and_what_they_said(client: Client, receipt: str) -> None:
    now, report = clock.now(), Report.objects.get()
    incident = Incident.objects.create(
        city=report.city,
        category="rob",
        anchor_id=report.pk,
        started_at=now,
        last_at=now,
        changed_at=now,
        public_lon=109.67,
        public_lat=-6.88,
        is_public=True,
        witness_count=3,
    )
    Report.objects.update(incident=incident)
    lurah = Body.objects.create(
        public_id="kotakecil/lurah",
        name="Kelurahan Pasirlor",
        city=report.city,
        kind="kelurahan",
        sphere="bureaucracy",
        level="kelurahan",
    )
    Recipient.objects.create(
        incident=incident, body=lurah, delivered_at=now, read_at=now + timedelta(minutes=5)
    )
    reply = Reply.objects.create(
        city=report.city, body=lurah, office="Lurah Pasirlor", text="Pompa menyala pukul 05.10", at=now
    )
    reply.incidents.add(incident)
    page = text_of(client, receipt)
    assert "Masuk satu kejadian dengan 3 saksi." in page
    assert "Dibaca oleh <b>Kelurahan Pasirlor</b>" in page
    assert "Pompa menyala pukul 05.10" in page


def test_a_photo_is_added_and_waits_for_a_look(client: Client, receipt: str) -> None:
    client.post(f"{receipt}foto/", {"photo": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")})
    assert Photo.objects.get().state == "received"
    assert "menunggu dilihat petugas" in text_of(client, receipt)


def test_what_is_no_photo_is_told_so(client: Client, receipt: str) -> None:
    answer = client.post(
        f"{receipt}foto/", {"photo": SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg")}, follow=True
    )
    assert "Berkas ini bukan foto." in answer.content.decode()
    assert Photo.objects.count() == 0


def test_a_photo_in_the_last_step_comes_with_the_report(walker: Walker) -> None:
    walker.press("category", "rob").press("depth_class", "dry").press("area_code", WARD)
    walker.send(photo=SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"))
    assert Photo.objects.get().report == Report.objects.get()


def test_a_photo_that_is_none_does_not_stop_the_report(walker: Walker, client: Client) -> None:
    walker.press("category", "rob").press("depth_class", "dry").press("area_code", WARD)
    answer = walker.send(photo=SimpleUploadedFile("a.txt", b"hello", "text/plain"))
    assert Report.objects.count() == 1
    assert "tetapi fotonya belum" in client.get(answer["Location"]).content.decode()
