"""One phase on after two good quarters, one back after two below the hysteresis."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.learning_curve import (
    FOUNDER,
    CostFigures,
    Limits,
    Phase,
    Standing,
    allowance,
)
from tests.forecasts.selling.curves import (
    judged,
    of_yields,
    phases_of,
    quarter,
    quarter_start,
    rep,
)

BACK = {
    Phase.EXECUTION: Phase.TRANSITION,
    Phase.TRANSITION: Phase.INITIATION,
}


def course(yields, **asked):
    return judged(of_yields(yields), today=quarter_start(len(yields)), **asked)


def path(yields, **asked):
    return phases_of(course(yields, **asked))[: len(yields)]


def test_one_good_quarter_is_not_enough():
    found = course([600])

    assert found.phase is Phase.INITIATION
    assert found.reasons[-1] == (
        "The first quarter at break-even; it takes 2 in a row."
    )


def test_two_good_quarters_apart_are_not_enough():
    assert path([600, 400, 600]) == ["initiation"] * 3


def test_a_missing_quarter_between_two_good_ones_breaks_the_row():
    found = course([600, None, 600])

    assert found.phase is Phase.INITIATION
    assert found.quarters[1].standing is Standing.MISSING
    assert found.quarters[1].reasons == ("Not judged: no figures.",)


def test_within_the_hysteresis_a_phase_stays():
    assert path([600, 600, 450, 460, 455, 499])[1:] == ["transition"] * 5


def test_one_quarter_below_is_not_yet_a_step_back():
    assert path([600, 600, 300, 460, 300])[-1] == "transition"


def test_two_quarters_below_are_one_phase_back():
    found = course([600, 600, 449, 300])

    assert found.phase is Phase.INITIATION
    assert found.reasons[-1] == "Below break-even in 2 quarters: one phase back."


def test_a_missing_quarter_does_not_wipe_out_what_counted_against():
    assert path([600, 600, 300, None, 300])[-1] == "initiation"


def test_from_execution_it_is_one_phase_at_a_time():
    falling = [1100] * 3 + [100] * 4

    assert path(falling)[2:] == [
        *("execution", "execution"),
        *("transition", "transition", "initiation"),
    ]


def test_traction_at_once_is_still_one_phase_at_a_time():
    assert path([1100, 1100, 1100]) == ["initiation", "transition", "execution"]


def test_when_all_reps_left_the_quarters_count_against():
    figures = [
        *of_yields([600, 600]),
        quarter(2, [rep("f", 900, kind=FOUNDER)], costs=()),
        quarter(3, [rep("f", 900, kind=FOUNDER)], costs=()),
    ]
    found = judged(figures, today=date(2025, 1, 1))

    assert found.phase is Phase.INITIATION
    assert found.quarters[3].reasons[0].startswith("No rep is past the ramp")


def test_an_unknown_margin_holds_a_curve_back_and_cannot_save_it():
    unknown = [
        quarter(place, [rep(key, value, margin=None) for key in "12"])
        for place, value in enumerate([600, 600])
    ]
    held = judged(unknown, today=quarter_start(2))

    assert held.phase is Phase.INITIATION
    assert "the gross margin is not known" in held.reasons[0]
    assert held.cash_lacks == ("Q1 2024", "Q2 2024")
    falling = [
        *of_yields([600, 600]),
        *(
            quarter(place, [rep(key, 300, margin=None) for key in "12"])
            for place in (2, 3)
        ),
    ]
    assert judged(falling, today=quarter_start(4)).phase is Phase.INITIATION


def test_a_low_margin_is_judged_by_what_is_left():
    """600 of yield with 27 % margin cover a third of the cost."""
    figures = [
        quarter(place, [rep(key, 600, margin=Decimal("40.5")) for key in "12"])
        for place in range(4)
    ]

    assert judged(figures, today=quarter_start(4)).phase is Phase.INITIATION


def test_a_quarter_counted_with_all_that_is_asked_says_so():
    assert course([600]).reasons[0] == (
        "The yield is 1.20 of the full cost, with all that is asked beside it."
    )
    assert course([300]).reasons == ("The yield is 0.60 of the full cost, under 1.",)


def test_just_under_one_is_not_shown_as_one():
    assert "0.99 of the full cost" in course([Decimal("499.9")]).reasons[0]


def test_the_venture_sets_its_own_limits():
    lax = Limits(traction_multiple=Decimal(1), hysteresis=0)

    assert path([600, 600, 600, 499, 499], limits=lax)[1:] == [
        *("transition", "execution", "execution"),
        "transition",
    ]


# --- properties ---------------------------------------------------------------------------
yields = st.lists(
    st.none() | st.integers(min_value=0, max_value=1500), min_size=1, max_size=24
)


@given(yields)
def test_the_phase_never_flaps(values):
    """Each step on rests on two quarters in a row at the level, each step back on two
    below the hysteresis; so two steps in opposite directions are two quarters apart."""
    found = course(values)
    moves = []
    quarters = found.quarters[: len(values)]
    for place in range(1, len(quarters)):
        before, after = quarters[place - 1].phase, quarters[place].phase
        if before is after:
            continue
        is_back = BACK.get(before) is after
        moves.append((place, is_back))
        known = [value for value in values[: place + 1] if value is not None][-2:]
        level = 500 if Phase.INITIATION in (before, after) else 1000
        if is_back:
            assert all(value < level * 0.9 for value in known)
        else:
            assert values[place - 1] is not None
            assert all(value >= level for value in values[place - 1 : place + 1])
    for (one, is_back), (two, is_back_too) in pairwise(moves):
        assert two - one >= (1 if is_back == is_back_too else 2)


@given(
    st.sampled_from([500, 1000]),
    st.lists(st.none() | st.floats(min_value=0.9, max_value=0.999), max_size=20),
)
def test_inside_the_hysteresis_nothing_moves(level, wobble):
    begun = [level] * 3
    values = [*begun, *(None if w is None else int(level * w) + 1 for w in wobble)]
    found = path(values)

    assert len(set(found[2:])) == 1


@given(
    st.lists(st.integers(min_value=0, max_value=10**9), min_size=2, max_size=12),
    st.sampled_from(["founder", "ramping", "alone", "one of three"]),
)
def test_nothing_but_several_effective_reps_brings_a_venture_to_transition(
    values, trick
):
    figures = []
    for place, value in enumerate(values):
        weak = [rep("1", 100), rep("2", 100)]
        if trick == "founder":
            reps = [*weak, rep("3", value, kind=FOUNDER)]
        elif trick == "ramping":
            reps = [*weak, rep("3", value, tenure_months=2)]
        elif trick == "alone":
            reps = [rep("1", value)]
        else:
            reps = [*weak, rep("3", value)]
        figures.append(quarter(place, reps))
    found = judged(figures, today=quarter_start(len(values)))

    assert set(phases_of(found)) == {"initiation"}


@given(
    st.lists(st.integers(min_value=600, max_value=10**6), min_size=2, max_size=8),
    st.integers(min_value=41, max_value=100),
)
def test_one_deal_over_the_share_never_does(values, percent):
    figures = [
        quarter(
            place,
            [
                rep("1", value),
                rep("2", value, largest_deal=Decimal(value) / 2 * percent / 100),
            ],
        )
        for place, value in enumerate(values)
    ]

    found = judged(figures, today=quarter_start(len(values)))
    assert set(phases_of(found)) == {"initiation"}


@given(st.data())
def test_the_order_of_rows_does_not_matter(data):
    amounts = st.integers(min_value=0, max_value=10**7)
    reps = [
        rep(
            str(n),
            data.draw(amounts),
            fte=Decimal(data.draw(st.integers(min_value=5, max_value=100))) / 100,
            tenure_months=data.draw(st.integers(min_value=0, max_value=6)),
            largest_deal=data.draw(st.none() | amounts),
        )
        for n in range(4)
    ]
    lines = [
        CostFigures(str(n), "base", data.draw(st.integers(1, 10**6))) for n in range(4)
    ]
    lines.append(CostFigures(None, "sales_engineering", data.draw(amounts)))
    figures = [quarter(place, reps, costs=tuple(lines)) for place in range(3)]
    mixed = [
        quarter(
            place,
            data.draw(st.permutations(reps)),
            costs=tuple(data.draw(st.permutations(lines))),
        )
        for place in data.draw(st.permutations(range(3)))
    ]
    today = quarter_start(3)

    assert judged(figures, today=today) == judged(mixed, today=today)


@given(yields, st.integers(min_value=1, max_value=12))
def test_what_comes_later_changes_no_earlier_quarter(values, cut):
    early, late = course(values[:cut]), course(values)
    ended = [one for one in early.quarters if one.standing is not Standing.UNFINISHED]

    assert list(late.quarters[: len(ended)]) == ended


@given(yields)
def test_more_cost_never_brings_a_curve_further(values):
    order = list(Phase)
    dear = [
        quarter(
            place,
            [rep("1", value), rep("2", value)],
            costs=(CostFigures(None, "sales_engineering", 400),),
        )
        for place, value in enumerate(values)
        if value is not None
    ]
    cheap, costly = course(values), judged(dear, today=quarter_start(len(values)))

    assert order.index(costly.phase) <= order.index(cheap.phase)


# --- what a phase allows ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "question_8", "most"),
    [([100], 4, 4), ([600, 600], 4, 4), ([1100] * 3, 4, None), ([1100] * 3, 3, 4)],
)
def test_how_many_reps_a_phase_allows(values, question_8, most):
    assert allowance(course(values, question_8=question_8)).most == most


def test_before_it_is_ready_nobody_is_hired():
    found = allowance(course([100], ready_on=None))

    assert found.most == 0
    assert not found.allows(Decimal("0.5"))
    assert found.not_yet == ("Any hire of a rep.",)


def test_in_transition_half_as_many_again_as_two_quarters_ago():
    figures = of_yields([600] * 4, reps=6)
    found = allowance(judged(figures, today=quarter_start(4)))

    assert found.most == 9
    assert found.now == 6
    assert found.allows(Decimal(9))
    assert not found.allows(Decimal("9.5"))
