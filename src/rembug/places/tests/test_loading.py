"""A city becomes what its pack says, again and again."""

from dataclasses import replace

import pytest

from rembug.audit.models import Entry
from rembug.lib.actor import ANONYMOUS, Actor, Grant
from rembug.lib.errors import NotAllowed, NotFound
from rembug.lib.pack import read
from rembug.places import queries
from rembug.places.actions import import_boundaries, load_city
from rembug.places.tests.made import ACTOR, PEKALONGAN, SMALL, changed, halves, load

pytestmark = pytest.mark.django_db


def test_a_loaded_city_tells_its_facts_and_areas() -> None:
    pack = load()
    assert queries.city("pekalongan") == pack.facts
    assert len(queries.areas("pekalongan", level="kelurahan")) == 27
    assert len(queries.areas("pekalongan", parent="33.75.04")) == 6
    assert queries.area("pekalongan", "kali-baros").code == "33.75.02.1012"
    assert queries.label("pekalongan", "33.75.03.1007") == "Degayu"
    assert queries.label("pekalongan", "11.11") == "11.11"


def test_a_city_that_is_not_loaded_says_how_to_load_it() -> None:
    with pytest.raises(NotFound, match="rembug city load cities/tegal"):
        queries.city("tegal")


def test_loading_twice_changes_nothing_and_says_nothing_in_the_log() -> None:
    load()
    before, version = Entry.objects.count(), queries.version("pekalongan")
    assert not load_city(actor=ACTOR, pack=read(PEKALONGAN)).changed
    assert (Entry.objects.count(), queries.version("pekalongan")) == (before, version)


def test_loading_again_updates_and_closes_what_left_the_pack() -> None:
    pack = load(SMALL)
    renamed = tuple(
        replace(area, name="Hulu Baru") if area.code == "99.71.01.1001" else area
        for area in pack.areas
        if area.code != "99.71.01.1002"
    )
    loaded = load_city(actor=ACTOR, pack=changed(pack, areas=renamed))
    assert (loaded.added, loaded.updated, loaded.closed) == (0, 1, 1)
    assert queries.label("bandarkecil", "99.71.01.1001") == "Hulu Baru"
    assert [area.code for area in queries.areas("bandarkecil", level="kelurahan")] == ["99.71.01.1001"]
    again = load_city(actor=ACTOR, pack=changed(pack, "a third"))
    assert (again.added, again.updated) == (0, 2)
    assert len(queries.areas("bandarkecil", level="kelurahan")) == 2


def test_official_shapes_survive_a_reload_of_the_approximate_pack() -> None:
    pack = load(SMALL)
    import_boundaries(actor=ACTOR, city="bandarkecil", rows=halves(), source="BIG")
    official = queries.area("bandarkecil", "hulu")
    loaded = load_city(actor=ACTOR, pack=changed(pack))
    assert loaded.kept == 4
    assert queries.area("bandarkecil", "hulu") == official
    assert not official.approximate


def test_a_load_is_an_entry_in_the_log() -> None:
    load(SMALL)
    entry = Entry.objects.get(verb="city.loaded")
    assert (entry.object_id, entry.city, entry.actor) == ("bandarkecil", "bandarkecil", "system:test")


def test_only_the_system_and_administrators_of_the_city_load_it() -> None:
    pack = read(SMALL)
    with pytest.raises(NotAllowed):
        load_city(actor=ANONYMOUS, pack=pack)
    elsewhere = Actor("p", "person", (Grant("administrator", "pekalongan"),))
    with pytest.raises(NotAllowed):
        load_city(actor=elsewhere, pack=pack)
    here = Actor("p", "person", (Grant("administrator", "bandarkecil"),))
    assert load_city(actor=here, pack=pack).added == 4


def test_two_cities_live_side_by_side() -> None:
    load()
    load(SMALL)
    assert queries.cities() == ["bandarkecil", "pekalongan"]
    assert queries.city("bandarkecil").timezone == "Asia/Makassar"
    assert queries.area_at("bandarkecil", 119.07, -4.97).name == "Hulu"
    assert queries.area_at("pekalongan", 109.704, -6.867).name == "Degayu"
