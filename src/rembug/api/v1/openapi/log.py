"""The public log: entries and proofs."""

from typing import Any

from rembug.api.v1.openapi.open_data import JSON, query
from rembug.api.v1.openapi.schemas import Schema, maybe, refusals, text, thing

HASH = text(pattern="^[0-9a-f]{64}$")
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": 2**62}
HASHES: Schema = {"type": "array", "items": HASH}
LEAF = {"type": "object", "additionalProperties": text(), "description": "the nine texts of the leaf"}
ENTRY = thing({"leaf_index": COUNT, "leaf_hash": HASH, "leaf": LEAF})
ENTRIES = thing({"entries": {"type": "array", "items": ENTRY}, "size": COUNT, "next": maybe("string")})
INCLUSION = thing({"leaf_index": COUNT, "size": COUNT, "root": HASH, "proof": HASHES})
RECEIPT = thing(
    {
        "hash": HASH,
        "leaf_index": maybe("integer"),
        "proof": {"oneOf": [INCLUSION, {"type": "null"}]},
        "checkpoint": maybe("string"),
    }
)
CONSISTENCY = thing(
    {"from_size": COUNT, "to_size": COUNT, "from_root": HASH, "to_root": HASH, "proof": HASHES}
)


def read(name: str, summary: str, parameters: list[Schema], content: dict[str, Schema]) -> dict[str, Any]:
    """Return an address of the log."""
    return {
        "get": {
            "operationId": name,
            "tags": ["log"],
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": summary,
                    "content": {kind: {"schema": what} for kind, what in content.items()},
                },
                **refusals(_404="NotFound", _422="Invalid"),
            },
        }
    }


def must(parameter: Schema) -> Schema:
    """Return the parameter as one that has to be given."""
    return {**parameter, "required": True}


PATHS: dict[str, Any] = {
    "/api/v1/log/entries": read(
        "readLog",
        "Numbered entries",
        [
            query("after", {"type": "integer", "minimum": -1, "maximum": 2**62}, "leaf index"),
            query("limit", {"type": "integer", "minimum": 1, "maximum": 1000}),
            query("format", {"enum": ["json", "jsonl"]}),
        ],
        {JSON: ENTRIES, "application/x-ndjson": text()},
    ),
    "/api/v1/log/proof/inclusion": read(
        "proveInclusion",
        "The receipt of an entry by its hash, or the proof of a leaf by its index",
        [query("hash", text()), query("index", COUNT), query("size", {**COUNT, "minimum": 1})],
        {JSON: {"oneOf": [RECEIPT, INCLUSION]}},
    ),
    "/api/v1/log/proof/consistency": read(
        "proveConsistency",
        "The proof that a larger log begins with a smaller one",
        [must(query("from", COUNT)), must(query("to", COUNT))],
        {JSON: CONSISTENCY},
    ),
}
