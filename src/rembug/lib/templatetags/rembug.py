"""`{% load rembug %}`: icons, times and numbers for every page."""

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rembug.lib import say

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is decoration and hidden from screen readers."""
    href = f"{static('web/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.filter
def when(value: datetime | None) -> SafeString | str:
    """`tadi 04.10, 35 menit lalu` with the exact time in `datetime`."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}">{}, {}</time>',
        value.isoformat(timespec="seconds"),
        say.moment(value),
        say.ago(value),
    )


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """`tadi 04.10`, without how long ago."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), say.moment(value)
    )


@register.filter
def hour(value: datetime | None) -> SafeString | str:
    """`04.10 WIB`."""
    if value is None:
        return ""
    stamp = value.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{} {}</time>', stamp, say.hour(value), say.zone(value))


@register.filter
def day(value: datetime | date | None) -> str:
    """`22 November 2026`."""
    return "" if value is None else say.day(value)


@register.filter
def short_day(value: datetime | date | None) -> str:
    """`22 Nov`."""
    return "" if value is None else say.short_day(value)


@register.filter
def ago(value: datetime | None) -> str:
    """`35 menit lalu`."""
    return "" if value is None else say.ago(value)


@register.filter
def number(value: float | None, places: int = 0) -> str:
    """A number with the reader's separators."""
    return "" if value is None else say.number(value, places)


@register.filter
def percent(value: float | None) -> str:
    """A share of 1 as a percentage."""
    return "" if value is None else say.percent(value)


@register.filter
def at(table: Mapping[str, object], key: str) -> object:
    """The value of a key, or nothing."""
    return table.get(key, "")


@register.filter
def unlocal(value: float) -> str:
    """A coordinate for SVG: a full stop whatever the language."""
    return f"{value:g}"
