"""`rembug reports import`: row by row, exactly once, each refusal with its reason, whatever breaks off."""

import itertools
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rembug.audit.models import Entry
from rembug.lib.actor import system
from rembug.reports.actions import import_rows as importing
from rembug.reports.actions.import_rows import BATCH, import_rows
from rembug.reports.models import Report
from rembug.reports.sources import table
from rembug.reports.sources.rows import Row
from rembug.reports.tests.flow.conftest import city

__all__ = ["city"]
pytestmark = pytest.mark.usefixtures("city")

HEAD = "id,category,lon,lat,observed_at,depth_cm,text\n"


def line(number: int) -> str:
    return f"{number},rob,109.67,-6.88,2026-03-05T04:{number % 60:02d}+07:00,35,laporan {number}\n"


def bring(path: Path, *more: str, kind: str = "csv") -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(
        "reports", "import", str(path), "--format", kind, "--city", "kotakecil", *more, stdout=out, stderr=err
    )
    return out.getvalue().strip(), err.getvalue()


def file_of(folder: Path, rows: int, name: str = "lapor.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + "".join(line(number) for number in range(rows)))
    return path


def test_the_same_file_twice_is_stored_once(tmp_path: Path) -> None:
    path = file_of(tmp_path, 7)
    assert bring(path)[0] == "7 stored, 0 known already, 0 refused"
    assert bring(path)[0] == "0 stored, 7 known already, 0 refused"
    assert Report.objects.count() == 7
    assert Entry.objects.filter(verb="reports.imported").count() == 1


def test_each_row_that_cannot_be_taken_is_told_with_its_reason_and_the_others_are_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "lapor.csv"
    path.write_text(
        HEAD
        + line(1)
        + "2,rob,timur,-6.88,2026-03-05T04:10+07:00,35,tanpa angka\n"
        + "3,rob,109.67,-6.88,kemarin,35,tanpa waktu\n"
        + "4,rob,109.67,-6.88,2026-03-05T04:10+07:00,dalam,tanpa ukuran\n"
        + "5,hantu,109.67,-6.88,2026-03-05T04:10+07:00,35,jenis lain\n"
        + line(6)
    )
    refused = tmp_path / "refused.csv"
    out, err = bring(path, "--refused", str(refused))
    assert out == "2 stored, 0 known already, 4 refused"
    told = refused.read_text().splitlines()
    assert told[0] == "row,reason"
    for number, reason in ((2, "lon/lat"), (3, "observed_at"), (4, "depth"), (5, "category")):
        assert any(one.startswith(f"{number},") and reason in one for one in told)
        assert f"lapor.csv:{number}:" in err


def test_progress_is_told_while_a_long_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 5)
    err = bring(file_of(tmp_path, 12))[1]
    assert [one for one in err.split("\r") if one] == [
        "5 rows read, 5 stored",
        "10 rows read, 10 stored",
        "12 rows read, 12 stored",
    ]


def test_an_import_that_is_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = file_of(tmp_path, BATCH + 40)

    def until_the_battery_is_empty() -> Iterator[Row]:
        yield from itertools.islice(table.rows(path, "kotakecil", "Asia/Jakarta"), BATCH + 20)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_rows(until_the_battery_is_empty(), city="kotakecil", source=path.name, actor=system("test"))
    assert Report.objects.count() == BATCH  # whole batches are stored, a half one is not half stored
    assert bring(path)[0] == f"40 stored, {BATCH} known already, 0 refused"
    assert Report.objects.count() == BATCH + 40


def test_a_file_that_is_cut_off_gives_all_that_stands_before_the_cut(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "Point", "coordinates": [109.67, -6.88]},
            "properties": {"category": "rob", "observed_at": "2026-03-05T04:10+07:00", "depth_cm": 20},
        }
        for number in range(1, 9)
    ]
    whole = json.dumps({"type": "FeatureCollection", "features": features})
    path = tmp_path / "lapor.geojson"
    path.write_text(whole[: whole.index('"id": 6')])
    out = StringIO()
    with pytest.raises(CommandError, match="terpotong"):
        call_command("reports", "import", str(path), "--format", "geojson", "--city", "kotakecil", stdout=out)
    assert out.getvalue().strip() == "5 stored, 0 known already, 0 refused"
    assert Entry.objects.filter(verb="reports.imported").count() == 1
    path.write_text(whole)
    assert bring(path, kind="geojson")[0] == "3 stored, 5 known already, 0 refused"


def test_a_file_of_another_kind_stores_nothing_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "lapor.csv"
    path.write_text("nama,alamat\nA,B\n")
    with pytest.raises(CommandError, match=r"lapor\.csv: kolom tidak ada: category, lat, lon, observed_at"):
        bring(path)
    with pytest.raises(CommandError, match="FeatureCollection"):
        bring(path, kind="geojson")
    with pytest.raises(CommandError, match="No such file"):
        bring(tmp_path / "tiada.csv")
    assert not Report.objects.exists()


def test_our_own_open_data_with_semicolons_reads_too(tmp_path: Path) -> None:
    path = tmp_path / "lapor.csv"
    path.write_text((HEAD + line(1)).replace(",", ";"))
    assert bring(path)[0] == "1 stored, 0 known already, 0 refused"
    kept = Report.objects.get()
    assert (kept.depth_class, kept.channel, kept.located_by) == ("knee", "import", "import")
    assert kept.foreign_ref == "lapor:1"
