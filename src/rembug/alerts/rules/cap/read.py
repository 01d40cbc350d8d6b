"""Reading a CAP message of somebody else: no entities, no outside, everything that the schema asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from rembug.alerts.rules.cap import codes

LARGEST = 500_000
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$")
PLAIN = re.compile(r"^[^\s,<&]+$")
CHILDREN = {
    "info": codes.INFO,
    "area": codes.AREA,
    "resource": codes.RESOURCE,
    "eventCode": codes.PAIR,
    "parameter": codes.PAIR,
    "geocode": codes.PAIR,
}


class BadCap(ValueError):
    """The message cannot be taken; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Info:
    """One language of a message."""

    language: str
    event: str
    urgency: str
    severity: str
    certainty: str
    headline: str
    description: str
    instruction: str
    sender_name: str
    onset: datetime | None
    expires: datetime | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What a CAP message says. `references` are triplets sender, identifier, sent."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    msg_type: str
    references: tuple[tuple[str, str, str], ...]
    infos: tuple[Info, ...]


def read(data: bytes) -> Message:
    """Return what a message says. Raises `BadCap`."""
    root = _tree(data)
    _check(root, codes.ALERT, "alert")
    message = Message(
        identifier=_text(root, "identifier"),
        sender=_text(root, "sender"),
        sent=datetime.fromisoformat(_text(root, "sent")),
        status=_text(root, "status"),
        msg_type=_text(root, "msgType"),
        references=_references(_text(root, "references")),
        infos=tuple(_info(node) for node in root.findall(_name("info"))),
    )
    _conditions(root, message)
    return message


def _tree(data: bytes) -> etree._Element:
    if len(data) > LARGEST:
        raise BadCap(f"the message has {len(data)} bytes; at most {LARGEST} are taken")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadCap("a document type is not taken: it may hide files and bombs")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadCap(f"no valid XML: {error}") from error
    if root.tag != _name("alert"):
        raise BadCap(f"the outermost element is {root.tag}, not alert of CAP 1.2")
    return root


def _name(local: str) -> str:
    return f"{{{codes.NAMESPACE}}}{local}"


def _text(node: etree._Element, local: str) -> str:
    found = node.find(_name(local))
    return (found.text or "").strip() if found is not None else ""


def _check(node: etree._Element, order: dict[str, tuple[int, int]], where: str) -> None:
    """Check order, number and values of an element's children, and of theirs."""
    names = list(order)
    last, counts = 0, dict.fromkeys(names, 0)
    for child in _own(node, order, where):
        name = etree.QName(child).localname
        if names.index(name) < last:
            raise BadCap(f"{where}: <{name}> must stand before <{names[last]}>")
        last = names.index(name)
        counts[name] += 1
        _value(child, name, where)
        if name in CHILDREN:
            _check(child, CHILDREN[name], name)
    for name, (least, most) in order.items():
        if counts[name] < least:
            raise BadCap(f"{where}: <{name}> is missing")
        if most and counts[name] > most:
            raise BadCap(f"{where}: <{name}> may come only once")


def _own(node: etree._Element, order: dict[str, tuple[int, int]], where: str) -> Iterator[etree._Element]:
    """Yield the children that the schema knows; a signature we cannot verify is no reason to refuse (3.3.2.1)."""
    for child in node.iterchildren(tag=etree.Element):
        tag = etree.QName(child)
        if tag.namespace == codes.DSIG:
            continue
        if tag.namespace != codes.NAMESPACE or tag.localname not in order:
            raise BadCap(f"{where}: <{tag.localname}> does not belong here")
        yield child


def _value(child: etree._Element, name: str, where: str) -> None:
    text = (child.text or "").strip()
    if name in codes.CHOICES and text not in codes.CHOICES[name]:
        raise BadCap(f"{where}: <{name}> is {text!r}, not one of {', '.join(sorted(codes.CHOICES[name]))}")
    if name in codes.MOMENTS:
        _moment(text, name, where)
    if name in {"identifier", "sender"} and not PLAIN.match(text):
        raise BadCap(f"{where}: <{name}> is {text!r}; no space, comma, < or & may be in it")
    if name == "polygon":
        _polygon(text)


def _moment(text: str, name: str, where: str) -> None:
    if not MOMENT.match(text):
        raise BadCap(f"{where}: <{name}> is {text!r}; write 2026-03-05T04:10:00+07:00, never Z")
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise BadCap(f"{where}: <{name}> is {text!r}: {error}") from error


def _polygon(text: str) -> None:
    try:
        pairs = [tuple(float(part) for part in pair.split(",")) for pair in text.split()]
    except ValueError as error:
        raise BadCap(f"area: a polygon is not made of pairs: {error}") from error
    if len(pairs) < 4 or any(len(pair) != 2 for pair in pairs) or pairs[0] != pairs[-1]:
        raise BadCap("area: a polygon needs four pairs or more, and the first again at its end")
    if any(abs(lat) > 90 or abs(lon) > 180 for lat, lon in pairs):
        raise BadCap("area: a polygon has latitude first, within ±90, then longitude")


def _references(text: str) -> tuple[tuple[str, str, str], ...]:
    found = []
    for part in text.split():
        pieces = part.split(",")
        if len(pieces) != 3:
            raise BadCap(f"alert: <references> holds {part!r}; write sender,identifier,sent")
        found.append((pieces[0], pieces[1], pieces[2]))
    return tuple(found)


def _conditions(root: etree._Element, message: Message) -> None:
    if message.msg_type in {"Update", "Cancel"} and not message.references:
        raise BadCap(f"alert: a message of type {message.msg_type} names its <references>")
    if _text(root, "scope") == "Restricted" and not _text(root, "restriction"):
        raise BadCap("alert: scope Restricted needs <restriction>")
    if _text(root, "scope") == "Private" and not _text(root, "addresses"):
        raise BadCap("alert: scope Private needs <addresses>")


def _info(node: etree._Element) -> Info:
    return Info(
        language=_text(node, "language") or "en-US",
        event=_text(node, "event"),
        urgency=_text(node, "urgency"),
        severity=_text(node, "severity"),
        certainty=_text(node, "certainty"),
        headline=_text(node, "headline"),
        description=_text(node, "description"),
        instruction=_text(node, "instruction"),
        sender_name=_text(node, "senderName"),
        onset=_when(node, "onset"),
        expires=_when(node, "expires"),
        areas=tuple(_text(area, "areaDesc") for area in node.findall(_name("area"))),
    )


def _when(node: etree._Element, local: str) -> datetime | None:
    text = _text(node, local)
    return datetime.fromisoformat(text) if text else None
