"""Words of codes, as people read them."""

from django.utils.translation import gettext, gettext_lazy

from rembug.lib import say

GENDER_NAMES = (("f", gettext_lazy("Perempuan")), ("m", gettext_lazy("Laki-laki")))
AGE_NAMES = (
    ("0-17", gettext_lazy("di bawah 18 tahun")),
    ("18-24", gettext_lazy("18–24 tahun")),
    ("25-44", gettext_lazy("25–44 tahun")),
    ("45-59", gettext_lazy("45–59 tahun")),
    ("60+", gettext_lazy("60 tahun ke atas")),
)


def counted(kind: str, seen: int, every: int) -> str:
    """Say what an indicator counted, by its kind: days, clocks of cases, cells with people, voices of incidents."""
    words = {
        "days": gettext("%(seen)s dari %(days)s hari teramati"),
        "clocks": gettext("%(seen)s dari %(days)s kasus punya batas yang sudah lewat"),
        "people": gettext("%(seen)s dari %(days)s sel terlihat"),
        "voices": gettext("%(seen)s dari %(days)s kejadian sudah lewat sehari"),
    }[kind]
    return words % {"seen": say.number(seen), "days": say.number(every)}


METHOD_NAMES = (
    ("paper", gettext_lazy("Peta kertas atau kartu, lalu diketik")),
    ("web", gettext_lazy("Digambar bersama di layar")),
    ("table", gettext_lazy("Tabel hasil lokakarya")),
)
SHAPE_NAMES = (
    ("point", gettext_lazy("Titik")),
    ("line", gettext_lazy("Garis")),
    ("area", gettext_lazy("Wilayah")),
    ("none", gettext_lazy("Hasil tanpa tempat")),
)
