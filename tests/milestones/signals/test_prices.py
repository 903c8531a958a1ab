"""Question 2."""

from datetime import timedelta

import pytest

from interviews.models import SurveyResponse
from milestones.support import Verdict
from tests.factories import NOW
from tests.milestones.rows import link, question, said
from tests.milestones.signals.cases import BEFORE, ask_prices, met, signal
from tests.milestones.statistics.test_price_sensitivity import TWELVE


def test_twelve_answers_give_a_direction_and_both_ranges(workspace, segment):
    ask_prices(segment, [*TWELVE, (20, 10, 35, 50)])

    found = signal(workspace, 2, "price_range")

    assert found.sentence == (
        "12 ordered answers call prices from €22.00 to €28.00 acceptable (narrow range); "
        "fewest object at €26.00. Stated prices are no paid ones. Directional only. 1 "
        "answer was not in order and is left out."
    )
    assert [row[1] for row in found.rows] == [
        "€26.00",
        "€24.50 (flat from €24.00 to €25.00)",
        *("€22.00", "€28.00", "€16.00", "€35.00"),
    ]
    assert found.verdict == Verdict.CANNOT_SAY
    assert found.is_instrument is False
    assert found.lacks == "18 more ordered answers, to reach 30."
    assert found.figure.pictures[0].labels[0].text == "Optimal €26.00"
    assert found.figure_kind == "curve"


def test_thirty_answers_are_no_mere_direction(workspace, segment):
    ask_prices(segment, TWELVE * 3, currency="CHF")

    found = signal(workspace, 2, "price_range")

    assert "Directional" not in found.sentence
    assert found.lacks == ""
    assert found.rows[0][1] == "CHF 26.00"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ([], "Nobody has answered the four price questions in order yet."),
        ([(9, 8, 7, 6)], "None of the 1 answers has its prices in order."),
    ],
)
def test_without_an_ordered_answer_it_lacks_a_survey(
    workspace, segment, answers, sentence
):
    ask_prices(segment, answers)

    found = signal(workspace, 2, "price_range")

    assert (found.sentence, found.lacks) == (sentence, "A price survey with answers.")
    assert signal(workspace, 2, "stated_against_paid").rows == ()


def test_another_wording_is_another_survey(workspace, segment):
    ask_prices(segment, TWELVE, created_at=NOW - timedelta(days=2))
    ask_prices(segment, [(10, 20, 30, 40)], created_at=NOW - timedelta(days=1))
    ask_prices(segment, [])

    found = signal(workspace, 2, "price_range")

    assert found.sentence.startswith("1 ordered answers")
    assert found.sentence.endswith("1 earlier survey is not mixed in.")


def test_an_answer_counts_from_when_it_came_until_it_is_withdrawn(workspace, segment):
    survey = ask_prices(segment, TWELVE, created_at=BEFORE - timedelta(days=1))
    hour = timedelta(hours=1)
    survey.responses.update(withdrawn_at=NOW + hour, withdrawn_reason="Made up.")

    assert signal(workspace, 2, "price_range").rows != ()
    assert signal(workspace, 2, "price_range", now=BEFORE).rows == ()
    assert signal(workspace, 2, "price_range", now=NOW + hour).rows == ()
    assert SurveyResponse.objects.count() == 12


def test_what_was_paid_stands_beside_what_was_said(workspace, segment, founder):
    ask_prices(segment, TWELVE)
    link(question(workspace, 2), said(workspace, segment), by=founder, grade=6)

    found = signal(workspace, 2, "stated_against_paid")

    assert found.sentence.startswith("1 independent customer has put down money.")
    assert found.rows == (
        ("Stated: cheap, median", "€20.00"),
        ("Stated: expensive, median", "€32.50"),
        ("Paid, median", "–"),
    )
    assert found.lacks.startswith("Paid prices")


def test_a_budget_owner_known_in_half_of_all_organisations(workspace, segment):
    key = "budget_owner_named"
    assert signal(workspace, 2, key).lacks == "Talks that qualify."

    for _ in range(4):
        met(segment, roles=["economic_buyer", "user"])
    assert signal(workspace, 2, key).verdict == Verdict.SUPPORTS

    for _ in range(20):
        met(segment, roles=["user"])
    found = signal(workspace, 2, key)
    assert found.verdict == Verdict.CONTRADICTS
    assert found.sentence == (
        "In 4 of 24 organisations we know who holds the budget. The 95 % interval is "
        "7–36 %."
    )


def test_consumers_belong_to_no_organisation(workspace, consumers):
    met(consumers, alone=True)

    found = signal(workspace, 2, "budget_owner_named")

    assert found.sentence == "Customers of this venture are people, not organisations."
