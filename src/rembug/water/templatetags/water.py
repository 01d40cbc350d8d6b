"""`{% load water %}`: hours to come, chances and depths as words with their picture."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rembug.lib import say
from rembug.lib.pack.water_types import Exposure, PumpRow, WorkLine
from rembug.water import words
from rembug.water.rules.outlook import HighWater

register = template.Library()
BAR = 72  # width of the bar in its own units


@register.filter
def coming(value: datetime | None) -> SafeString | str:
    """`besok 10.56` with the exact time in `datetime`."""
    if value is None:
        return ""
    stamp = value.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', stamp, words.coming(value))


@register.filter
def coming_first(value: datetime) -> SafeString | str:
    """`Besok 10.56`, where a sentence begins."""
    stamp, said = value.isoformat(timespec="seconds"), words.coming(value)
    return format_html('<time datetime="{}">{}</time>', stamp, said[:1].upper() + said[1:])


@register.filter
def day_of(value: datetime) -> str:
    """`Sabtu 28 Nov`."""
    return words.day_of(value)


@register.filter
def clock_hour(value: datetime | None) -> str:
    """`10.56`."""
    return "" if value is None else say.hour(value)


@register.filter
def depth_range(water: HighWater) -> str:
    """`10–30 cm`."""
    return words.depth_range(water)


@register.simple_tag
def chance(probability: float) -> SafeString:
    """A probability to come as words, figure and small bar with a mark at one half."""
    return format_html(
        '<span class="sure"><svg viewBox="0 0 72 8" aria-hidden="true">'
        '<rect class="track" width="72" height="8" rx="4"/>'
        '<rect class="fill" width="{}" height="8" rx="4"/><path class="half" d="M36 0v8"/></svg>{}</span>',
        round(BAR * min(max(probability, 0.0), 1.0)),
        words.chance_percent(probability),
    )


@register.filter
def source_words(code: str) -> str:
    """`Alat ukur dan pasang surut`."""
    return str(words.SOURCES.get(code, code))


@register.filter
def tide_words(code: str) -> str:
    """`sekali sehari`."""
    return str(words.TIDES.get(code, code))


@register.filter
def trust_words(code: str) -> str:
    """`rendah`."""
    return str(words.TRUST.get(code, code))


@register.filter
def stage_words(code: str) -> str:
    """`sedang naik`."""
    return str(words.STAGES.get(code, code))


@register.filter
def level(cm: float) -> str:
    """A level above mean sea level with its sign: `+58 cm`."""
    return f"{round(cm):+d} cm".replace("-", "−")


@register.filter
def span_words(seconds: float) -> str:
    """A length of time: `3 jam`."""
    return say.length(seconds)


@register.filter
def standing_words(kind: str) -> str:
    """`orang`."""
    return str(words.STANDING.get(kind, kind))


@register.simple_tag
def amount(kind: str, ends: tuple[int, int]) -> str:
    """How many of a kind, as a range: `1.200–2.400`."""
    return words.amount_range(kind, ends)


@register.simple_tag
def total(row: Exposure) -> str:
    """How many of a kind the pack counts: `317.535`, `450 km`."""
    return words.amount_range(row.kind, (round(row.total), round(row.total)))


@register.simple_tag
def work_name(row: WorkLine | PumpRow) -> str:
    """The name of a dyke or pump in the reader's language."""
    return row.names.get(get_language() or "id") or row.names["id"]
