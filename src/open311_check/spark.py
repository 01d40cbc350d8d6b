"""XML as the JSON that the Spark convention makes of it, and whether two answers say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

LISTS = {  # containers of repeated children: a list also with one child or none
    *("services", "service_requests", "errors", "attributes", "values", "endpoints", "formats", "notes"),
    "media",
}


class Unreadable(ValueError):
    """The body is not what its format promises."""


def parse(form: str, body: bytes) -> Any:
    """Return the structure of an answer. Raises `Unreadable`."""
    if form == "json":
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"no JSON: {error}") from error
    return from_xml(root(body))


def root(body: bytes) -> ElementTree.Element:
    """Return the root element. Raises `Unreadable`, also for a document type: the standard has none."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Unreadable("the XML declares a document type or entities (an HTML page?)")
    try:
        return ElementTree.fromstring(body)  # noqa: S314 - no document type gets here, so no entities
    except ElementTree.ParseError as error:
        raise Unreadable(f"no XML: {error}") from error


def from_xml(node: ElementTree.Element) -> Any:
    """Drop the root; a list stays a list; what is empty is null."""
    children = list(node)
    if node.tag in LISTS:
        return [from_xml(child) for child in children]
    return {child.tag: from_xml(child) for child in children} if children else node.text


def differences(left: Any, right: Any, path: str = "") -> Iterator[str]:
    """Yield where two answers differ; XML knows text only, so scalars are compared as text or as numbers."""
    left, right = _empty(left), _empty(right)
    if isinstance(left, dict) and isinstance(right, dict):
        for name in sorted({*left, *right}):
            yield from differences(left.get(name), right.get(name), f"{path}.{name}" if path else name)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif not _same(left, right):
        yield f"{path or 'the whole'}: {_short(left)} against {_short(right)}"


def _empty(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, dict | list) or isinstance(right, dict | list):
        return False
    one, other = _text(left), _text(right)
    try:
        return one == other or float(one) == float(other)
    except ValueError:
        return False


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).strip().replace("\r\n", "\n")


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "an object" if isinstance(value, dict) else repr(value)[:60]
