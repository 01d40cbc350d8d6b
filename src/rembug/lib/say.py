"""Dates, times and numbers as people say them, in the reader's language and the city's time zone."""

from datetime import date, datetime, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language, gettext

from rembug.lib import clock

FALLBACK = "id"


def locale() -> Locale:
    """Return the reader's locale; Indonesian where CLDR does not know the language."""
    try:
        return Locale.parse(get_language() or FALLBACK, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse(FALLBACK)


def hour(when: datetime) -> str:
    """Return the hour of the day, `04.10` in Indonesian and Javanese, `04:10` in English."""
    local = timezone.localtime(when)
    return local.strftime("%H:%M" if locale().language == "en" else "%H.%M")


def zone(when: datetime) -> str:
    """Return the short name of the city's time zone, for example `WIB`."""
    return timezone.localtime(when).tzname() or ""


def day(when: datetime | date) -> str:
    """Return a date with its month in words, for example `22 November 2026`."""
    local = timezone.localtime(when).date() if isinstance(when, datetime) else when
    return format_date(local, format="long", locale=locale())


def short_day(when: datetime | date) -> str:
    """Return day and month, for example `22 Nov`."""
    local = timezone.localtime(when).date() if isinstance(when, datetime) else when
    return format_date(local, format="d MMM", locale=locale())


def moment(when: datetime) -> str:
    """Return a time as people say it: `tadi 04.10`, `kemarin 21.30`, `20 November 2026, 21.30 WIB`."""
    today = timezone.localtime(clock.now()).date()
    then = timezone.localtime(when).date()
    if then == today:
        return gettext("tadi %(hour)s") % {"hour": hour(when)}
    if then == today - timedelta(days=1):
        return gettext("kemarin %(hour)s") % {"hour": hour(when)}
    return f"{day(when)}, {hour(when)} {zone(when)}".strip()


def ago(when: datetime) -> str:
    """Return how long ago, rounded as people do: `baru saja`, `35 menit lalu`, `2 hari lalu`."""
    gap = when - clock.now()
    if abs(gap) < timedelta(minutes=1):
        return gettext("baru saja")
    return format_timedelta(
        gap, granularity="minute", threshold=1.5, add_direction=True, locale=locale()
    ).replace(" yang lalu", " lalu")


def span(start: datetime, end: datetime) -> str:
    """Return a length of time in words, for example `3 jam`."""
    return format_timedelta(end - start, granularity="minute", threshold=1.5, locale=locale())


def length(seconds: float) -> str:
    """Return a length of time in words, for example `3 jam`."""
    return format_timedelta(timedelta(seconds=seconds), granularity="minute", threshold=1.5, locale=locale())


def number(value: float, places: int = 0) -> str:
    """Return a number with the reader's separators and at most `places` decimals."""
    pattern = "#,##0" + ("." + "#" * places if places else "")
    return format_decimal(value, format=pattern, locale=locale())


def percent(value: float) -> str:
    """Return a share of 1 as a whole percentage, for example `85%`."""
    return format_percent(value, format="#,##0%", locale=locale())
