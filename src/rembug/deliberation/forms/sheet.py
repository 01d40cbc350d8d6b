"""Form RW.1 as a table: written out, and read in again with each fault and its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID, uuid5

from rembug.deliberation.actions.propose import FIELDS, Asked
from rembug.deliberation.rules.shapes import ProposalFace
from rembug.deliberation.words import FIELDS as FIELD_NAMES
from rembug.lib.pack import SheetRow
from rembug.lib.sheets import csv_of, rows_of, xlsx_of
from rembug.places import queries as places

SPACE = UUID("0b6b0b7e-3a36-4c5a-8f0e-6f2f6a1c8d11")
COLUMNS = {
    "prioritas": "priority",
    "kegiatan": "title",
    "masalah": "need",
    "yang_diminta": "asked",
    "kode_wilayah": "area_code",
    "wilayah": "area_name",
    "rt_rw_patokan": "landmark",
    "volume": "volume",
    "potensi": "potential",
    "partisipasi_warga": "contribution",
    "bidang": "field",
    "biaya_terendah": "cost_low",
    "biaya_tertinggi": "cost_high",
    "kesepakatan": "mandate",
    "pengusul": "body_name",
    "tahap": "stage_name",
    "keadaan": "state",
    "nomor": "code",
}
NEEDED = ("kegiatan", "masalah", "yang_diminta", "kode_wilayah", "bidang", "kesepakatan")
MOST = 500


def write(faces: Iterable[ProposalFace]) -> str:
    """Return proposals as CSV; a cell that a spreadsheet would run as a formula is quoted."""
    return csv_of(list(COLUMNS), ([getattr(face, name) for name in COLUMNS.values()] for face in faces))


def write_workbook(faces: Sequence[ProposalFace], others: Iterable[SheetRow]) -> bytes:
    """Return proposals as a workbook: Form RW.1, and each further sheet that the city's pack describes."""
    sheets = [("RW.1", list(COLUMNS), [[getattr(face, name) for name in COLUMNS.values()] for face in faces])]
    for sheet in others:
        rows = [
            [_value(face, value, at) for _, value in sheet.columns] for at, face in enumerate(faces, start=1)
        ]
        sheets.append((sheet.title, [head for head, _ in sheet.columns], rows))
    return xlsx_of(sheets)


def read(text: str, *, city: str, body: str) -> tuple[list[Asked], list[str]]:
    """Return the proposals of a table and what is wrong with it, line by line; the same table gives the same numbers.

    Raises `Invalid` where it is no such table.
    """
    rows = rows_of(text, NEEDED)
    known = {area.code for area in places.areas(city)}
    fields = {str(words).lower(): code for code, words in FIELD_NAMES.items()} | {one: one for one in FIELDS}
    found, faults = [], []
    for line, row in enumerate(rows, start=2):
        if line > MOST + 1:
            faults.append(f"Baris {line}: paling banyak {MOST} usulan sekali impor. Bagi tabelnya.")
            break
        wrong = [f"Baris {line}: {said}" for said in _faults(row, known, fields)]
        faults += wrong
        if not wrong:
            found.append(_asked(row, body, fields))
    return found, faults


def _faults(row: Mapping[str, str], areas: set[str], fields: Mapping[str, str]) -> list[str]:
    said = [f"{name} kosong." for name in NEEDED if not (row.get(name) or "").strip()]
    if (row.get("kode_wilayah") or "").strip() not in areas:
        said.append("kode_wilayah tidak dikenal di kota ini.")
    if (row.get("bidang") or "").strip().lower() not in fields:
        said.append("bidang harus prasarana, ekonomi, sosial, atau budaya.")
    for name in ("prioritas", "biaya_terendah", "biaya_tertinggi"):
        cell = (row.get(name) or "").strip()
        if cell and not cell.isdecimal():
            said.append(f"{name} harus angka tanpa titik.")
    return said


def _asked(row: Mapping[str, str], body: str, fields: Mapping[str, str]) -> Asked:
    cell = {name: row.get(name) or "" for name in COLUMNS}
    number = {name: int(cell[name]) if cell[name] else None for name in ("biaya_terendah", "biaya_tertinggi")}
    same = "\x1f".join([body, *(cell[name] for name in NEEDED)])
    return Asked(
        action_id=uuid5(SPACE, same),
        body=body,
        mandate=cell["kesepakatan"][:400],
        title=cell["kegiatan"][:120],
        need=cell["masalah"][:4000],
        asked=cell["yang_diminta"][:4000],
        field=fields[cell["bidang"].lower()],
        area=cell["kode_wilayah"],
        landmark=cell["rt_rw_patokan"][:200],
        volume=cell["volume"][:120],
        potential=cell["potensi"][:600],
        contribution=cell["partisipasi_warga"][:600],
        cost_low=number["biaya_terendah"],
        cost_high=number["biaya_tertinggi"],
        priority=min(int(cell["prioritas"] or 1), 99) or 1,
    )


def _value(face: ProposalFace, value: str, at: int) -> str | int | None:
    """Return what a column of the pack's sheet holds: a field of the proposal, its number, or fixed words."""
    if value == "no":
        return at
    if value.startswith("="):
        return value[1:]
    found = getattr(face, COLUMNS[value])
    return found if isinstance(found, int) or found is None else str(found)
