"""The look of a person at a photo: shown to everybody, or hidden, by one tap."""

from django.db import transaction

from rembug.audit.actions import Ref, record
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.reports.actions.photos import update_flags
from rembug.reports.models import Photo, Report
from rembug.reports.queries.work.scope import MODERATORS, is_own
from rembug.reports.rules.photos import HIDE_REASONS

STATES = {"show": Photo.State.PUBLIC, "hide": Photo.State.HIDDEN}


def look(
    *,
    actor: Actor,
    name: str,
    verdict: str,
    fits: bool | None = None,
    reason: str = "",
    seen: str = "",
) -> Photo:
    """Show or hide a photo, and say whether it shows what its report says (`fits`; None: cannot tell).

    `seen` is the state that the person looked at: when somebody else was quicker, nothing is changed. The same look
    twice is one. Raises `Invalid`, `NotFound`, `NotAllowed` or `Conflict`.
    """
    if verdict not in STATES:
        raise Invalid(
            "Pilih tampilkan atau sembunyikan.",
            faults=(FieldFault("verdict", "unknown-choice", "show, hide"),),
        )
    if verdict == "hide" and reason not in HIDE_REASONS:
        choices = ", ".join(HIDE_REASONS)
        raise Invalid("Pilih alasannya.", faults=(FieldFault("reason", "unknown-choice", choices),))
    after = STATES[verdict]
    with transaction.atomic():
        photo = _photo(actor, name)
        fits = photo.fits if fits is None else fits
        if (photo.state, photo.fits) == (after, fits):
            return photo
        if seen and photo.state not in {seen, after}:
            raise Conflict("Orang lain baru saja melihat foto ini. Periksa lagi sebelum mengubahnya.")
        _say(photo, after, fits, reason if verdict == "hide" else "", actor)
        photo.save(update_fields=["state", "fits", "reason", "looked_at", "looked_by"])
        Report.objects.filter(pk=photo.report_id).update(changed_at=clock.now())
        update_flags(photo.report)
    return photo


def take_down_photo(*, actor: Actor, name: str, reason: str) -> Photo:
    """Hide a photo that is public, with its reason. Twice is once."""
    return look(actor=actor, name=name, verdict="hide", reason=reason)


def _photo(actor: Actor, name: str) -> Photo:
    rows = Photo.objects.select_for_update(of=("self",)).select_related("report")
    photo = rows.filter(name=name).first()
    if photo is None:
        raise NotFound("Foto ini tidak ada.")
    actor.require(*MODERATORS, city=photo.report.city, area=photo.report.area_code)
    if is_own(actor, photo.report):
        raise NotAllowed("Foto sendiri dilihat oleh orang lain.")
    if photo.state in {Photo.State.RECEIVED, Photo.State.REFUSED}:
        raise Conflict("Foto ini belum bisa dilihat.")
    return photo


def _say(photo: Photo, after: str, fits: bool | None, reason: str, actor: Actor) -> None:
    data: dict[str, object] = {"reason": reason} if reason else {}
    if fits is not None and fits != photo.fits:
        data["fits"] = fits
    verb = "photo.judged"
    if after != photo.state:
        verb = "photo.shown" if after == Photo.State.PUBLIC else "photo.hidden"
    photo.state, photo.fits, photo.reason = after, fits, reason
    photo.looked_at, photo.looked_by_id = clock.now(), actor.person_id
    report = photo.report
    record(actor=actor, verb=verb, obj=Ref("report", report.code), data=data, city=report.city)
