"""`{{ one.reason|said:"decision" }}`: codes of the handlers' pages in words."""

from django import template

from rembug.reports import work_words
from rembug.reports.rules.receipts import number_text

register = template.Library()


@register.filter
def said(code: str, table: str) -> str:
    """Return a code in the words of the screen."""
    return work_words.said(code, table)


@register.filter
def apart(minutes: int) -> str:
    """Return `+35` or `−20` minutes."""
    return f"{'+' if minutes >= 0 else '−'}{abs(minutes)}"


@register.filter
def point(degrees: float) -> str:
    """Return a coordinate to about a metre, with a full stop in every language."""
    return f"{degrees:.5f}"


@register.filter
def spaced(code: str) -> str:
    """Return a number as people read it out."""
    return number_text(code)
