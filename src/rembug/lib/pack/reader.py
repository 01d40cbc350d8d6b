"""Reading a whole pack: all files, all faults, then a value that can be trusted."""

import hashlib
from dataclasses import replace
from pathlib import Path

from rembug.lib.pack import (
    alerts,
    bodies,
    cases,
    categories,
    city,
    confidential,
    desk,
    lessons,
    planning,
    population,
    shapes,
    terms,
    water,
)
from rembug.lib.pack.faults import BadPack, Faults, PackFault
from rembug.lib.pack.types import BodyRow, CategoryRow, CityFacts, Pack

FORMAT = "3"  # part of the digest: a reader that understands more reads every pack again


def read(folder: Path) -> Pack:
    """Return the pack in this folder, or raise `BadPack` with everything that is wrong with it."""
    if not folder.is_dir():
        raise BadPack(
            [PackFault(str(folder), 0, "there is no such folder", "name the folder of a city pack")]
        )
    found: list[PackFault] = []

    def faults(file: str) -> Faults:
        return Faults(file, found)

    facts = city.read_city(folder, faults(city.FILE))
    if facts is None:
        raise BadPack(found)
    lines, areas = shapes.read_areas(folder, faults(shapes.AREAS), facts.bbox)
    landmarks = shapes.read_landmarks(folder, faults(shapes.LANDMARKS), lines)
    kinds = categories.read_categories(folder, faults(categories.FILE), facts)
    groups = bodies.read_bodies(folder, faults(bodies.FILE), facts, lines, {row.code for row in kinds})
    texts = terms.read_terms(folder, faults(terms.FOLDER), facts.languages)
    sea = water.read_water(folder, faults(water.FILE), facts.languages, lines)
    names = {row.public_id.removeprefix(f"{facts.slug}-"): row.public_id for row in groups}
    kind_codes = {row.code for row in kinds}
    handling = cases.read_cases(folder, faults(cases.FILE), facts.languages, kind_codes, set(names))
    warnings = alerts.read_alerts(folder, faults(alerts.FILE), facts.languages, set(names))
    path = planning.read_planning(folder, faults(planning.FILE), facts.languages, set(lines))
    trust = confidential.read_confidential(
        folder, faults(confidential.FILE), facts.languages, names, handling
    )
    lent = desk.read_desk(folder, faults(desk.FILE), facts.languages)
    people = population.read_population(folder, faults(population.FILE), lines)
    taught = lessons.read_lessons(folder, faults(lessons.FOLDER), facts.languages)
    if facts.code not in lines and lines:
        faults(shapes.AREAS).add(1, f"no area has the city's code {facts.code}", "add it with level city")
    _somebody_answers(facts, kinds, groups, faults(categories.FILE))
    if found:
        raise BadPack(found)
    facts = replace(
        facts, terms=texts, responsible={row.code: row.responsible for row in kinds}, population=people
    )
    return Pack(
        *(facts, areas, landmarks, groups, kinds, digest(folder), sea, warnings, handling, taught, path),
        *(trust, lent),
    )


def _somebody_answers(
    facts: CityFacts, kinds: tuple[CategoryRow, ...], groups: tuple[BodyRow, ...], faults: Faults
) -> None:
    for category in kinds:
        if not any(
            body.kind == category.responsible and (not body.categories or category.code in body.categories)
            for body in groups
        ):
            faults.add(
                0,
                f"{category.code}: no body of kind {category.responsible!r} in {facts.slug} handles it",
                "add the category to such a body in bodies.csv, or change `responsible`",
            )


def digest(folder: Path) -> str:
    """Return one SHA-256 over the names and bytes of the pack's files, whatever their order on disk."""
    total = hashlib.sha256(FORMAT.encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
