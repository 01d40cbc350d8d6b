"""A pack becomes a value that can be trusted."""

import json
import re
from collections import Counter
from pathlib import Path

from rembug.lib.pack import facts_from_json, facts_to_json, read
from rembug.lib.pack.tests.made import PEKALONGAN, ROOT, SMALL, copy

SUFFIXES = {
    "33.75.01": "1002 1003 1004 1006 1008 1009 1012",
    "33.75.02": "1002 1004 1007 1008 1009 1010 1012",
    "33.75.03": "1002 1003 1004 1006 1007 1009 1010",
    "33.75.04": "1002 1003 1004 1006 1008 1010",
}


def test_pekalongan_has_its_four_kecamatan_and_27_kelurahan_with_their_codes() -> None:
    areas = read(PEKALONGAN).areas
    assert Counter(area.level for area in areas) == {"city": 1, "kecamatan": 4, "kelurahan": 27}
    wanted = {f"{above}.{last}" for above, lasts in SUFFIXES.items() for last in lasts.split()}
    assert {area.code for area in areas if area.level == "kelurahan"} == wanted
    assert all(area.approximate for area in areas)


def test_every_public_office_is_there_and_none_has_joined_by_a_file() -> None:
    bodies = read(PEKALONGAN).bodies
    kinds = Counter(body.kind for body in bodies)
    assert kinds["kecamatan"] == 4
    assert kinds["kelurahan"] == 27
    assert kinds["wali-kota"] == kinds["dprd"] == 1
    assert {body.state for body in bodies if not body.is_example} == {"not_joined"}
    assert {body.sphere for body in bodies} == {"leadership", "bureaucracy", "civil_society", "business"}


def test_no_community_is_invented_as_real() -> None:
    groups = [
        body for body in read(PEKALONGAN).bodies if body.kind in {"komunitas", "perusahaan", "sekolah", "rw"}
    ]
    assert groups
    assert all(body.is_example and body.name.startswith("Contoh: ") for body in groups)


def test_every_promise_names_its_legal_basis() -> None:
    facts = read(PEKALONGAN).facts
    bases = {basis.code: basis for basis in facts.legal_bases}
    assert all(promise.legal_basis in bases for promise in facts.promises)
    unread = {promise.code for promise in facts.promises if promise.legal_basis == "permenpanrb-62-2018"}
    assert unread == {promise.code for promise in facts.promises if not promise.confirmed} - {"correct-data"}


def test_the_first_emergency_number_is_112_and_is_confirmed() -> None:
    first = read(PEKALONGAN).facts.emergency[0]
    assert (first.number, first.confirmed) == ("112", True)


def test_the_six_dimensions_know_the_words_of_the_workshop() -> None:
    aliases = {alias for dimension in read(PEKALONGAN).facts.dimensions for alias in dimension.aliases}
    said = "smart government, smart economi, smart society, smart environment, smart living, smart branding"
    assert set(said.split(", ")) <= aliases


def test_every_icon_is_drawn() -> None:
    sprite = (ROOT / "src/rembug/web/static/web/icons.svg").read_text()
    drawn = set(re.findall(r'id="([a-z-]+)"', sprite))
    assert {category.icon for category in read(PEKALONGAN).categories} <= drawn


def test_the_report_flow_is_in_all_three_languages() -> None:
    pack = read(PEKALONGAN)
    for category in pack.categories:
        assert set(category.names) == set(pack.facts.languages)
    assert all(set(depth.names) == set(pack.facts.languages) for depth in pack.facts.depths)


def test_facts_survive_json() -> None:
    for folder in (PEKALONGAN, SMALL):
        facts = read(folder).facts
        assert facts_from_json(json.loads(json.dumps(facts_to_json(facts)))) == facts


def test_equal_files_have_equal_digests_and_one_letter_makes_another(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    assert read(folder).digest == read(SMALL).digest
    (folder / "terms" / "privacy.2026-11.id.md").write_text("# Privasi\n\nHanya untuk uji!\n")
    assert read(folder).digest != read(SMALL).digest
