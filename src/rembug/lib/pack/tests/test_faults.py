"""Each fault of a pack names file, line and remedy, and all are told at once."""

from pathlib import Path

import pytest

from rembug.lib.pack.tests.made import PEKALONGAN, SMALL, copy, faults, swap

CITY, AREAS, BODIES, KINDS = "city.toml", "areas.geojson", "bodies.csv", "categories.toml"
DEPTH = 'code = "calf"\nlow_cm = 16'


def line_of(folder: Path, file: str, text: str) -> int:
    return next(n for n, line in enumerate((folder / file).read_text().splitlines(), 1) if text in line)


@pytest.mark.parametrize("folder", [PEKALONGAN, SMALL], ids=lambda folder: folder.name)
def test_the_shipped_packs_have_no_fault(folder: Path) -> None:
    assert faults(folder) == []


CASES = [
    (CITY, 'timezone = "Asia/Makassar"', 'timezone = "Asia/Nowhere"', "timezone", "time zone"),
    (CITY, 'languages = ["id", "en"]', 'languages = ["id", "xx"]', "languages", "'xx' is unknown"),
    (CITY, 'slug = "bandarkecil"', 'slug = "Bandar Kecil"', "slug =", "Bandar Kecil"),
    (CITY, 'code = "99.71"', "code = 99.71", "code = 99", "99.71"),
    (CITY, "outside_m = 2000", 'outside_m = "jauh"', "outside_m", "jauh"),
    (CITY, "outside_m = 2000", "outside_km = 2", "outside_km", "not known here"),
    (CITY, "[119.0, -5.1, 119.2, -4.9]", "[119.2, -5.1, 119.0, -4.9]", "bbox", "box is empty"),
    (CITY, 'legal_basis = "perda-rekaan"', 'legal_basis = "uu-0"', 'legal_basis = "uu-0"', "no legal basis"),
    (CITY, DEPTH, 'code = "calf"\nlow_cm = 17', "[[depth]]", "gaps"),
    (CITY, 'code = "branding"', 'code = "brand"', '"brand"', "`code` is 'brand'"),
    (CITY, "confirmed = false", 'confirmed = "no"', 'confirmed = "no"', "confirmed"),
    (CITY, 'slug = "bandarkecil"', 'slug = "bandarkecil', "slug =", "no valid TOML"),
    (
        AREAS,
        '"parent": "99.71.01", "aliases": ["Bandar Hilir"]',
        '"parent": "99.9"',
        "Hilir",
        "parent '99.9'",
    ),
    (AREAS, '"code": "99.71.01.1002"', '"code": "99.71.01.1001"', "Hilir", "stands twice"),
    (AREAS, '"slug": "hilir"', '"slug": "hulu"', "Hilir", "slug 'hulu'"),
    (AREAS, '"level": "kelurahan"', '"level": "desa"', "Hulu", "'desa'"),
    (
        AREAS,
        "5.0], [119.15, -5.0], [119.15, -4.95], [119.1,",
        "5.0], [119.9, -5.0], [119.9, -4.95], [119.1,",
        "Hilir",
        "leaves the city's box",
    ),
    (AREAS, "[[[119.1, -5.0], [119.15, -5.0]", "[[[119.1, -5.0], [119.12, -4.9]", "Hilir", "invalid"),
    (
        AREAS,
        '"FeatureCollection", "features": [',
        '"FeatureCollection", "features": [,',
        "FeatureColl",
        "JSON",
    ),
    (BODIES, "99.71.01.1002", "99.71.01.1009", "contoh-hilir", "area '99.71.01.1009'"),
    (BODIES, "city,confirmed,99.71,rob", "city,confirmed,99.71,banjir", "contoh-dinas", "category 'banjir'"),
    (BODIES, "bureaucracy", "bureau", "contoh-dinas", "sphere"),
    (BODIES, "contoh-hulu", "contoh-dinas", "Hulu", "stands already on line 2"),
    (BODIES, "Contoh: Kelurahan Hulu", "Kelurahan Hulu", "contoh-hulu", "example and name disagree"),
    (BODIES, ",true,,\ncontoh-hulu", ",true\ncontoh-hulu", "contoh-dinas", "too few"),
    (KINDS, 'icon = "wave"', 'icon = "fish"', "fish", "'fish'"),
    (KINDS, 'dimension = "environment"', 'dimension = "env"', '"env"', "'env'"),
    (KINDS, "link_m = 100", "link_m = -1", "link_m = -1", "link_m"),
    (KINDS, 'names = { id = "Rob" }', 'names = { en = "Rob" }', "names = { en", "no words in `id`"),
    (KINDS, 'code = "ferry"', 'code = "rob"', "ferry", "stands twice"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "problem"), CASES, ids=[f"{c[0]}: {c[4]}" for c in CASES]
)
def test_a_fault_names_file_line_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, where: str, problem: str
) -> None:
    folder = copy(tmp_path)
    swap(folder, file, old, new)
    where = 'code = "rob"' if where == "ferry" else where
    found = [fault for fault in faults(folder) if problem in fault.problem]
    assert found, [str(fault) for fault in faults(folder)]
    assert found[0].file == file
    assert found[0].remedy
    lines = (folder / file).read_text().splitlines()
    assert where in lines[found[0].line - 1]


