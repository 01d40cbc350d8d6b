"""What each published column means: the five attributes that Perpres 39/2019 asks for, in two languages.

Concept, definition, classification, measure and unit stand beside every number, so that two offices that join their
tables join the same thing. The order here is the order of the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "moment", "truth"]
NONE = "-"
NEEDED = frozenset({"channel", "state"})  # of a case: no row is without them


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` is its type; `required` tells that no row is without it."""

    name: str
    kind: Kind
    concept: str
    definition: str
    definition_en: str
    classification: str = NONE
    measure: str = NONE
    unit: str = NONE
    required: bool = False

    def stored(self) -> dict[str, object]:
        """Return the column as JSON."""
        return {
            "name": self.name,
            "type": self.kind,
            "concept": self.concept,
            "definition": self.definition,
            "definition_en": self.definition_en,
            "classification": self.classification,
            "measure": self.measure,
            "unit": self.unit,
            "required": self.required,
        }


_CODE = Column(
    "code", "text", "Nomor", "Nomor tetap baris ini.", "Permanent number of this row.", required=True
)
_CATEGORY = Column(
    *("category", "text", "Jenis kejadian", "Jenis menurut paket kota.", "Category of the city pack."),
    classification="kategori laporan Rembug",
    required=True,
)
_AREA = (
    Column(
        *("area_code", "text", "Wilayah", "Kode wilayah administrasi.", "Code of the administrative area."),
        classification="kode wilayah Kemendagri",
    ),
    Column(
        "area_name",
        "text",
        "Wilayah",
        "Nama wilayah itu pada saat dibekukan.",
        "Its name when this was frozen.",
    ),
)
_DEPTH = (
    Column(
        *(
            "depth_class",
            "text",
            "Kedalaman air",
            "Kelas kedalaman yang dilaporkan.",
            "Depth class as reported.",
        ),
        classification="kelas kedalaman Rembug",
        measure="kelas",
    ),
    Column(
        *("depth_low_cm", "integer", "Kedalaman air", "Batas bawah kelas.", "Lower bound of the class."),
        measure="kedalaman terendah",
        unit="cm",
    ),
    Column(
        *("depth_high_cm", "integer", "Kedalaman air", "Batas atas kelas.", "Upper bound of the class."),
        measure="kedalaman tertinggi",
        unit="cm",
    ),
)
_PLACE = (
    Column(
        *("lon", "number", "Letak", "Bujur yang boleh diketahui umum.", "Longitude that may be public."),
        classification="WGS 84 (OGC:CRS84)",
        measure="bujur",
        unit="derajat",
    ),
    Column(
        *("lat", "number", "Letak", "Lintang yang boleh diketahui umum.", "Latitude that may be public."),
        classification="WGS 84 (OGC:CRS84)",
        measure="lintang",
        unit="derajat",
    ),
)
_SURE = (
    Column(
        *("probability", "number", "Keyakinan", "Peluang bahwa ini benar.", "Probability that this is true."),
        classification="docs/algorithms/verification.md",
        measure="peluang",
        unit="0-1",
        required=True,
    ),
    Column(
        *("rung", "text", "Keyakinan", "Anak tangga keyakinan.", "Rung of the ladder."),
        classification="tangga keyakinan Rembug",
        measure="tingkat",
        required=True,
    ),
)


def _moment(name: str, definition: str, english: str, *, required: bool = True) -> Column:
    return Column(
        *(name, "moment", "Waktu", definition, english),
        classification="ISO 8601, UTC",
        measure="waktu, dibulatkan ke bawah 5 atau 10 menit",
        unit="UTC",
        required=required,
    )


