import pytest

from discovery.hypothesis_states import ASK_QUOTES, ASK_REASON, MOVES, refusal
from discovery.models import HypothesisStatus

STATES = ["draft", *HypothesisStatus.Status.values]


def test_the_table_knows_every_state():
    assert sorted(MOVES) == sorted(STATES)


@pytest.mark.parametrize("state", STATES)
def test_a_step_goes_where_the_table_says_and_nowhere_else(state):
    allowed = [to for to in STATES if refusal(state, to, reason="so", quotes=1) == ""]

    assert allowed == [to for to in STATES if to in MOVES[state]]


@pytest.mark.parametrize(
    ("to", "reason", "quotes", "why"),
    [
        ("testing", "", 0, ""),
        ("validated", "seven did", 1, ""),
        ("validated", "seven did", 0, "no_quote"),
        ("invalidated", "two did", 0, "no_quote"),
        ("invalidated", " ", 3, "no_reason"),
        ("inconclusive", "five did", 0, ""),
        ("inconclusive", "", 0, "no_reason"),
        ("abandoned", "we pivoted", 0, ""),
        ("abandoned", "", 2, "no_reason"),
    ],
)
def test_verdicts_ask_for_words_and_every_end_for_a_reason(to, reason, quotes, why):
    assert refusal("registered", to, reason=reason, quotes=quotes) == why


def test_the_two_verdicts_are_the_ones_that_ask_for_quotes():
    assert ASK_QUOTES == ("validated", "invalidated")
    assert set(ASK_QUOTES) < set(ASK_REASON)
