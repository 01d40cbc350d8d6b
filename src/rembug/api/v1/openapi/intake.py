"""`POST /api/v1/reports`."""

from typing import Any

from rembug.api.v1.openapi.schemas import DEPTH_CODES, Schema, maybe, refusals, text, thing
from rembug.reports.rules import submission as rules

EXAMPLE = {
    "category": "rob",
    "depth_class": "knee",
    "setting": "street",
    "since": "now",
    "lon": 109.6762,
    "lat": -6.8721,
    "accuracy_m": 12,
    "text": "Air rob setinggi lutut di depan musala.",
}
NO_NUL = r"^[^\u0000]*$"


def words(most: int, **more: Any) -> Schema:
    """Return the schema of a text of at most so many letters, without NUL."""
    return maybe("string", maxLength=most, pattern=NO_NUL, **more)


def choice(values: tuple[str, ...] | list[str]) -> Schema:
    """Return the schema of a choice that may be left out or null."""
    return {"enum": [*values, None]}


SUBMISSION: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid", "description": "the same as Idempotency-Key, if given"},
        "city": words(40, description="slug; without it the city of this address"),
        "category": text(maxLength=40, examples=["rob"]),
        "claim": choice(rules.CLAIMS),
        "depth_class": choice(["", *DEPTH_CODES]),
        "setting": choice(rules.SETTINGS),
        "since": choice(rules.SINCES),
        "observed_at": maybe("string", format="date-time", description="with zone; at most seven days ago"),
        "age_s": maybe(
            "number", minimum=0, maximum=604_800, description="seconds since, instead of observed_at"
        ),
        "lon": {"type": "number", "minimum": -180, "maximum": 180},
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "accuracy_m": maybe("number", minimum=0, maximum=1_000_000),
        "located_by": choice(rules.LOCATED_BY),
        "area_code": words(24),
        "landmark": words(rules.LANDMARK_MAX),
        "text": words(rules.TEXT_MAX),
        "answers": maybe("object", maxProperties=rules.ANSWERS_MAX, additionalProperties=text(maxLength=200)),
        "language": choice(rules.LANGUAGES),
        "visibility": choice(rules.VISIBILITIES),
        "signed_name": words(rules.NAME_MAX, description="shown only because the sender wants it"),
        "joins_incident": words(16, description="code of an incident: it is this one"),
        "foreign_ref": words(rules.REF_MAX, description="its number in the sender's own system"),
    },
    "required": ["category", "lon", "lat"],
    "additionalProperties": False,
    "examples": [EXAMPLE],
}
RECEIPT = thing(
    {
        "code": text(),
        "number": text(description="the code in groups of three"),
        "status": {"const": "received"},
        "received_at": text(format="date-time"),
        "receipt_token": text(description="secret: whoever holds it may correct and withdraw the report"),
        "receipt_url": maybe("string", format="uri"),
        "report_url": text(format="uri"),
        "log_entry": text(description="hash of the entry in the public log", pattern="^[0-9a-f]{64}$"),
    }
)
HEADERS = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "a UUID (best version 7) made by the sender before the first try; kept forever",
        "schema": {"type": "string", "format": "uuid"},
    },
    {
        "name": "X-Device-Token",
        "in": "header",
        "description": "22 to 64 letters, digits, - or _: random, always the same from one device",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22,64}$"},
    },
    {
        "name": "X-Proof",
        "in": "header",
        "description": "solution of a challenge that came with 429",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9+/=]*$", "maxLength": rules.PROOF_MAX},
    },
]
LOCATION: Schema = {"Location": {"schema": text(format="uri-reference")}}


def stored(description: str) -> Schema:
    """Return the description of the answer to a report that is stored."""
    return {
        "description": description,
        "headers": LOCATION,
        "content": {"application/json": {"schema": RECEIPT}},
    }


PATHS: dict[str, Any] = {
    "/api/v1/reports": {
        "post": {
            "operationId": "sendReport",
            "tags": ["intake"],
            "summary": "Hand in a report",
            "parameters": HEADERS,
            "requestBody": {"required": True, "content": {"application/json": {"schema": SUBMISSION}}},
            "responses": {
                "200": stored("It was stored before; the same receipt"),
                "201": stored("It is stored, durably"),
                **refusals(_400="Malformed", _413="TooLarge", _422="Invalid", _429="TooMany"),
            },
        }
    }
}
