"""Every act that writes, as something that can be tried again and again in one town."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.management import call_command

from rembug.people.actions import consents, invitations, registrations
from rembug.people.models import Body
from rembug.reports.actions import decide, link, moderate, own, photo, receive, reply, vote
from rembug.reports.rules.decisions import REASONS
from tests.faults.town import CITY, PACK, TEST, Town, say

KEY = UUID("01990000-0000-7000-8000-00000000f001")
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 200
Act = Callable[[], Any]


def intake(town: Town) -> Act:
    """Take in one report."""
    return lambda: receive.receive_one(say(109.6761, -6.8721, KEY), actor=town.witness)


def still_there(town: Town) -> Act:
    """Say that the water is still there."""
    return lambda: own.followup(actor=town.witness, token=town.mine.token, client_id=KEY, value="still")


def add_words(town: Town) -> Act:
    """Add words to a report."""
    return lambda: own.correct(actor=town.witness, token=town.mine.token, words="Sampai gang tiga juga.")


def take_back(town: Town) -> Act:
    """Withdraw a report."""
    return lambda: own.withdraw(actor=town.witness, token=town.mine.token)


def add_photo(town: Town) -> Act:
    """Add a photo."""
    return lambda: photo.add_photo(actor=town.witness, token=town.mine.token, client_id=KEY, data=JPEG)


def confirm(town: Town) -> Act:
    """Confirm an incident."""
    code = town.incidents()[0]
    return lambda: vote.vote(actor=town.witness, incident=code, value=1, secret="test")


def judge(town: Town) -> Act:
    """Decide on a report."""
    return lambda: decide.decide(
        actor=town.officer, code=town.mine.code, verdict="true", reason=reason_for_true()
    )


def reason_for_true() -> str:
    """Return any reason that a decision "true" may have."""
    return min(REASONS["true"])


def answer(town: Town) -> Act:
    """Reply in public."""
    code, office = town.incidents()[0], town.office.public_id
    return lambda: reply.reply(actor=town.officer, body=office, incidents=[code], text="Pompa sudah menyala.")


def mark_read(town: Town) -> Act:
    """Note that the office has read it."""
    code, office = town.incidents()[0], town.office.public_id
    return lambda: reply.mark_read(actor=town.officer, incident=code, body=office)


def merge(town: Town) -> Act:
    """Join two incidents."""
    codes = town.incidents()
    return lambda: link.merge(actor=town.officer, incidents=codes, reason="satu kejadian")


def separate(town: Town) -> Act:
    """Part a report from its incident."""
    return lambda: link.separate(actor=town.officer, report=town.other.code, reason="lain")


def take_down(town: Town) -> Act:
    """Take a report down."""
    return lambda: moderate.take_down(actor=town.officer, code=town.mine.code, reason="private")


def mask(town: Town) -> Act:
    """Mask the public words."""
    return lambda: moderate.mask_text(
        actor=town.officer, code=town.mine.code, text_public="Air [disamarkan]."
    )


def register(town: Town) -> Act:
    """Register a group."""
    form = registrations.GroupForm(
        name="Kelompok Uji",
        kind="komunitas",
        sphere="civil_society",
        representative="Bu Uji",
        contact_email="uji@example.org",
        areas=("33.75.03",),
    )
    return lambda: registrations.register_group(actor=town.witness, city=CITY, group=form)


def invite(town: Town) -> Act:
    """Offer a role."""
    offer = invitations.Offer("baru@example.org", "member", town.office.public_id)
    return lambda: invitations.invite(actor=TEST, city=CITY, offer=offer)


def accept(town: Town) -> Act:
    """Take up a role."""
    token = invite(town)()[1]
    newcomer = invitations.Newcomer("Bu Baru", "perahu biru di muara")
    return lambda: invitations.accept(actor=town.witness, token=token, newcomer=newcomer)


def agree(town: Town) -> Act:
    """Give consent."""
    return lambda: consents.give(actor=town.officer, purpose="account")


def load_bodies_again(town: Town) -> Act:  # noqa: ARG001 - every act is asked in a town
    """Load the whole city again after something was changed in it."""
    Body.objects.filter(city=CITY).update(name="Nama lama")
    return lambda: call_command("city", "load", str(PACK), verbosity=0)


ACTS: dict[str, Callable[[Town], Act]] = {
    act.__name__: act
    for act in (
        intake,
        still_there,
        add_words,
        take_back,
        add_photo,
        confirm,
        judge,
        answer,
        mark_read,
        merge,
        separate,
        take_down,
        mask,
        register,
        invite,
        accept,
        agree,
        load_bodies_again,
    )
}
ORDINARY = ("intake", "take_back", "answer")
