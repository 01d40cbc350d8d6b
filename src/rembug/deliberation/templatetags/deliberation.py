"""Words of codes, and money, in templates."""

from django import template

from rembug.deliberation.words import TABLES
from rembug.lib import say

register = template.Library()


@register.filter
def told(code: str, table: str) -> str:
    """Return a code's words, for example `{{ step.outcome|told:"outcome" }}`."""
    return str(TABLES[table].get(code, code))


@register.filter
def rupiah(value: int | None) -> str:
    """Return an amount, for example `Rp 25.000.000`."""
    return "" if value is None else f"Rp {say.number(value)}"
