from datetime import UTC, datetime, timedelta

import pytest

from milestones.rounds import (
    Entry,
    Round,
    hidden_keys,
    latest_number,
    open_round,
    round_for_claim,
)

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
FOUNDERS = {"ana", "ben"}


def entry(key, author, *, days=0.0, number=1):
    return Entry(key, author, START + timedelta(days=days), number)


ANA = entry("a1", "ana")
BEN = entry("b1", "ben", days=1)


@pytest.mark.parametrize(
    ("entries", "scorers", "after_days", "expected"),
    [
        ([], FOUNDERS, 0, None),
        ([ANA], FOUNDERS, 0, Round(1, START, frozenset({"ana"}), frozenset({"a1"}))),
        # the seventh day ends it, to the instant
        (
            [ANA],
            FOUNDERS,
            6.999,
            Round(1, START, frozenset({"ana"}), frozenset({"a1"})),
        ),
        ([ANA], FOUNDERS, 7, None),
        # everybody has given theirs
        ([ANA, BEN], FOUNDERS, 1, None),
        ([ANA], {"ana"}, 0, None),
        # one who has left is not waited for
        ([ANA, BEN], {"ana"}, 1, None),
        # a second claim by the same person completes nothing
        (
            [ANA, entry("a2", "ana", days=1)],
            FOUNDERS,
            1,
            Round(1, START, frozenset({"ana"}), frozenset({"a1", "a2"})),
        ),
        # only the latest round is open
        (
            [ANA, BEN, entry("b2", "ben", days=3, number=2)],
            FOUNDERS,
            3,
            Round(2, START + timedelta(days=3), frozenset({"ben"}), frozenset({"b2"})),
        ),
    ],
)
def test_open_round(entries, scorers, after_days, expected):
    found = open_round(entries, scorers, START + timedelta(days=after_days))

    assert found == expected


@pytest.mark.parametrize(
    ("entries", "viewer", "after_days", "hidden"),
    [
        ([ANA], "ben", 0, {"a1"}),  # owes: sees nothing of it
        ([ANA], "ana", 0, set()),  # has given
        ([ANA], "advisor", 0, set()),  # does not score, so owes nothing
        ([ANA], "ben", 7, set()),  # over
        ([ANA, BEN], "ben", 1, set()),
        ([], "ben", 0, set()),
        # what was said in earlier rounds stays visible
        ([ANA, BEN, entry("b2", "ben", days=3, number=2)], "ana", 3, {"b2"}),
    ],
)
def test_hidden_keys(entries, viewer, after_days, hidden):
    now = START + timedelta(days=after_days)

    assert hidden_keys(entries, viewer, FOUNDERS, now) == frozenset(hidden)


@pytest.mark.parametrize(
    ("entries", "after_days", "number"),
    [
        ([], 0, 1),
        ([ANA], 1, 1),
        ([ANA, BEN], 1, 2),
        ([ANA], 7, 2),
    ],
)
def test_round_for_claim(entries, after_days, number):
    now = START + timedelta(days=after_days)

    assert round_for_claim(entries, FOUNDERS, now) == number


def test_latest_number_is_none_before_the_first():
    assert latest_number([]) == 0
    assert latest_number([ANA, entry("c", "ben", number=4)]) == 4
