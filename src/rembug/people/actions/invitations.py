"""Offering a role, taking it up, taking it back."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext

from rembug.audit import actions as audit
from rembug.lib import clock
from rembug.lib.actor import Actor, Role
from rembug.lib.errors import Conflict, FieldFault, Invalid, NotAllowed, NotFound
from rembug.people import rules
from rembug.people.actions import consents
from rembug.people.models import Body, Invitation, Person, RoleGrant
from rembug.people.queries.persons import actor_of
from rembug.people.tokens import hash_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A role offered to an e-mail address, for a body (public id) in an area (code, empty: all its areas)."""

    email: str
    role: Role
    body: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody without account says when they take up an invitation."""

    display_name: str
    password: str
    language: str = "id"


@transaction.atomic
def invite(*, actor: Actor, city: str, offer: Offer) -> tuple[Invitation, str]:
    """Offer a role; return the invitation and the token of its link, which is not kept and works once."""
    body = Body.objects.filter(public_id=offer.body, city=city).first()
    if body is None:
        raise NotFound(gettext("Pihak ini tidak ada di kota ini."))
    areas = tuple(body.areas.values_list("area_code", flat=True))
    if not rules.within(areas, offer.area):
        fault = FieldFault(
            "area", "outside", gettext("Wilayah ini bukan wilayah pihak itu. Pilih wilayah lain.")
        )
        raise Invalid(gettext("Wilayah tidak cocok."), faults=(fault,))
    if actor.kind != "system" and not rules.may_give(
        actor, offer.role, city=city, body=body.public_id, sphere=body.sphere, area=offer.area
    ):
        raise NotAllowed(gettext("Anda belum punya hak mengundang untuk peran ini."))
    return issue(actor=actor, body=body, offer=offer)


@transaction.atomic
def hand_over(*, actor: Actor, city: str, grant_id: int, email: str) -> tuple[Invitation, str]:
    """Offer a role to whoever follows in it; the present holder keeps it until the offer is taken up.

    Who holds a role may hand it on; so may who could end it. Raises `NotFound`, `NotAllowed`.
    """
    found = RoleGrant.objects.select_for_update(of=("self",)).select_related("body", "person")
    row = found.filter(pk=grant_id, body__city=city, ended_at=None).first()
    if row is None:
        raise NotFound(gettext("Peran ini tidak ada atau sudah berakhir."))
    if row.person_id != actor.person_id:
        _require(actor, row.body, row.role, row.area_code)
    if row.person.email.lower() == email.lower():
        raise Invalid(gettext("Alamat ini milik pemegang peran sekarang. Isi alamat penggantinya."))
    role: Role = row.role  # type: ignore[assignment]  # only actions write it, from the same list
    offer = Offer(email, role, row.body.public_id, row.area_code)
    return issue(actor=actor, body=row.body, offer=offer, replaces=row)


def issue(
    *, actor: Actor, body: Body, offer: Offer, replaces: RoleGrant | None = None
) -> tuple[Invitation, str]:
    """Make an invitation inside the caller's transaction; the caller has checked that the actor may."""
    token, at = secrets.token_urlsafe(24), clock.now()
    row = Invitation.objects.create(
        token_hash=hash_of(token),
        email=offer.email.lower(),
        city=body.city,
        body=body,
        role=offer.role,
        area_code=offer.area,
        invited_by_id=actor.person_id,
        replaces=replaces,
        created_at=at,
        expires_at=at + rules.INVITATION_LASTS,
    )
    _record(actor, "invitation.made", row)
    return row, token


