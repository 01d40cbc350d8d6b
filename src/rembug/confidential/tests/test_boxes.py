"""Who holds a key, and how it passes on."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from rembug.audit.models import Entry
from rembug.confidential.actions import boxes
from rembug.confidential.models import Box, BoxKey
from rembug.confidential.queries import matters
from rembug.confidential.queries.boxes import my_box, my_boxes
from rembug.confidential.tests.conftest import (
    CITY,
    INSPECTORATE,
    OFFICE,
    PHRASE,
    Office,
    found,
    officer,
    tell,
)
from rembug.lib import clock
from rembug.lib.actor import ANONYMOUS, Actor, Grant
from rembug.lib.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany


def test_the_passphrase_opens_the_box_and_nothing_else_does(office: Office) -> None:
    held = boxes.open_box(actor=office.first, city=CITY, body=INSPECTORATE, passphrase=PHRASE)
    assert held == office.inside
    with pytest.raises(Invalid):
        boxes.open_box(actor=office.first, city=CITY, body=INSPECTORATE, passphrase=PHRASE + "x")
    with pytest.raises(NotFound):
        boxes.open_box(actor=office.second, city=CITY, body=INSPECTORATE, passphrase=PHRASE)
    stored = b"".join(bytes(key.locked) for key in BoxKey.objects.all())
    assert held.private not in stored


def test_ten_wrong_passphrases_and_the_person_waits(office: Office) -> None:
    for _ in range(10):
        with pytest.raises(Invalid):
            boxes.open_box(actor=office.first, city=CITY, body=INSPECTORATE, passphrase="wrong")
    with pytest.raises(TooMany):
        boxes.open_box(actor=office.first, city=CITY, body=INSPECTORATE, passphrase=PHRASE)


def test_a_box_is_set_up_once(office: Office) -> None:
    with pytest.raises(Conflict):
        boxes.set_up(actor=office.second, city=CITY, body=INSPECTORATE, passphrase=PHRASE)
    assert Box.objects.count() == 2


@pytest.mark.parametrize("passphrase", ["short", "aaaaaaaaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_is_refused(city: str, passphrase: str) -> None:
    with pytest.raises(Invalid):
        boxes.set_up(actor=officer("A", INSPECTORATE), city=city, body=INSPECTORATE, passphrase=passphrase)


@pytest.mark.parametrize(
    "actor",
    [
        ANONYMOUS,
        officer("A", OFFICE),
        Actor("B", "person", (Grant("administrator", CITY, INSPECTORATE),), 1),
        Actor("C", "person", (Grant("officer", "kota-lain", INSPECTORATE),), 1),
        Actor("D", "person", (Grant("member", CITY, INSPECTORATE),), 1),
    ],
)
def test_nobody_but_the_named_role_comes_near_a_box(office: Office, actor: Actor) -> None:
    tell()
    for call in (
        lambda: boxes.open_box(actor=actor, city=CITY, body=INSPECTORATE, passphrase=PHRASE),
        lambda: boxes.hand_over(actor=actor, city=CITY, held=office.inside),
        lambda: boxes.take_key(actor=actor, city=CITY, body=INSPECTORATE, code="X", passphrase=PHRASE),
        lambda: matters.desk(actor, CITY, office.inside),
        lambda: my_box(actor, CITY, INSPECTORATE),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert my_boxes(actor, CITY) == []


def test_a_code_gives_a_colleague_a_key_of_their_own_once(office: Office) -> None:
    tell()
    code = boxes.hand_over(actor=office.first, city=CITY, held=office.inside)
    spaced = " ".join(code[i : i + 4].lower() for i in range(0, len(code), 4))
    held = boxes.take_key(
        actor=office.second, city=CITY, body=INSPECTORATE, code=spaced, passphrase="kapal merah di laut"
    )
    assert held == office.inside
    assert len(matters.desk(office.second, CITY, held)) == 1
    with pytest.raises(Invalid, match="berakhir"):
        boxes.take_key(actor=office.second, city=CITY, body=INSPECTORATE, code=code, passphrase=PHRASE)
    boxes.open_box(actor=office.second, city=CITY, body=INSPECTORATE, passphrase="kapal merah di laut")


def test_a_code_ends_after_a_week(office: Office) -> None:
    code = boxes.hand_over(actor=office.first, city=CITY, held=office.inside)
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False), pytest.raises(Invalid):
        boxes.take_key(actor=office.second, city=CITY, body=INSPECTORATE, code=code, passphrase=PHRASE)


def test_opening_and_handing_on_a_box_stands_in_the_log(office: Office) -> None:
    boxes.hand_over(actor=office.first, city=CITY, held=office.inside)
    verbs = list(Entry.objects.filter(verb__startswith="confidential.").values_list("verb", flat=True))
    assert verbs == ["confidential.loaded", *["confidential.box_opened"] * 2, "confidential.key_handed"]


def test_a_box_whose_keys_are_lost_is_taken_away_and_set_up_anew(office: Office) -> None:
    digits = tell()
    with pytest.raises(NotAllowed):
        boxes.close_for_good(actor=office.first, city=CITY, body=INSPECTORATE)
    said = io.StringIO()
    call_command("confidential", "status", stdout=said)
    assert f"{INSPECTORATE}\t" in said.getvalue()
    assert said.getvalue().count("1 with a key") == 2
    call_command("confidential", "close-box", INSPECTORATE, stdout=said)
    assert "1 letters" in said.getvalue()
    assert found(digits).matter.letters.count() == 1  # the reporter and the others still read
    assert len(matters.desk(office.outside, CITY, office.over)) == 1
    fresh = boxes.set_up(actor=office.second, city=CITY, body=INSPECTORATE, passphrase=PHRASE)
    assert matters.desk(office.second, CITY, fresh) == []
    assert Entry.objects.filter(verb="confidential.box_closed").count() == 1
    with pytest.raises(CommandError):
        call_command("confidential", "close-box", "nobody")
    call_command("confidential", "close-box", INSPECTORATE, stdout=said)
    call_command("confidential", "status", stdout=said)
    assert "not open" in said.getvalue()
