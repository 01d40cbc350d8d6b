"""Bodies of a pack are listed, updated and closed; they join by their own people."""

from dataclasses import replace

import pytest

from rembug.audit.models import Entry
from rembug.lib.actor import ANONYMOUS, system
from rembug.lib.errors import NotAllowed
from rembug.lib.pack import BodyRow
from rembug.people.actions.bodies import BodiesLoaded, load_bodies
from rembug.people.models import Body

pytestmark = pytest.mark.django_db
OFFICE = BodyRow(
    "kota-dinas",
    "Dinas Air",
    "dinas",
    "bureaucracy",
    "city",
    "not_joined",
    ("9.1", "9.2"),
    ("rob",),
    False,
    "",
)
GROUP = BodyRow(
    "kota-contoh", "Contoh: Grup", "komunitas", "civil_society", "rw", "confirmed", ("9.1",), (), True, ""
)


def load(*bodies: BodyRow) -> BodiesLoaded:
    return load_bodies(actor=system("test"), city="kota", bodies=bodies)


def test_bodies_are_listed_with_their_areas_once() -> None:
    assert load(OFFICE, GROUP) == BodiesLoaded(2, 0, 0)
    office = Body.objects.get(public_id="kota-dinas")
    assert set(office.areas.values_list("area_code", flat=True)) == {"9.1", "9.2"}
    assert office.state == "not_joined"
    assert load(OFFICE, GROUP) == BodiesLoaded(0, 0, 0)
    assert Entry.objects.filter(verb="body.listed").count() == 2


def test_a_body_that_joined_stays_joined_when_the_pack_changes() -> None:
    load(OFFICE)
    Body.objects.update(state="confirmed")
    assert load(replace(OFFICE, name="Dinas Air Baru", areas=("9.2", "9.3"))) == BodiesLoaded(0, 1, 0)
    office = Body.objects.get(public_id="kota-dinas")
    assert (office.name, office.state) == ("Dinas Air Baru", "confirmed")
    assert set(office.areas.values_list("area_code", flat=True)) == {"9.2", "9.3"}


def test_a_body_that_left_the_pack_is_closed_and_opens_when_it_is_back() -> None:
    load(OFFICE, GROUP)
    assert load(GROUP) == BodiesLoaded(0, 0, 1)
    assert Body.objects.get(public_id="kota-dinas").state == "closed"
    assert load(GROUP) == BodiesLoaded(0, 0, 0)
    assert load(OFFICE, GROUP) == BodiesLoaded(0, 1, 0)
    assert Body.objects.get(public_id="kota-dinas").state == "not_joined"


def test_groups_that_registered_themselves_and_other_cities_are_left_alone() -> None:
    Body.objects.create(city="kota", name="Warga", kind="komunitas", sphere="civil_society", level="rw")
    Body.objects.create(
        public_id="kotabaru-dinas",
        city="kotabaru",
        name="Dinas",
        kind="dinas",
        sphere="bureaucracy",
        level="city",
    )
    load(GROUP)
    assert Body.objects.filter(state="closed").count() == 0


def test_nobody_else_lists_bodies() -> None:
    with pytest.raises(NotAllowed):
        load_bodies(actor=ANONYMOUS, city="kota", bodies=[OFFICE])
