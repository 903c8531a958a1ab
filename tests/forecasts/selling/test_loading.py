"""Rows of one curve as figures: what counts now, what was forgotten, whose deal it is."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from forecasts.learning_curve import Limits, Phase
from forecasts.models import LearningEntry, Rep, RepKind, SalesCurve, SellingSettings
from forecasts.selling import curve_of, limits_of
from forecasts.selling.loading import figures_of
from forecasts.selling.table import rows_of
from tests.factories import NOW, TODAY, make_workspace
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_cost,
    make_curve,
    make_deal,
    make_learning,
    make_rep,
    make_rep_quarter,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = QUARTERS[:3]


@pytest.fixture
def curve(workspace):
    return make_curve(workspace)


def figures(curve, *, with_names=True):
    found = figures_of(curve, TODAY, with_names=with_names).quarters
    return {one.start: one for one in found}


def course(curve, **asked):
    return curve_of(curve, today=TODAY, question_8=4, with_names=True, **asked).course


def keys(quarter):
    return {UUID(one.rep) for one in quarter.reps}


def sold(curve, start, *amounts):
    """Reps of the venture sell so much each, in four deals; each costs 125k."""
    reps = list(Rep.objects.in_workspace(curve.workspace).order_by("pk")) or [
        make_rep(curve.workspace) for _ in amounts
    ]
    for rep, amount in zip(reps, amounts, strict=True):
        revenue = amount * THOUSAND
        make_rep_quarter(curve, rep, start, revenue)
        make_cost(curve, start, 125 * THOUSAND, rep=rep)
        for _deal in range(4):
            won(curve, start, revenue // 4, rep=rep)
    make_cost(curve, start, 0, kind="sales_engineering")


def won(curve, start, paid, **fields):
    closed = date(start.year, start.month + 1, 15)
    known = {"outcome": "won", "opened_on": start, "closed_on": closed}
    return make_deal(curve, paid_minor=paid, **known | fields)


def test_two_quarters_at_break_even_are_transition(curve):
    for start in QUARTERS[:2]:
        sold(curve, start, 150, 150)
    found = course(curve)

    assert found.break_even.start == SECOND
    assert found.phase is Phase.TRANSITION
    assert found.quarters[1].measured.sales_yield == 600 * THOUSAND
    assert found.quarters[1].measured.loaded_cost == 500 * THOUSAND


def test_the_last_word_counts(curve):
    rep = make_rep(curve.workspace)
    first = make_rep_quarter(curve, rep, FIRST, 100 * THOUSAND)
    make_rep_quarter(
        curve, rep, FIRST, 70 * THOUSAND, supersedes=first, reason="Counted twice."
    )
    cost = make_cost(curve, FIRST, 50)
    make_cost(curve, FIRST, 60, supersedes=cost, reason="Burden left out.")

    found = figures(curve)[FIRST]
    assert [one.revenue for one in found.reps] == [70 * THOUSAND]
    assert [one.amount for one in found.costs] == [60]


def test_a_correction_to_no_time_at_all_takes_the_quarter_back(curve):
    rep, other = make_rep(curve.workspace), make_rep(curve.workspace)
    for start in (FIRST, SECOND):
        make_rep_quarter(curve, other, start)
    first = make_rep_quarter(curve, rep, FIRST)
    make_rep_quarter(
        curve,
        rep,
        FIRST,
        0,
        fte=0,
        supersedes=first,
        reason="Sold another product.",
    )
    found = figures(curve)

    assert keys(found[FIRST]) == {other.pk}
    assert keys(found[SECOND]) == {other.pk}


def test_a_cost_that_was_taken_back_is_none_and_makes_no_quarter(curve):
    """Entered for 1996, it would draw thirty years of quarters that are missing."""
    wrong = make_cost(curve, date(1996, 7, 1))
    make_cost(curve, wrong.quarter_start, 0, supersedes=wrong, reason="Wrong year.")
    nothing = make_cost(curve, SECOND, 0)

    found = figures(curve)

    assert [*found] == [SECOND]
    assert [line.amount for line in found[SECOND].costs] == [nothing.amount_minor]


def test_a_rep_of_whom_nothing_is_said_is_missing_and_not_zero(curve):
    rep, other = make_rep(curve.workspace, "Dana"), make_rep(curve.workspace)
    make_rep_quarter(curve, rep, FIRST)
    for start in (FIRST, SECOND, THIRD):
        make_rep_quarter(curve, other, start)
    found = figures(curve)

    for start in (SECOND, THIRD):
        missing = next(r for r in found[start].reps if UUID(r.rep) == rep.pk)
        assert missing.revenue is None
        assert missing.tenure_months > 3
    reasons = course(curve).quarters[1].reasons
    assert "no figures of Dana" in reasons[0]


def test_who_left_or_sells_something_else_is_not_missing(curve):
    gone = make_rep(curve.workspace, left_on=date(2025, 9, 30))
    moved, other = make_rep(curve.workspace), make_rep(curve.workspace)
    elsewhere = make_curve(curve.workspace)
    for rep in (gone, moved, other):
        make_rep_quarter(curve, rep, FIRST)
    make_rep_quarter(curve, other, SECOND)
    make_rep_quarter(elsewhere, moved, SECOND)

    assert keys(figures(curve)[SECOND]) == {other.pk}


def test_in_a_quarter_that_is_not_over_nobody_is_missing_yet(curve):
    rep, other = make_rep(curve.workspace), make_rep(curve.workspace)
    under_way = date(2026, 10, 1)
    for one in (rep, other):
        make_rep_quarter(curve, one, QUARTERS[4])
    make_rep_quarter(curve, other, under_way)

    assert len(figures(curve)[under_way].reps) == 1


def test_a_quarter_without_any_figures_is_a_gap_and_not_many_gaps(curve):
    rep = make_rep(curve.workspace)
    make_rep_quarter(curve, rep, FIRST)
    make_rep_quarter(curve, rep, THIRD)

    assert SECOND not in figures(curve)
    assert course(curve).quarters[1].reasons == ("Not judged: no figures.",)


def test_deals_are_of_the_rep_and_the_quarter_they_were_closed_in(curve):
    rep = make_rep(curve.workspace)
    for start in (FIRST, SECOND):
        make_rep_quarter(curve, rep, start)
    won(curve, FIRST, 10, rep=rep)
    won(curve, FIRST, 30, rep=rep, closed_on=date(2025, 9, 30))
    won(curve, SECOND, 90, rep=rep, closed_on=SECOND)
    make_deal(
        curve,
        rep=rep,
        outcome="lost",
        opened_on=FIRST,
        closed_on=date(2025, 8, 1),
    )
    won(curve, FIRST, 999, rep=rep, withdrawn_at=NOW)
    found = figures(curve)

    [first], [second] = found[FIRST].reps, found[SECOND].reps
    assert (first.deals, first.largest_deal) == (2, 30)
    assert (second.deals, second.largest_deal) == (1, 90)


def test_a_deal_in_another_currency_is_not_added_and_not_forgotten(curve):
    rep = make_rep(curve.workspace)
    make_rep_quarter(curve, rep, FIRST)
    won(curve, FIRST, 10, rep=rep)
    won(curve, FIRST, 10**9, rep=rep, currency="JPY")
    won(curve, FIRST, None, rep=rep)

    [one] = figures(curve)[FIRST].reps
    assert (one.deals, one.largest_deal, one.unpriced) == (3, 10, 2)


def test_deals_of_nobody_and_of_reps_without_figures_may_be_anybodys(curve):
    make_rep_quarter(curve, make_rep(curve.workspace), FIRST)
    stranger = make_rep(curve.workspace)
    founder = make_rep(curve.workspace, kind=RepKind.FOUNDER)
    won(curve, FIRST, 40)
    won(curve, FIRST, 70, rep=stranger)
    won(curve, FIRST, 10**6, rep=founder)
    found = figures(curve)[FIRST]

    assert (found.loose_deals, found.loose_largest) == (2, 70)


def test_ramp_counts_from_the_first_day_of_the_quarter(curve):
    late = make_rep(curve.workspace, started_on=date(2025, 4, 2))
    early = make_rep(curve.workspace, started_on=date(2025, 4, 1))
    for rep in (late, early):
        make_rep_quarter(curve, rep, FIRST)
    found = {UUID(r.rep): r.is_effective for r in figures(curve)[FIRST].reps}

    assert found == {late.pk: False, early.pk: True}


def test_kinds_of_values_are_not_mixed_silently(curve):
    rep = make_rep(curve.workspace)
    make_rep_quarter(curve, rep, FIRST)
    make_cost(curve, FIRST)
    assert figures_of(curve, TODAY, with_names=True).kinds == []
    make_rep_quarter(curve, rep, SECOND, value_kind="illustrative")
    make_cost(curve, SECOND, value_kind="estimated")

    found = curve_of(curve, today=TODAY, question_8=None, with_names=True)
    assert found.kinds == ("estimated", "illustrative")


def test_names_only_for_those_who_see_people(curve):
    rep = make_rep(curve.workspace, "Dana Ortiz", pseudonym="Rep 77")
    make_rep_quarter(curve, rep, FIRST)

    assert figures(curve)[FIRST].reps[0].name == "Dana Ortiz"
    assert figures(curve, with_names=False)[FIRST].reps[0].name == "Rep 77"


def test_another_ventures_rows_count_nowhere(curve):
    other = make_curve(make_workspace("Other", slug="other"))
    sold(other, FIRST, 150, 150)

    assert figures(curve) == {}


def test_limits_are_the_ventures_own(curve):
    assert limits_of(curve.workspace) == Limits()
    SellingSettings.objects.create(
        workspace=curve.workspace, traction_multiple="1.5", hysteresis=20
    )
    read = SalesCurve.objects.select_related("workspace__selling_settings").get()

    assert limits_of(read.workspace).traction_multiple == Decimal("1.5")
    assert limits_of(read.workspace).hysteresis == 20


def test_changes_of_product_and_price_come_with_their_quarter(curve):
    make_learning(curve, "Cheaper", changed_on=date(2026, 2, 3))
    make_learning(curve, "Pitch", area=LearningEntry.Area.PITCH)
    first = make_learning(curve, "Faster", area=LearningEntry.Area.PRODUCT)
    make_learning(
        curve,
        "Faster",
        area=LearningEntry.Area.PRODUCT,
        learned="More trials.",
        supersedes=first,
        reason="What it did.",
    )
    found = curve_of(curve, today=TODAY, question_8=None, with_names=True).changes

    assert [(one.what, one.start) for one in found] == [
        ("Faster", SECOND),
        ("Cheaper", THIRD),
    ]
    assert found[0].learned == "More trials."


def test_rows_of_the_table_are_in_whole_money_and_cut_ratios(curve):
    sold(curve, FIRST, 124, 125)
    [row, *_] = rows_of(course(curve), "USD", [FIRST, FIRST])

    assert row.sales_yield == 498_000
    assert row.ratio == Decimal("0.99")
    assert row.yield_text == "$498,000"
    assert row.changes == 2
    assert row.reps_text == "2"
    assert (row.broke_even, row.effective_reps) == (1, 2)


def test_whatever_the_size_it_takes_as_many_queries(curve, django_assert_num_queries):
    def ask():
        read = SalesCurve.objects.select_related("workspace__selling_settings")
        return curve_of(
            read.get(pk=curve.pk), today=TODAY, question_8=4, with_names=True
        )

    with django_assert_num_queries(5):
        ask()
    for start in QUARTERS:
        sold(curve, start, *([100] * 6))
        make_learning(curve, changed_on=start)
    with django_assert_num_queries(5):
        assert len(ask().course.quarters) == 6
