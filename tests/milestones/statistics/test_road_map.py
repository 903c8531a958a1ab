"""Do deals take the same way, time and price every time?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.statistics.road_map import (
    ClosedDeal,
    Share,
    by_others,
    champions,
    cycle_of,
    differ_every_time,
    discounts,
    lateness,
    near_list,
    path_of,
    spread_of,
    win_rate,
)

DEMO, TRIAL, LAWYER = "demo", "trial", "lawyer"


def won(*steps, **fields):
    return ClosedDeal(**{"is_won": True, "days": 30, "steps": steps} | fields)


def lost(*steps, **fields):
    return won(*steps, **{"is_won": False} | fields)


def test_the_way_of_most_is_that_of_deals_won():
    deals = [won(DEMO, TRIAL)] * 4 + [won(DEMO), lost(DEMO)] + [lost(LAWYER)] * 5

    path = path_of(deals)

    assert path.steps == (DEMO, TRIAL)
    assert path.share == Share(5, 11)


@pytest.mark.parametrize(
    ("deal", "follows"),
    [
        (won(DEMO, TRIAL), True),
        (won(TRIAL, DEMO), False),
        (won(DEMO), False),
        (won(DEMO, TRIAL, LAWYER), False),
        (lost(DEMO), True),
        (lost(DEMO, TRIAL), True),
        (lost(TRIAL), False),
        (lost(DEMO, LAWYER), False),
        (lost(), False),
        (won(), False),
    ],
)
def test_what_was_lost_follows_as_far_as_it_went(deal, follows):
    path = path_of([won(DEMO, TRIAL), won(DEMO, TRIAL), deal])

    assert path.share.hits == 2 + follows
    assert path.without == (not deal.steps)


def test_of_equally_common_ways_the_longer_counts_whatever_the_order():
    deals = [won(DEMO), won(DEMO, TRIAL)]

    assert path_of(deals).steps == path_of(deals[::-1]).steps == (DEMO, TRIAL)


def test_without_a_win_there_is_no_way():
    assert path_of([lost(DEMO), won()]) is None


@pytest.mark.parametrize(
    ("days", "low", "middle", "high", "ratio"),
    [
        ((20, 30, 30, 40, 50, 60), 30, 35, 47.5, 0.5),
        ((30, 30, 30), 30, 30, 30, 0),
        ((0, 0, 0, 0, 9), 0, 0, 0, None),
        ((40,), 40, 40, 40, None),
    ],
)
def test_spread(days, low, middle, high, ratio):
    found = spread_of(days)

    assert (found.low, found.middle, found.high) == (low, middle, high)
    assert found.ratio == ratio


def test_a_cycle_is_that_of_deals_won():
    assert cycle_of([won(days=10), lost(days=900), won(days=20)]).middle == 15
    assert cycle_of([lost()]) is None


def test_prices_are_those_of_deals_won_with_both_known():
    deals = [
        won(list_price=100, paid=80),
        won(list_price=100, paid=79),
        won(list_price=100, paid=120),
        won(list_price=0, paid=5),
        won(list_price=100),
        won(paid=50),
        lost(list_price=100, paid=100),
    ]

    found = discounts(deals)

    assert found == [Decimal(80), Decimal(79), Decimal(120)]
    assert near_list(found) == Share(2, 3)


def test_who_sold_and_when():
    deals = [
        won(by_founder=True, late_by=0),
        won(by_founder=False, late_by=10),
        won(late_by=-4),
        lost(by_founder=False, late_by=30),
        lost(),
    ]

    assert by_others(deals) == Share(1, 2)
    assert win_rate(deals) == Share(3, 5)
    assert lateness(deals).middle == 5
    assert lateness(deals).count == 4


def test_champions():
    deals = [won(champion="user"), won(champion="user"), won(champion="saboteur")]

    assert champions(deals) == Share(2, 3, "user")
    assert champions([lost(champion="user"), won()]) == Share(0, 0)


@pytest.mark.parametrize(
    ("roles", "differ"),
    [("ab", False), ("abc", True), ("aba", False), ("", False)],
)
def test_another_champion_every_time_is_told_from_three_on(roles, differ):
    assert differ_every_time([won(champion=role) for role in roles]) == differ


@given(
    st.lists(
        st.builds(
            ClosedDeal,
            is_won=st.booleans(),
            days=st.integers(0, 900),
            steps=st.lists(st.sampled_from([DEMO, TRIAL, LAWYER]), unique=True).map(
                tuple
            ),
        ),
        max_size=12,
    )
)
def test_the_order_of_deals_does_not_matter(deals):
    path, back = path_of(deals), path_of(deals[::-1])

    assert path == back
    if path is not None:
        assert 1 <= path.share.hits <= path.share.asked - path.without
    assert cycle_of(deals) == cycle_of(deals[::-1])
