"""A small city, two phones and an officer who have all left traces."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from rembug.lib import ids
from rembug.lib.actor import Actor, system
from rembug.people.tests.town import house
from rembug.reports.actions.process import process_waiting, settle
from rembug.reports.actions.receive import receive_one
from rembug.reports.models import Photo, Report
from rembug.reports.rules.submission import Receipt, Submission
from rembug.reports.tests.flow.conftest import city

__all__ = ["city", "house"]
MINE = Actor("device", "device", device_hash="a" * 32)
OTHER = Actor("device", "device", device_hash="b" * 32)
WORKER = system("test")


@pytest.fixture(autouse=True)
def _place(city: Any, house: None, settings: Any, tmp_path: Any) -> None:  # noqa: ARG001 asked for by name
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.AUDIT_KEY = str(tmp_path / "audit-key")


@pytest.fixture
def say() -> Callable[..., Receipt]:
    """Return a function that hands in a report of knee-deep water."""

    def one(actor: Actor, **more: Any) -> Receipt:
        facts: dict[str, Any] = {
            "client_id": uuid.uuid4(),
            "city": "kotakecil",
            "category": "rob",
            "lon": 109.6713,
            "lat": -6.8787,
            "located_by": "gps",
            "accuracy_m": 12.0,
            "depth_class": "knee",
            "since": "now",
            "setting": "street",
        }
        return receive_one(Submission(**(facts | more)), actor=actor)

    return one


def judge() -> None:
    """Run the jobs that judge, until nothing waits."""
    process_waiting(actor=WORKER)
    settle(actor=WORKER)


def add_photo(code: str, state: str = Photo.State.PUBLIC) -> str:
    """Give a report a photo with its files, as the darkroom leaves them; return its name."""
    name = ids.keyed("test", "photo", code)
    for key in (f"incoming/{name}", f"photos/{name}-1600.jpg", f"photos/{name}-240.jpg"):
        default_storage.save(key, ContentFile(b"\xff\xd8\xff"))
    Photo.objects.create(
        report=Report.objects.get(code=code),
        client_id=uuid.uuid4(),
        name=name,
        state=state,
        payload_hash="f" * 64,
        phash="0123456789abcdef",
        bytes=3,
        received_at=Report.objects.get(code=code).received_at,
    )
    return name
