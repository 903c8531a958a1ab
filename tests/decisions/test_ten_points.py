"""Cash, scores that change, and what a decision freezes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from decisions.actions import record_decision, save_step
from decisions.models import Decision
from decisions.reports.following import afterwards
from discovery.models import ModelVersion
from milestones.actions import start_version
from milestones.models import Question, Score
from tests.decisions.cases import (
    DEPENDS,
    LATER,
    REASONS,
    decide,
    evaluate,
    follow_up,
    stop_on,
)
from tests.decisions.commitments import make_commitment, with_cash
from tests.decisions.pages import step_data, url
from tests.factories import NOW, TODAY, make_segment
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db

LATE = NOW + timedelta(hours=1)


@pytest.fixture
def alert(workspace, owner, second_of_november):
    return stop_on(with_cash(workspace), owner=owner)


def decided_with(alert, owner, numbers):
    """`decide` without its own fourth step."""
    evaluation = evaluate(alert, by=owner)
    values = DEPENDS | {"rescored": numbers, "keeps_scores": not numbers}
    save_step(alert, by=owner, step=4, values=values, rev=evaluation.rev, now=NOW)
    return record_decision(
        alert,
        by=owner,
        now=LATE,
        kind="stop",
        reasons=REASONS,
        review_on=LATER,
        follow_ups=(follow_up(owner),),
    )


def test_the_cash_in_hand_is_there_to_begin_with(client, alert, owner):
    client.force_login(owner)

    page = soup(client.get(url("evaluation_step", alert, 4)))

    begun = page.select_one("[name=runway]").text.strip()
    assert begun == "On 2 November 2026 there were $1,000,000 in hand."


def test_without_it_the_page_says_where_to_say_it(client, workspace, owner):
    client.force_login(owner)
    page = client.get(url("evaluation_step", stop_on(workspace, owner=owner), 4))

    assert "Nobody has said how much cash is in hand" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"rescored": ["10"]}, 422),  # and none at once
        ({"rescored": ["10"], "keeps_scores": ""}, 303),
        ({}, 303),
    ],
)
def test_some_scores_change_or_none(client, alert, owner, changes, status):
    make_segment(alert.workspace)
    client.force_login(owner)
    data = step_data(4, 0, **changes)

    assert client.post(url("evaluation_step", alert, 4), data).status_code == status


def test_nothing_said_of_scores_or_cash_is_missing(client, alert, owner):
    client.force_login(owner)
    data = step_data(4, 0, keeps_scores="", runway="")
    answer = client.post(url("evaluation_step", alert, 4), data, follow=True)

    said = text_of(answer)
    assert "say which scores change, or that none does" in said
    assert "say how much cash there is for how long" in said


def test_what_changes_is_to_be_scored_again_until_a_founder_has(
    client, alert, owner, advisor
):
    decided_with(alert, owner, [6, 10])
    workspace = alert.workspace
    asked = afterwards(workspace, TODAY).to_score
    assert [one.number for one in asked] == [6, 10]

    client.force_login(owner)
    for address in (
        url("alert_detail", alert),
        reverse("decisions:alert_list", args=[workspace.slug]),
    ):
        assert "Score question 6 again" in text_of(client.get(address))
    client.force_login(advisor)
    assert "Question 6 is to be scored again" in text_of(
        client.get(url("alert_detail", alert))
    )

    claim(Question.objects.get(number=6), owner, at=NOW)  # before the decision
    claim(Question.objects.get(number=10), owner, at=LATE + timedelta(days=1))
    assert [one.number for one in afterwards(workspace, TODAY).to_score] == [6]


def claim(question, by, *, at):
    Score(
        workspace=question.workspace,
        question=question,
        value=1,
        reason="Two of six told us so, and four did not come back to it.",
        by=by,
        round=1,
        supported=0,
        recorded_at=at,
    ).save()


def test_a_pivot_asks_anew_and_takes_it_over(alert, owner):
    decided_with(alert, owner, [2, 10])
    workspace = alert.workspace

    start_version(
        workspace,
        by=owner,
        changes=[ModelVersion.Change.PRICE],
        what_changed="The fee follows what was delivered, not the month it was in.",
        now=LATE + timedelta(days=1),
    )

    assert 2 not in [one.number for one in afterwards(workspace, TODAY).to_score]


def test_a_decision_freezes_commitments_and_cash(client, alert, owner):
    workspace = alert.workspace
    rests = make_commitment(workspace, by=owner, metric=alert.metric)
    other = make_commitment(workspace, "A van", by=owner)
    make_commitment(workspace, "Given up", by=owner, status="cancelled")

    decision = decide(alert, by=owner)
    type(rests).objects.update(title="Renamed", amount_minor=1)
    workspace.cash_in_hand_minor = 1
    workspace.save()

    kept = Decision.objects.get(pk=decision.pk).snapshot
    found = {
        one["title"]: (one["rests"], one["amount_minor"]) for one in kept["commitments"]
    }
    assert found == {"Second hall": (True, 1_000_000), "A van": (False, 1_000_000)}
    assert kept["cash"] == {
        "minor": 100_000_000,
        "currency": "USD",
        "as_of": "2026-11-02",
    }
    assert {one["question"] for one in kept["scores"]} == set(range(1, 12))
    assert kept["evaluation"]["runway"] == DEPENDS["runway"]
    assert other.pk != rests.pk
    client.force_login(owner)
    page = text_of(client.get(url("alert_detail", alert)))
    assert "Commitments as they stood" in page
    assert "Second hall" in page
    assert "$1,000,000 in hand, counted on 2 November 2026" in page
    assert "Renamed" not in page
