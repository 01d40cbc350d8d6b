"""A small city for the flow: two kelurahan side by side, rob and a broken street light."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rembug.lib import clock
from rembug.lib.pack import facts_to_json, read
from rembug.places.models import Area, City, Landmark
from rembug.reports.models import Category
from rembug.reports.queries import categories
from rembug.reports.tests.flow.walker import Walker

PACK = Path(__file__).parents[5] / "tests" / "packs" / "bandarkecil"
SQUARE = [[109.66, -6.89], [109.68, -6.89], [109.68, -6.87], [109.66, -6.87], [109.66, -6.89]]


def shape(shift: float) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [[[x + shift, y] for x, y in SQUARE]]})


@pytest.fixture
def city(db: None, settings: Any, tmp_path: Path) -> Iterator[City]:  # noqa: ARG001 needs the database
    settings.MEDIA_ROOT = tmp_path
    settings.GROUP_COMMIT = False
    settings.DEFAULT_CITY = "kotakecil"
    box = {"west": 109.66, "south": -6.89, "east": 109.70, "north": -6.87}
    facts = replace(
        read(PACK).facts,
        slug="kotakecil",
        hosts=(),
        emergency_words={"id": ("tenggelam",), "jv": ("kelelep",)},
    )
    pack = facts_to_json(facts)
    row = City.objects.create(
        slug="kotakecil",
        code="99.01",
        name="Kota Kecil",
        timezone="Asia/Jakarta",
        languages=["id", "en", "jv"],
        pack=pack,
        pack_hash="test",
        loaded_at=clock.now(),
        **box,
    )
    _areas(row, box)
    _categories(row.slug)
    categories.forget()
    yield row
    categories.forget()


def _areas(row: City, box: dict[str, float]) -> None:
    common = {"city": row, "geometry": shape(0), "label_lat": -6.88, **box}
    Area.objects.create(
        code="99.01.01", slug="barat", name="Barat", level="kecamatan", label_lon=109.68, **common
    )
    for number, (name, shift) in enumerate([("Pasirlor", 0.0), ("Pasirkidul", 0.02)], start=1):
        Area.objects.create(
            city=row,
            code=f"99.01.01.100{number}",
            slug=name.lower(),
            name=name,
            level="kelurahan",
            parent_code="99.01.01",
            geometry=shape(shift),
            west=109.66 + shift,
            east=109.68 + shift,
            south=-6.89,
            north=-6.87,
            label_lon=109.67 + shift,
            label_lat=-6.88,
        )
    Landmark.objects.create(city=row, area_code="99.01.01.1001", name="Masjid Besar", lon=109.671, lat=-6.879)


def _categories(city: str) -> None:
    kind = {"city": city, "dimension": "environment", "link_m": 150, "link_s": 3600, "live_s": 7200}
    Category.objects.create(
        code="rob", names={"id": "Rob", "en": "Tidal flood"}, icon="rob", is_flood=True, position=1, **kind
    )
    question = {
        "code": "kind",
        "required": True,
        "names": {"id": "Apa yang rusak?"},
        "choices": [{"code": "off", "names": {"id": "Mati"}}, {"code": "fallen", "names": {"id": "Roboh"}}],
    }
    Category.objects.create(
        code="light", names={"id": "Lampu jalan"}, icon="light", position=2, questions=[question], **kind
    )


@pytest.fixture
def walker(city: City, client: Client) -> Walker:  # noqa: ARG001 the city must be there
    return Walker(client)
