"""What counts as yield and as cost, and what is not known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forecasts.learning_curve import (
    FOUNDER,
    Basis,
    CostFigures,
    Limits,
    tenure_months,
)
from forecasts.learning_curve.measuring import measure
from forecasts.learning_curve.phases import unmet
from tests.forecasts.selling.curves import costs_of, quarter, rep


def measured(reps, **changes):
    return measure(quarter(0, reps, **changes), Limits())


def test_founders_are_shown_apart():
    found = measured([rep("1", 400), rep("2", 9000, kind=FOUNDER)])

    assert found.sales_yield == 400
    assert found.founder_net == 2250
    assert found.effective_fte == 1


def test_ramping_reps_cost_but_do_not_count():
    ramping = rep("2", 9000, tenure_months=2)
    found = measured([rep("1", 400), ramping])

    assert (found.effective_fte, found.ramping_fte) == (1, 1)
    assert found.sales_yield == 400
    # half of what is shared is the ramping one's
    assert found.loaded_cost == 500
    assert found.cost == 125


def test_a_rep_who_sells_half_of_the_time_has_the_yield_of_a_whole_one():
    found = measured([rep("1", 200, fte=Decimal("0.5"))])

    assert found.sales_yield == 400
    assert found.loaded_cost == 500


def test_own_lines_are_the_reps_own_and_shared_ones_are_split_by_fte():
    reps = [rep("1"), rep("2", fte=Decimal("0.5")), rep("3", tenure_months=0)]
    lines = (
        CostFigures("1", "base", 100),
        CostFigures("2", "base", 40),
        CostFigures("3", "base", 30),
        CostFigures(None, "sales_engineering", 50),
    )
    found = measured(reps, costs=lines)

    assert found.cost == 100 + 40 + 50 * Decimal("1.5") / Decimal("2.5")
    assert found.spent == 220
    assert [one.cost for one in found.reps] == [120, 50, 50]


def test_refunds_come_off_the_revenue():
    assert measured([rep("1", 400, refunds=25)]).sales_yield == 300


def test_more_refunds_than_revenue_are_a_yield_below_zero():
    assert measured([rep("1", 400, refunds=200)]).sales_yield == -400


def test_under_the_switch_what_is_left_of_the_revenue_is_compared():
    """A grocer with 27 % margin: 600 of yield are 162 of contribution."""
    one = rep("1", 600, margin=Decimal("40.5"))
    found = measured([one])

    assert found.basis is Basis.CONTRIBUTION
    assert found.contribution_yield == 162
    assert found.ratio == Decimal(162) / 500
    assert found.reps[0].ratio == found.ratio
    assert any("gross margin under 60 %" in word for word in found.warnings)


def test_at_the_switch_the_revenue_is_compared():
    found = measured([rep("1", 600, margin=Decimal(90))])

    assert found.gross_margin == Decimal("0.6")
    assert found.basis is Basis.REVENUE
    assert found.contribution_yield == 360
    assert found.ratio == Decimal("1.2")


def test_an_unknown_margin_is_not_a_margin_of_nothing_or_of_everything():
    reps = [rep("1", 900), rep("2", 900, margin=None)]
    found = measured(reps)

    assert found.gross_margin is None
    assert found.contribution_yield is None
    assert found.basis is Basis.AT_MOST
    assert found.ratio == Decimal("1.8")
    assert unmet(found, Limits()) == ("the gross margin is not known",)


def test_without_revenue_a_quarter_has_earned_nothing_whatever_the_margin():
    found = measured([rep("1", 0, margin=None)])

    assert found.contribution == 0
    assert found.ratio == 0


def test_a_rep_whose_figures_nobody_entered_makes_the_yield_unknown():
    found = measured([rep("1", 900), rep("2", None)])

    assert found.sales_yield is None
    assert found.ratio is None
    assert found.loaded_cost == 500
    assert found.lacks == ("no figures of Rep 2",)


def test_no_cost_is_not_a_cost_of_nothing():
    found = measured([rep("1", 900)], costs=())

    assert found.sales_yield == 900
    assert (found.loaded_cost, found.spent, found.ratio) == (None, None, None)
    assert found.lacks == ("no costs",)


def test_a_rep_without_a_cost_beside_others_who_have_one_was_forgotten():
    lines = (CostFigures("1", "base", 65), CostFigures(None, "marketing", 10))
    found = measured([rep("1"), rep("2")], costs=lines)

    assert found.loaded_cost is None
    assert found.lacks == ("no cost of Rep 2",)


def test_a_cost_of_nothing_gives_no_ratio():
    found = measured([rep("1")], costs=(CostFigures(None, "base", 0),))

    assert found.loaded_cost == 0
    assert found.ratio is None


def test_a_cost_without_sales_engineering_is_doubtful():
    warned = measured([rep("1")], costs=(CostFigures(None, "base", 65),))

    assert any("no sales engineering" in word for word in warned.warnings)
    assert measured([rep("1")]).warnings == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"largest_deal": 126}, "one deal is 50.4 % of the revenue, over 40 %"),
        ({"unpriced": 1}, "the largest deal is not known"),
        ({"largest_deal": None}, "the largest deal is not known"),
    ],
)
def test_one_deal_must_not_carry_the_quarter(changes, words):
    whale = replace(rep("1"), **changes)
    other = rep("2", largest_deal=None if "largest_deal" in changes else 10)

    assert unmet(measured([whale, other]), Limits()) == (words,)


def test_at_forty_percent_a_deal_carries_nothing():
    reps = [rep("1", largest_deal=100), rep("2")]

    assert unmet(measured(reps), Limits()) == ()


def test_a_deal_that_names_nobody_may_be_anybodys():
    found = measured([rep("1"), rep("2")], loose_deals=1, loose_largest=200)

    assert found.largest_share == Decimal("0.8")
    assert found.deals == 9


def test_a_founders_deal_carries_no_rep():
    founder = rep("3", 4000, kind=FOUNDER)
    found = measured([rep("1"), rep("2"), founder])

    assert found.largest_share == Decimal("0.125")
    assert (found.deals, found.founder_deals) == (8, 4)


def test_half_of_the_reps_have_to_break_even_each():
    found = measured([rep("1", 1600), rep("2", 100), rep("3", 100)])

    assert found.ratio > 1
    assert unmet(found, Limits()) == ("1 of 3 reps break even, not half",)
    assert unmet(measured([rep("1", 1600), rep("2", 100)]), Limits()) == ()


def test_one_effective_rep_is_too_few():
    assert unmet(measured([rep("1", 900)]), Limits()) == (
        "1 effective FTE, of 2 at least",
    )


def test_a_kind_is_as_it_was_then():
    """Who sold as a founder then does not count, whatever they are now."""
    assert measured([rep("1", kind=FOUNDER)]).sales_yield is None


@pytest.mark.parametrize(
    ("started", "day", "months"),
    [
        (date(2024, 1, 1), date(2024, 4, 1), 3),
        (date(2024, 1, 2), date(2024, 4, 1), 2),
        (date(2023, 12, 31), date(2024, 4, 1), 3),
        (date(2024, 5, 1), date(2024, 4, 1), 0),
    ],
)
def test_tenure_counts_whole_months(started, day, months):
    assert tenure_months(started, day) == months


def test_costs_of_the_worked_example():
    assert sum(line.amount for line in costs_of([rep("1")])) == 125
