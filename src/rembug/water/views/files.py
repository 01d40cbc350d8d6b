"""The forecast for other programs of people: calendar feed, share card."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from rembug.lib import clock, say
from rembug.lib.ical import Event, calendar
from rembug.lib.request import Request
from rembug.places import queries as places
from rembug.places.queries import AreaView
from rembug.water import words
from rembug.water.queries.outlook import area_outlook
from rembug.water.rules.outlook import AreaOutlook, HighWater
from rembug.water.rules.picture import card
from rembug.water.views.finding import found

TOLD_FROM = 0.1
BEFORE = timedelta(minutes=90)
CARD_DAYS = 6
HOUR_S = 3600


@require_safe
def feed(request: Request, slug: str) -> HttpResponse:
    """High waters of an area that may bring water, as a calendar that a phone can follow."""
    where = found(places.area, request.city, slug)
    outlook = area_outlook(request.city, where.code)
    address = settings.PUBLIC_URL + reverse("water:area", args=[where.slug])
    waters = [] if outlook is None else [w for w in outlook.high_waters if w.probability >= TOLD_FROM]
    mark = gettext("Simulasi: ") if _simulated(request.city) else ""
    events = [_event(where, address, water, mark) for water in waters]
    issued = clock.now() if outlook is None else outlook.issued_at
    name = gettext("Rob di %(area)s") % {"area": where.name}
    text = calendar(name, issued, events, timedelta(hours=1))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="rob-{where.slug}.ics"'
    patch_cache_control(response, public=True, max_age=HOUR_S // 2)
    return response


def _event(where: AreaView, address: str, water: HighWater, mark: str) -> Event:
    said = {"chance": words.chance(water.probability), "area": where.name}
    title = mark + gettext("Rob %(chance)s di %(area)s") % said
    text = gettext("Air: %(depth)s. Peluang %(percent)s. Prakiraan Rembug, bukan peringatan resmi.") % {
        "depth": words.depth_range(water),
        "percent": say.percent(min(water.probability, 0.99)),
    }
    return Event(
        uid=f"{where.code}-{water.at:%Y%m%d}-{'am' if water.at.hour < 12 else 'pm'}@rembug",
        start=water.starts_at or water.at - BEFORE,
        end=water.ends_at
        if water.ends_at and water.ends_at > (water.starts_at or water.at)
        else water.at + BEFORE,
        title=title,
        text=f"{text}\n{address}",
    )


@require_safe
def share_card(request: Request, slug: str) -> HttpResponse:
    """The coming days of an area as a picture for a chat group."""
    where = found(places.area, request.city, slug)
    outlook = area_outlook(request.city, where.code)
    response = HttpResponse(
        _card(where.name, where.slug, outlook, is_simulated=_simulated(request.city)),
        content_type="image/png",
    )
    patch_cache_control(response, public=True, max_age=HOUR_S // 2)
    return response


def _simulated(city: str) -> bool:
    return bool(settings.SIMULATED) or places.is_simulated(city)


def _card(name: str, slug: str, outlook: AreaOutlook | None, *, is_simulated: bool) -> bytes:
    foot = (
        gettext("Prakiraan warga, bukan peringatan resmi.")
        + f" {settings.PUBLIC_URL.partition('://')[2]}{reverse('water:area', args=[slug])}"
    )
    if outlook is None:
        return card(
            gettext("Kapan rob datang di %(area)s?") % {"area": name},
            [gettext("Prakiraan belum ada.")],
            foot,
            [],
        )
    days: dict[str, float] = {}
    for water in outlook.high_waters:
        label = say.short_day(water.at)
        days[label] = max(days.get(label, 0.0), water.probability)
    coming = outlook.next
    if coming is None or coming.probability < TOLD_FROM:
        title = gettext("Rob tidak diperkirakan di %(area)s dalam tujuh hari") % {"area": name}
        second = ""
    else:
        title = gettext("Rob %(chance)s di %(area)s, %(when)s") % {
            "chance": words.chance(coming.probability),
            "area": name,
            "when": words.coming(coming.at),
        }
        second = gettext("Air: %(depth)s") % {"depth": words.depth_range(coming)}
    made = gettext("Dibuat %(when)s.") % {
        "when": f"{say.short_day(outlook.issued_at)} {say.hour(outlook.issued_at)}"
    }
    if outlook.illustrative:
        made += " " + gettext("Tinggi tanah: ilustrasi.")
    if is_simulated:
        made += " " + gettext("Data simulasi.")
    bars = [
        (f"{label} {say.percent(min(share, 0.99))}", share) for label, share in list(days.items())[:CARD_DAYS]
    ]
    return card(title, [line for line in (second, made) if line], foot, bars)
