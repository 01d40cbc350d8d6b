"""CSV (RFC 4180, UTF-8) that is safe to open in a spreadsheet, and its CSVW description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from rembug.evidence.formats import rows

RISKY = r"^[=+\-@\t\r\n]"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
CSVW_TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "double",
    "moment": "dateTime",
    "truth": "boolean",
}


def write(source: Path, target: Path) -> None:
    """Write the frozen rows as CSV: ISO times in UTC, a point as decimal mark, no cell that begins a formula."""
    options = arrow_csv.WriteOptions(eol="\r\n")
    with pa.OSFile(str(target), "wb") as sink:
        writer = None
        for batch in rows.batches(source):
            safe = _safe(batch)
            writer = writer or arrow_csv.CSVWriter(sink, safe.schema, write_options=options)
            writer.write_batch(safe)
        if writer is None:
            empty = _safe(pa.RecordBatch.from_pylist([], schema=rows.open_rows(source).schema))
            writer = arrow_csv.CSVWriter(sink, empty.schema, write_options=options)
            writer.write_batch(empty)
        writer.close()


def description(name: str, columns: Sequence[Mapping[str, Any]], licence: str, title: str) -> bytes:
    """Return the CSVW metadata (W3C Tabular Data Model) that stands beside the CSV."""
    described = [
        {
            "name": column["name"],
            "titles": column["name"],
            "dc:description": {"id": column["definition"], "en": column["definition_en"]},
            "datatype": CSVW_TYPES[column["type"]],
            "required": column["required"],
            "rembug:concept": column["concept"],
            "rembug:classification": column["classification"],
            "rembug:measure": column["measure"],
            "rembug:unit": column["unit"],
        }
        for column in columns
    ]
    body = {
        "@context": ["http://www.w3.org/ns/csvw", {"rembug": "urn:rembug:"}],
        "url": name,
        "dc:title": title,
        "dc:license": {"@id": licence},
        "tableSchema": {"columns": described, "primaryKey": "code"},
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2)


def _safe(batch: pa.RecordBatch) -> pa.RecordBatch:
    arrays, names = [], []
    for field, values in zip(batch.schema, batch.columns, strict=True):
        names.append(field.name)
        if pa.types.is_string(field.type):
            risky = pc.match_substring_regex(values, RISKY)
            arrays.append(pc.if_else(risky, pc.binary_join_element_wise("'", values, ""), values))
        elif pa.types.is_timestamp(field.type):
            arrays.append(pc.strftime(values, MOMENT))
        else:
            arrays.append(values)
    return pa.RecordBatch.from_arrays(arrays, names)
