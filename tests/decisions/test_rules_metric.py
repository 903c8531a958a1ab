"""Required rate, slip, blind and upside, by table and by property."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.alerting import Rule, Severity
from decisions.rules.metric import blind, metric_concerns, required_rate, slip, upside
from decisions.rules.record import Registered, deviations
from decisions.rules.thresholds import DEFAULTS
from forecasts.drift import Cadence, Direction
from tests.decisions.rule_cases import BEGAN, record, registered, spans

RAMP = [400, 1200, 2000, 2800, 3600, 4000]
RAMPED = [590, 1210, 2100, 2350, 2350, 3200]


def opens(concern):
    return concern is not None and concern.opens


# --- required rate ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("forecasts", "actuals", "fields", "raised"),
    [
        # the capacity of a centre: 8,000 a day in seven quarters, in the third
        ([8000] * 7, [186, 590], {}, False),
        ([8000] * 7, [186, 590, 1210], {}, True),
        # a quarter of the plan must be over, and a quarter ahead
        ([100] * 13, [40] * 3, {}, False),
        ([100] * 12, [40] * 3, {}, True),
        ([100] * 12, [40] * 9, {}, True),
        ([100] * 12, [40] * 10, {}, False),
        # 1.5 times what came: (800 − 4·x) / 4 ÷ x, so x = 80 of 100
        ([100] * 8, [80] * 4, {}, False),
        ([100] * 8, [79] * 4, {"width": 0.01}, True),
        ([100] * 8, [79] * 4, {"width": 0.6}, False),
        # means have no rate that is left to catch up
        ([100] * 8, [40] * 4, {"kind": "ratio"}, False),
        # a stock: ten more a week were promised, one comes
        ([10, 20, 30, 40, 50, 60, 70, 80], [10, 11, 12, 13], {"kind": "stock"}, True),
        ([10, 20, 30, 40, 50, 60, 70, 80], [10, 20, 30, 38], {"kind": "stock"}, False),
        # nothing came at all
        ([100] * 8, [0, 0, 0, 0], {}, True),
        ([100] * 8, [40] * 4, {"is_vanity": True}, False),
        ([1] * 8, [0] * 4, {"unit": "0 or 1"}, False),
        # less is better: 100 a week to spend
        ([100] * 8, [100] * 4, {"direction": Direction.LOWER}, False),
        ([100] * 8, [130] * 4, {"direction": Direction.LOWER}, True),
        ([100] * 8, [40] * 4, {"direction": Direction.LOWER}, False),
        ([100] * 8, [250] * 4, {"direction": Direction.LOWER}, True),
    ],
)
def test_required_rate(forecasts, actuals, fields, raised):
    assert (
        opens(required_rate(record(forecasts, actuals, **fields), DEFAULTS)) is raised
    )


def test_required_rate_says_numbers_of_the_record():
    said = required_rate(record([100] * 8, [40, 50, 45, 55]), DEFAULTS)
    assert (said.rule, said.severity) == (Rule.REQUIRED_RATE, Severity.STOP)
    assert said.reason == (
        "The last 3 weeks brought 50 each on average. To come to 800 by 1 March 2026, "
        "the 4 that are left have to bring 152.5 each, 3.0 times as much."
    )
    spent = record([100] * 8, [150] * 4, direction=Direction.LOWER)
    assert "may be 50 each." in required_rate(spent, DEFAULTS).reason


def test_required_rate_lets_go_a_tenth_further_on():
    inside = record([100] * 8, [81.5] * 4, width=0.01)
    said = required_rate(inside, DEFAULTS)
    assert said is not None
    assert not said.opens
    assert required_rate(record([100] * 8, [86] * 4, width=0.01), DEFAULTS) is None


def test_periods_nobody_reported_belong_to_neither_side():
    whole = record([100] * 8, [40, 40, 40, 40])
    holed = record([100] * 9, [40, None, 40, 40, 40])
    found = [required_rate(one, DEFAULTS).reason for one in (whole, holed)]
    assert "To come to 800" in found[0]
    assert "To come to 800" in found[1]


amounts = st.lists(st.floats(0, 300), min_size=3, max_size=8)


@given(amounts, st.integers(0, 7), st.floats(0, 1), st.sampled_from(["flow", "money"]))
def test_fewer_never_take_a_required_rate_back(actuals, where, part, kind):
    """Lowering any number raises the rate that is needed, and lowers Z."""
    number = where % len(actuals)
    worse = [*actuals]
    worse[number] *= part
    before, after = (
        required_rate(record([100] * 11, values, kind=kind), DEFAULTS)
        for values in (actuals, worse)
    )
    assert not opens(before) or opens(after)


@given(amounts, st.sampled_from(["flow", "stock", "ratio", "money"]))
def test_vanity_raises_nothing(actuals, kind):
    shown = record([100] * 11, actuals, kind=kind, is_vanity=True)
    shown = replace(shown, registered=registered([100] * 3, [20] * 3, [10] * 3))
    late = replace(shown, as_of=shown.as_of + timedelta(days=100))
    assert metric_concerns(shown, DEFAULTS) == ()
    assert blind(late, DEFAULTS) is None


@given(amounts)
def test_a_mean_has_no_required_rate(actuals):
    assert required_rate(record([100] * 11, actuals, kind="ratio"), DEFAULTS) is None


@given(amounts)
def test_less_is_better_flips_the_deviation(actuals):
    higher = record([100] * 11, actuals, kind="money")
    lower = replace(higher, direction=Direction.LOWER)
    z = deviations(higher, higher.known())
    assert deviations(lower, lower.known()) == pytest.approx(-z)


# --- slip ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("plans", "fields", "raised"),
    [
        ([[100, 100]], {}, False),
        ([[100, 100], [90, 100]], {}, False),
        ([[100, 100], [90, 100], [85, 100]], {}, True),
        ([[100, 100], [75, 75]], {}, True),
        ([[100, 100], [76, 76]], {}, False),
        # harder is no slip
        ([[100, 100], [120, 120], [150, 150]], {}, False),
        ([[100, 100], [90, 90], [120, 120]], {}, False),
        ([[100, 100], [110, 110], [120, 120]], {"direction": Direction.LOWER}, True),
        ([[100, 100], [140, 140]], {"direction": Direction.LOWER}, True),
        ([[100, 100], [60, 60]], {"direction": Direction.LOWER}, False),
        ([[100, 100], [10, 10]], {"is_vanity": True}, False),
    ],
)
def test_slip(plans, fields, raised):
    found = record([100, 100], [], registered=registered(*plans), **fields)
    assert opens(slip(found, DEFAULTS)) is raised


def put_off(*levels, reached=0.0):
    """One level of a stock, promised for a later week each time."""
    weeks = spans(len(levels))
    plans = tuple(
        Registered(week[0] - timedelta(days=1), {week: float(level)})
        for week, level in zip(weeks, levels, strict=True)
    )
    return record(
        [levels[0]],
        [reached],
        kind="stock",
        registered=plans,
        as_of=weeks[-1][0],
    )


def test_a_level_put_off_twice_is_a_slip():
    assert not opens(slip(put_off(27000, 27000, reached=7188), DEFAULTS))
    said = slip(put_off(27000, 27000, 27000, reached=7188), DEFAULTS)
    assert opens(said)
    assert said.reason == "The plan was made easier 2 times, last on 18 January 2026."
    assert not opens(slip(put_off(27000, 27000, 27000, reached=27000), DEFAULTS))
    assert not opens(slip(put_off(27000, 28000, 29000, reached=7188), DEFAULTS))


# --- blind -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cadence", "days", "severity"),
    [
        (Cadence.DAILY, 3, None),
        (Cadence.DAILY, 4, Severity.STOP),
        (Cadence.WEEKLY, 3, None),
        (Cadence.WEEKLY, 4, Severity.WATCH),
        (Cadence.WEEKLY, 7, Severity.WATCH),
        (Cadence.WEEKLY, 8, Severity.STOP),
        (Cadence.MONTHLY, 7, None),
        (Cadence.MONTHLY, 8, Severity.WATCH),
        (Cadence.MONTHLY, 31, Severity.STOP),
        (Cadence.QUARTERLY, 22, None),
        (Cadence.QUARTERLY, 23, Severity.WATCH),
    ],
)
def test_blind(cadence, days, severity):
    end = spans(2, cadence)[1][1]
    found = record([100, 100], [100], cadence=cadence, as_of=end + timedelta(days=days))
    said = blind(found, DEFAULTS)
    assert (said and said.severity) == severity


def test_a_gap_behind_a_later_number_is_not_blindness():
    found = record([100] * 3, [100, None, 100])
    assert (
        blind(replace(found, as_of=found.as_of + timedelta(days=60)), DEFAULTS) is None
    )
    missing = replace(found, actuals={})
    late = replace(missing, as_of=BEGAN + timedelta(days=25))
    assert blind(late, DEFAULTS).reason == (
        "The week to 11 January 2026 has been over for 19 days, and nobody has said what "
        "came; 3 weeks are without a number."
    )


# --- upside ----------------------------------------------------------------------
def test_a_ramp_ahead_of_plan_is_reviewed_in_its_first_quarter_only():
    """590 against 400 by the usual quarter: 1.48, and Z 2.99 with count noise."""
    seen = [
        opens(upside(record(RAMP, RAMPED[:n], cadence=Cadence.QUARTERLY), DEFAULTS))
        for n in range(1, 7)
    ]
    assert seen == [True, False, False, False, False, False]
    said = upside(record(RAMP, RAMPED[:1], cadence=Cadence.QUARTERLY), DEFAULTS)
    assert said.severity is Severity.REVIEW
    assert said.reason.startswith("Over 1 quarter 590 against 400 forecast (148%)")


@pytest.mark.parametrize(
    ("actuals", "fields", "raised"),
    [
        ([125, 125, 125, 125], {"kind": "money", "width": 0.05}, False),
        ([126, 126, 126, 126], {"kind": "money", "width": 0.05}, True),
        ([140], {"kind": "money"}, False),
        ([140] * 4, {"kind": "money"}, True),
        ([60] * 4, {"kind": "money", "direction": Direction.LOWER}, True),
        ([140] * 4, {"kind": "money", "direction": Direction.LOWER}, False),
    ],
)
def test_upside(actuals, fields, raised):
    assert opens(upside(record([100] * 8, actuals, **fields), DEFAULTS)) is raised


def test_upside_has_stood_since_it_began_without_a_break():
    found = record([100] * 8, [100, 140, 140, 140, 140, 140], kind="money")
    weeks = spans(6)
    assert upside(found, DEFAULTS).since == weeks[3][1]


@given(amounts, st.integers(0, 7), st.floats(0, 200))
def test_more_never_takes_an_upside_back(actuals, where, more):
    better = [*actuals]
    better[where % len(actuals)] += more
    before, after = (
        upside(record([100] * 11, values), DEFAULTS) for values in (actuals, better)
    )
    assert not opens(before) or opens(after)
