"""One address for each action; parameters come in the address or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt

from rembug.api.ckan import wire
from rembug.evidence.queries.datasets import DatasetFace, catalogue
from rembug.lib.request import Request

Given = dict[str, Any]
ROWS, ROWS_MAX = 10, 1_000
BODY_MAX = 100_000


class Fault(Exception):
    """What CKAN calls an error: its type and a message."""

    def __init__(self, kind: str, message: str, status: int) -> None:
        super().__init__(message)
        self.kind, self.message, self.status = kind, message, status


@csrf_exempt
def act(request: Request, action: str) -> HttpResponse:
    """Answer one action of the read API; others do not exist here."""
    help_text = f"{settings.PUBLIC_URL}/api/3/action/help_show?name={action}"
    try:
        if request.method not in {"GET", "HEAD", "POST"}:
            raise Fault("Bad Request", "Use GET or POST", 405)
        if action not in ACTIONS:
            raise Fault("Bad request", f"Action name not known: {action}", 400)
        result = ACTIONS[action](_packages(request), _given(request))
    except Fault as fault:
        error = {"__type": fault.kind, "message": fault.message}
        body: dict[str, Any] = {"help": help_text, "success": False, "error": error}
        return _json(body, fault.status)
    return _json({"help": help_text, "success": True, "result": result}, 200)


def _json(body: dict[str, Any], status: int) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(body), status=status, content_type="application/json;charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _packages(request: Request) -> list[DatasetFace]:
    return sorted(catalogue(request.city), key=lambda face: face.slug)


def _given(request: Request) -> Given:
    given: Given = dict(request.GET.items())
    if request.method == "POST" and request.body:
        try:
            said = orjson.loads(request.body[:BODY_MAX])
        except orjson.JSONDecodeError:
            said = None
        if not isinstance(said, dict):
            raise Fault("Bad request", "JSON Error: the request body must be a JSON object", 400)
        given |= said
    return given


def _package_list(faces: list[DatasetFace], given: Given) -> list[str]:
    first, most = _page(given, "offset", "limit", ROWS_MAX)
    return [face.slug for face in faces][first : first + most]


def _package_show(faces: list[DatasetFace], given: Given) -> Given:
    return wire.package(_one(faces, given))


def _package_search(faces: list[DatasetFace], given: Given) -> Given:
    first, most = _page(given, "start", "rows", ROWS)
    words = str(given.get("q", "")).lower().replace("*:*", "").split()
    found = [face for face in faces if all(word in _text(face) for word in words)]
    wanted = str(given.get("fq", ""))
    if wanted:
        found = [face for face in found if _filtered(face, wanted)]
    found.sort(key=lambda face: face.changed_at, reverse=True)
    results = [wire.package(face) for face in found[first : first + most]]
    return {
        "count": len(found),
        "sort": "metadata_modified desc",
        "facets": {},
        "search_facets": {},
        "results": results,
    }


def _resource_show(faces: list[DatasetFace], given: Given) -> Given:
    wanted = _id(given)
    for face in faces:
        for version in face.versions:
            for kind in version.files:
                if wire.identity("resource", face.code, version.number, kind) == wanted:
                    return wire.resource(face, version, kind)
    raise Fault("Not Found Error", "Not found: Resource was not found.", 404)


def _organization_list(faces: list[DatasetFace], given: Given) -> list[Any]:
    found = {face.publisher_id: wire.organization(face) for face in faces}
    whole = str(given.get("all_fields", "")).lower() in {"true", "1"}
    return [one if whole else one["name"] for _, one in sorted(found.items())]


def _organization_show(faces: list[DatasetFace], given: Given) -> Given:
    wanted = _id(given)
    own = [face for face in faces if wanted in {face.publisher_id.lower(), wire.organization(face)["id"]}]
    if not own:
        raise Fault("Not Found Error", "Not found: Group was not found.", 404)
    return wire.organization(own[0]) | {"package_count": len(own)}


def _tag_list(faces: list[DatasetFace], given: Given) -> list[Any]:  # noqa: ARG001 every action has the same shape
    return wire.tags(faces)


def _status_show(faces: list[DatasetFace], given: Given) -> Given:  # noqa: ARG001 every action has the same shape
    return {"site_title": "Rembug", "site_url": settings.PUBLIC_URL, "ckan_version": "2.10", "extensions": []}


def _one(faces: list[DatasetFace], given: Given) -> DatasetFace:
    wanted = _id(given)
    for face in faces:
        if wanted in {face.slug, face.code, wire.identity("dataset", face.code)}:
            return face
    raise Fault("Not Found Error", "Not found: Dataset was not found.", 404)


def _id(given: Given) -> str:
    wanted = given.get("id")
    if not wanted or not isinstance(wanted, str):
        raise Fault("Validation Error", "id: Missing value", 409)
    return wanted


def _page(given: Given, first: str, most: str, usual: int) -> tuple[int, int]:
    try:
        start, count = int(given.get(first, 0)), int(given.get(most, usual))
    except (TypeError, ValueError):
        raise Fault("Validation Error", f"{first}, {most}: must be whole numbers", 409) from None
    if start < 0 or count < 0:
        raise Fault("Validation Error", f"{first}, {most}: must not be negative", 409)
    return start, min(count, ROWS_MAX)


def _text(face: DatasetFace) -> str:
    return f"{face.slug} {face.title} {face.about} {face.publisher}".lower()


def _filtered(face: DatasetFace, wanted: str) -> bool:
    """Read `fq`: terms `organization:`, `tags:`, `name:`, all of which must hold."""
    for term in wanted.split():
        name, _, value = term.lstrip("+").partition(":")
        value = value.strip('"').lower()
        has = {
            "organization": {face.publisher_id.lower(), slugify(face.publisher)},
            "tags": set(wire.tags([face])),
            "name": {face.slug},
        }.get(name)
        if has is not None and value not in has:
            return False
    return True


ACTIONS: dict[str, Callable[[list[DatasetFace], Given], Any]] = {
    "package_list": _package_list,
    "package_search": _package_search,
    "package_show": _package_show,
    "resource_show": _resource_show,
    "organization_list": _organization_list,
    "organization_show": _organization_show,
    "tag_list": _tag_list,
    "status_show": _status_show,
    "site_read": lambda faces, given: True,  # noqa: ARG005 every action has the same shape
}
