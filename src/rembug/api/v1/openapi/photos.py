"""`PUT /api/v1/reports/{code}/photos/{client_id}`."""

from typing import Any

from rembug.api.v1.openapi.schemas import Schema, refusals, text, thing

PHOTO = thing(
    {
        "id": text(format="uuid"),
        "report": text(),
        "status": {"enum": ["received", "ready", "public", "hidden", "refused"]},
    }
)


def stored(description: str) -> Schema:
    """Return the description of the answer to a photo that is stored."""
    return {"description": description, "content": {"application/json": {"schema": PHOTO}}}


PATHS: dict[str, Any] = {
    "/api/v1/reports/{code}/photos/{client_id}": {
        "put": {
            "operationId": "sendPhoto",
            "tags": ["intake"],
            "summary": "Add a photo to a report; it becomes public only after a person has looked at it",
            "parameters": [
                {"name": "code", "in": "path", "required": True, "schema": text()},
                {
                    "name": "client_id",
                    "in": "path",
                    "required": True,
                    "description": "a UUID made by the sender",
                    "schema": text(format="uuid"),
                },
                {
                    "name": "X-Receipt-Token",
                    "in": "header",
                    "required": True,
                    "description": "the secret of the report's receipt",
                    "schema": text(),
                },
            ],
            "requestBody": {
                "required": True,
                "description": "JPEG, PNG, WebP or HEIC, at most 10 MB",
                "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
            },
            "responses": {
                "200": stored("It was stored before"),
                "201": stored("It is stored"),
                **refusals(
                    _403="NotAllowed", _404="NotFound", _413="TooLarge", _422="Invalid", _429="TooMany"
                ),
            },
        }
    }
}
