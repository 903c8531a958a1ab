import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.scale import Scale, nice_ticks, number, tick_text


@pytest.mark.parametrize(
    ("value", "place"), [(0, 100.0), (50, 60.0), (100, 20.0), (-25, 120.0)]
)
def test_scale_is_a_straight_line_that_may_point_up(value, place):
    assert Scale(0, 100, 100, 20).at(value) == place


@pytest.mark.parametrize(
    ("low", "high", "count", "ticks"),
    [
        (0, 9600, 5, (0, 2000, 4000, 6000, 8000, 10000)),
        (500, 9600, 3, (0, 5000, 10000)),
        (0, 0.17, 5, (0, 0.05, 0.1, 0.15, 0.2)),
        (-700000, 1500000, 5, (-1000000, -500000, 0, 500000, 1000000, 1500000)),
        (-30, -5, 3, (-30, -20, -10, 0)),
        (0, 0, 5, (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (0, 10000, 5, (0, 2000, 4000, 6000, 8000, 10000)),
        (7, 7, 1, (0, 10)),
    ],
)
def test_ticks_are_round_and_begin_at_zero(low, high, count, ticks):
    assert nice_ticks(low, high, count) == ticks


@given(
    st.floats(-1e12, 1e12, allow_subnormal=False),
    st.floats(-1e12, 1e12, allow_subnormal=False),
)
def test_ticks_hold_every_value_and_zero(one, two):
    low, high = min(one, two), max(one, two)
    if max(abs(low), abs(high)) < 1e-6:
        return

    ticks = nice_ticks(low, high)

    slack = 1e-6 * max(abs(low), abs(high))
    assert 0 in ticks
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert len(ticks) <= 9


@pytest.mark.parametrize(
    ("value", "unit", "is_short", "text"),
    [
        (10000, "orders", False, "10,000"),
        (10000, "orders", True, "10k"),
        (2500, "", True, "2.5k"),
        (500, "", True, "500"),
        (1500000, "$", False, "$1.5M"),
        (-1500000, "$", False, "−$1.5M"),
        (2e9, "€", True, "€2bn"),
        (0.05, "%", False, "0.05%"),
        (0, "", True, "0"),
        (-20, "", False, "−20"),
    ],
)
def test_tick_text_is_short_where_it_must_be(value, unit, is_short, text):
    assert tick_text(value, unit, is_short=is_short) == text


def test_coordinates_have_a_point_in_every_language():
    assert number(1234.56) == "1234.6"
