import pytest

from milestones.statistics.opportunity import (
    Band,
    Rating,
    band,
    opportunities,
    opportunity,
)


@pytest.mark.parametrize(
    ("importance", "satisfaction", "score"),
    [(9, 3, 15), (9, 9, 9), (8.5, 4, 13), (10, 0, 20)],
)
def test_an_important_outcome_served_badly_is_an_opportunity(
    importance, satisfaction, score
):
    assert opportunity(importance, satisfaction) == score


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (20, Band.EXTREME),
        (15.1, Band.EXTREME),
        (15, Band.STRONG),
        (12, Band.STRONG),
        (11.9, Band.WORTH_A_LOOK),
        (10, Band.WORTH_A_LOOK),
        (9.9, Band.SERVED),
        (0, Band.SERVED),
    ],
)
def test_bands(score, expected):
    assert band(score) == expected


def test_shares_of_four_and_five_count_and_means_do_not():
    # a mean of 3 either way, but half of the first are sure that it matters
    split = [Rating(n, "split", 5 if n % 2 else 1, 1) for n in range(10)]
    tepid = [Rating(n, "tepid", 3, 1) for n in range(10)]

    first, second = opportunities([*tepid, *split])

    assert (first.need, first.rank, first.importance, first.score) == (
        *("split", 1, 5.0),
        10.0,
    )
    assert (second.need, second.rank, second.score) == ("tepid", 2, 0.0)
    assert first.band == Band.WORTH_A_LOOK


def test_equal_scores_share_a_rank():
    ratings = [
        Rating(person, need, 5, satisfaction)
        for person in range(30)
        for need, satisfaction in (("a", 1), ("b", 1), ("c", 5))
    ]

    found = opportunities(ratings)

    assert [(one.need, one.rank) for one in found] == [("a", 1), ("b", 1), ("c", 3)]
    assert all(one.is_enough for one in found)
    assert not any(one.is_enough for one in opportunities(ratings[:87]))
