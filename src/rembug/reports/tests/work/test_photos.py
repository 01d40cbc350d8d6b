"""No photo is public before a person has looked; what it tells privately stays private."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from rembug.lib import clock
from rembug.lib.actor import system
from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from rembug.lib.images.outcome import Reason, Refusal
from rembug.lib.images.tests import corpus
from rembug.reports.actions import photos
from rembug.reports.actions.look import look, take_down_photo
from rembug.reports.actions.moderate import restore, take_down
from rembug.reports.actions.photo import add_photo
from rembug.reports.models import Photo
from rembug.reports.queries.waiting import to_develop
from rembug.reports.rules.observations import Photo as Flags
from rembug.reports.rules.submission import Receipt
from rembug.reports.tests.work.made import (
    NORTH,
    SOUTH,
    Town,
    actor,
    acts,
    judge,
    page,
    phone,
    report,
    send,
    text,
    worker,
)

pytestmark = pytest.mark.usefixtures("town")
JOB = system("test")


def picture(seed: int = 1, **more: Any) -> bytes:
    return corpus.encoded(corpus.scene(640, 480, seed), quality=80, **more)


def attach(sent: Receipt, data: bytes) -> Photo:
    return add_photo(actor=phone(), token=sent.token, client_id=uuid4(), data=data)[0]


def developed(sent: Receipt, data: bytes | None = None) -> Photo:
    photo = attach(sent, data or picture())
    assert photos.develop_waiting(actor=JOB) == 1
    photo.refresh_from_db()
    return photo


def path(photo: Photo, side: int = 800) -> str:
    return f"/foto/{photo.name}-{side}.jpg"


def stored(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def test_a_photo_is_developed_in_three_sizes_and_its_original_is_gone(town: Town) -> None:
    sent = send(town.city, by=phone())
    photo = attach(sent, picture(exif=corpus.exif_with_everything()))
    assert to_develop()
    assert photos.develop_waiting(actor=JOB) == 1
    assert photos.develop_waiting(actor=JOB) == 0
    photo.refresh_from_db()
    assert (photo.state, photo.width, photo.height, len(photo.phash)) == ("ready", 640, 480, 16)
    assert photo.exif_at is not None
    assert photo.exif_m is not None
    assert stored("incoming") == []
    assert sorted(stored("photos")) == [f"{photo.name}-{side}.jpg" for side in (1600, 240, 800)]
    for name in stored("photos"):
        with default_storage.open(f"photos/{name}") as file:
            assert corpus.CANARY not in file.read()
    assert acts("photo.ready") == 1
    assert report(sent).photo_flags & Flags.HAS
    assert report(sent).stirred_at is not None


def test_a_run_that_died_before_the_row_was_written_is_simply_run_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = attach(send(town.city, by=phone()), picture())
    with monkeypatch.context() as broken:
        broken.setattr(photos, "_fill", lambda *_: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            photos.develop_waiting(actor=JOB)
    assert stored("incoming") == [photo.name]
    assert photos.develop_waiting(actor=JOB) == 1
    assert len(stored("photos")) == 3
    assert acts("photo.ready") == 1


def test_what_cannot_be_a_photo_is_refused_with_its_reason(town: Town) -> None:
    sent = send(town.city, by=phone())
    photo = attach(sent, picture()[:2000])
    assert photos.develop_waiting(actor=JOB) == 1
    photo.refresh_from_db()
    assert (photo.state, photo.reason) == ("refused", "damaged")
    assert (stored("incoming"), report(sent).photo_flags) == ([], 0)
    assert acts("photo.refused") == 1


def test_a_photo_waits_while_the_darkroom_is_away_but_not_for_ever(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = attach(send(town.city, by=phone()), picture())
    monkeypatch.setattr(photos, "process", lambda _: Refusal(Reason.UNAVAILABLE, "away"))
    assert photos.develop_waiting(actor=JOB) == 0
    assert stored("incoming") == [photo.name]
    Photo.objects.update(received_at=clock.now() - timedelta(hours=2))
    assert photos.develop_waiting(actor=JOB) == 1
    photo.refresh_from_db()
    assert (photo.state, photo.reason) == ("refused", "unavailable")


def test_a_lost_original_does_not_stop_the_others(town: Town) -> None:
    sent = send(town.city, by=phone())
    lost, kept = attach(sent, picture(1)), attach(sent, picture(2))
    default_storage.delete(f"incoming/{lost.name}")
    assert photos.develop_waiting(actor=JOB) == 2
    lost.refresh_from_db()
    kept.refresh_from_db()
    assert (lost.state, lost.reason, kept.state) == ("refused", "lost", "ready")


def test_the_same_picture_in_another_report_is_noticed_privately(town: Town) -> None:
    developed(send(town.city, by=phone()))
    again = send(town.city, by=phone())
    smaller = corpus.encoded(corpus.scene(640, 480, 1).resize((320, 240)), quality=60)
    assert developed(again, smaller).reused
    assert report(again).photo_flags & Flags.REUSED
    assert not developed(again, picture(7)).reused


def test_orphans_are_swept_and_waiting_ones_stay(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = attach(send(town.city, by=phone()), picture())
    default_storage.save("incoming/" + "0" * 32, ContentFile(b"left"))
    assert photos.sweep(actor=JOB) == 0
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert photos.sweep(actor=JOB) == 1
    assert stored("incoming") == [waiting.name]


def test_sizes_that_lost_their_row_are_swept_after_a_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = developed(send(town.city, by=phone()))
    default_storage.save("photos/" + "0" * 32 + "-800.jpg", ContentFile(b"left"))
    assert photos.sweep_sizes(actor=JOB) == 0
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert photos.sweep_sizes(actor=JOB) == 1
    assert {name.partition("-")[0] for name in stored("photos")} == {photo.name}


def test_nobody_but_handlers_of_the_area_sees_a_photo_before_a_look(town: Town) -> None:
    photo = developed(send(town.city, by=phone()))
    handler, _ = worker("verifier", town.ward, NORTH)
    assert Client().get(path(photo)).status_code == 404
    assert worker("verifier", town.office, SOUTH)[0].get(path(photo)).status_code == 404
    assert worker("member", town.ward)[0].get(path(photo)).status_code == 404
    shown = handler.get(path(photo))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert shown["Cache-Control"] == "private, no-store"


def test_one_tap_shows_a_photo_to_everybody_with_closed_headers(town: Town) -> None:
    sent = send(town.city, by=phone())
    photo = developed(sent)
    client, _ = worker("verifier", town.office)
    queue = client.get("/kerja/foto/")
    assert page(queue).cssselect("figure img")[0].get("src") == path(photo)
    assert (
        client.post(
            f"/kerja/foto/{photo.name}/", {"verdict": "show", "seen": "ready", "fits": "yes"}
        ).status_code
        == 303
    )
    shown = Client().get(path(photo))
    assert shown.status_code == 200
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert (shown["X-Content-Type-Options"], shown["Cache-Control"]) == (
        "nosniff",
        "public, max-age=3600, immutable",
    )
    assert "sandbox" in shown["Content-Security-Policy"]
    assert Client().get(path(photo), headers={"If-None-Match": shown["ETag"]}).status_code == 304
    assert path(photo, 240) in Client().get(f"/laporan/{sent.code}/").content.decode()
    assert report(sent).photo_flags & Flags.FITS
    assert acts("photo.shown") == 1
    assert "Tidak ada foto yang menunggu" in text(client.get("/kerja/foto/"))


def test_a_public_photo_can_be_taken_down_by_one_tap(town: Town) -> None:
    photo = developed(send(town.city, by=phone()))
    client, _ = worker("officer", town.office)
    client.post(f"/kerja/foto/{photo.name}/", {"verdict": "show"})
    client.post(f"/kerja/foto/{photo.name}/", {"verdict": "hide", "reason": "face", "back": "/kerja/foto/"})
    assert Client().get(path(photo)).status_code == 404
    assert (acts("photo.shown"), acts("photo.hidden")) == (1, 1)
    photo.refresh_from_db()
    assert (photo.state, photo.reason) == ("hidden", "face")


def test_a_photo_goes_with_its_report(town: Town) -> None:
    sent = send(town.city, by=phone())
    photo = developed(sent)
    verifier = actor("verifier", town.office)
    look(actor=verifier, name=photo.name, verdict="show")
    take_down(actor=verifier, code=sent.code, reason="private")
    assert Client().get(path(photo)).status_code == 404
    restore(actor=verifier, code=sent.code)
    assert Client().get(path(photo)).status_code == 200


def test_a_private_reports_photo_is_never_public(town: Town) -> None:
    photo = developed(send(town.city, by=phone(), visibility="private"))
    look(actor=actor("verifier", town.office), name=photo.name, verdict="show")
    assert Client().get(path(photo)).status_code == 404


def test_the_same_look_twice_is_one_and_a_slower_look_is_told(town: Town) -> None:
    photo = developed(send(town.city, by=phone()))
    first, second = actor("verifier", town.office), actor("officer", town.office)
    look(actor=first, name=photo.name, verdict="hide", reason="plate", seen="ready")
    look(actor=first, name=photo.name, verdict="hide", reason="plate", seen="ready")
    assert acts("photo.hidden") == 1
    with pytest.raises(Conflict):
        look(actor=second, name=photo.name, verdict="show", seen="ready")
    look(actor=second, name=photo.name, verdict="show", seen="hidden")
    assert acts("photo.shown") == 1


def test_wrong_looks_are_refused(town: Town) -> None:
    sender = actor("verifier", town.office)
    photo = developed(send(town.city, by=sender))
    other = actor("verifier", town.office)
    with pytest.raises(NotAllowed):
        look(actor=sender, name=photo.name, verdict="show")
    with pytest.raises(NotAllowed):
        look(actor=actor("verifier", town.office, SOUTH), name=photo.name, verdict="show")
    with pytest.raises(Invalid):
        look(actor=other, name=photo.name, verdict="burn")
    with pytest.raises(Invalid):
        take_down_photo(actor=other, name=photo.name, reason="because")
    with pytest.raises(NotFound):
        look(actor=other, name="0" * 32, verdict="show")
    waiting = attach(send(town.city, by=phone()), picture(3))
    with pytest.raises(Conflict):
        look(actor=other, name=waiting.name, verdict="show")


def test_a_misfit_lowers_the_report(town: Town) -> None:
    sent = send(town.city, by=phone())
    photo = developed(sent)
    judge()
    before = report(sent).probability
    look(
        actor=actor("verifier", town.office),
        name=photo.name,
        verdict="hide",
        reason="not_about_this",
        fits=False,
    )
    judge()
    assert report(sent).probability < before


@pytest.mark.parametrize(
    "address", ["/foto/../../etc/passwd-800.jpg", "/foto/ABC-800.jpg", f"/foto/{'a' * 32}-801.jpg"]
)
def test_an_address_holds_a_random_name_and_a_size_and_nothing_else(address: str) -> None:
    assert Client().get(address).status_code == 404
