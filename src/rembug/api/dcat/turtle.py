"""A tree of nodes as Turtle (W3C RDF 1.1 Turtle)."""

from __future__ import annotations

from typing import Any

import orjson

Node = dict[str, Any]


def write(node: Node, prefixes: dict[str, str]) -> str:
    """Return the tree as Turtle; nodes without an address stay inside their parent."""
    head = "".join(f"@prefix {name}: <{uri}> .\n" for name, uri in prefixes.items())
    blocks: list[str] = []
    _block(node, blocks)
    return head + "\n" + "\n".join(blocks)


def _block(node: Node, blocks: list[str]) -> None:
    """Write a node with an address, then those it mentions."""
    later: list[Node] = []
    inside = " ;\n    ".join(_pairs(node, later))
    blocks.append(f"{_uri(node['@id'])}\n    {inside} .\n")
    for child in later:
        _block(child, blocks)


def _pairs(node: Node, later: list[Node]) -> list[str]:
    pairs = [f"a {node['@type']}"] if "@type" in node else []
    for name, value in node.items():
        if name.startswith("@"):
            continue
        values = value if isinstance(value, list) else [value]
        if values:
            pairs.append(f"{name} {', '.join(_object(one, later) for one in values)}")
    return pairs


def _object(value: Any, later: list[Node]) -> str:
    if not isinstance(value, dict):
        return _quoted(str(value))
    if "@value" in value:
        mark = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
        return _quoted(value["@value"]) + mark
    if "@id" in value:
        if len(value) > 1:
            later.append(value)
        return _uri(value["@id"])
    return f"[ {' ; '.join(_pairs(value, later))} ]"


def _uri(text: str) -> str:
    """Write an address; what an IRI may not hold is escaped."""
    safe = "".join(f"%{ord(mark):02X}" if mark <= " " or mark in '<>"{}|^`\\' else mark for mark in text)
    return f"<{safe}>"


def _quoted(text: str) -> str:
    """Write a text; the escapes of JSON are a part of those of Turtle."""
    return orjson.dumps(text).decode()
