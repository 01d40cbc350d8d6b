"""The order of questions, words of need, and the picture that turns a tap into a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembug.reports.rules.emergency import emergency_words_in
from rembug.reports.rules.flow import DRY, FLOOD, OTHER, after, before, steps_for
from rembug.reports.rules.frame import SIDE_PX, Frame, frame_around

WORDS = ("tenggelam", "luka parah", "hanyut", "tulung")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anak TENGGELAM di kali", ("tenggelam",)),
        ("tenggelamnya mobil", ("tenggelam",)),
        ("ada yang luka   parah, tulungi", ("luka parah", "tulung")),
        ("Kebun Tulungagung aman", ()),
        ("menenggelamkan", ()),
        ("", ()),
    ],
)
def test_words_of_need_are_found_whatever_their_ending(text: str, found: tuple[str, ...]) -> None:
    assert emergency_words_in(text, WORDS) == found


def test_no_way_has_more_than_five_questions() -> None:
    assert max(len(steps) for steps in (FLOOD, DRY, OTHER)) == 5
    assert steps_for(is_flood=True, is_dry=False) == FLOOD
    assert steps_for(is_flood=True, is_dry=True) == DRY
    assert steps_for(is_flood=False, is_dry=False) == OTHER


def test_forward_and_back_meet_and_stop_at_the_ends() -> None:
    for steps in (FLOOD, DRY, OTHER):
        for step in steps[:-1]:
            assert before(after(step, steps), steps) == step
        assert after("review", steps) == "review"
        assert before("what", steps) == "what"


def test_a_question_that_is_not_asked_leads_back_into_the_way() -> None:
    assert after("since", DRY) == "depth"
    assert before("since", DRY) == "what"


@given(
    st.floats(95, 141),
    st.floats(-11, 6),
    st.floats(100, 20_000),
    st.floats(0, SIDE_PX),
    st.floats(0, SIDE_PX),
)
def test_a_pixel_leads_to_a_place_and_back(lon: float, lat: float, half_m: float, x: float, y: float) -> None:
    frame = Frame(lon, lat, half_m)
    across, down = frame.pixel(*frame.place(x, y))
    assert abs(across - x) <= 0.06
    assert abs(down - y) <= 0.06


def test_a_frame_holds_its_box_with_room_to_spare() -> None:
    frame = frame_around(109.66, -6.90, 109.70, -6.87)
    for lon, lat in [(109.66, -6.90), (109.70, -6.87)]:
        assert all(0 < value < SIDE_PX for value in frame.pixel(lon, lat))