REPORTS = (
    _CODE,
    _CATEGORY,
    Column(
        *("claim", "text", "Pernyataan", "Ada (present) atau kering (absent).", "There, or dry here."),
        classification="present, absent",
        required=True,
    ),
    *_DEPTH,
    _moment("observed_at", "Saat dilihat.", "When it was seen."),
    _moment("received_at", "Saat diterima.", "When it was received."),
    *_AREA,
    *_PLACE,
    Column(
        *(
            "place_moved",
            "truth",
            "Letak",
            "Titik digeser untuk melindungi rumah.",
            "Moved to protect a home.",
        ),
        required=True,
    ),
    Column("landmark", "text", "Letak", "Patokan yang disebut pelapor.", "Landmark named by the reporter."),
    Column("text", "text", "Uraian", "Kata pelapor, disamarkan.", "The reporter's words, masked."),
    *_SURE,
    Column(
        *("decided", "text", "Putusan", "Putusan pemeriksa, bila ada.", "A verifier's decision, if any."),
        classification="true, false",
    ),
    Column("incident", "text", "Kejadian", "Nomor kejadian yang memuatnya.", "Number of its incident."),
)
INCIDENTS = (
    _CODE,
    _CATEGORY,
    *_AREA,
    _moment("started_at", "Laporan pertama.", "First report."),
    _moment("last_at", "Laporan terakhir.", "Last report."),
    _moment("ended_at", "Dinyatakan surut.", "Said to be over.", required=False),
    *(
        Column(name, "integer", "Jumlah", words, english, measure="jumlah", unit=unit, required=True)
        for name, words, english, unit in (
            ("report_count", "Banyak laporan.", "Number of reports.", "laporan"),
            ("witness_count", "Banyak saksi yang saling bebas.", "Number of independent witnesses.", "saksi"),
            ("dry_count", "Banyak laporan kering.", "Number of reports that it is dry.", "laporan"),
        )
    ),
    *_DEPTH,
    *_SURE,
    Column(
        *("reply_count", "integer", "Tanggapan", "Banyak tanggapan.", "Number of replies."),
        measure="jumlah",
        unit="tanggapan",
        required=True,
    ),
    *_PLACE,
)
CASES = (
    _CODE,
    _CATEGORY,
    *_AREA,
    *(
        Column(name, "text", "Penanganan", words, english, classification=listed, required=name in NEEDED)
        for name, words, english, listed in (
            ("body", "Nomor pihak yang memegangnya.", "Id of the body that has it.", NONE),
            ("body_name", "Nama pihak itu.", "Name of that body.", NONE),
            ("channel", "Saluran masuk.", "Channel that it came by.", NONE),
            ("state", "Keadaan saat dibekukan.", "State when this was frozen.", "keadaan kasus Rembug"),
        )
    ),
    _moment("opened_at", "Kasus dibuka.", "When it was opened."),
    _moment(
        *("answer_due_at", "Batas jawaban pertama; kosong bila pihaknya belum bergabung."),
        *("By when the first answer was due; empty for a body that has not joined.",),
        required=False,
    ),
    _moment("answered_at", "Jawaban pertama.", "First answer.", required=False),
    _moment("settled_at", "Dinyatakan tuntas.", "Settled.", required=False),
    Column(
        *(
            "in_time",
            "truth",
            "Penanganan",
            "Jawaban pertama tidak melewati batasnya; kosong selama berjalan.",
        ),
        *("The first answer came by its date; empty while the clock runs.",),
        classification="docs/algorithms/indicators.md",
    ),
    *_PLACE,
)
SURVEYS = (
    _CODE,
    *(
        Column(name, "text", "Survei", words, english, classification=listed, required=True)
        for name, words, english, listed in (
            ("survey", "Nomor survei.", "Number of the survey.", NONE),
            (
                "question",
                "Nomor pertanyaan, dan pilihannya bila boleh beberapa.",
                "Number of the question.",
                NONE,
            ),
            ("asked", "Bunyi pertanyaan.", "The question as asked.", NONE),
            ("kind", "Jenis pertanyaan.", "Kind of question.", "one, many, scale, number"),
            ("answer_code", "Nomor jawaban.", "Number of the answer.", NONE),
            ("answer", "Bunyi jawaban.", "The answer in words.", NONE),
            ("scope", "Wilayah yang dihitung.", "What is counted.", "city, area, rest (areas joined)"),
        )
    ),
    *_AREA,
    Column(
        *(
            "people",
            "integer",
            "Jawaban",
            "Banyak orang yang memilih jawaban ini; kosong bila disembunyikan.",
        ),
        *("People who chose this answer; empty where hidden.",),
        measure="jumlah",
        unit="orang",
    ),
    Column(
        *("answered", "integer", "Jawaban", "Banyak orang yang mengisi.", "People who answered."),
        measure="jumlah",
        unit="orang",
        required=True,
    ),
    Column(
        *("share", "number", "Jawaban", "Bagian yang memilih jawaban ini.", "Share that chose this answer."),
        measure="bagian",
        unit="0-1",
    ),
    Column(
        *("hidden", "truth", "Jawaban", "Benar bila jumlahnya terlalu kecil untuk diterbitkan."),
        *("True where the count is too small to be told.",),
        classification="docs/algorithms/masking.md",
        required=True,
    ),
    _moment("closed_at", "Waktu survei ditutup.", "When the survey ended."),
    *_PLACE,
)
WORKSHOPS = (
    _CODE,
    *(
        Column(name, "text", "Peta warga", words, english, classification=listed, required=True)
        for name, words, english, listed in (
            ("workshop", "Nomor peta atau lokakarya.", "Number of the map or workshop.", NONE),
            ("legend", "Tanda dalam legenda.", "Sign of the legend.", "legenda peta itu sendiri"),
            ("kind", "Bentuk.", "Shape.", "point, line, area, none (no place)"),
            ("body", "Nomor pihak yang menyusun.", "Id of the body that made it.", NONE),
        )
    ),
    Column("words", "text", "Peta warga", "Keterangan, disamarkan.", "Words, masked."),
    Column(
        *("people", "integer", "Peserta", "Orang yang menandai atau memilih; kosong bila tidak dihitung."),
        *("People who marked or chose it; empty where not counted or hidden.",),
        measure="jumlah",
        unit="orang",
    ),
    Column(
        *("hidden", "truth", "Peserta", "Benar bila jumlahnya terlalu kecil untuk diterbitkan."),
        *("True where the number is too small to be told.",),
        classification="docs/algorithms/masking.md",
        required=True,
    ),
    Column(
        *(
            "participants",
            "integer",
            "Peserta",
            "Peserta seluruhnya; kosong bila kurang dari batas terkecil.",
        ),
        *("Participants in all; empty below the smallest number that is told.",),
        measure="jumlah",
        unit="orang",
    ),
    Column(
        *("held_at", "moment", "Waktu", "Awal hari pertemuannya.", "Beginning of the day it was held."),
        classification="ISO 8601, UTC",
        measure="hari",
        unit="UTC",
        required=True,
    ),
    *_AREA,
    Column(
        *(
            "place_moved",
            "truth",
            "Letak",
            "Titik digeser untuk melindungi rumah.",
            "Moved to protect a home.",
        ),
        required=True,
    ),
    Column(
        *("wkt", "text", "Letak", "Bentuknya sebagai teks (WKT).", "The shape as well-known text."),
        classification="OGC Simple Features, WGS 84 (OGC:CRS84)",
    ),
    *_PLACE,
)
COLUMNS = {
    "reports": REPORTS,
    "incidents": INCIDENTS,
    "cases": CASES,
    "surveys": SURVEYS,
    "workshops": WORKSHOPS,
}
MOMENT = {
    "reports": "observed_at",
    "incidents": "last_at",
    "cases": "opened_at",
    "surveys": "closed_at",
    "workshops": "held_at",
}
"""The column that tells when a row happened."""
