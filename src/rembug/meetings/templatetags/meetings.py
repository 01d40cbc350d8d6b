"""Words of codes in templates."""

from django import template

from rembug.meetings.words import TABLES

register = template.Library()


@register.filter
def meant(code: str, table: str) -> str:
    """Return a code's words, for example `{{ guest.answer|meant:"answer" }}`."""
    return str(TABLES[table].get(code, code))
