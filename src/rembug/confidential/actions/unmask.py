"""Learning who the reporter is: one person asks with a reason, another decides, each opening stands in the log.

The log says that it happened, who did it, and nothing of the matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from rembug.audit.actions import Ref, record
from rembug.confidential.actions.letters import put
from rembug.confidential.models import Letter, Matter, Unmasking
from rembug.confidential.queries import matters
from rembug.confidential.queries.boxes import Held, boxes_of
from rembug.confidential.queries.setup import today
from rembug.confidential.rules.words import checked
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, NotAllowed, NotFound


def ask(*, actor: Actor, city: str, held: Held, code: str, reason: str, once: UUID) -> None:
    """Ask to learn the name, with a reason that only recipients read. Raises `Conflict`, `Invalid`, `NotFound`."""
    matter = matters.one(actor, city, held, code)
    if not matter.letters.filter(what=Letter.What.IDENTITY).exists():
        raise NotFound(gettext("Pelapor tidak memberi nama."))
    plain = checked(reason, "reason", least=20, most=2000).encode()
    with transaction.atomic():
        row = Matter.objects.select_for_update().get(pk=matter.pk)
        is_new = not row.letters.filter(once=once).exists()
        if is_new and row.unmaskings.filter(decided_on=None).exists():
            raise Conflict(gettext("Satu permintaan masih menunggu keputusan."))
        letter = put(
            row, Letter.What.REASON, plain, boxes_of(row), actor=actor, by_reporter=False, once=once, to_reporter=False
        )  # fmt: skip
        if letter is None:
            return
        wish = Unmasking.objects.create(
            matter=row, reason=letter, asked_by=actor.public_id, asked_on=today(city)
        )
        _note(actor, "confidential.unmask_asked", wish, city)


def decide(*, actor: Actor, city: str, held: Held, code: str, public_id: str, granted: bool) -> None:
    """Grant or refuse a colleague's wish; never one's own. Again changes nothing. Raises `NotAllowed`, `NotFound`."""
    matter = matters.one(actor, city, held, code)
    with transaction.atomic():
        wish = matter.unmaskings.select_for_update().filter(public_id=public_id).first()
        if wish is None:
            raise NotFound(gettext("Permintaan ini tidak ada."))
        if wish.asked_by == actor.public_id:
            raise NotAllowed(gettext("Yang meminta tidak boleh memutuskan. Minta petugas lain."))
        if wish.decided_on is not None:
            return
        Unmasking.objects.filter(pk=wish.pk).update(
            decided_by=actor.public_id, decided_on=today(city), granted=granted
        )
        _note(actor, "confidential.unmask_granted" if granted else "confidential.unmask_refused", wish, city)


def show(*, actor: Actor, city: str, held: Held, code: str) -> Mapping[str, str]:
    """Return name and contact after two people agreed; each look is in the log. Raises `NotAllowed`, `NotFound`."""
    matter = matters.one(actor, city, held, code)
    wish = matter.unmaskings.filter(granted=True).exclude(decided_by="").first()
    if wish is None or wish.asked_by == wish.decided_by:
        raise NotAllowed(gettext("Nama pelapor belum boleh dibuka."))
    with transaction.atomic():
        _note(actor, "confidential.identity_shown", wish, city)
        return matters.identity(matter, held)


def _note(actor: Actor, verb: str, wish: Unmasking, city: str) -> None:
    record(actor=actor, verb=verb, obj=Ref("unmasking", wish.public_id), city=city)
