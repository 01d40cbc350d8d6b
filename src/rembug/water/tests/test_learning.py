"""What people saw teaches a place where its water begins; the sea of the moment stands beside each report."""

from datetime import timedelta

import pytest

from rembug.lib import clock
from rembug.places.rules import cell
from rembug.water.actions.learn import learn_city
from rembug.water.actions.observe import Seen, observe
from rembug.water.models import Observation, PlaceOnset
from rembug.water.queries.context import Asked, contexts
from rembug.water.queries.outlook import outlook_at
from rembug.water.rules.context import physics
from rembug.water.rules.outlook import Onset
from rembug.water.tests import made

LON, LAT = 109.668, -6.860  # in Kandang Panjang


def seen(
    number: int, level_cm: float, *, wet: bool, depth_cm: float | None = None, holds: bool = True
) -> Seen:
    return Seen(
        f"R{number}", made.NOW, LON, LAT, made.LOW, wet, depth_cm, level_cm, 0.9, made.NOW, holds=holds
    )


HISTORY = [
    seen(1, 30, wet=True),
    seen(2, 25, wet=True, depth_cm=10),
    seen(3, 5, wet=False),
    seen(4, 8, wet=False),
]


@pytest.mark.django_db
def test_a_place_learns_its_onset_and_forgets_what_is_withdrawn() -> None:
    with clock.led(made.NOW):
        made.load()
        made.forecast()
        assert observe(actor=made.ACTOR, city=made.CITY, seen=HISTORY) == 4
        assert observe(actor=made.ACTOR, city=made.CITY, seen=HISTORY) == 0
        assert learn_city(actor=made.ACTOR, city=made.CITY) == 1
        assert learn_city(actor=made.ACTOR, city=made.CITY) == 0
        place = outlook_at(made.CITY, made.LOW, cell=cell(LON, LAT, 10))
        assert place is not None
        assert place.onset.origin == "learnt"
        assert 5 < place.onset.level_cm < 30
        assert place.onset.observations == 4
        gone = [seen(number, 0, wet=True, holds=False) for number in (1, 2)]
        assert observe(actor=made.ACTOR, city=made.CITY, seen=gone) == 2
        learn_city(actor=made.ACTOR, city=made.CITY)
        assert not PlaceOnset.objects.exists(), "two reports are too few for a level of its own"
        assert Observation.objects.count() == 2


@pytest.mark.django_db
def test_a_report_is_told_what_the_sea_did_and_an_illustration_judges_nobody() -> None:
    with clock.led(made.NOW) as hand:
        made.load()
        made.levels()
        made.forecast()
        hand.to(made.NOW + timedelta(minutes=30))
        asked = Asked(made.NOW + timedelta(minutes=5), LON, LAT, made.LOW, is_wet=True)
        long_ago = Asked(made.NOW - timedelta(days=3), LON, LAT, made.LOW, is_wet=True)
        found, nothing = contexts(made.CITY, [asked, long_ago])
        assert nothing is None
        assert found is not None
        assert found.level_cm == pytest.approx(40, abs=2)
        assert found.residual_cm is not None
        assert found.stage in {"high", "rising", "falling"}
        assert found.physics == 0
        observe(actor=made.ACTOR, city=made.CITY, seen=HISTORY)
        learn_city(actor=made.ACTOR, city=made.CITY)
        wet, dry = contexts(made.CITY, [asked, Asked(asked.at, LON, LAT, made.LOW, is_wet=False)])
        assert wet is not None
        assert dry is not None
        assert wet.physics > 0.5 > 0 > dry.physics


def test_physics_may_doubt_but_never_refute() -> None:
    def told(level_cm: float, *, is_wet: bool = True, is_known: bool = True) -> float:
        onset = Onset(50, 5)
        return physics(is_wet=is_wet, level_cm=level_cm, sigma_cm=5.0, onset=onset, is_known=is_known)

    assert told(-60) == -0.8
    assert told(200) == 1.2
    assert told(200, is_wet=False) == -0.8
    assert told(-60, is_wet=False) == 0.6
    assert told(50) == 0
    assert told(200, is_known=False) == 0
