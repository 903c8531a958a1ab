"""Thresholds, start prior and odds: the table everything rests on."""

import pytest

from forecasts.drift.constants import (
    THRESHOLDS,
    start_weight,
    threshold,
    weight_left,
)
from forecasts.drift.sentence import number, percent, plain_odds
from forecasts.drift.verdict import Rule


@pytest.mark.parametrize(("alpha", "score"), THRESHOLDS)
def test_threshold_at_the_calibrated_rates(alpha, score):
    assert threshold(alpha) == pytest.approx(score)


def test_threshold_between_and_beyond_them_rises_as_the_rate_falls():
    rates = [0.5, 0.2, 0.1, 0.07, 0.03, 0.01, 0.007, 0.002, 0.0005, 1e-4, 1e-6]

    scores = [threshold(rate) for rate in rates]

    assert scores == sorted(scores)


def test_start_prior_is_a_distribution():
    for n in (1, 2, 10, 300):
        spent = sum(start_weight(k) for k in range(1, n + 1))
        assert spent + weight_left(n) == pytest.approx(1)


@pytest.mark.parametrize(
    ("score", "p", "odds"),
    [
        (-1.0, 1.0, None),
        (0.0, 0.5623, None),
        (1.53, 0.0679, 3),
        (2.84, 0.01112, 20),
        (5.0, 0.000562, 500),
        (6.6, 0.0000617, 5000),
        (9.0, 0.00000224, 10_000),
    ],
)
def test_odds_of_a_score(score, p, odds):
    assert Rule().p(score) == pytest.approx(p, rel=1e-2)
    assert plain_odds(Rule().p(score)) == odds


@pytest.mark.parametrize(
    ("p", "odds"),
    [(1, None), (0.17, None), (1 / 6, 2), (1 / 900, 300), (1 / 1500, 500), (0, 10_000)],
)
def test_odds_are_rounded_down_to_plain_numbers(p, odds):
    assert plain_odds(p) == odds


def test_score_carries_the_early_bonus_from_the_second_point_on():
    rule = Rule()

    assert rule.score(1.0, 1) == 1.0
    assert rule.score(1.0, 2) == pytest.approx(1 + 0.5 * 2.70805)
    assert rule.score(1.0, 30) == 1.0
    assert Rule(guaranteed=True).score(1.0, 2) == 1.0


@pytest.mark.parametrize(
    ("value", "text"),
    [(2000.0, "2,000"), (0.0625, "0.0625"), (12.3456, "12.35"), (98765.4, "98,765")],
)
def test_numbers_are_plain(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.25, "25%"), (1.0, "100%"), (0.0, "0%"), (0.023, "2.3%"), (12.5, "1,250%")],
)
def test_shares_are_plain(share, text):
    assert percent(share) == text
