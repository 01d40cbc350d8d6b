"""Proof of work: a photo that is new, of this case, and what its camera says of place and time."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.utils.translation import gettext, gettext_noop

from rembug.cases.models import Case, Step
from rembug.cases.queries.work import role_for
from rembug.lib.actor import Actor
from rembug.lib.errors import Invalid, NotAllowed, NotFound
from rembug.reports.actions.attach import Subject, attach
from rembug.reports.queries import attached
from rembug.reports.queries.photo_files import is_public_photo_of

SPACE = UUID("c1b1d9a3-43f4-4e5f-8c73-6d9b7f0a5e02")  # of photos' ids, made from the form's own
KIND = "case"
MISSING = gettext_noop("Kerja fisik tidak selesai dengan kata-kata saja. Sertakan foto hasil kerja.")
REUSED = gettext_noop("Foto ini pernah dikirim untuk hal lain. Ambil foto baru dari hasil kerja.")


def add_proof(*, actor: Actor, city: str, code: str, action_id: UUID, data: bytes) -> str:
    """Store a photo of the work for a case that the actor handles; return its name. The same form stores it once.

    Raises `Invalid` (no photo, or one that was sent before for something else), `NotAllowed`, `NotFound`.
    """
    row = _case(city, code)
    if role_for(actor, row) is None:
        raise NotAllowed(gettext("Anda tidak memegang kasus ini."))
    photo = attach(actor=actor, subject=subject_of(row), client_id=uuid5(SPACE, str(action_id)), data=data)
    if photo.reused:
        raise Invalid(gettext(REUSED))
    return photo.name


def subject_of(row: Case) -> Subject:
    """Return the case as the subject of photos."""
    return Subject(row.city, KIND, row.code, row.area_code, row.lon, row.lat)


def fault_of(row: Case, photo: str) -> str:
    """Return why a photo does not prove the work, untranslated; "" where it does.

    It was sent for this case and nothing else before; or it is a report's photo that everybody may see, taken after
    the case opened and used for no other case.
    """
    if not photo:
        return MISSING
    known = attached.one(row.city, photo)
    if known is not None:
        own = (known.kind, known.code) == (KIND, row.code) and known.state != "hidden"
        return (REUSED if known.reused else "") if own else MISSING
    if Step.objects.filter(photo=photo).exclude(case=row).exists():
        return REUSED
    return "" if is_public_photo_of(row.city, photo, since=row.opened_at) else MISSING


def _case(city: str, code: str) -> Case:
    row = Case.objects.select_related("body").filter(city=city, code=code[:16].upper()).first()
    if row is None:
        raise NotFound(gettext("Kasus ini tidak ada."))
    return row
