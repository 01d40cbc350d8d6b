"""Words of codes, shares and units in templates."""

from django import template
from django.utils.translation import get_language

from rembug.commitments.words import TABLES
from rembug.evidence.rules.indicators import INDICATORS
from rembug.lib import say

register = template.Library()


@register.filter
def named(code: str, table: str) -> str:
    """Return a code's words, for example `{{ one.state|named:"state" }}`."""
    return str(TABLES[table].get(code, code))


@register.filter
def indicator_name(code: str) -> str:
    """Return the name of an indicator in the reader's language."""
    found = INDICATORS.get(code)
    return found.names[(get_language() or "id") == "en"] if found else code


@register.filter
def measured(value: float | None, code: str) -> str:
    """Return a value of an indicator with its unit: days as a percentage of the observed ones."""
    if value is None:
        return "–"
    if code in INDICATORS and INDICATORS[code].is_share:
        return say.percent(value)
    unit = INDICATORS[code].unit[(get_language() or "id") == "en"] if code in INDICATORS else ""
    return f"{say.number(value, 1)} {unit}"
