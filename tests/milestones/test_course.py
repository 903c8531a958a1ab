"""The tables behind checkpoints, exits and versions of the model."""

from datetime import date

import pytest

from discovery.models import ModelVersion
from milestones.course import (
    AFFECTS,
    ALL,
    ASKED,
    BEFORE_VERSION_2,
    LEARNING,
    PRODUCT,
    REVIEW_OF,
    Condition,
    Counted,
    affected,
    conditions_of,
    exit_of_discovery,
    exit_of_validation,
    not_learned,
    slippage,
)
from milestones.models import Checkpoint

ENOUGH = {number: Counted(5) for number in ALL}


def counting(**values):
    """`q4=2`: question 4 counts 2; all others count 5."""
    return ENOUGH | {int(name[1:]): Counted(value) for name, value in values.items()}


def test_every_kind_has_a_track_and_every_review_asks_something():
    assert [*PRODUCT, *LEARNING] == Checkpoint.Kind.values
    assert set(ASKED) == set(LEARNING)
    assert [REVIEW_OF[kind] for kind in PRODUCT] == list(LEARNING[:-1])


@pytest.mark.parametrize(
    ("review", "asked"),
    [
        ("hypotheses_stated", dict.fromkeys(ALL, 1)),
        ("problem_verified", {1: 3, 4: 3, 5: 3}),
        ("solution_verified", {2: 3, 3: 3, 6: 3}),
        (
            "model_verified",
            {1: 4, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3, 9: 3, 11: 3},
        ),
        ("road_map", {8: 3}),
        ("repeatable", dict.fromkeys(ALL, 4)),
    ],
)
def test_what_a_review_asks(review, asked):
    just = {number: Counted(needed) for number, needed in asked.items()}
    short = {number: Counted(needed - 1) for number, needed in asked.items()}

    assert ASKED[review] == asked
    assert all(one.is_met for one in conditions_of(review, just, 0))
    met = [one.number for one in conditions_of(review, short, 0) if one.is_met]
    assert met == ([None] if review == "repeatable" else [])


def test_an_unknown_review_is_a_mistake():
    with pytest.raises(KeyError):
        conditions_of("beta", ENOUGH, 0)


@pytest.mark.parametrize(
    ("counted", "open_numbers"),
    [
        (ENOUGH, []),
        (counting(q1=4, q2=3, q3=3, q4=3, q5=3, q6=3, q11=3), []),
        (counting(q1=3), [1]),
        (counting(q2=2, q11=0), [2, 11]),
        (counting(q7=0, q8=0, q9=0, q10=0), []),
        ({}, [1, 2, 3, 4, 5, 6, 11]),
    ],
)
def test_exit_of_discovery(counted, open_numbers):
    found = exit_of_discovery(counted)

    assert [one.number for one in found if not one.is_met] == open_numbers


@pytest.mark.parametrize(
    ("counted", "stops", "open_numbers"),
    [
        (ENOUGH, 0, []),
        (ENOUGH, 2, [None]),
        (counting(q8=3), 0, [8]),
        (counting(q8=3, q1=4), 1, [8, None]),
    ],
)
def test_exit_of_validation(counted, stops, open_numbers):
    found = exit_of_validation(counted, stops)

    assert len(found) == 12
    assert [one.number for one in found if not one.is_met] == open_numbers


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        (Counted(4), "Question 1 counts 4; asked is 4."),
        (Counted(2), "Question 1 counts 2; asked is 4."),
        (
            Counted(3, is_stale=True),
            "Question 1 counts 3, one lower because its score is old; asked is 4.",
        ),
        (
            Counted(0, is_hidden=True),
            "Question 1 is asked to count 4. Score it to see more.",
        ),
    ],
)
def test_a_condition_says_what_counts(counted, sentence):
    assert exit_of_discovery(ENOUGH | {1: counted})[0].sentence == sentence


@pytest.mark.parametrize(
    ("stops", "sentence"),
    [
        (0, "No stop is open."),
        (1, "One stop is open; none may be."),
        (3, "3 stops are open; none may be."),
    ],
)
def test_open_stops_in_words(stops, sentence):
    last = exit_of_validation(ENOUGH, stops)[-1]

    assert last == Condition(None, stops == 0, sentence)
    assert last.wording == ""


def test_a_condition_knows_its_question():
    first = exit_of_discovery(ENOUGH)[0]

    assert first.wording == "How well do we understand what problems customers have?"


def test_before_version_2_the_highest_of_all_reviews_is_asked():
    asked = {1: 4, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 1, 11: 3}

    assert asked == BEFORE_VERSION_2
    assert not_learned(ENOUGH) == ()
    assert [one.number for one in not_learned(counting(q8=2, q10=0))] == [8, 10]


@pytest.mark.parametrize(
    ("moves", "count", "days", "sentence"),
    [
        ([], 0, 0, ""),
        ([(1, 2)], 1, 1, "Moved once: 1 day later in all."),
        ([(10, 5)], 1, -5, "Moved once: 5 days sooner in all."),
        ([(1, 8), (8, 22)], 2, 21, "Moved twice: 21 days later in all."),
        ([(1, 8), (8, 1)], 2, 0, "Moved twice, and back to where it was."),
        ([(1, 2), (2, 3), (3, 4)], 3, 3, "Moved 3 times: 3 days later in all."),
    ],
)
def test_slippage(moves, count, days, sentence):
    found = slippage((date(2026, 3, a), date(2026, 3, b)) for a, b in moves)

    assert (found.count, found.days, found.sentence) == (count, days, sentence)


@pytest.mark.parametrize(
    ("changes", "numbers"),
    [
        (["segment"], list(ALL)),
        (["problem"], list(ALL)),
        (["solution"], [3, 6, 7, 8, 9, 10, 11]),
        (["price"], [2, 6, 8, 9, 10, 11]),
        (["channel"], [8, 9, 10, 11]),
        (["channel", "price"], [2, 6, 8, 9, 10, 11]),
        ([], []),
    ],
)
def test_what_a_change_asks_again(changes, numbers):
    assert list(affected(changes)) == numbers


def test_the_change_named_first_says_why():
    assert affected(["price", "channel"])[8].startswith("Who must sign")
    assert affected(["channel", "price"])[8] == "The steps of a sale are others."


def test_every_change_there_is_has_its_reasons():
    assert list(AFFECTS) == ModelVersion.Change.values
    assert all(
        why.endswith(".") for table in AFFECTS.values() for why in table.values()
    )
