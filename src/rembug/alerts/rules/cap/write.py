"""Writing a CAP message: every element in the schema's order, times with the city's offset, latitude first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml import etree

from rembug.alerts.rules.cap.codes import NAMESPACE

Ring = Sequence[tuple[float, float]]
"""Longitude and latitude in degrees, first point again at the end."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area of a message."""

    name: str
    code: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All that a message says. `words`: CAP language -> headline, description, instruction."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    msg_type: str
    note: str
    references: tuple[tuple[str, str, datetime], ...]
    words: Mapping[str, Mapping[str, str]]
    event: Mapping[str, str]
    response: str
    urgency: str
    severity: str
    certainty: str
    onset: datetime
    expires: datetime
    sender_name: str
    web: str
    contact: str
    parameters: Mapping[str, str]
    places: tuple[Place, ...]


def write(message: Outgoing, zone: ZoneInfo) -> bytes:
    """Return the message as XML, not yet signed."""
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})
    _put(root, "identifier", message.identifier)
    _put(root, "sender", message.sender)
    _put(root, "sent", moment(message.sent, zone))
    _put(root, "status", message.status)
    _put(root, "msgType", message.msg_type)
    _put(root, "scope", "Public")
    if message.note:
        _put(root, "note", message.note)
    if message.references:
        triplets = [f"{sender},{name},{moment(sent, zone)}" for sender, name, sent in message.references]
        _put(root, "references", " ".join(triplets))
    # Indonesian first; a JSON column keeps no order, and a message must have the same bytes whatever stored it.
    for language in sorted(message.words, key=lambda name: (not name.startswith("id"), name)):
        _info(root, message, language, zone)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return a time in the form of CAP: whole seconds with an offset, never the letter Z.

    >>> moment(datetime(2026, 3, 5, 4, 10, tzinfo=ZoneInfo("UTC")), ZoneInfo("Asia/Jakarta"))
    '2026-03-05T11:10:00+07:00'
    """
    return at.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "-00:00")


def _info(root: etree._Element, message: Outgoing, language: str, zone: ZoneInfo) -> None:
    info = etree.SubElement(root, f"{{{NAMESPACE}}}info")
    words = message.words[language]
    _put(info, "language", language)
    _put(info, "category", "Met")
    _put(info, "event", message.event[language])
    _put(info, "responseType", message.response)
    _put(info, "urgency", message.urgency)
    _put(info, "severity", message.severity)
    _put(info, "certainty", message.certainty)
    _put(info, "effective", moment(message.sent, zone))
    _put(info, "onset", moment(message.onset, zone))
    _put(info, "expires", moment(message.expires, zone))
    _put(info, "senderName", message.sender_name)
    _put(info, "headline", words["headline"])
    _put(info, "description", words["description"])
    _put(info, "instruction", words["instruction"])
    _put(info, "web", message.web)
    _put(info, "contact", message.contact)
    for name, value in message.parameters.items():
        _pair(info, "parameter", name, value)
    for place in message.places:
        _area(info, place)


def _area(info: etree._Element, place: Place) -> None:
    area = etree.SubElement(info, f"{{{NAMESPACE}}}area")
    _put(area, "areaDesc", place.name)
    for ring in place.rings:
        closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
        _put(area, "polygon", " ".join(f"{lat:.5f},{lon:.5f}" for lon, lat in closed))
    _pair(area, "geocode", "Kemendagri", place.code)


def _pair(parent: etree._Element, local: str, name: str, value: str) -> None:
    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{local}")
    _put(node, "valueName", name)
    _put(node, "value", value)


def _put(parent: etree._Element, local: str, text: str) -> None:
    etree.SubElement(parent, f"{{{NAMESPACE}}}{local}").text = text
