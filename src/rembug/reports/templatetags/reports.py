"""`{% load reports %}`: depth, rung and probability as words with their picture."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rembug.lib import say
from rembug.lib.templatetags.rembug import icon
from rembug.reports import words
from rembug.reports.queries.public_types import IncidentCard, Reason, ReportCard

register = template.Library()
BAR = 72  # width of the bar in its own units


@register.filter
def depth(code: str) -> str:
    """`selutut`."""
    return words.depth(code)


@register.filter
def depth_cm(code: str) -> str:
    """`selutut (31–50 cm)`."""
    return words.depth_cm(code)


@register.filter
def rung_words(code: str) -> str:
    """`didukung saksi`."""
    return words.rung(code)


@register.simple_tag
def gauge(code: str) -> SafeString:
    """Draw a person standing in water; the words beside it carry the meaning."""
    href = f"{static('web/icons.svg')}#gauge-{code or 'dry'}"
    return format_html('<svg class="gauge" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def rung(code: str) -> SafeString:
    """A state as icon, word and colour."""
    return format_html(
        '<span class="state {}">{}{}</span>',
        code,
        icon(words.RUNG_ICONS.get(code, "clock")),
        words.rung(code),
    )


@register.simple_tag
def sure(probability: float) -> SafeString:
    """A probability as words, figure and small bar with a mark at one half."""
    return format_html(
        '<span class="sure"><svg viewBox="0 0 72 8" aria-hidden="true">'
        '<rect class="track" width="72" height="8" rx="4"/>'
        '<rect class="fill" width="{}" height="8" rx="4"/><path class="half" d="M36 0v8"/></svg>{}</span>',
        round(BAR * min(max(probability, 0.0), 1.0)),
        words.likely(probability),
    )


@register.filter
def standing(probability: float) -> str:
    """`mungkin ada air (45%)`."""
    return words.standing(probability)


@register.filter
def happening(card: IncidentCard) -> str:
    """`Rob: selutut (31–50 cm)`."""
    return words.happening(card)


@register.filter
def place(card: IncidentCard | ReportCard) -> str:
    """`Panjang Baru, dekat Masjid Al-Hikmah`."""
    return words.place(card)


@register.filter
def since(card: IncidentCard) -> str:
    """`sejak tadi 04.10`."""
    return words.since(card)


@register.filter
def reports(count: int) -> str:
    """`7 laporan`."""
    return words.reports(count)


@register.filter
def witnesses(count: int) -> str:
    """`5 saksi`."""
    return words.witnesses(count)


@register.filter
def likely(probability: float) -> str:
    """`mungkin benar (84%)`."""
    return words.likely(probability)


@register.filter
def weight(reason: Reason) -> str:
    """The weight of a reason with its sign, `+1,2`."""
    sign = "+" if reason.weight >= 0 else "−"
    return f"{sign}{say.number(abs(reason.weight), 1)}"
