"""Two people open a name, and each step stands in the log without anything of the matter."""

from __future__ import annotations

from uuid import uuid4

import pytest

from rembug.audit.models import Entry
from rembug.confidential.actions import unmask
from rembug.confidential.models import Matter, Unmasking
from rembug.confidential.queries import matters
from rembug.confidential.rules import seal
from rembug.confidential.tests.conftest import CITY, INSPECTORATE, OFFICE, Office, found, officer, tell
from rembug.lib.actor import Actor
from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound

REASON = "Penyidik perlu saksi, pelapor sudah setuju ditanya."
NAME, CONTACT = "Siti Kenarium", "0812-7733-9911"


def ask(office: Office, **more: object) -> str:
    """Tell something with a name, and ask for it; return the matter's code."""
    code = Matter.objects.get().code
    given: dict[str, object] = {"reason": REASON, "once": uuid4()} | more
    unmask.ask(actor=office.first, city=CITY, held=office.inside, code=code, **given)  # type: ignore[arg-type]
    return code


def decide(office: Office, actor: Actor, code: str, granted: bool = True) -> None:
    """Decide on the only wish."""
    unmask.decide(
        actor=actor,
        city=CITY,
        held=office.inside,
        code=code,
        public_id=Unmasking.objects.get().public_id,
        granted=granted,
    )


def show(office: Office, code: str) -> dict[str, str]:
    """Look at the name."""
    return dict(unmask.show(actor=office.first, city=CITY, held=office.inside, code=code))


def test_a_name_is_shown_after_a_second_person_agreed(office: Office) -> None:
    digits = tell(name=NAME, contact=CONTACT)
    code = ask(office)
    with pytest.raises(NotAllowed):
        show(office, code)
    decide(office, office.second, code)
    assert show(office, code) == {"name": NAME, "contact": CONTACT}
    other = unmask.show(actor=office.outside, city=CITY, held=office.over, code=code)
    assert other["name"] == NAME
    assert matters.for_reporter(found(digits).matter, found(digits).private).unmasked_on


def test_nobody_decides_on_their_own_wish(office: Office) -> None:
    tell(name=NAME)
    code = ask(office)
    with pytest.raises(NotAllowed, match="petugas lain"):
        decide(office, office.first, code)
    with pytest.raises(NotAllowed):
        show(office, code)


def test_a_refusal_stays_and_a_second_decision_changes_nothing(office: Office) -> None:
    tell(name=NAME)
    code = ask(office)
    for granted in (False, True):
        decide(office, office.second, code, granted)
    with pytest.raises(NotAllowed):
        show(office, code)


def test_people_outside_and_people_of_the_accused_body_cannot_decide(office: Office) -> None:
    tell(name=NAME)
    code = ask(office)
    for actor, fault in ((officer("X", OFFICE), NotAllowed), (officer("Y", INSPECTORATE, OFFICE), NotFound)):
        with pytest.raises(fault):
            decide(office, actor, code)
    with pytest.raises(NotFound):
        unmask.decide(
            actor=office.second, city=CITY, held=office.inside, code=code, public_id="X", granted=True
        )


def test_a_wish_needs_a_reason_and_waits_alone(office: Office) -> None:
    tell(name=NAME)
    with pytest.raises(Invalid):
        ask(office, reason="ingin tahu")
    once = uuid4()
    for _ in range(2):
        ask(office, once=once)
    assert Unmasking.objects.count() == 1
    with pytest.raises(Conflict):
        ask(office)


def test_who_gave_no_name_has_none_to_open(office: Office) -> None:
    tell()
    with pytest.raises(NotFound, match="tidak memberi nama"):
        ask(office)
    assert not matters.desk(office.first, CITY, office.inside)[0].has_identity


def test_each_step_is_in_the_log_and_says_nothing_of_the_matter(office: Office) -> None:
    tell(name=NAME, contact=CONTACT)
    code = ask(office)
    decide(office, office.second, code)
    show(office, code)
    rows = list(Entry.objects.filter(object_kind="unmasking").order_by("id"))
    steps = [(row.verb.removeprefix("confidential."), row.actor) for row in rows]
    assert steps == [("unmask_asked", "FIRST"), ("unmask_granted", "SECOND"), ("identity_shown", "FIRST")]
    said = " ".join(f"{row.object_id} {row.data}" for row in rows)
    matter = Matter.objects.get()
    for canary in (NAME, CONTACT, code, str(matter.pk), matter.lookup, REASON, OFFICE):
        assert canary not in said
    assert {row.data for row in rows} == {"{}"}


def test_the_reason_is_read_by_recipients_and_not_by_the_reporter(office: Office) -> None:
    digits = tell(name=NAME)
    code = ask(office)
    matter = matters.one(office.second, CITY, office.inside, code)
    wish = matters.for_recipient(office.second, matter, office.inside).wishes[0]
    assert (wish.reason, wish.mine, wish.decided_on) == (REASON, False, None)
    mine = matters.for_reporter(found(digits).matter, found(digits).private)
    assert REASON not in str(mine)


def test_a_stolen_box_key_alone_does_not_open_a_name(office: Office) -> None:
    tell(name=NAME)
    matter = Matter.objects.get()
    letter = matter.letters.get(what="identity")
    wrap = letter.wraps.get(box__body__public_id=INSPECTORATE)
    context = matters.context_of(matter, letter.number, letter.what)
    inner = seal.unseal(bytes(letter.body), bytes(wrap.key), office.inside.private, context)
    assert NAME.encode() not in inner
    assert not letter.wraps.filter(box=None).exists()
