"""A group registers itself and is confirmed, or declined with a reason."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit import actions as audit
from rembug.lib import clock
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people import rules
from rembug.people.actions import consents, invitations
from rembug.people.models import Body, BodyArea, Invitation, Registration


@dataclass(frozen=True, slots=True)
class GroupForm:
    """What a group says about itself; `contact_email` and `representative` are not for the public."""

    name: str
    kind: str
    sphere: str
    representative: str
    contact_email: str
    areas: tuple[str, ...] = ()
    about: str = ""
    level: str = "city"
    offers: str = ""


@transaction.atomic
def register_group(*, actor: Actor, city: str, group: GroupForm) -> Body:
    """Take in a group's registration; it waits for a coordinator and is not public until then."""
    if group.sphere not in rules.GROUP_SPHERES:
        fault = FieldFault("sphere", "closed", gettext("Kantor pemerintah didaftarkan oleh kota."))
        raise Invalid(gettext("Pilih masyarakat sipil atau dunia usaha."), faults=(fault,))
    if Body.objects.filter(city=city, name__iexact=group.name).exclude(state=Body.State.DECLINED).exists():
        fault = FieldFault("name", "taken", gettext("Nama ini sudah terdaftar. Tambahkan nama wilayah Anda."))
        raise Invalid(gettext("Nama kelompok sudah ada."), faults=(fault,))
    body = Body.objects.create(
        city=city,
        name=group.name,
        kind=group.kind,
        sphere=group.sphere,
        level=group.level,
        state=Body.State.PENDING,
        about=group.about,
        offers=group.offers,
        representative=group.representative,
    )
    BodyArea.objects.bulk_create(BodyArea(body=body, area_code=code) for code in group.areas)
    Registration.objects.create(body=body, contact_email=group.contact_email.lower(), asked_at=clock.now())
    consents.give(actor=actor, purpose="group", subject=f"body:{body.public_id}")
    data = {"kind": group.kind, "sphere": group.sphere, "areas": list(group.areas)}
    audit.record(
        actor=actor, verb="body.registered", obj=audit.Ref("body", body.public_id), data=data, city=city
    )
    return body


@transaction.atomic
def confirm_group(
    *, actor: Actor, city: str, public_id: str, role: Role = "verifier"
) -> tuple[Invitation, str]:
    """Confirm a group and invite its representative; return the invitation and the token of its link."""
    if role not in rules.GIVEN_TO_GROUPS:
        raise Invalid(gettext("Pilih anggota, pemeriksa, atau petugas."))
    body = _decide(actor, city, public_id, Body.State.CONFIRMED, "")
    # Whoever may confirm a group in one of its areas may invite its representative for all of them.
    offer = invitations.Offer(body.registration.contact_email, role, body.public_id)
    return invitations.issue(actor=actor, body=body, offer=offer)


@transaction.atomic
def decline_group(*, actor: Actor, city: str, public_id: str, reason: str) -> Body:
    """Decline a group; the reason goes to its representative."""
    if not reason.strip():
        fault = FieldFault("reason", "missing", gettext("Tulis alasannya. Wakil kelompok akan membacanya."))
        raise Invalid(gettext("Alasan belum ada."), faults=(fault,))
    return _decide(actor, city, public_id, Body.State.DECLINED, reason.strip())


def _decide(actor: Actor, city: str, public_id: str, state: str, reason: str) -> Body:
    found = Body.objects.select_for_update(of=("self",)).select_related("registration")
    body = found.filter(public_id=public_id, city=city, registration__isnull=False).first()
    if body is None:
        raise NotFound(gettext("Pendaftaran ini tidak ada."))
    areas = tuple(body.areas.values_list("area_code", flat=True))
    if not rules.may_decide_group(actor, city=city, areas=areas):
        raise NotAllowed(gettext("Pendaftaran ini di luar wilayah Anda."))
    if body.state != Body.State.PENDING:
        raise Conflict(gettext("Pendaftaran ini sudah diputuskan."))
    body.state = state
    body.save(update_fields=["state"])
    note = body.registration
    note.decided_at, note.decided_by_id, note.reason = clock.now(), actor.person_id, reason
    note.save(update_fields=["decided_at", "decided_by", "reason"])
    verb = "body.confirmed" if state == Body.State.CONFIRMED else "body.declined"
    audit.record(actor=actor, verb=verb, obj=audit.Ref("body", public_id), city=city)
    return body
