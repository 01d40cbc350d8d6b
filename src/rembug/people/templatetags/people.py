"""`{{ held.role|word:"role" }}`, `{{ area|area_name:city }}`."""

from django import template

from rembug.people import areas, words

register = template.Library()


@register.filter
def word(code: str, table: str) -> str:
    """Return a code in the words of the screen; an unknown one with its dashes as spaces."""
    return str(words.TABLES[table].get(code, code.replace("-", " ").replace("_", " ")))


@register.filter
def area_name(code: str, city: str) -> str:
    """Return an area's name."""
    return areas.label(city, code)
