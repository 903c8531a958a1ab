"""What was asked about a score: when it caps, and what of it a reader may know."""

from datetime import date, timedelta

import pytest

from milestones.challenging import caps_from, is_spread, known_end
from tests.factories import NOW as AT

HOUR = timedelta(hours=1)


def test_caps_from_the_fourteenth_day():
    assert caps_from(date(2026, 11, 2)) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [([], False), ([4], False), ([4, 3], False), ([4, 2], True), ([0, 1, 5], True)],
)
def test_two_apart_is_a_spread(claims, expected):
    assert is_spread(claims) is expected


@pytest.mark.parametrize(
    ("closed_at", "owed_since", "known"),
    [
        (None, None, None),
        (None, AT, None),
        (AT, None, AT),
        (AT, AT, None),
        (AT, AT - HOUR, None),
        (AT, AT + HOUR, AT),
    ],
)
def test_who_owes_a_score_knows_no_later_end(closed_at, owed_since, known):
    assert known_end(closed_at, owed_since) == known
