"""Proposals as everybody sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from rembug.deliberation.models import Argument, Decision, Ground, Passage, Proposal, Voice
from rembug.deliberation.queries.answers import delivery_face, delivery_rows
from rembug.deliberation.queries.setup import path_of, said
from rembug.deliberation.rules.alike import LEAST, likeness, pieces
from rembug.deliberation.rules.path import Path
from rembug.deliberation.rules.shapes import (
    ArgumentFace,
    HistoryFace,
    ProposalFace,
    StageFace,
    SupportFace,
)
from rembug.lib import clock
from rembug.lib.errors import NotFound
from rembug.places import queries as places

FEWEST = 5  # supporters of an area below which it is not named
LISTED = 100
COMPARED = 800  # newest proposals that a new one is compared with
PLAIN = (
    *("code", "city", "title", "need", "asked", "mandate", "mandate_meeting", "field", "area_code"),
    *("landmark", "lon", "lat", "volume", "potential", "contribution", "cost_low", "cost_high"),
    *(
        "priority",
        "dataset",
        "version",
        "dossier",
        "path",
        "cycle",
        "stage",
        "state",
        "published_at",
        "changed_at",
    ),
)
STATES = ("open", "refused", "realised", "merged", "withdrawn")


def listed(
    city: str, *, area: str = "", stage: str = "", state: str = "", cycle: int = 0, words: str = ""
) -> list[ProposalFace]:
    """Return the proposals of a city, changed last first."""
    rows = _rows().filter(city=city)
    if area:
        rows = rows.filter(Q(area_code=area) | Q(area_code__startswith=f"{area}."))
    if stage:
        rows = rows.filter(stage=stage)
    rows = rows.filter(state=state) if state in STATES else rows.exclude(state__in=("merged", "withdrawn"))
    if cycle:
        rows = rows.filter(cycle=cycle)
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(need__icontains=word))
    path = path_of(city)
    return [_face(row, path) for row in rows.order_by("-changed_at", "-id")[:LISTED]]


def of_body(city: str, body: str) -> list[ProposalFace]:
    """Return what a body proposed, newest first."""
    path = path_of(city)
    rows = _rows().filter(city=city, body__public_id=body).order_by("-published_at", "-id")
    return [_face(row, path) for row in rows[:LISTED]]


def supported_by(city: str, body: str) -> list[ProposalFace]:
    """Return what a body supports, newest first."""
    path = path_of(city)
    codes = Voice.objects.filter(body__public_id=body, proposal__city=city).values("proposal_id")
    return [_face(row, path) for row in _rows().filter(pk__in=codes).order_by("-published_at")[:LISTED]]


def refusals(city: str) -> list[tuple[ProposalFace, HistoryFace]]:
    """Return every refusal, newest first, with its proposal, wherever that stands by now."""
    path = path_of(city)
    rows = Decision.objects.filter(proposal__city=city, outcome="refused")
    found = rows.select_related("body", "proposal__body", "proposal__merged_into", "proposal__split_from")
    return [
        (_face(row.proposal, path), _decision(row, path)) for row in found.order_by("-at", "-id")[:LISTED]
    ]


def proposal(city: str, code: str) -> ProposalFace:
    """Return one proposal, whole. Raises `NotFound`."""
    row = _rows().filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Usulan ini tidak ada.")
    return _face(row, path_of(city), whole=True)


def row_of(city: str, code: str) -> Proposal:
    """Return the row of a proposal. Raises `NotFound`."""
    row = Proposal.objects.select_related("body").filter(city=city, code=code.upper()).first()
    if row is None:
        raise NotFound("Usulan ini tidak ada.")
    return row


def resting_on(city: str, kind: str, code: str) -> list[ProposalFace]:
    """Return the proposals that rest on an incident, a case, a dataset or a dossier."""
    grounds = Ground.objects.filter(kind=kind, code=code).values("proposal_id")
    rows = (
        _rows()
        .filter(Q(dossier=code) if kind == "dossier" else Q(pk__in=grounds), city=city)
        .order_by("-published_at", "-id")[:LISTED]
    )
    path = path_of(city)
    return [_face(row, path) for row in rows]


def of_rows(city: str, keys: list[int]) -> list[ProposalFace]:
    """Return some proposals by the keys of their rows, in that order, each once."""
    path, known = path_of(city), {row.pk: row for row in _rows().filter(city=city, pk__in=keys)}
    return [_face(known[key], path) for key in dict.fromkeys(keys) if key in known]


def similar(
    city: str, title: str, need: str, area: str, leave_out: str = ""
) -> list[tuple[ProposalFace, float]]:
    """Return the proposals that are most alike, most alike first, at most five."""
    wanted = pieces(f"{title} {need[:400]}")
    rows = _rows().filter(city=city).exclude(state__in=("merged", "withdrawn")).exclude(code=leave_out)
    scored = []
    for row in rows.order_by("-published_at")[:COMPARED]:
        near = likeness(wanted, pieces(f"{row.title} {row.need[:400]}"), same_area=row.area_code == area)
        if near >= LEAST:
            scored.append((near, row.pk, row))
    path = path_of(city)
    return [(_face(row, path), near) for near, _, row in sorted(scored, reverse=True)[:5]]


def has_voice(proposal_code: str, source: str) -> bool:
    """Tell whether a source supports a proposal."""
    return Voice.objects.filter(proposal__code=proposal_code, source=source).exists()


def rw_sheet(city: str, cycle: int, area: str = "") -> list[ProposalFace]:
    """Return a cycle's proposals in order of area and priority: Form RW.1."""
    rows = _rows().filter(city=city, cycle=cycle).exclude(state__in=("merged", "withdrawn"))
    if area:
        rows = rows.filter(Q(area_code=area) | Q(area_code__startswith=f"{area}."))
    path = path_of(city)
    return [_face(row, path) for row in rows.order_by("area_code", "priority", "id")[:5000]]


