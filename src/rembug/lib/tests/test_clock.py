"""A clock that can be led, in its own thread only, and never back."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from rembug.lib import clock

OLD = datetime(2020, 1, 1, tzinfo=UTC)


def test_a_led_clock_shows_what_its_hand_points_at_and_the_truth_afterwards() -> None:
    with clock.led(OLD) as hand:
        assert clock.now() == OLD
        hand.to(OLD + timedelta(hours=1))
        assert clock.now() == OLD + timedelta(hours=1)
    assert clock.now() > OLD + timedelta(days=365)


def test_time_does_not_run_back() -> None:
    with clock.led(OLD) as hand, pytest.raises(ValueError, match="does not run back"):
        hand.to(OLD - timedelta(seconds=1))


def test_an_instant_without_a_zone_is_no_instant() -> None:
    with clock.led(OLD) as hand, pytest.raises(ValueError, match="time zone"):
        hand.to(datetime(2020, 1, 2))  # noqa: DTZ001 - the fault that is tried


def test_other_threads_keep_the_true_time() -> None:
    seen: list[datetime] = []
    with clock.led(OLD):
        other = Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] > OLD + timedelta(days=365)
