import pytest

from milestones.statistics.wilson import Interval, wilson


@pytest.mark.parametrize(
    ("hits", "asked", "low", "high"),
    [
        (0, 0, 0.0, 1.0),  # nobody asked: we know nothing
        (0, 10, 0.0, 0.278),  # nobody agreed is not "nobody would"
        (3, 5, 0.231, 0.882),
        (4, 5, 0.376, 0.964),
        (8, 12, 0.391, 0.862),
        (12, 20, 0.387, 0.781),
        (18, 30, 0.423, 0.754),
        (40, 100, 0.309, 0.498),
    ],
)
def test_wilson_gives_the_95_percent_interval(hits, asked, low, high):
    found = wilson(hits, asked)

    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


@pytest.mark.parametrize(
    ("asked", "fewest"),
    [(5, 5), (8, 7), (10, 9), (12, 10), (15, 12), (20, 15), (30, 21)],
)
def test_wilson_lower_bound_reaches_one_half(asked, fewest):
    assert wilson(fewest, asked).low >= 0.5
    assert wilson(fewest - 1, asked).low < 0.5


def test_wilson_stays_between_nothing_and_all():
    assert wilson(10, 10).high == 1.0
    assert wilson(0, 0) == Interval(0.0, 1.0)


@pytest.mark.parametrize(("hits", "asked"), [(2, 1), (-1, 3), (0, -1)])
def test_wilson_refuses_what_is_no_share(hits, asked):
    with pytest.raises(ValueError, match="is no share"):
        wilson(hits, asked)
