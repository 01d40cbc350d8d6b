"""Groups from a table, and doubles made one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext

from rembug.audit import actions as audit
from rembug.lib import clock
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound
from rembug.people import rules
from rembug.people.actions.invitations import Offer, issue
from rembug.people.models import Body, BodyArea, Invitation

FIELDS = ("name", "kind", "sphere", "level", "about", "offers")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of a table. `number` is its public id where it is known; `email` is whom to invite, if anybody."""

    name: str
    kind: str
    sphere: str
    level: str
    areas: tuple[str, ...] = ()
    about: str = ""
    offers: str = ""
    number: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many groups are new, changed, as they were; and the links of new invitations."""

    added: int
    changed: int
    same: int
    invited: tuple[tuple[str, str, str], ...]  # name of the group, e-mail address, token


@transaction.atomic
def import_groups(*, actor: Actor, city: str, rows: Iterable[GroupRow]) -> Imported:
    """Make the groups of a table what it says, all or none; the same table again changes nothing.

    A group is known by its number or its name. New groups have not joined until their representative does. Raises
    `Conflict`, `NotAllowed`.
    """
    counts, invited = {"body.imported": 0, "body.updated": 0, "": 0}, []
    for row in rows:
        if not rules.may_decide_group(actor, city=city, areas=row.areas):
            raise NotAllowed(gettext("%(name)s: wilayahnya di luar wewenang Anda.") % {"name": row.name})
        body, verb = _put(city, row)
        counts[verb] += 1
        if verb:
            data: dict[str, object] = {"name": row.name}
            audit.record(actor=actor, verb=verb, obj=audit.Ref("body", body.public_id), data=data, city=city)
        if row.email and _is_unasked(body, row.email):
            _, token = issue(actor=actor, body=body, offer=Offer(row.email, "verifier", body.public_id))
            invited.append((body.name, row.email, token))
    return Imported(counts["body.imported"], counts["body.updated"], counts[""], tuple(invited))


def _put(city: str, row: GroupRow) -> tuple[Body, str]:
    known = Body.objects.select_for_update().filter(city=city).exclude(state=Body.State.CLOSED)
    body = known.filter(public_id=row.number).first() if row.number else None
    body = body or known.filter(name__iexact=row.name).first()
    if body is not None and (
        rules.is_of_pack(body.public_id, city) or body.sphere not in rules.GROUP_SPHERES
    ):
        raise Conflict(
            gettext("%(name)s diatur oleh paket kota, bukan oleh tabel ini.") % {"name": body.name}
        )
    is_new = body is None
    body = body or Body(city=city, state=Body.State.NOT_JOINED)
    before = [getattr(body, name) for name in FIELDS]
    for name in FIELDS:
        setattr(body, name, getattr(row, name))
    if is_new or before != [getattr(body, name) for name in FIELDS]:
        body.save()
    had = set(body.areas.values_list("area_code", flat=True))
    body.areas.filter(area_code__in=had - set(row.areas)).delete()
    BodyArea.objects.bulk_create(BodyArea(body=body, area_code=code) for code in sorted(set(row.areas) - had))
    if is_new:
        return body, "body.imported"
    same = before == [getattr(body, name) for name in FIELDS] and had == set(row.areas)
    return body, "" if same else "body.updated"


def _is_unasked(body: Body, email: str) -> bool:
    """Tell whether nobody of this address acts for the body or has an open invitation."""
    waiting = Invitation.objects.filter(body=body, email__iexact=email, revoked_at=None)
    open_now = waiting.filter(models.Q(accepted_at__isnull=False) | models.Q(expires_at__gt=clock.now()))
    return (
        not open_now.exists()
        and not body.role_grants.filter(person__email__iexact=email, ended_at=None).exists()
    )


@transaction.atomic
def merge(*, actor: Actor, city: str, double: str, into: str) -> Body:
    """Make two bodies one: people, roles and everything done under the double go to the other; its page leads there.

    What cannot be moved without saying a thing twice (both signed the same text) stays with the double. Merging again
    is harmless. Raises `Conflict`, `Invalid`, `NotAllowed`, `NotFound`.
    """
    if double == into:
        raise Invalid(gettext("Pilih dua pihak yang berbeda."))
    rows = {
        row.public_id: row
        for row in Body.objects.select_for_update().filter(city=city, public_id__in=(double, into))
    }
    if len(rows) < 2:
        raise NotFound(gettext("Pihak ini tidak ada di kota ini."))
    gone, stays = rows[double], rows[into]
    areas = [tuple(row.areas.values_list("area_code", flat=True)) for row in (gone, stays)]
    if not all(rules.may_decide_group(actor, city=city, areas=one) for one in areas):
        raise NotAllowed(gettext("Salah satu pihak di luar wilayah Anda."))
    if gone.successor_id == stays.pk:
        return stays
    if rules.is_of_pack(gone.public_id, city):
        raise Conflict(gettext("Pihak dari paket kota tidak bisa dihapus. Gabungkan ke pihak itu."))
    if Body.State.CLOSED in {gone.state, stays.state}:
        raise Conflict(gettext("Pihak ini sudah ditutup."))
    moved = _move(gone, stays)
    Body.objects.filter(successor=gone).update(successor=stays)
    gone.successor, gone.state = stays, Body.State.CLOSED
    gone.save(update_fields=["successor", "state"])
    if stays.state == Body.State.NOT_JOINED and stays.role_grants.filter(ended_at=None).exists():
        stays.state = Body.State.CONFIRMED
        stays.save(update_fields=["state"])
    data: dict[str, object] = {"double": double, "moved": moved}
    audit.record(actor=actor, verb="body.merged", obj=audit.Ref("body", into), data=data, city=city)
    return stays


def _move(gone: Body, stays: Body) -> dict[str, int]:
    """Point every row that names the double to the other body; return how many, by kind of row."""
    counts: dict[str, int] = {}
    for link in Body._meta.related_objects:
        model = link.related_model
        if model in (Body, BodyArea) or not isinstance(link.field, models.ForeignKey):
            continue
        name = link.field.name
        for key in model._default_manager.filter(**{name: gone}).values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=key).update(**{name: stays})
            except IntegrityError:
                continue
            counts[model.__name__] = counts.get(model.__name__, 0) + 1
    if stays.areas.exists() and not rules.is_of_pack(stays.public_id, stays.city):
        had = set(stays.areas.values_list("area_code", flat=True))
        new = set(gone.areas.values_list("area_code", flat=True)) - had
        BodyArea.objects.bulk_create(BodyArea(body=stays, area_code=code) for code in sorted(new))
    return counts
