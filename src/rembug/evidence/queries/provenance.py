"""Where a frozen answer comes from, in the words of W3C PROV: question, code, inputs by hash."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version as installed
from typing import Any

import orjson
from django.conf import settings

from rembug.audit import queries as audit
from rembug.evidence.rules.question import Asked
from rembug.places import queries as places
from rembug.reports.queries.public import calibration
from rembug.reports.rules.assess import RULES_VERSION

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rembug": "urn:rembug:",
}
LIBRARIES = ("pyarrow", "pyogrio", "orjson")


def provenance(city: str, asked: Asked, at: datetime) -> dict[str, Any]:
    """Return PROV-O as JSON-LD: one activity that used the log, the city pack and a question.

    The log is named by the size and root of its last signed checkpoint, so the inputs can be looked up later;
    calibration is what decided reports said of our probabilities on that day.
    """
    last = audit.last_checkpoint()
    figures = calibration(city)
    question = orjson.dumps(asked.stored(), option=orjson.OPT_SORT_KEYS)
    return {
        "@context": CONTEXT,
        "@type": "prov:Activity",
        "prov:endedAtTime": at.astimezone(UTC).isoformat(),
        "prov:wasAssociatedWith": {
            "@type": "prov:SoftwareAgent",
            "rembug:software": f"rembug {installed('rembug')}",
            "rembug:rules": RULES_VERSION,
            "rembug:libraries": {name: installed(name) for name in LIBRARIES},
        },
        "prov:used": [
            {
                "@type": "prov:Entity",
                "rembug:kind": "question",
                "rembug:sha256": hashlib.sha256(question).hexdigest(),
                "rembug:value": asked.stored(),
            },
            {
                "@type": "prov:Entity",
                "rembug:kind": "log",
                "@id": f"{settings.PUBLIC_URL}/log/",
                "rembug:size": last.size if last else 0,
                "rembug:root": last.root if last else "",
            },
            {"@type": "prov:Entity", "rembug:kind": "city-pack", "rembug:version": places.version(city)},
        ],
        "rembug:calibration": {"decided": figures.decided, "brier": figures.brier, "ece": figures.ece},
    }