def _rows() -> QuerySet[Proposal]:
    own = Voice.objects.filter(proposal=OuterRef("pk"), body=None).order_by()
    counted = own.values("proposal").annotate(n=Count("id")).values("n")
    people = Coalesce(Subquery(counted), 0)  # only for the rows of a page, not for the whole table
    return Proposal.objects.select_related("body", "merged_into", "split_from").annotate(people=people)


def _face(row: Any, path: Path, *, whole: bool = False) -> ProposalFace:
    today = timezone.localtime(clock.now()).date()
    slot = path.slot(row.cycle, row.stage)
    more: dict[str, Any] = _whole(row, path, today) if whole else {}
    return ProposalFace(
        **{name: getattr(row, name) for name in PLAIN},
        body=row.body.public_id,
        body_name=row.body.name,
        dimensions=tuple(row.dimensions),
        area_name=places.label(row.city, row.area_code),
        incidents=tuple(row.incidents),
        cases=tuple(row.cases),
        stage_name=_stage_name(path, row.stage),
        closes=slot.closes if slot else None,
        days_left=(slot.closes - today).days if slot and row.state == "open" else None,
        merged_into=row.merged_into.code if row.merged_into else "",
        split_from=row.split_from.code if row.split_from else "",
        people=getattr(row, "people", 0),
        **more,
    )


def _whole(row: Proposal, path: Path, today: date) -> dict[str, Any]:
    deliveries = delivery_rows().filter(proposal=row).order_by("delivered_on", "id")
    return {
        "support": _support(row),
        "history": _history(row, path),
        "arguments": tuple(map(_argument, row.arguments.select_related("body").order_by("at", "id"))),
        "deliveries": tuple(delivery_face(one, today) for one in deliveries),
        "strip": tuple(_strip(row, path)),
        "merged": _named(row.merged.order_by("id")),
        "parts": _named(row.parts.order_by("id")),
        "wishes": _named(row.wishes.filter(state="open").order_by("id")),
    }


def _named(rows: Iterable[Proposal]) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.title) for one in rows)


def _support(row: Proposal) -> SupportFace:
    own = Voice.objects.filter(proposal=row)
    bodies = own.exclude(body=None).select_related("body").order_by("at", "id")
    by_area = own.filter(body=None).exclude(area_code="").values_list("area_code")
    counted = by_area.annotate(n=Count("id")).filter(n__gte=FEWEST).order_by("-n", "area_code")
    with_merged = Voice.objects.filter(Q(proposal=row) | Q(proposal__merged_into=row), body=None)
    return SupportFace(
        people=own.filter(body=None).count(),
        bodies=tuple((one.body.public_id, one.body.name) for one in bodies if one.body),
        areas=tuple((places.label(row.city, code), n) for code, n in counted),
        joined=with_merged.values("source").distinct().count(),
    )


def _history(row: Proposal, path: Path) -> tuple[HistoryFace, ...]:
    found = [_passage(one, path) for one in row.passages.order_by("at", "id")]
    found += [_decision(one, path) for one in row.decisions.select_related("body").order_by("at", "id")]
    return tuple(sorted(found, key=lambda step: step.at))


def _decision(one: Decision, path: Path) -> HistoryFace:
    reasons = {row.code: said(row.names) for row in path.facts.reasons}
    return HistoryFace(
        at=one.at,
        verb="decided",
        cycle=one.cycle,
        stage_name=_stage_name(path, one.stage),
        body=one.body.public_id,
        body_name=one.body.name,
        post=one.post,
        outcome=one.outcome,
        reason_name=reasons.get(one.reason, one.reason),
        words=one.words,
        referred_to=one.referred_to,
        meeting=one.meeting,
    )


def _passage(one: Passage, path: Path) -> HistoryFace:
    told = one.detail
    return HistoryFace(
        at=one.at,
        verb=one.verb,
        cycle=one.cycle,
        stage_name=_stage_name(path, told.get("from_stage", one.stage)),
        other=str(told.get("into") or told.get("from") or told.get("part") or told.get("split_from") or ""),
        missed=str(told.get("closed", "")),
        from_cycle=int(told.get("from_cycle") or told.get("missed_cycle") or 0),
        version=int(told.get("version") or 0),
    )


def _argument(row: Argument) -> ArgumentFace:
    hidden = row.hidden_at is not None
    return ArgumentFace(
        row.pk,
        row.side,
        "" if hidden else row.words,
        row.body.public_id if row.body else "",
        row.body.name if row.body else "",
        row.at,
        row.hidden_why if hidden else "",
    )


def _strip(row: Proposal, path: Path) -> list[StageFace]:
    codes = [stage.code for stage in path.facts.stages if not stage.side]
    if row.path == "pokir" and "pokir" in path.stages:
        codes = ["pokir", *codes[path.order("rkpd") :]]
    here = codes.index(row.stage) if row.stage in codes else 0
    found = []
    for place, code in enumerate(codes):
        slot = path.slot(row.cycle, code)
        where = "past" if place < here or row.state == "realised" else "here" if place == here else "ahead"
        name = _stage_name(path, code)
        found.append(
            StageFace(
                code,
                name,
                where,
                slot.opens if slot else None,
                slot.closes if slot else None,
                slot.basis if slot else "",
            )
        )
    return found


def _stage_name(path: Path, code: str) -> str:
    return said(path.stages[code].names) if code in path.stages else code
