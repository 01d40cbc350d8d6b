"""R-07: the database goes away at each call: nothing half told is left, and the same form succeeds afterwards."""

from __future__ import annotations

from uuid import uuid4

import pytest

from rembug.confidential.actions import talk
from rembug.confidential.actions.submit import submit
from rembug.confidential.models import Letter, Matter, Wrap
from rembug.confidential.tests.conftest import CITY, Office, city, found, house, office, pack, telling
from rembug.lib.actor import ANONYMOUS
from tests.faults.nth_call import Cut, failing

__all__ = ["city", "house", "office", "pack"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_telling_that_is_cut_leaves_nothing_and_can_be_repeated(office: Office) -> None:
    said, cut = telling(name="Siti Kenarium"), 0
    for n in range(1, 200):
        with failing(n) as call:
            try:
                submit(actor=ANONYMOUS, city=CITY, said=said)
            except Cut:
                cut += 1
        if not call.fired:
            break
        assert (Matter.objects.count(), Letter.objects.count(), Wrap.objects.count()) == (0, 0, 0)
    assert cut > 8
    assert (Matter.objects.count(), Letter.objects.count(), Wrap.objects.count()) == (1, 2, 5)
    assert office.inside


def test_an_answer_that_is_cut_leaves_nothing_and_can_be_repeated(office: Office) -> None:
    digits, once, cut = submit(actor=ANONYMOUS, city=CITY, said=telling()), uuid4(), 0
    code = Matter.objects.get().code
    talk.read(actor=office.first, city=CITY, held=office.inside, code=code)
    act = {"actor": office.first, "city": CITY, "held": office.inside, "code": code}
    for n in range(1, 200):
        with failing(n) as call:
            try:
                talk.move(**act, to="referred", words="Diteruskan ke penyidik.", once=once)  # type: ignore[arg-type]
            except Cut:
                cut += 1
        if not call.fired:
            break
        assert (Matter.objects.get().state, Letter.objects.count()) == ("read", 1)
    assert cut > 8
    assert found(digits).matter.state == "referred"
