"""Sentences of the forecast: hours to come, chances, depths, sources."""

from datetime import datetime, timedelta

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from rembug.lib import clock, say
from rembug.water.rules.outlook import HighWater

CHANCES = (
    (0.9, gettext_lazy("hampir pasti")),
    (0.66, gettext_lazy("kemungkinan besar")),
    (0.33, gettext_lazy("mungkin")),
    (0.1, gettext_lazy("kecil kemungkinan")),
    (0.0, gettext_lazy("tidak diperkirakan")),
)
SOURCES = {
    "gauge+tide": gettext_lazy("Alat ukur dan pasang surut"),
    "tide+last residual": gettext_lazy("Pasang surut dan selisih terakhir alat ukur"),
    "tide+climatology": gettext_lazy("Pasang surut saja, tanpa alat ukur"),
}
TIDES = {
    "semidiurnal": gettext_lazy("dua kali sehari"),
    "mixed, mainly semidiurnal": gettext_lazy("campuran, condong dua kali sehari"),
    "mixed, mainly diurnal": gettext_lazy("campuran, condong sekali sehari"),
    "diurnal": gettext_lazy("sekali sehari"),
}
TRUST = {
    "low": gettext_lazy("rendah"),
    "neighbour": gettext_lazy("sedang"),
    "measured": gettext_lazy("terukur di kota ini"),
}
STAGES = {
    "rising": gettext_lazy("sedang naik"),
    "falling": gettext_lazy("sedang turun"),
    "high": gettext_lazy("di puncak pasang"),
    "low": gettext_lazy("di titik surut"),
}

STANDING = {
    "people": gettext_lazy("orang"),
    "houses": gettext_lazy("rumah"),
    "roads": gettext_lazy("jalan"),
    "schools": gettext_lazy("sekolah"),
}


def amount_range(kind: str, ends: tuple[int, int]) -> str:
    """Return a range of people, houses, schools or metres of road: `1.200–2.400`, `3,4–7,1 km`, `tidak ada`."""
    low, high = ends
    if high <= 0:
        return gettext("tidak ada")
    if kind != "roads":
        return say.number(high) if low == high else f"{say.number(low)}–{say.number(high)}"
    km = [say.number(value / 1000, 1 if value < 10_000 else 0) for value in (low, high)]
    return f"{km[0]} km" if km[0] == km[1] else f"{km[0]}–{km[1]} km"


def chance(probability: float) -> str:
    """Return a probability in words: `mungkin`."""
    return next(str(words) for least, words in CHANCES if probability >= least)


def chance_percent(probability: float) -> str:
    """Return a probability in words with its figure: `mungkin (47%)`; the ends are never certain."""
    if probability < 0.01:
        return f"{chance(probability)} (<1%)"
    return f"{chance(probability)} ({say.percent(min(probability, 0.99))})"


def coming(when: datetime) -> str:
    """Return a time to come as people say it: `hari ini 10.56`, `besok 10.56`, `Sabtu 28 Nov 10.56`."""
    local = timezone.localtime(when).date()
    today = timezone.localtime(clock.now()).date()
    if local == today:
        return gettext("hari ini %(hour)s") % {"hour": say.hour(when)}
    if local == today + timedelta(days=1):
        return gettext("besok %(hour)s") % {"hour": say.hour(when)}
    return f"{day_of(when)} {say.hour(when)}"


def day_of(when: datetime) -> str:
    """Return the day of a time: `Sabtu 28 Nov`."""
    return format_date(timezone.localtime(when).date(), format="EEEE d MMM", locale=say.locale())


def depth_range(water: HighWater) -> str:
    """Return the likely depth: `kering sampai 30 cm`, `10–30 cm`, `kering`."""
    low, high = round(water.depth_low_cm / 5) * 5, round(water.depth_high_cm / 5) * 5
    if high <= 0:
        return gettext("kering")
    if low <= 0:
        return gettext("kering sampai %(high)d cm") % {"high": high}
    if low == high:
        return gettext("sekitar %(high)d cm") % {"high": high}
    return f"{low}–{high} cm"
