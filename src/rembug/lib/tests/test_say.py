"""Times and numbers as people say them, in each language."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from rembug.lib import say

NOW = datetime(2026, 11, 22, 4, 45, tzinfo=UTC)  # 11.45 in Pekalongan


@pytest.fixture(autouse=True)
def _at_noon() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("tongue", "minutes", "said"),
    [
        ("id", 35, "tadi 11.10, 35 menit lalu"),
        ("en", 35, "today 11:10, 35 minutes ago"),
        ("jv", 35, "mau 11.10, 35 menit kepungkur"),
        ("id", 15 * 60, "kemarin 20.45, 15 jam lalu"),
        ("id", 3 * 1440, "19 November 2026, 11.45 WIB, 3 hari lalu"),
        ("id", 0, "tadi 11.45, baru saja"),
    ],
)
def test_a_time_is_said_as_people_say_it(tongue: str, minutes: int, said: str) -> None:
    then = NOW - timedelta(minutes=minutes)
    with translation.override(tongue):
        assert f"{say.moment(then)}, {say.ago(then)}" == said


@pytest.mark.parametrize(("tongue", "said"), [("id", "12.345,7"), ("en", "12,345.7")])
def test_numbers_have_the_readers_separators(tongue: str, said: str) -> None:
    with translation.override(tongue):
        assert say.number(12345.68, 1) == said


def test_a_language_that_cldr_does_not_know_is_said_in_indonesian() -> None:
    with translation.override("xx-unknown"):
        assert say.percent(0.856) == "86%"
