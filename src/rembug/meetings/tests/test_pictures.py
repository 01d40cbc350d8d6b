"""Photos of a meeting and of a call: sent by its host once, shown after another person's look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from rembug.calls.actions.call import Asking, ask
from rembug.lib import clock
from rembug.lib.actor import Actor, Grant
from rembug.lib.images.tests import corpus
from rembug.meetings.tests.conftest import speaker
from rembug.people.models import Body
from rembug.people.tests.town import make_body
from rembug.reports.models import Attached


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> None:
    """A storage of this test."""
    settings.MEDIA_ROOT = tmp_path


def picture(seed: int) -> SimpleUploadedFile:
    """Return a photo with everything in its EXIF."""
    data = corpus.encoded(corpus.scene(640, 480, seed), exif=corpus.exif_with_everything())
    return SimpleUploadedFile("rapat.jpg", data, "image/jpeg")


def test_a_meetings_photo_waits_for_a_look_and_keeps_no_place(
    host: Client, office: Body, code: str, city: str
) -> None:
    action = str(uuid4())
    for _ in range(2):
        form = {"action_id": action, "photo": picture(1)}
        assert host.post(f"/kerja/pertemuan/{code}/foto/", form).status_code == 302
    photo = Attached.objects.get()
    assert (photo.kind, photo.exif_m) == ("meeting", None)
    address = f"/foto/{photo.name}-240.jpg"
    assert address not in Client().get(f"/pertemuan/{code}/").content.decode()
    assert "menunggu dilihat" in host.get(f"/kerja/pertemuan/{code}/").content.decode()
    eyes = speaker(make_body("Kelurahan", city=city), "verifier", "mata@example.org")
    eyes.post(f"/kerja/foto/kerja/{photo.name}/", {"verdict": "show", "seen": "ready"})
    assert address in Client().get(f"/pertemuan/{code}/").content.decode()
    eyes.post(f"/kerja/foto/kerja/{photo.name}/", {"verdict": "hide", "reason": "face"})
    assert address not in Client().get(f"/pertemuan/{code}/").content.decode()
    guest = speaker(office, "officer", "tamu@example.org")
    assert guest.post(f"/kerja/pertemuan/{code}/foto/", {"photo": picture(2)}).status_code == 403
    assert host.post(f"/kerja/pertemuan/{code}/foto/", {"action_id": action}).status_code == 422


def test_a_calls_result_has_photos(host: Client, group: Body, city: str) -> None:
    asked = Asking(
        action_id=uuid4(),
        body=group.public_id,
        title="Kerja bakti",
        what="Bersihkan saluran.",
        place="Balai RW",
        area="",
        starts_at=clock.now() + timedelta(days=1),
        ends_at=clock.now() + timedelta(days=1, hours=3),
        wanted=20,
        safety="Pakai sepatu.",
        role="Ketua RT",
    )
    actor = Actor("x", "person", (Grant("facilitator", city, group.public_id),))
    code = ask(actor=actor, city=city, said=asked).code
    form = {"action_id": str(uuid4()), "photo": picture(3)}
    assert host.post(f"/kerja/ajakan/{code}/foto/", form).status_code == 302
    Attached.objects.update(state="public")
    assert Attached.objects.get().name in Client().get(f"/ajakan/{code}/").content.decode()
