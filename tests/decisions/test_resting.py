"""What money rests on makes an alert about it graver."""

import pytest

from decisions.reports.learning import criteria_of
from decisions.reports.resting import questions_rested_on
from tests.decisions.commitments import make_commitment, with_cash
from tests.factories import NOW, make_hypothesis

pytestmark = pytest.mark.django_db


def test_ideas_and_what_is_over_rest_on_nothing(workspace):
    venture = with_cash(workspace)
    make_commitment(venture, questions=[1, 6])
    make_commitment(venture, questions=[2], status="idea")
    make_commitment(venture, questions=[3], status="cancelled")

    assert questions_rested_on(venture) == {1, 6}


def test_a_criterion_that_money_rests_on_says_so(workspace):
    venture = with_cash(workspace)
    make_commitment(venture, questions=[6])
    for number in (6, 7):
        make_hypothesis(venture, f"Q{number}", questions=[number], is_critical=True)

    found = {
        one.row.statement: rule.has_commitment
        for one, rule in criteria_of(venture, NOW)
    }

    assert found == {"Q6": True, "Q7": False}
