"""From JSON to a submission, and from a receipt to JSON."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from rembug.lib.errors import FieldFault, Invalid
from rembug.reports.rules.submission import Receipt, Submission

TEXTS = (
    "category",
    "claim",
    "depth_class",
    "setting",
    "since",
    "located_by",
    "area_code",
    "landmark",
    "text",
    "language",
    "visibility",
    "signed_name",
    "joins_incident",
    "foreign_ref",
    "city",
)
KNOWN = {*TEXTS, "id", "lon", "lat", "accuracy_m", "observed_at", "age_s", "answers"}
DEFAULTS = {"located_by": "gps", "language": "id", "visibility": "public", "claim": "present"}


def submission_of(body: bytes, *, key: UUID, city: str, channel: str, proof: str) -> Submission:
    """Read one report from a JSON object.

    Raises
    ------
    Invalid
        With every field that is missing, unknown or of the wrong type.
    """
    data = _object(body)
    faults = [
        FieldFault(name, "unknown-field", "Kolom ini tidak dikenal. Hapus dari kiriman.")
        for name in data
        if name not in KNOWN
    ]
    texts = {name: _text(data, name, faults) for name in TEXTS if name in data}
    numbers = {name: _number(data, name, faults) for name in ("lon", "lat", "accuracy_m", "age_s")}
    faults += [
        FieldFault(name, "missing", "Wajib diisi.")
        for name, absent in (
            ("category", "category" not in data),
            ("lon", numbers["lon"] is None and "lon" not in {f.field for f in faults}),
            ("lat", numbers["lat"] is None and "lat" not in {f.field for f in faults}),
        )
        if absent
    ]
    observed_at = _instant(data, faults)
    answers = _answers(data, faults)
    if "id" in data and str(data["id"]).lower() != str(key):
        faults.append(FieldFault("id", "differs", "id harus sama dengan Idempotency-Key."))
    if faults:
        raise Invalid("Laporan belum bisa diterima. Periksa isian yang ditandai.", faults=tuple(faults))
    texts["city"] = texts.get("city") or city
    return Submission(
        client_id=key,
        lon=numbers["lon"] or 0.0,
        lat=numbers["lat"] or 0.0,
        accuracy_m=numbers["accuracy_m"],
        observed_at=observed_at,
        age_s=numbers["age_s"],
        answers=answers,
        channel=channel,
        proof=proof,
        **{**DEFAULTS, **texts},
    )


def receipt_json(receipt: Receipt, *, public_url: str) -> bytes:
    """Return the answer to an accepted report; `receipt_url` is the sender's secret."""
    return orjson.dumps(
        {
            "code": receipt.code,
            "number": receipt.number_text,
            "status": "received",
            "received_at": receipt.received_at,
            "receipt_token": receipt.token,
            "receipt_url": f"{public_url}/r/{receipt.token}/" if receipt.token else None,
            "report_url": f"{public_url}/laporan/{receipt.code}/",
            "log_entry": receipt.entry_hash,
        }
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Invalid("Isi kiriman bukan JSON yang benar.") from None
    if not isinstance(data, dict):
        raise Invalid("Kirim satu laporan sebagai objek JSON.")
    return data


def _text(data: dict[str, Any], name: str, faults: list[FieldFault]) -> str:
    value = data[name]
    if isinstance(value, str):
        return value
    if value is not None:
        faults.append(FieldFault(name, "not-text", "Tulis sebagai teks."))
    return DEFAULTS.get(name, "")


def _number(data: dict[str, Any], name: str, faults: list[FieldFault]) -> float | None:
    value = data.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12:
        faults.append(FieldFault(name, "not-a-number", "Tulis sebagai angka."))
        return None
    return float(value)


def _instant(data: dict[str, Any], faults: list[FieldFault]) -> datetime | None:
    value = data.get("observed_at")
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
        at.timestamp()
    except (TypeError, ValueError, OverflowError):
        at = None
    if at is None or at.tzinfo is None or not 1970 < at.year < 9000:
        message = "Tulis waktu dengan zona, misalnya 2026-03-05T04:10+07:00."
        faults.append(FieldFault("observed_at", "not-a-time", message))
        return None
    return at


def _answers(data: dict[str, Any], faults: list[FieldFault]) -> dict[str, str]:
    value = data.get("answers")
    if value is None:
        return {}
    if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
        return value
    faults.append(FieldFault("answers", "not-an-object", "Tulis jawaban sebagai objek berisi teks."))
    return {}
