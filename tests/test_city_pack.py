"""`rembug city`: a city is data; two cities live in one database without code of their own."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rembug.audit.models import Entry
from rembug.people.models import Body
from rembug.places import queries
from rembug.reports.queries.catalogue import kinds
from rembug.reports.queries.town import town

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[1]
PEKALONGAN = ROOT / "cities" / "pekalongan"
SMALL = ROOT / "tests" / "packs" / "bandarkecil"


def city(*words: str | Path) -> str:
    out = StringIO()
    call_command("city", *map(str, words), stdout=out)
    return out.getvalue()


def test_two_cities_are_loaded_from_data_alone() -> None:
    city("load", PEKALONGAN)
    city("load", SMALL)
    assert [line.split("\t")[1] for line in city("list").splitlines()] == [
        "Kota Bandar Kecil",
        "Kota Pekalongan",
    ]
    assert [kind.code for kind in kinds("bandarkecil")] == ["rob", "ferry"]
    assert len(kinds("pekalongan")) == 7
    assert len(town("pekalongan").wards) == 27
    assert town("bandarkecil").emergency_number == "112"
    assert Body.objects.filter(city="bandarkecil").count() == 3
    assert queries.city("pekalongan").responsible["rob"] == "badan"


def test_loading_again_leaves_everything_as_it_is() -> None:
    city("load", PEKALONGAN)
    entries = Entry.objects.count()
    assert "areas: 0 new, 0 changed, 0 closed" in city("load", PEKALONGAN)
    assert Entry.objects.count() == entries


def test_a_pack_with_faults_changes_nothing_and_lists_them(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    path = folder / "bodies.csv"
    path.write_text(path.read_text().replace("bureaucracy", "bureau"))
    with pytest.raises(CommandError) as refused:
        city("load", folder)
    assert "3 fault(s)" in str(refused.value)
    assert "bodies.csv:2: sphere is 'bureau' → use one of: leadership" in str(refused.value)
    assert city("list") == ""
    with pytest.raises(CommandError):
        city("check", folder)


def test_check_changes_nothing() -> None:
    assert "Nothing is wrong" in city("check", PEKALONGAN)
    assert city("list") == ""


def test_a_load_that_breaks_in_the_middle_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("rembug.web.management.commands.city.load_categories", broken)
    with pytest.raises(RuntimeError):
        city("load", SMALL)
    assert city("list") == ""
    assert not Body.objects.exists()
