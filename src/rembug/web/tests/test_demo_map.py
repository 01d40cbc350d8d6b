"""The common map of the demonstration: drawn, looked at by somebody else, frozen, and said to be simulated."""

import io
from random import Random

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from rembug.evidence.queries import workshops
from rembug.web.demo.cast import gather
from rembug.web.demo.mapping import CORNERS, draw
from rembug.web.demo.spots import spots_of


@pytest.mark.django_db
def test_a_visitor_sees_what_a_group_drew_once_it_was_looked_at(client: Client) -> None:
    call_command("city", "load", str(settings.ROOT / "cities" / "pekalongan"), stdout=io.StringIO())
    city = settings.DEFAULT_CITY
    spots = spots_of(city, Random(1))
    cast = gather(city, [spots[0].area])
    draw(city, cast, spots)
    draw(city, cast, spots)
    (face,) = workshops.listed(city)
    assert (face.accepted, face.waiting) == (CORNERS, 1)
    page = client.get(f"/peta-warga/{face.code}/").content.decode()
    assert "(simulasi)" in page
    assert f"{CORNERS} tanda" in page
    assert "belum diperiksa" not in page
