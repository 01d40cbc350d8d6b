"""Ready for a newsroom: a week and a thread in plain sentences made from the data; every number leads to its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from rembug.cases.queries.counts import counts as case_counts
from rembug.commitments.queries import promises
from rembug.commitments.words import OUTCOMES
from rembug.deliberation.queries import proposals
from rembug.lib import clock, say
from rembug.places import queries as places
from rembug.reports.queries.public.counts import counts
from rembug.reports.words import depth
from rembug.web.thread import Thread
from rembug.web.weekly import week_start


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where its number comes from."""

    words: str
    path: str

    @property
    def address(self) -> str:
        """The whole address."""
        return settings.PUBLIC_URL + self.path


@dataclass(frozen=True, slots=True)
class Release:
    """A text for the press. `simulated`: the city is an exercise, and the text must say so."""

    title: str
    place: str
    day: date
    sentences: tuple[Sentence, ...]
    about: str
    simulated: bool

    @property
    def text(self) -> str:
        """The same as plain text; addresses stand in brackets behind their sentence."""
        head = [gettext("SIMULASI: ini bukan kejadian nyata."), ""] if self.simulated else []
        lines = [f"{one.words} [{one.address}]" for one in self.sentences]
        return "\n".join(
            [*head, self.title, f"{self.place}, {say.day(self.day)}", "", *lines, "", self.about, ""]
        )


def week(city: str) -> Release:
    """Return the press text of the last seven days. Raises `NotFound`."""
    facts, now = places.city(city), clock.now()
    title = gettext("Tujuh hari rob di %(city)s menurut laporan warga") % {"city": facts.name}
    since = week_start(now)
    sentences = (*_seen(city, since, now), *_handled(city, since), *_asked(city, since), *_kept(city))
    return _release(city, title, sentences)


def of_thread(city: str, found: Thread) -> Release:
    """Return the press text of one thread: each step with who, when and how it stands."""
    sentences = []
    for station in found.stations:
        for link in station.links:
            who = f"{link.who}: " if link.who else ""
            day = gettext(" (%(day)s)") % {"day": say.day(link.at)} if link.at else ""
            sentences.append(Sentence(f"{station.name}{day}. {who}{link.title} – {link.state}.", link.path))
        if not station.links and station is found.next:
            sentences.append(Sentence(f"{station.name}: {station.missing}", found.path))
    return _release(city, found.title, tuple(sentences))


def _release(city: str, title: str, sentences: tuple[Sentence, ...]) -> Release:
    about = gettext(
        "Angka berasal dari laporan warga yang diperiksa; tiap angka bisa dibuka di alamatnya. Tidak ada laporan bukan "
        "berarti kering. Rembug bukan peringatan resmi; peringatan resmi dari BMKG dan BPBD."
    )
    name, today = places.city(city).name, timezone.localtime(clock.now()).date()
    return Release(title, name, today, sentences, about, places.is_simulated(city))


def _seen(city: str, since: datetime, now: datetime) -> list[Sentence]:
    found = counts(city, "", since, now)
    if not found.reports:
        return [
            Sentence(
                gettext("Tidak ada laporan dalam tujuh hari ini. Itu bukan berarti kering."),
                reverse("web:data"),
            )
        ]
    said = ngettext("Warga mengirim %(n)s laporan.", "Warga mengirim %(n)s laporan.", found.reports)
    sentences = [Sentence(said % {"n": say.number(found.reports)}, reverse("web:data"))]
    if found.flood_days:
        words = ngettext("Rob terlihat pada %(n)s hari.", "Rob terlihat pada %(n)s hari.", found.flood_days)
        sentences.append(Sentence(words % {"n": say.number(found.flood_days)}, reverse("web:map")))
    if found.deepest and found.deepest_incident:
        words = gettext("Air terdalam yang dipercaya: %(deep)s.") % {"deep": depth(found.deepest)}
        sentences.append(Sentence(words, reverse("reports:incident", args=[found.deepest_incident])))
    return sentences


def _handled(city: str, since: datetime) -> list[Sentence]:
    found = case_counts(city, "", since)
    words = gettext(
        "Instansi menerima %(opened)s kasus dan menjawab %(answered)s; %(late)s lewat batas waktunya."
    )
    numbers = {name: say.number(getattr(found, name)) for name in ("opened", "answered", "late")}
    return [Sentence(words % numbers, reverse("cases:list"))]


def _asked(city: str, since: datetime) -> list[Sentence]:
    new = [one for one in proposals.listed(city) if one.published_at >= since]
    return [
        Sentence(
            gettext("%(who)s mengusulkan: %(title)s.") % {"who": one.body_name, "title": one.title},
            reverse("deliberation:proposal", args=[one.code]),
        )
        for one in new[:5]
    ]


def _kept(city: str) -> list[Sentence]:
    made = promises.listed(city)
    if not made:
        return []
    stand = promises.kept(made)
    words = gettext("Dari %(made)s komitmen yang tercatat, %(kept)s ditepati dan %(late)s terlambat.")
    numbers = {"made": say.number(stand.made), "kept": say.number(stand.kept), "late": say.number(stand.late)}
    sentences = [Sentence(words % numbers, reverse("commitments:list"))]
    for one in made:
        if one.outcome:
            said = gettext("Menurut data, %(title)s (%(who)s): %(outcome)s.")
            values = {
                "title": one.title,
                "who": one.body_name,
                "outcome": str(OUTCOMES.get(one.outcome, one.outcome)),
            }
            sentences.append(Sentence(said % values, reverse("commitments:promise", args=[one.code])))
    return sentences[:6]
