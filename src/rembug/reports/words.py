"""Depths, rungs and probabilities in words: what pages, messages and recaps say, in the reader's language."""

from django.utils.translation import gettext, gettext_lazy, ngettext

from rembug.lib import say
from rembug.reports.queries.public_types import IncidentCard, ReportCard
from rembug.reports.rules.depth import BY_CODE

DEPTHS = {
    "dry": gettext_lazy("kering"),
    "ankle": gettext_lazy("semata kaki"),
    "calf": gettext_lazy("sebetis"),
    "knee": gettext_lazy("selutut"),
    "thigh": gettext_lazy("sepaha"),
    "waist": gettext_lazy("sepinggang"),
    "chest": gettext_lazy("sedada atau lebih"),
}
RUNGS = {
    "raw": gettext_lazy("belum diperiksa"),
    "plausible": gettext_lazy("masuk akal"),
    "corroborated": gettext_lazy("didukung saksi"),
    "verified": gettext_lazy("terverifikasi"),
    "contested": gettext_lazy("keterangan berbeda"),
    "refuted": gettext_lazy("tidak terbukti"),
}
RUNG_ICONS = {
    "raw": "clock",
    "plausible": "eye",
    "corroborated": "people",
    "verified": "checks",
    "contested": "differ",
    "refuted": "cross",
}


def depth(code: str) -> str:
    """Return the body part, for example `selutut`; empty for an unknown class."""
    return str(DEPTHS.get(code, ""))


def depth_cm(code: str) -> str:
    """Return the body part with its centimetres, for example `selutut (31–50 cm)`."""
    step = BY_CODE.get(code)
    if step is None:
        return ""
    if code == "dry":
        return depth(code)
    if code == "chest":
        return f"{depth(code)} (> {step.low_cm - 1} cm)"
    return f"{depth(code)} ({step.low_cm}–{step.high_cm} cm)"


def rung(code: str) -> str:
    """Return the rung's words, for example `didukung saksi`."""
    return str(RUNGS.get(code, RUNGS["raw"]))


def likely(probability: float) -> str:
    """Return a probability as words with its figure, for example `sangat mungkin benar (92%)`."""
    if probability >= 0.9:
        words = gettext("sangat mungkin benar")
    elif probability >= 0.7:
        words = gettext("mungkin benar")
    elif probability >= 0.4:
        words = gettext("belum jelas")
    else:
        words = gettext("diragukan")
    return f"{words} ({say.percent(probability)})"


def standing(probability: float) -> str:
    """Return whether water stands in an area: `mungkin ada air (45%)`; without a figure where nothing tells of it."""
    if probability < 0.1:
        return gettext("tidak ada tanda air")
    if probability >= 0.7:
        words = gettext("kemungkinan besar ada air")
    elif probability >= 0.35:
        words = gettext("mungkin ada air")
    else:
        words = gettext("kecil kemungkinan ada air")
    return f"{words} ({say.percent(probability)})"


def reports(count: int) -> str:
    """Return `7 laporan`."""
    return ngettext("%(n)s laporan", "%(n)s laporan", count) % {"n": say.number(count)}


def witnesses(count: int) -> str:
    """Return `5 saksi`: people who do not share a phone or an account."""
    return ngettext("%(n)s saksi", "%(n)s saksi", count) % {"n": say.number(count)}


def happening(card: IncidentCard) -> str:
    """Return what it is and how deep: `Rob selutut (31–50 cm)`, `Saluran mampet`."""
    if card.depth_class and card.category.is_flood:
        return f"{card.category.name}: {depth_cm(card.depth_class)}"
    return card.category.name


def place(card: IncidentCard | ReportCard) -> str:
    """Return `Panjang Baru, dekat Masjid Al-Hikmah`; a place outside the city says so."""
    area = card.area.name if card.area else gettext("di luar kota")
    return (
        gettext("%(area)s, dekat %(landmark)s") % {"area": area, "landmark": card.landmark}
        if card.landmark
        else area
    )


def since(card: IncidentCard) -> str:
    """Return `sejak tadi 04.10`, or from when to when for an ended one."""
    if card.ended_at:
        return gettext("%(start)s sampai %(end)s") % {
            "start": say.moment(card.started_at),
            "end": say.moment(card.ended_at),
        }
    return gettext("sejak %(start)s") % {"start": say.moment(card.started_at)}
