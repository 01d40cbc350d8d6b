"""`water.toml`: every fault with its line and remedy."""

import shutil
from pathlib import Path

import pytest

from rembug.lib.pack import BadPack, read, water_from_json, water_to_json

ROOT = Path(__file__).resolve().parents[4]
PEKALONGAN, SMALL = ROOT / "cities" / "pekalongan", ROOT / "tests" / "packs" / "bandarkecil"


def spoilt(folder: Path, old: str, new: str) -> Path:
    pack = folder / "pack"
    shutil.copytree(PEKALONGAN, pack)
    path = pack / "water.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return pack


def test_a_city_away_from_the_sea_needs_no_file() -> None:
    assert read(SMALL).water is None


def test_facts_survive_being_stored() -> None:
    facts = read(PEKALONGAN).water
    assert facts is not None
    assert facts.station.trust == "low"
    assert "CC BY 4.0" in facts.station.licence
    assert water_from_json(water_to_json(facts)) == facts


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'phase_reference = "UTC"',
            'phase_reference = "WIB"',
            r"water\.toml:\d+: `phase_reference` is 'WIB'",
        ),
        ("M2 = [0.0548, 141.3]", "M2 = [nan, 141.3]", r"M2 is \[nan"),
        ("M2 = [0.0548, 141.3]", "M2 = [0.05]", "`M2` is"),
        ('area = "33.75.03.1007"', 'area = "33.75.99"', "no area '33.75.99'"),
        ("coast = [[", "coast = [[999, 0], [", "`coast` is no line"),
        ("sea_level_m = [0.04, 0.10]", "sea_level_m = [0.4, 0.1]", r"`sea_level_m` is \[0\.4, 0\.1\]"),
        ("crest_m = { degayu = 2.0 }", "crest_m = { elsewhere = 2.0 }", "no dyke 'elsewhere'"),
        ("pumps_m3_s = { seruni = 5.0 }", "pumps_m3_s = { nowhere = 5.0 }", "no pump 'nowhere'"),
        ('kind = "people"', 'kind = "cows"', "`kind` is 'cows'"),
        (
            "total = 317535",
            'total = 317535\nby_area = { "33.75.03.1007" = 400000 }',
            "the areas hold more than `total`",
        ),
        ("total = 317535", 'total = 317535\nby_area = { "99.99" = 4 }', "no area '99.99'"),
        ("called_from = 0.3333", "called_from = 0", "`called_from` is 0"),
        ("[rules]", "[rule]", r"`rules` is missing"),
        ("lon = 109.69\n", 'lon = 109.69\ncolour = "blue"\n', "`colour` is not known here"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(BadPack, match=said):
        read(spoilt(tmp_path, old, new))
