"""Program rob: works of any owner stand in the list, on the map, with photos and hours before and after."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from rembug.commitments.tests import made as pledge
from rembug.deliberation.tests import made
from rembug.deliberation.tests.conftest import body_of, join, speaker
from rembug.evidence.tests import work
from rembug.people.models import Body
from rembug.people.tests.town import house
from rembug.reports.models import Attached
from rembug.web.tests.test_thread import START, city, winter

__all__ = ["city", "house"]


@pytest.fixture
def partner(city: str) -> Body:
    """A partner that is neither city nor group."""
    return join(body_of(city, "kemitraan"))


@pytest.fixture
def client_of_partner(partner: Body) -> Client:
    """Its browser."""
    return speaker(partner, "facilitator", "mitra@example.org")


def image() -> SimpleUploadedFile:
    """Return a photo."""
    out = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG")
    return SimpleUploadedFile("tanggul.jpg", out.getvalue(), "image/jpeg")


def features() -> dict[str, Any]:
    """Return the works of the map by title."""
    found = Client().get("/program-rob/peta.geojson").json()
    return {one["properties"]["title"]: one for one in found["features"]}


def test_the_map_holds_what_the_list_holds_with_owner_funder_and_milestones(
    city: str, partner: Body, client_of_partner: Client
) -> None:
    firm = body_of(city, "contoh-usaha")
    code = pledge.promised(
        client_of_partner, partner, title="Tanggul Degayu", area="33.75.03.1007", source="csr", lon="109.7",
        lat="-6.88", funder=firm.public_id, milestones="2027-02-01 Lahan siap\n2027-03-01 Tanah diuruk",
    )  # fmt: skip
    pledge.promised(client_of_partner, partner, title="Pintu air", area="33.75.03.1007")
    said = {"action_id": str(uuid4()), "verb": "reach", "body": partner.public_id, "seen": "promised"}
    said |= {"evidence": "document", "evidence_code": "BA/1/2027", "milestone": "1"}
    parts = client_of_partner.get(f"/kerja/komitmen/{code}/").content.decode()
    said["milestone"] = re.findall(r'<option value="(\d+)">Lahan siap', parts)[0]
    assert client_of_partner.post(f"/kerja/komitmen/{code}/", said).status_code == 302
    page, works = made.text("/program-rob/"), features()
    assert set(works) == {"Tanggul Degayu", "Pintu air"}
    dyke, gate = works["Tanggul Degayu"], works["Pintu air"]
    assert dyke["geometry"]["coordinates"] == [109.7, -6.88]
    assert (dyke["properties"]["owner"], dyke["properties"]["funder"]) == (partner.name, firm.name)
    assert (dyke["properties"]["milestones_done"], dyke["properties"]["milestones"]) == (1, 2)
    assert (dyke["properties"]["at_area"], gate["properties"]["at_area"]) == (False, True)
    assert dyke["properties"]["url"].endswith(f"/komitmen/{code}/")
    for words in (
        partner.name,
        firm.name,
        "1 dari 2 tercapai",
        "belum cukup data",
        "Peta memerlukan JavaScript",
    ):
        assert words in page


def test_hours_before_and_after_are_read_from_frozen_reports(
    city: str, partner: Body, client_of_partner: Client
) -> None:
    winter(city, START - timedelta(days=130), 125, dried=False)
    group = body_of(city, "contoh-pantau-rob")
    slug = work.question(group, title="Rob Panjang Baru")
    code = pledge.promised(client_of_partner, partner, title="Pompa", area=pledge.TREATED)
    assert pledge.moved(client_of_partner, code, partner, "deliver", "promised") == 302
    winter(city, START + timedelta(days=1), 60, dried=True)
    with time_machine.travel(START + timedelta(days=62)):
        work.frozen_version(group, slug)
        told = features()["Pompa"]["properties"]
        page = made.text("/program-rob/")
    assert told["flood_hours_before"] > 0.5
    assert told["flood_hours_after"] < 0.2
    assert "jam sehari" in page
    assert f"/data/kumpulan/{slug}/1/" in Client().get("/program-rob/").content.decode()


def test_a_photo_of_works_is_shown_after_another_persons_look(
    city: str, partner: Body, client_of_partner: Client
) -> None:
    code = pledge.promised(client_of_partner, partner, title="Tanggul", area=pledge.TREATED)
    path = f"/kerja/komitmen/{code}/foto/"
    said = {"action_id": str(uuid4()), "body": partner.public_id}
    answers = [client_of_partner.post(path, said | {"photo": image()}).status_code for _ in range(2)]
    assert answers == [302, 302]
    photo = Attached.objects.get()
    assert photo.name not in Client().get(f"/komitmen/{code}/").content.decode()
    other = body_of(city, "contoh-pantau-rob")
    assert client_of_partner.post(path, said | {"body": other.public_id, "photo": image()}).status_code == 403
    Attached.objects.update(state=Attached.State.PUBLIC)
    for page in (f"/komitmen/{code}/", "/program-rob/"):
        assert photo.name in Client().get(page).content.decode()


def test_a_photo_that_is_none_is_refused_in_words(partner: Body, client_of_partner: Client) -> None:
    code = pledge.promised(client_of_partner, partner)
    said = {"action_id": str(uuid4()), "body": partner.public_id, "photo": SimpleUploadedFile("x.jpg", b"x")}
    answer = client_of_partner.post(f"/kerja/komitmen/{code}/foto/", said, follow=True)
    assert "note" in answer.content.decode()
    assert Attached.objects.count() == 0


def test_withdrawn_works_leave_the_map_and_an_empty_map_is_valid(city: str) -> None:  # noqa: ARG001 by name
    assert features() == {}
    assert Client().get("/program-rob/peta.geojson").json() == {"type": "FeatureCollection", "features": []}
    assert "Belum ada pekerjaan yang dicatat" in made.text("/program-rob/")