def test_all_faults_are_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    swap(folder, CITY, "Asia/Makassar", "Asia/Nowhere")
    swap(folder, BODIES, "bureaucracy", "bureau")
    swap(folder, KINDS, "link_m = 100", "link_m = 1")
    (folder / "terms" / "privacy.id.md").write_text("# Privasi\n")
    assert {fault.file for fault in faults(folder)} == {CITY, BODIES, KINDS, "terms/privacy.id.md"}


def test_rings_must_turn_to_the_left(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    ring = "[[119.1, -5.0], [119.15, -5.0], [119.15, -4.95], [119.1, -4.95], [119.1, -5.0]]"
    swap(
        folder, AREAS, ring, "[[119.1, -5.0], [119.1, -4.95], [119.15, -4.95], [119.15, -5.0], [119.1, -5.0]]"
    )
    assert [fault.problem for fault in faults(folder)] == ["99.71.01.1002: rings turn the wrong way"]


def test_a_category_that_nobody_handles_is_a_fault(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    swap(folder, BODIES, "confirmed,99.71,rob", "confirmed,99.71,ferry")
    assert "no body of kind 'dinas'" in faults(folder)[0].problem


def test_a_real_body_cannot_join_by_a_file(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    swap(
        folder,
        BODIES,
        "Contoh: Kelurahan Hulu,kelurahan,bureaucracy,kelurahan,confirmed,99.71.01.1001,,true,,",
        "Kelurahan Hulu,kelurahan,bureaucracy,kelurahan,confirmed,99.71.01.1001,,false,,",
    )
    assert {fault.problem for fault in faults(folder)} == {
        "a real body cannot join by a file",
        "a real body needs a source",
    }


def test_missing_files_and_a_missing_folder_are_faults(tmp_path: Path) -> None:
    assert "no such folder" in faults(tmp_path / "nowhere")[0].problem
    folder = copy(tmp_path)
    (folder / BODIES).unlink()
    assert any(fault.file == BODIES and "missing" in fault.problem for fault in faults(folder))
    (folder / CITY).unlink()
    assert [fault.file for fault in faults(folder)] == [CITY]


def test_text_that_is_not_utf8_is_a_fault_with_its_line(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / BODIES
    path.write_bytes(path.read_bytes().replace(b"Hulu", b"H\xfclu", 1))
    assert (3, "the text is not UTF-8") in [(fault.line, fault.problem) for fault in faults(folder)]


def test_no_missing_line_and_no_odd_value_makes_the_reader_crash(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / CITY
    lines = path.read_text().splitlines()
    for number, line in enumerate(lines):
        odd = [""]
        if " = " in line and number < 40:
            odd += [
                f"{line.partition(' = ')[0]} = {value}"
                for value in ("nan", "1e400", "[]", "{}", "1979-05-27")
            ]
        for other in odd:
            path.write_text("\n".join([*lines[:number], other, *lines[number + 1 :]]))
            faults(folder)
