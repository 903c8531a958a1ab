import pytest

from milestones.statistics.opportunity import Rating
from milestones.statistics.stability import kendall, rank_stability


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((1, 2, 3, 4), (1, 2, 3, 4), 1),
        ((1, 2, 3, 4), (4, 3, 2, 1), -1),
        ((1, 2, 3, 4), (1, 2, 4, 3), 0.667),
        ((1, 2, 3, 4), (2, 1, 4, 3), 0.333),
        # b: three of six pairs are tied in two
        ((1, 2, 3, 4), (1, 1, 1, 2), 0.707),
    ],
)
def test_kendalls_tau(one, two, expected):
    assert round(kendall(one, two), 3) == expected


@pytest.mark.parametrize(("one", "two"), [((), ()), ((1,), (1,)), ((1, 2), (3, 3))])
def test_without_an_order_there_is_nothing_to_compare(one, two):
    assert kendall(one, two) is None


def ratings(person, *important):
    return [Rating(person, need, 5 if need in important else 1, 1) for need in "abc"]


def test_the_halves_are_compared_in_the_order_people_answered():
    alike = [*ratings(1, "a"), *ratings(2, "a"), *ratings(3, "a"), *ratings(4, "a")]
    opposed = [*ratings(1, "a"), *ratings(2, "a"), *ratings(3, "c"), *ratings(4, "c")]

    assert rank_stability(alike) == 1
    assert rank_stability(opposed) == pytest.approx(-0.5)


def test_the_one_in_the_middle_belongs_to_the_second_half():
    assert rank_stability([*ratings(1, "a"), *ratings(2), *ratings(3, "a")]) == 1


def test_a_need_that_one_half_never_rated_is_left_out():
    given = [*ratings(1, "a"), *ratings(2, "a")]

    assert rank_stability([*given, Rating(2, "new", 5, 1)]) == 1
    assert rank_stability(ratings(1, "a")) is None
