"""`{% load alerts %}`: how sure a warning is, in words."""

from __future__ import annotations

from django import template

from rembug.alerts import words
from rembug.alerts.queries.faces import AlertFace

register = template.Library()


@register.filter
def sure(face: AlertFace) -> str:
    """`peluang 70%`, or the sender's own certainty: `kemungkinan besar`."""
    return words.how_sure(face)


@register.filter
def state_words(face: AlertFace) -> str:
    """`terbit · pembaruan · latihan`."""
    parts = (
        words.STATES.get(face.state, face.state),
        words.KINDS.get(face.kind, face.kind),
        words.STATUSES.get(face.status, face.status),
    )
    return " · ".join(str(part) for part in parts)


@register.filter
def kind_words(kind: str) -> str:
    """`pembaruan`."""
    return str(words.KINDS.get(kind, kind))
