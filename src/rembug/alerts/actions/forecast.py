"""Drafts by the forecast: renewed each hour, refused or called off when nothing is feared any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from rembug.alerts.actions.draft import LANGUAGES, follower_of, following, new_message, recorded
from rembug.alerts.models import Alert
from rembug.alerts.queries.forecast import Outlook
from rembug.alerts.queries.setup import facts_of
from rembug.alerts.rules import wording
from rembug.alerts.rules.levels import Danger
from rembug.alerts.rules.states import OPEN
from rembug.lib import clock, say
from rembug.lib.actor import Actor
from rembug.lib.pack import AlertFacts, LevelRow
from rembug.places import queries as places

SAME_TIDE = timedelta(hours=3)
SAME_DEPTH_CM = 15.0  # less is within what a person would call the same depth
UNFEARED, AS_BEFORE, FEARED = (  # why the forecast refuses a draft of its own
    "Tidak lagi diperkirakan.",
    "Prakiraan kembali seperti yang sudah dikirim.",
    "Air kembali diperkirakan.",
)


def draft_from_forecast(city: str, found: Outlook, *, actor: Actor) -> list[Alert]:
    """Make or renew the drafts that a forecast asks for, one a level; return those that are new.

    A draft of the same level is renewed, which voids what was approved before. An area that a released warning of
    the same or a higher level covers is left out. What is no longer feared and nobody has approved is refused; for a
    released warning an all-clear is drafted. Updates and all-clears that wait for approval go with the forecast too.
    """
    facts = facts_of(city)
    new: list[Alert] = []
    if not found.usable:
        return new
    with transaction.atomic():
        covered = _covered(city, facts)
        for level in facts.levels:
            feared = [
                one
                for one in found.dangers
                if one.level == level.code and one.area not in covered[level.code]
            ]
            made = _renew(city, facts, level, feared, found.basis, actor)
            new += [made] if made else []
        new += _calm(city, found, actor)
        new += _moved(city, facts, found, actor)
    return new


def _covered(city: str, facts: AlertFacts) -> dict[str, set[str]]:
    """Return for each level the areas that a released warning of that level or a higher one covers."""
    rank = {level.code: place for place, level in enumerate(facts.levels)}
    now = clock.now()
    rows = Alert.objects.filter(city=city, origin="own", state="released", expires_at__gt=now)
    covered: dict[str, set[str]] = {level.code: set() for level in facts.levels}
    for row in rows.filter(kind__in=("alert", "update")):
        for code in covered:
            if rank.get(row.level, -1) >= rank[code]:
                covered[code].update(row.areas)
    return covered


def _renew(
    city: str,
    facts: AlertFacts,
    level: LevelRow,
    feared: Sequence[Danger],
    basis: dict[str, Any],
    actor: Actor,
) -> Alert | None:
    rows = Alert.objects.select_for_update().filter(
        city=city, level=level.code, kind="alert", by_forecast=True, state__in=OPEN
    )
    row = rows.first()
    if not feared:
        if row is not None and row.state == Alert.State.DRAFT:
            _withdraw(row, UNFEARED, actor)
        return None
    content = _content(city, facts, level, feared)
    if row is None:
        made = new_message(city, facts, "alert", level)
        _fill(made, content, basis)
        made.save()
        recorded(made, actor)
        return made
    if row.areas == content["areas"] and abs(row.onset_at - content["onset_at"]) < SAME_TIDE:
        return None
    _fill(row, content, basis)
    row.revision, row.state = row.revision + 1, "draft"
    row.save()
    recorded(row, actor, verb="alert.edited")
    return None


def _content(city: str, facts: AlertFacts, level: LevelRow, feared: Sequence[Danger]) -> dict[str, Any]:
    first = min(feared, key=lambda one: one.at)
    last = max(one.ends_at or one.at for one in feared)
    areas = sorted(one.area for one in feared)
    names = [places.label(city, code) for code in areas]
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            when = f"{say.day(first.at)} {say.hour(first.at)} {say.zone(first.at)}"
        about = wording.Facts(
            name=level.names.get(language) or level.names["id"],
            advice=level.advice.get(language) or level.advice["id"],
            areas=names,
            when=when,
            depth_low_cm=min(one.depth_low_cm for one in feared),
            depth_high_cm=max(one.depth_high_cm for one in feared),
            probability=max(one.probability for one in feared),
        )
        words[language] = wording.of_alert(about, language).stored()
    return {
        "areas": areas,
        "words": words,
        "onset_at": first.at,
        "expires_at": last + timedelta(hours=facts.valid_hours),
        "probability": round(max(one.probability for one in feared), 3),
        "depth_cm": [about.depth_low_cm, about.depth_high_cm],
    }


def _fill(row: Alert, content: dict[str, Any], basis: dict[str, Any]) -> None:
    row.areas, row.words = content["areas"], content["words"]
    row.onset_at, row.expires_at = content["onset_at"], content["expires_at"]
    row.probability, row.by_forecast = content["probability"], True
    row.basis = basis | {"depth_cm": content["depth_cm"]}
    row.certainty = "Likely" if row.probability >= 0.5 else "Possible"
    row.changed_at = clock.now()


def _standing(city: str) -> QuerySet[Alert]:
    """Return the released warnings by forecast whose time has not come, locked."""
    now = clock.now()
    return Alert.objects.select_for_update().filter(
        city=city,
        origin="own",
        state="released",
        kind__in=("alert", "update"),
        by_forecast=True,
        expires_at__gt=now,
        onset_at__gt=now,
    )


def _calm(city: str, found: Outlook, actor: Actor) -> list[Alert]:
    """Draft the all-clear of each warning of ours of which the forecast expects nothing more before its time."""
    feared, made = {one.area for one in found.dangers}, []
    for row in _standing(city):
        if not feared.isdisjoint(row.areas):
            _withdraw(_own_draft(row, "all-clear"), FEARED, actor)
        elif not row.followed_by.filter(kind__in=("all-clear", "cancel"), state__in=OPEN).exists():
            made.append(following(row, "all-clear", actor))
    return made


def _moved(city: str, facts: AlertFacts, found: Outlook, actor: Actor) -> list[Alert]:
    """Draft or renew the update of each warning of ours that the forecast now sees otherwise: time, depth, level.

    What an approver refused is not drafted again before the forecast has moved from that too.
    """
    made = []
    for row in _standing(city):
        level, feared = _still_feared(row, facts, found.dangers)
        if level is None:
            _withdraw(_own_draft(row, "update"), UNFEARED, actor)
            continue
        content = _content(city, facts, level, feared)
        if row.followed_by.filter(state__in=OPEN).exists():
            _renew_update(row, level, content, found.basis, actor)
        elif _differs(row, level, content) and not _was_refused(row, level, content):
            update = follower_of(row, "update", actor=actor)
            update.level, update.severity = level.code, level.severity
            _fill(update, content, found.basis)
            update.save()
            recorded(update, actor)
            made.append(update)
    return made


def _renew_update(
    row: Alert, level: LevelRow, content: dict[str, Any], basis: dict[str, Any], actor: Actor
) -> None:
    """Let the update that waits say what the forecast says now, or refuse it where the warning is right again."""
    draft = _own_draft(row, "update")
    if draft is None or not (_differs(draft, level, content) or draft.areas != content["areas"]):
        return
    if not _differs(row, level, content):
        _withdraw(draft, AS_BEFORE, actor)
        return
    draft.level, draft.severity = level.code, level.severity
    _fill(draft, content, basis)
    draft.revision += 1
    draft.save()
    recorded(draft, actor, verb="alert.edited")


def _own_draft(row: Alert, kind: str) -> Alert | None:
    """Return the forecast's own draft that follows a warning, locked.

    One that somebody approves at this moment is left to them: they lock it before the warning, we after it.
    """
    drafts = row.followed_by.select_for_update(skip_locked=True)
    return drafts.filter(kind=kind, state="draft", by_forecast=True, made_by=None).first()


def _withdraw(draft: Alert | None, reason: str, actor: Actor) -> None:
    if draft is not None:
        draft.state, draft.reason, draft.changed_at = "refused", reason, clock.now()
        draft.save()
        recorded(draft, actor, verb="alert.refused")


def _was_refused(row: Alert, level: LevelRow, content: dict[str, Any]) -> bool:
    """Tell whether people refused an update that said about the same; the last refusal counts."""
    refused = row.followed_by.filter(kind="update", state="refused", by_forecast=True, made_by=None)
    last = refused.exclude(reason__in=(UNFEARED, AS_BEFORE)).order_by("-changed_at", "-id").first()
    return last is not None and not _differs(last, level, content)


def _still_feared(
    row: Alert, facts: AlertFacts, dangers: Sequence[Danger]
) -> tuple[LevelRow | None, list[Danger]]:
    """Return the highest level that a warning's areas still reach, at most its own, and what is feared there.

    What rises above its level is a new warning of its own.
    """
    codes = [level.code for level in facts.levels]
    most = codes.index(row.level) if row.level in codes else -1
    feared = [one for one in dangers if one.area in row.areas and codes.index(one.level) <= most]
    if not feared:
        return None, []
    return facts.level(max((one.level for one in feared), key=codes.index)), feared


def _differs(row: Alert, level: LevelRow, content: dict[str, Any]) -> bool:
    before = row.basis.get("depth_cm", content["depth_cm"])
    depth = max(abs(a - b) for a, b in zip(before, content["depth_cm"], strict=True))
    return (
        level.code != row.level
        or abs(row.onset_at - content["onset_at"]) >= SAME_TIDE
        or depth >= SAME_DEPTH_CM
    )
