"""Loaded cost 500; yields 120, 260, 410, 540, 610, 820, 1,050, 1,120."""

from datetime import date
from decimal import Decimal
from math import log

import pytest

from forecasts.learning_curve import Basis, Phase, Standing
from tests.forecasts.selling.curves import (
    TODAY,
    WORKED,
    judged,
    of_worked,
    of_yields,
    phases_of,
)


def test_yields_are_of_a_year_and_a_full_time_rep():
    quarters = of_worked().quarters[:8]

    assert [one.measured.sales_yield for one in quarters] == list(WORKED)
    assert [one.measured.loaded_cost for one in quarters] == [500] * 8
    assert quarters[2].measured.ratio == Decimal("0.82")
    assert quarters[2].measured.basis is Basis.REVENUE


def test_break_even_is_declared_with_the_second_quarter_in_a_row():
    course = of_worked()

    assert course.break_even.since == 5
    assert phases_of(course)[:5] == ["initiation"] * 4 + ["transition"]


def test_traction_is_declared_with_the_second_quarter_in_a_row():
    course = of_worked()

    assert course.traction.since == 8
    assert phases_of(course)[5:8] == ["transition", "transition", "execution"]
    assert course.phase is Phase.EXECUTION


def test_the_line_is_the_mean_of_two_quarters_and_would_come_later():
    trailing = [one.trailing_yield for one in of_worked().quarters[:8]]

    assert trailing == [120, 190, 335, 475, 575, 715, 935, 1085]
    at_cost = [n for n, value in enumerate(trailing, 1) if value >= 500]
    assert at_cost[1] == 6


def test_without_question_8_the_numbers_alone_do_not_allow_to_scale():
    course = of_worked(question_8=3)

    assert course.phase is Phase.TRANSITION
    assert course.traction.since == 8
    assert "question 8 counts 3, of 4 at least" in course.reasons[-1]
    assert of_worked(question_8=None).phase is Phase.TRANSITION


def test_cash_to_break_even_adds_up_initiation():
    """Two reps: (500 − 120) + (500 − 260) + (500 − 410) + (500 − 540), a quarter each."""
    course = of_worked()

    assert course.cash_to_breakeven == 2 * Decimal(380 + 240 + 90 - 40) / 4
    assert course.cash_lacks == ()


def test_costs_add_up_quarter_by_quarter():
    assert [one.spent for one in of_worked().quarters[:3]] == [250, 500, 750]


def test_learning_rate_is_the_slope_of_the_logarithm():
    doubling = judged(of_yields([50, 100, 200, 400]), today=date(2025, 1, 1))

    assert doubling.learning_rate == pytest.approx(log(2))
    assert doubling.learning_points == 4


def test_three_points_are_no_rate():
    course = judged(of_yields([50, 100, 200]), today=date(2024, 10, 1))

    assert course.learning_rate is None
    assert course.learning_points == 3


def test_a_yield_of_nothing_has_no_logarithm():
    course = judged(of_yields([0, 50, 100, 200, 400]), today=date(2025, 4, 1))

    assert course.learning_points == 4
    assert course.learning_rate == pytest.approx(log(2))


def test_the_quarter_under_way_is_not_judged():
    course = judged(of_yields([600, 600]), today=date(2024, 6, 30))

    assert course.quarters[-1].standing is Standing.UNFINISHED
    assert course.phase is Phase.INITIATION
    assert course.quarters[-1].trailing_yield is None
    assert judged(of_yields([600, 600]), today=date(2024, 7, 1)).break_even.since == 2


def test_quarters_since_ready_for_sale_are_counted_from_the_one_it_got_ready_in():
    course = judged(of_yields([100] * 4), ready_on=date(2024, 8, 15))

    assert [one.since for one in course.quarters[:4]] == [None, None, 1, 2]
    assert phases_of(course)[:3] == ["pre", "pre", "initiation"]


def test_before_it_is_ready_nothing_counts():
    course = judged(of_yields([900] * 6), ready_on=None)

    assert set(phases_of(course)) == {"pre"}
    assert course.break_even is None
    assert course.reasons == ("Not ready for sale yet.",)


def test_ready_in_the_future_is_not_ready():
    assert judged([], ready_on=date(2030, 1, 1)).phase is Phase.PRE


def test_ready_without_figures_is_initiation_with_missing_quarters():
    course = judged([], ready_on=date(2026, 7, 2), today=TODAY)

    assert [one.standing for one in course.quarters] == [
        Standing.MISSING,
        Standing.MISSING,
        Standing.UNFINISHED,
    ]
    assert course.phase is Phase.INITIATION
    assert course.reasons == ("Not judged: no figures.",)


def test_the_same_quarter_twice_is_a_mistake():
    with pytest.raises(ValueError, match="twice"):
        judged(of_yields([100]) * 2)
