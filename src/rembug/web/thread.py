"""The thread: from what people saw to what the data say afterwards, gathered from any point of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from rembug.cases.queries.faces import CaseFace, case, of_incident
from rembug.commitments.queries import promises
from rembug.commitments.rules.shapes import PromiseFace
from rembug.commitments.words import OUTCOMES, REASONS
from rembug.commitments.words import STATES as PROMISE_STATES
from rembug.deliberation.queries import answers, proposals
from rembug.deliberation.rules.shapes import ProposalFace
from rembug.deliberation.words import ANSWERS, COURSE
from rembug.deliberation.words import STATES as PROPOSAL_STATES
from rembug.evidence.queries import surveys, workshops
from rembug.evidence.queries.datasets import DatasetFace, dataset
from rembug.evidence.queries.dossiers import dossier
from rembug.lib import say
from rembug.lib.errors import NotFound
from rembug.reports.queries import public
from rembug.reports.queries.public_types import IncidentView, ReportView
from rembug.reports.words import RUNGS

MOST = 6  # of one kind in a thread


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the thread: what, who, when, how it stands; `late` marks what should have happened by now."""

    title: str
    who: str
    at: datetime | date | None
    state: str
    path: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """One of the seven steps, with its links; `missing` says what comes next where there are none."""

    code: str
    name: str
    links: tuple[Link, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The whole, and where it is read from."""

    title: str
    stations: tuple[Station, ...]
    path: str

    @property
    def next(self) -> Station | None:
        """The first step that is missing after the last one that is there."""
        last = max((place for place, one in enumerate(self.stations) if one.links), default=-1)
        return self.stations[last + 1] if last + 1 < len(self.stations) else None

    @property
    def text(self) -> str:
        """The thread as plain text with addresses, for a chat or the press."""
        lines = [self.title, ""]
        for one in self.stations:
            lines.append(f"{one.name}:")
            lines += [f"- {_line(link)}" for link in one.links] or [f"- ({one.missing})"]
        return "\n".join([*lines, "", settings.PUBLIC_URL + self.path])


@dataclass(slots=True)
class _Found:
    """What belongs together, by kind and code; each once."""

    city: str
    alone: ReportView | None = None  # a report that belongs to no incident yet
    incidents: dict[str, IncidentView] = field(default_factory=dict)
    cases: dict[str, CaseFace] = field(default_factory=dict)
    datasets: dict[str, DatasetFace] = field(default_factory=dict)
    proposals: dict[str, ProposalFace] = field(default_factory=dict)
    promises: dict[str, PromiseFace] = field(default_factory=dict)
    dossiers: set[str] = field(default_factory=set)

    def incident(self, code: str) -> None:
        """Take in an incident with its cases."""
        if code and code not in self.incidents and len(self.incidents) < MOST:
            self.incidents[code] = public.incident(self.city, code)
            for one in of_incident(self.city, code)[:MOST]:
                self.cases.setdefault(one.code, one)

    def case(self, code: str) -> None:
        """Take in a case with its incident."""
        if code not in self.cases and len(self.cases) < MOST:
            self.cases[code] = case(self.city, code)
        if code in self.cases:
            _try(self.incident, self.cases[code].incident)

    def dataset(self, slug: str) -> None:
        """Take in a dataset."""
        if slug and slug not in self.datasets and len(self.datasets) < MOST:
            self.datasets[slug] = dataset(self.city, slug)

    def proposal(self, code: str) -> None:
        """Take in a proposal with what it rests on and what was promised for it."""
        if code in self.proposals or len(self.proposals) >= MOST:
            return
        one = self.proposals[code] = proposals.proposal(self.city, code)
        for incident in one.incidents:
            _try(self.incident, incident)
        for number in one.cases:
            _try(self.case, number)
        _try(self.dataset, one.dataset)
        for made in promises.of_proposal(self.city, code)[:MOST]:
            self.promise(made.code)

    def promise(self, code: str) -> None:
        """Take in a promise with its measure and its proposal."""
        if code in self.promises or len(self.promises) >= MOST:
            return
        one = self.promises[code] = promises.promise(self.city, code)
        _try(self.dataset, one.dataset)
        if one.proposal:
            _try(self.proposal, one.proposal)

    def resting(self, kind: str, code: str) -> None:
        """Take in the proposals that rest on something."""
        for one in proposals.resting_on(self.city, kind, code)[:MOST]:
            self.proposal(one.code)


def thread(city: str, kind: str, code: str) -> Thread:
    """Return the thread that something belongs to. Raises `NotFound`."""
    found = _Found(city)
    title = _gather(found, kind, code)
    path = reverse("web:thread", args=[kind, code])
    return Thread(title, tuple(_stations(found)), path)


def _gather(found: _Found, kind: str, code: str) -> str:
    """Fill what is found from one point of it; return the title."""
    start = STARTS.get(kind)
    if start is None:
        raise NotFound(gettext("Alur ini belum ada."))
    return start(found, code)


def _from_report(found: _Found, code: str) -> str:
    one = public.report(found.city, code)
    if one.incident_code:
        return _from_incident(found, one.incident_code)
    found.alone = one
    return one.card.category.name


def _from_incident(found: _Found, code: str) -> str:
    found.incident(code)
    found.resting("incident", code)
    for number in list(found.cases):
        found.resting("case", number)
    card = found.incidents[code].card
    return f"{card.category.name}, {card.area.name if card.area else code}"


def _from_case(found: _Found, code: str) -> str:
    found.case(code)
    found.resting("case", code)
    for incident in list(found.incidents):
        found.resting("incident", incident)
    return found.cases[code].category_name


def _from_dataset(found: _Found, code: str) -> str:
    found.dataset(code)
    found.resting("dataset", code)
    for made in promises.of_dataset(found.city, code)[:MOST]:
        found.promise(made.code)
    return found.datasets[code].title


def _from_proposal(found: _Found, code: str) -> str:
    found.proposal(code)
    return found.proposals[code].title


def _from_promise(found: _Found, code: str) -> str:
    found.promise(code)
    return found.promises[code].title


def _from_dossier(found: _Found, slug: str) -> str:
    written = dossier(found.city, slug)
    for name in dict.fromkeys(claim.dataset for claim in written.claims):
        _try(found.dataset, name)
    found.resting("dossier", slug)
    found.dossiers.add(slug)
    return written.title


def _from_answer(found: _Found, code: str) -> str:
    sheet = answers.sheet(found.city, code)
    return _from_dossier(found, sheet.dossier) if sheet.dossier else _from_proposal(found, sheet.proposal)


def _from_survey(found: _Found, code: str) -> str:
    asked = surveys.survey(found.city, code)
    if asked.dataset:
        _from_dataset(found, asked.dataset)
    return asked.title


def _from_workshop(found: _Found, code: str) -> str:
    drawn = workshops.workshop(found.city, code)
    if drawn.dataset:
        _from_dataset(found, drawn.dataset)
    return drawn.title


STARTS: dict[str, Callable[[_Found, str], str]] = {
    "laporan": _from_report,
    "kejadian": _from_incident,
    "kasus": _from_case,
    "data": _from_dataset,
    "usulan": _from_proposal,
    "komitmen": _from_promise,
    "dukung": _from_dossier,
    "jawaban": _from_answer,
    "survei": _from_survey,
    "peta": _from_workshop,
}


def _stations(found: _Found) -> Iterable[Station]:
    yield Station(
        "observe",
        gettext("Dilihat warga"),
        tuple(_seen(found)),
        gettext("Belum ada kejadian yang ditunjuk."),
    )
    yield Station(
        "handle",
        gettext("Ditangani"),
        tuple(_case(one) for one in found.cases.values()),
        gettext("Belum ada kasus. Kasus dibuka sesudah kejadian cukup pasti."),
    )
    yield Station(
        "prove",
        gettext("Dibuktikan dengan data"),
        tuple(_proofs(found)),
        gettext("Belum ada kumpulan data. Kelompok mana pun bisa membekukannya."),
    )
    yield Station(
        "propose",
        gettext("Diusulkan"),
        tuple(_proposal(one) for one in found.proposals.values()),
        gettext("Belum ada usulan. RW atau kelompok bisa mengusulkan."),
    )
    yield Station(
        "answer",
        gettext("Dijawab"),
        tuple(_answers(found)),
        gettext("Belum diserahkan kepada siapa pun."),
    )
    yield Station(
        "commit",
        gettext("Dijanjikan"),
        tuple(_promise(one) for one in found.promises.values()),
        gettext("Belum ada yang berjanji."),
    )
    yield Station(
        "measure",
        gettext("Diukur hasilnya"),
        tuple(link for one in found.promises.values() for link in _outcome(one)),
        gettext("Belum ada hasil: diukur sesudah selesai dan dipastikan pihak lain."),
    )


def _seen(found: _Found) -> Iterable[Link]:
    if found.alone is not None:
        card = found.alone.card
        path = reverse("reports:report", args=[card.code])
        state = gettext("belum menjadi kejadian")
        yield Link(card.category.name, gettext("warga"), card.observed_at, state, path)
    for one in found.incidents.values():
        yield _incident(one)


def _incident(one: IncidentView) -> Link:
    card = one.card
    count = ngettext("%(n)s laporan", "%(n)s laporan", card.report_count) % {"n": card.report_count}
    place = card.area.name if card.area else ""
    state = f"{RUNGS.get(card.rung, card.rung)} · {count}"
    path = reverse("reports:incident", args=[card.code])
    return Link(f"{card.category.name}, {place}", gettext("warga"), card.started_at, state, path)


def _case(one: CaseFace) -> Link:
    title = f"{one.category_name} {one.code}"
    return Link(
        title,
        one.body_name,
        one.changed_at,
        one.state_name,
        reverse("cases:case", args=[one.code]),
        late=one.late,
    )


def _proofs(found: _Found) -> Iterable[Link]:
    for one in found.datasets.values():
        yield _dataset(one)
    for slug in sorted(found.dossiers | {one.dossier for one in found.proposals.values() if one.dossier}):
        written = dossier(found.city, slug)
        state = gettext("data dukung, versi %(n)s") % {"n": written.number}
        path = reverse("evidence:dossier", args=[slug])
        yield Link(written.title, written.body_name, written.published_at, state, path)


def _dataset(one: DatasetFace) -> Link:
    last = one.latest
    state = gettext("belum dibekukan")
    if last is not None:
        state = gettext("versi %(n)s, %(rows)s baris") % {
            "n": last.number,
            "rows": say.number(last.row_count),
        }
    path = reverse("evidence:dataset", args=[one.slug])
    return Link(one.title, one.publisher, last.frozen_at if last else one.asked_at, state, path)


def _proposal(one: ProposalFace) -> Link:
    state = f"{one.stage_name} {one.cycle} · {PROPOSAL_STATES.get(one.state, one.state)}"
    late = one.days_left is not None and one.days_left < 0
    path = reverse("deliberation:proposal", args=[one.code])
    return Link(one.title, one.body_name, one.published_at, state, path, late=late)


def _answers(found: _Found) -> Iterable[Link]:
    own = [sheet for one in found.proposals.values() for sheet in one.deliveries]
    handed = sorted(found.dossiers | {one.dossier for one in found.proposals.values() if one.dossier})
    for sheet in [*own, *(sheet for slug in handed for sheet in answers.of_dossier(found.city, slug))]:
        state = str(ANSWERS[sheet.answer] if sheet.answer else COURSE.get(sheet.state, sheet.state))
        if sheet.is_silent:
            days = sheet.silent_days
            state = ngettext("diam %(n)s hari lewat tanggal", "diam %(n)s hari lewat tanggal", days) % {
                "n": days
            }
        path = reverse("deliberation:answer", args=[sheet.code])
        at = sheet.answered_at or sheet.delivered_on
        yield Link(sheet.body_name, sheet.post, at, state, path, late=sheet.is_silent)


def _promise(one: PromiseFace) -> Link:
    state = str(PROMISE_STATES.get(one.standing, one.standing))
    if one.state == "delivered" and not one.confirmed:
        state += ", " + gettext("belum dipastikan pihak lain")
    path = reverse("commitments:promise", args=[one.code])
    late = one.standing in {"late", "broken"}
    return Link(one.title, one.body_name, one.changed_at, state, path, late=late)


def _outcome(one: PromiseFace) -> Iterable[Link]:
    last = one.latest
    if last is not None:
        state = f"{OUTCOMES[last.state]}. {REASONS.get(last.reason, '')}"
        path = reverse("commitments:promise", args=[one.code]) + "#hasil"
        yield Link(one.title, gettext("menurut data"), last.at, state, path)


def _line(link: Link) -> str:
    when = say.day(link.at) if link.at else ""
    said = ", ".join(part for part in (link.title, link.who, when) if part)
    return f"{said}: {link.state} {settings.PUBLIC_URL}{link.path}"


def _try(take: Callable[[str], None], code: str) -> None:
    """Follow a link; what has been taken down since is left out."""
    try:
        take(code)
    except NotFound:
        return