@transaction.atomic
def accept(*, actor: Actor, token: str, newcomer: Newcomer | None = None) -> Person:
    """Take up an invitation, once; return the person, new or known.

    Who has an account must be signed in with the invited address; nobody can take a role for somebody else.
    """
    row = Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    if row is None or row.accepted_at or row.revoked_at or row.expires_at <= clock.now():
        raise NotFound(gettext("Undangan ini tidak berlaku lagi. Minta undangan baru."))
    person = Person.objects.filter(email__iexact=row.email).first()
    if person is None:
        if newcomer is None:
            raise Invalid(gettext("Isi nama dan kata sandi dulu."))
        person = _make_person(row.email, newcomer)
    elif actor.person_id != person.pk:
        raise NotAllowed(gettext("Masuk dulu dengan alamat e-mail yang diundang."))
    row.accepted_at = clock.now()
    row.save(update_fields=["accepted_at"])
    RoleGrant.objects.get_or_create(
        person=person, body=row.body, role=row.role, area_code=row.area_code, ended_at=None
    )
    as_person = actor_of(person)
    if row.replaces_id is not None:
        _relieve(as_person, row)
    if newcomer is not None:
        consents.give(actor=as_person, purpose="account")
    _join(as_person, row.body)
    _record(as_person, "invitation.accepted", row)
    return person


def _relieve(actor: Actor, row: Invitation) -> None:
    """End the role that this invitation replaces, in the same breath in which it is taken up."""
    old = row.replaces
    if old is None or old.ended_at is not None or old.person_id == actor.person_id:
        return
    old.ended_at = clock.now()
    old.save(update_fields=["ended_at"])
    data = {"role": old.role, "body": row.body.public_id, "area": old.area_code, "handed_over": True}
    ref = audit.Ref("person", old.person.public_id)
    audit.record(actor=actor, verb="role.ended", obj=ref, data=data, city=row.city)


def _make_person(email: str, newcomer: Newcomer) -> Person:
    person = Person(email=email, display_name=newcomer.display_name, language=newcomer.language)
    person.set_password(newcomer.password)
    person.save()
    # The invitation reached this address or was handed over by somebody who answers for it.
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _join(actor: Actor, body: Body) -> None:
    """A body of which somebody took up a role has joined; its clock may be shown from now on."""
    if body.state == Body.State.NOT_JOINED:
        body.state = Body.State.CONFIRMED
        body.save(update_fields=["state"])
        audit.record(actor=actor, verb="body.joined", obj=audit.Ref("body", body.public_id), city=body.city)


@transaction.atomic
def revoke_invitation(*, actor: Actor, city: str, public_id: str) -> None:
    """Take back an invitation that nobody took up yet."""
    found = Invitation.objects.select_for_update(of=("self",)).select_related("body")
    row = found.filter(public_id=public_id, city=city).first()
    if row is None:
        raise NotFound(gettext("Undangan ini tidak ada."))
    _require(actor, row.body, row.role, row.area_code)
    if row.accepted_at or row.revoked_at:
        raise Conflict(gettext("Undangan ini sudah dipakai atau dicabut."))
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    _record(actor, "invitation.revoked", row)


@transaction.atomic
def end_role(*, actor: Actor, city: str, grant_id: int) -> None:
    """End a role; it has no force from the next request on."""
    found = RoleGrant.objects.select_for_update(of=("self",)).select_related("body", "person")
    row = found.filter(pk=grant_id, body__city=city, ended_at=None).first()
    if row is None:
        raise NotFound(gettext("Peran ini tidak ada atau sudah berakhir."))
    if row.person_id != actor.person_id:  # everybody may lay down their own role
        _require(actor, row.body, row.role, row.area_code)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    data = {"role": row.role, "body": row.body.public_id, "area": row.area_code}
    audit.record(
        actor=actor, verb="role.ended", obj=audit.Ref("person", row.person.public_id), data=data, city=city
    )


def _require(actor: Actor, body: Body, role: str, area: str) -> None:
    known: Role = role  # type: ignore[assignment]  # only actions write it, from the same list
    place = {"city": body.city, "body": body.public_id, "sphere": body.sphere, "area": area}
    if not rules.may_give(actor, known, **place):
        raise NotAllowed(gettext("Peran atau undangan ini di luar wewenang Anda."))


def _record(actor: Actor, verb: str, row: Invitation) -> None:
    data = {"role": row.role, "body": row.body.public_id, "area": row.area_code}
    audit.record(actor=actor, verb=verb, obj=audit.Ref("invitation", row.public_id), data=data, city=row.city)
