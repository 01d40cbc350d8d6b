"""A test pack of western Jakarta, made from the real RW polygons; nothing of it is kept or shown."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from tests.support.site import ROOT

CODE = "99.31"
SMALL = ROOT / "tests" / "packs" / "bandarkecil"


def make_pack(data: Path, folder: Path) -> Path:
    """Write the pack and return its folder. `data` is the folder of the real data."""
    pack = folder / "jakartauji"
    shutil.copytree(SMALL, pack)
    features = json.loads((data / "petabencana-2017" / "rw.geojson").read_text())["features"]
    areas = _areas(features)
    west, south, east, north = shapely.bounds(shape(areas[0]["geometry"])).tolist()
    text = (pack / "city.toml").read_text()
    for before, after in (
        ('slug = "bandarkecil"', 'slug = "jakartauji"'),
        ('code = "99.71"', f'code = "{CODE}"'),
        ("Kota Bandar Kecil", "Jakarta (uji)"),
        ("Asia/Makassar", "Asia/Jakarta"),
        ("bandarkecil.example", "jakartauji.example"),
        (
            "bbox = [119.0, -5.1, 119.2, -4.9]",
            f"bbox = [{west - 0.02}, {south - 0.02}, {east + 0.02}, {north + 0.02}]",
        ),
    ):
        text = text.replace(before, after)
    (pack / "city.toml").write_text(text)
    (pack / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": areas}))
    (pack / "bodies.csv").write_text(
        "id,name,kind,sphere,level,state,areas,categories,example,about,source\n"
        f"contoh-bpbd,Contoh: BPBD uji,dinas,bureaucracy,city,confirmed,{CODE},rob;other,true,,\n"
    )
    text = (pack / "categories.toml").read_text().replace('code = "ferry"', 'code = "other"')
    text = text.replace('responsible = "kelurahan"', 'responsible = "dinas"')
    (pack / "categories.toml").write_text(text.replace("link_m = 100", "link_m = 150", 1))
    return pack


def _areas(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_ward: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for feature in features:
        properties = feature["properties"]
        polygon = shapely.make_valid(shape(feature["geometry"])).buffer(0)
        by_ward[(properties["KEC_NAME"], properties["KEL_NAME"])].append(polygon)
    districts = sorted({district for district, _ in by_ward})
    whole, found = [], []
    for number, district in enumerate(districts, 1):
        code = f"{CODE}.{number:02d}"
        wards = sorted(ward for place, ward in by_ward if place == district)
        parts = []
        for place, ward in enumerate(wards, 1):
            polygon = shapely.union_all(by_ward[(district, ward)])
            parts.append(polygon)
            name = f"{ward} {district}"
            found.append(_feature(f"{code}.{1000 + place}", name, "kelurahan", code, polygon))
        found.append(_feature(code, district, "kecamatan", CODE, shapely.union_all(parts)))
        whole += parts
    return [_feature(CODE, "Jakarta uji", "city", "", shapely.union_all(whole)), *found]


def _feature(code: str, name: str, level: str, parent: str, polygon: Any) -> dict[str, Any]:
    slug = re.sub(r"[^a-z0-9]+", "-", f"{level} {name}".lower()).strip("-")
    properties = {
        "code": code,
        "slug": slug,
        "name": name.title(),
        "level": level,
        "parent": parent,
        "approximate": False,
        "source": "uji",
    }
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": mapping(
            shapely.geometry.polygon.orient(polygon)
            if polygon.geom_type == "Polygon"
            else shapely.MultiPolygon([shapely.geometry.polygon.orient(p) for p in polygon.geoms])
        ),
    }
