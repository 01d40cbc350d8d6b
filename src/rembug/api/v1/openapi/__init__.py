"""The description of the JSON interface for programs and people: OpenAPI 3.1 by hand, choices from the rules."""

from typing import Any

from rembug.api.v1.openapi import forecast, intake, log, open_data, photos, schemas

DESCRIPTION = """\
Report what you see, and read everything that is public, without a key.

* Hand in a report: `POST /api/v1/reports` with your own UUID as `Idempotency-Key`. Send the same bytes again until you
  get 201 or 200: it stays one report.
* Errors are problem documents (RFC 9457) in the language of `Accept-Language` (id, en); `code` never changes.
* Open data carry an `ETag`; ask with `If-None-Match` and you get 304 while nothing has changed. Licence: CC BY 4.0.
"""


def document(public_url: str) -> dict[str, Any]:
    """Return the whole document for a site at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Rembug",
            "version": "1",
            "summary": "Reports of tidal floods and other things in a city, each with how probable it is.",
            "description": DESCRIPTION,
            "license": {"name": "CC BY 4.0 (data)", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": public_url}],
        "security": [],
        "tags": [
            {"name": "intake", "description": "Handing in reports and photos"},
            {"name": "open data", "description": "Reading what is public"},
            {"name": "log", "description": "The public log and its proofs"},
        ],
        "paths": {**intake_paths(), **open_data.PATHS, **forecast.PATHS, **log.PATHS},
        "components": {"schemas": {**schemas.SCHEMAS, **forecast.SCHEMAS}, "responses": schemas.RESPONSES},
    }


def intake_paths() -> dict[str, Any]:
    """Return the addresses that take something in; reading reports shares one of them."""
    together = {**intake.PATHS, **photos.PATHS}
    together["/api/v1/reports"] = {**open_data.REPORTS, **intake.PATHS["/api/v1/reports"]}
    return together
