from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.labels import Anchor, Box, Place, first_free, spread

SHEET = Box(0, 0, 100, 100)


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([], []),
        ([50], [50]),
        ([20, 60], [20, 60]),
        ([50, 50, 50], [50, 60, 70]),
        ([60, 50], [60, 50]),
        ([55, 50], [60, 50]),
        ([98, 95], [100, 90]),
        ([-5, 3], [0, 10]),
    ],
)
def test_heights_are_parted_in_their_order(heights, placed):
    assert spread(heights, gap=10, low=0, high=100) == placed


@given(st.lists(st.floats(0, 100), max_size=8))
def test_labels_that_fit_never_overlap_and_never_leave(heights):
    placed = sorted(spread(heights, gap=10, low=0, high=100))

    assert all(0 <= height <= 100 for height in placed)
    assert all(two - one >= 9.999 for one, two in pairwise(placed))


def test_too_many_for_the_range_stay_in_the_picture():
    assert spread([50] * 20, gap=10, low=0, high=100)[-1] == 100
    assert min(spread([50] * 20, gap=10, low=0, high=100)) == 0


@pytest.mark.parametrize(
    ("anchor", "left"), [(Anchor.START, 50), (Anchor.MIDDLE, 40), (Anchor.END, 30)]
)
def test_box_of_a_text_hangs_on_its_anchor(anchor, left):
    box = Place(50, 60, anchor).box("abcd", 5)

    assert (box.left, box.right) == (left, left + 20)


def place_for(places, *, taken=(), avoid=()):
    return first_free("ab", places, letter=5, sheet=SHEET, taken=taken, avoid=avoid)


def test_first_place_is_taken_when_nothing_is_in_the_way():
    places = [Place(10, 50, Anchor.START), Place(10, 80, Anchor.START)]

    assert place_for(places) == places[0]


def test_words_are_never_covered_and_lines_rarely():
    places = [Place(10, y, Anchor.START) for y in (20, 50, 80)]
    words = [Box(0, 10, 30, 20)]
    lines = [Box(0, 45, 30, 50)]

    assert place_for(places, taken=words, avoid=lines) == places[2]


def test_the_place_that_crosses_fewest_lines_wins():
    places = [Place(10, y, Anchor.START) for y in (20, 50)]
    lines = [Box(0, 10, 30, 20), Box(0, 11, 30, 20), Box(0, 45, 30, 50)]

    assert place_for(places, avoid=lines) == places[1]


def test_no_place_on_the_sheet_is_no_place():
    assert place_for([Place(95, 50, Anchor.START), Place(5, 2, Anchor.START)]) is None
