"""L-14: the evidence sheet of a dimension shows no score under fifty answers, and each number's source."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from rembug.commitments.tests import made as pledge
from rembug.deliberation.tests.conftest import body_of, speaker
from rembug.evidence.models import Survey
from rembug.evidence.rules.survey import score
from rembug.evidence.tests import test_surveys as asking
from rembug.evidence.tests.conftest import city
from rembug.people.tests.town import house

__all__ = ["city", "house"]


def surveyed(city: str, sheets: dict[str, str], number: int) -> str:
    """Ask, count paper in, close; return the code."""
    group = body_of(city, "contoh-pantau-rob")
    asker = speaker(group, "facilitator", f"tanya{uuid4().hex[:6]}@example.org")
    asker.post("/kerja/survei/baru/", asking.form(group, dimensions=["living"]))
    code = Survey.objects.latest("id").code
    assert asking.pile(code, asker, number, **sheets).status_code == 302
    asker.post(f"/kerja/survei/{code}/tutup/")
    return code


def test_no_score_is_shown_under_fifty_answers(city: str) -> None:
    code = surveyed(city, {"q3-5": "49"}, 49)
    page = Client().get("/lembar-bukti/living/").content.decode()
    assert "belum cukup data" in page
    assert "dari 100" not in page
    assert f"survei-{code.lower()}" in page
    rows = Client().get("/lembar-bukti/living/csv/").content.decode().splitlines()
    impact = next(row for row in rows if row.startswith("impact"))
    assert ",,,,dari 100" in impact


def test_fifty_answers_give_a_score_with_its_interval_and_version(city: str) -> None:
    code = surveyed(city, {"q3-5": "25", "q3-3": "25"}, 50)
    page = Client().get("/lembar-bukti/living/").content.decode()
    assert "75 dari 100" in page
    assert "(90%)" in page
    assert f"/data/kumpulan/survei-{code.lower()}-pompa-di-kampung/1/" in page
    assert "dari 100" not in Client().get("/lembar-bukti/economy/").content.decode()


def test_promises_stand_under_output_and_quick_win(city: str) -> None:
    office = body_of(city, "contoh-pantau-rob")
    owner = speaker(office, "coordinator", "janji@example.org")
    code = pledge.promised(owner, office, dimensions=["environment"], is_quick_win="on", title="=Pompa")
    page = Client().get("/lembar-bukti/environment/").content.decode()
    assert page.count(f"/komitmen/{code}/") >= 1
    assert "'=Pompa" in Client().get("/lembar-bukti/environment/csv/").content.decode()
    assert Client().get("/lembar-bukti/sihir/").status_code == 404


@pytest.mark.parametrize(
    ("counts", "hidden", "value"),
    [
        ([0, 0, 0, 0, 50], 0, 100.0),
        ([0, 0, 0, 0, 49], 0, None),
        ([50, 0, 0, 0, 50], 0, 50.0),
        ([None, None, 0, 0, 60], 6, 95.45),
    ],
)
def test_a_score_tells_what_is_hidden_by_its_width(
    counts: list[int | None], hidden: int, value: float | None
) -> None:
    found = score(counts, hidden)
    assert (found and found.value) == (value and pytest.approx(value, abs=0.01))
    assert found is None or found.low <= found.value <= found.high


def test_the_list_names_six_dimensions(city: str) -> None:
    assert city
    assert Client().get("/lembar-bukti/").content.decode().count("/lembar-bukti/") >= 6


def test_the_six_sheets_are_one_workbook(city: str) -> None:
    surveyed(city, {"q3-5": "25", "q3-3": "25"}, 50)
    answer = Client().get("/lembar-bukti/semua.xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert len(book.sheetnames) == 6
    cells = [row for name in book.sheetnames for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert any(row[0] == "impact" and row[2] == 75 and str(row[9]).startswith("http") for row in cells)
