"""The five documents of the standard as tables: field, kinds of JSON, whether it must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Kinds = tuple[type, ...]
TEXT: Kinds = (str,)
MAYBE: Kinds = (str, type(None))
NUMBER: Kinds = (int, float, type(None))


@dataclass(frozen=True, slots=True)
class Shape:
    """Fields that must be there, fields that may be, and words that a field is limited to."""

    must: Mapping[str, Kinds]
    may: Mapping[str, Kinds]
    words: Mapping[str, frozenset[str]]

    @property
    def names(self) -> set[str]:
        """All fields of the standard."""
        return {*self.must, *self.may}


DATATYPES = frozenset({"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"})
DISCOVERY = Shape(
    {"changeset": TEXT, "contact": TEXT, "key_service": TEXT, "endpoints": (list,)},
    {},
    {},
)
ENDPOINT = Shape(
    {"specification": TEXT, "url": TEXT, "changeset": TEXT, "type": TEXT, "formats": (list,)},
    {},
    {"type": frozenset({"production", "test"})},
)
SERVICE = Shape(
    {"service_code": TEXT, "service_name": TEXT, "metadata": (bool,), "type": TEXT},
    {"description": MAYBE, "keywords": MAYBE, "group": MAYBE},
    {"type": frozenset({"realtime", "batch", "blackbox"})},
)
DEFINITION = Shape({"service_code": TEXT, "attributes": (list, type(None))}, {}, {})
ATTRIBUTE = Shape(
    {"variable": (bool,), "code": TEXT, "datatype": TEXT, "required": (bool,), "order": (int,)},
    {"datatype_description": MAYBE, "description": MAYBE, "values": (list, type(None))},
    {"datatype": DATATYPES},
)
VALUE = Shape({"key": TEXT, "name": MAYBE}, {}, {})
REQUEST = Shape(
    {"service_request_id": TEXT, "status": TEXT, "service_code": TEXT, "requested_datetime": TEXT},
    {
        **dict.fromkeys(("status_notes", "service_name", "description", "agency_responsible"), MAYBE),
        **dict.fromkeys(("service_notice", "updated_datetime", "expected_datetime"), MAYBE),
        **dict.fromkeys(("address", "address_id", "zipcode", "media_url"), MAYBE),
        "lat": NUMBER,
        "long": NUMBER,
    },
    {"status": frozenset({"open", "closed"})},
)
ERROR = Shape({"code": TEXT, "description": TEXT}, {}, {})
NAMES = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    type(None): "null",
}


def faults(shape: Shape, row: Any, where: str) -> Iterator[str]:
    """Yield what is wrong with a row of JSON."""
    if not isinstance(row, dict):
        yield f"{where} is no object"
        return
    for name, kinds in {**shape.must, **shape.may}.items():
        if name not in row:
            if name in shape.must:
                yield f"{where}.{name} is missing"
        elif type(row[name]) not in kinds:
            wanted = " or ".join(dict.fromkeys(NAMES[kind] for kind in kinds))
            yield f"{where}.{name} is {row[name]!r:.60}, and must be {wanted}"
        elif row[name] is not None and name in shape.words and row[name] not in shape.words[name]:
            yield f"{where}.{name} is {row[name]!r:.60}, and must be one of {', '.join(sorted(shape.words[name]))}"


def moment(text: Any) -> datetime | None:
    """Return a date with its zone; nothing where it is none."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else None
