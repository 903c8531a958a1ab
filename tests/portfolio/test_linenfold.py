"""The second sample: invented, finished, and a venture that learned."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.models import User, Workspace
from decisions.models import Alert, Decision
from decisions.tasks import judge_due
from discovery.hypotheses import state_of
from discovery.models import Hypothesis, ModelVersion
from forecasts.models import Actual, Point
from interviews.guide_lint import lint
from interviews.models import GuideQuestion, Interview, Survey
from milestones.course import Counted, exit_of_discovery
from milestones.models import Challenge, Checkpoint, EvidenceLink, ScheduledStop
from milestones.reports.board import board
from milestones.reports.inbox import unlinked_quotes
from milestones.scope import scope_of
from portfolio.samples.linenfold.talks import MARK
from tests.factories import NOW
from tests.helpers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


def rows_of(workspace, **asked):
    found = board(scope_of(workspace, **asked), viewer="", now=NOW)
    return {row.question.number: row for row in found.rows}


def test_it_says_that_it_is_invented(learned):
    talks = Interview.objects.in_workspace(learned)

    assert "invented" in learned.name
    assert talks.count() == talks.qualifying().count() == 15
    assert all(talk.notes.startswith(MARK) for talk in talks)
    kinds = Actual.objects.in_workspace(learned).values_list("value_kind", flat=True)
    assert set(kinds) == {"illustrative"}


def test_its_stage_is_one_there_is(learned):
    assert learned.stage in Workspace.Stage.values


def test_what_is_claimed_is_supported(learned):
    rows = rows_of(learned)

    assert [
        (row.standing.claimed, row.standing.supported) for row in rows.values()
    ] == [
        *((4, 5), (3, 3), (3, 3), (3, 3), (3, 3), (3, 4)),
        *((1, 1), (1, 1), (2, 2), (2, 2), (3, 4)),
    ]
    assert {row.standing.status for row in rows.values()} == {"supported"}


def test_the_exit_of_discovery_holds(learned):
    counted = {
        number: Counted(row.standing.effective, is_stale=row.standing.is_stale)
        for number, row in rows_of(learned).items()
    }

    assert all(condition.is_met for condition in exit_of_discovery(counted))


def test_the_price_changed_and_evidence_was_carried_over(learned):
    first, second = ModelVersion.objects.in_workspace(learned).order_by("number")

    assert second.changes == ["price"]
    links = EvidenceLink.objects.in_workspace(learned).filter(question__number=6)
    carried = links.filter(question__model_version=second, linked_at=second.started_at)
    assert carried.count() == links.filter(question__model_version=first).count() > 0
    asked_again = rows_of(learned, version=2)
    assert not any(row.needs_rescore for row in asked_again.values())


def test_one_belief_was_given_up_and_one_came_true(learned):
    beliefs = Hypothesis.objects.in_workspace(learned)

    assert sorted(state_of(belief) for belief in beliefs) == [
        *("invalidated", "registered", "registered", "testing", "validated"),
    ]


def test_the_stop_was_evaluated_and_decided_and_no_other_follows(learned):
    for _ in range(3):
        judge_due(NOW)

    (alert,) = Alert.objects.in_workspace(learned)
    assert Decision.objects.get(alert=alert).kind == "pivot"


def test_every_number_since_lies_in_its_range(learned):
    points = Point.objects.in_workspace(learned).filter(
        revision__forecast__metric__name="Deliveries counted"
    )
    expected = {point.period_start: point for point in points}
    actuals = Actual.objects.filter(metric__name="Deliveries counted")

    assert actuals.count() == 6
    for actual in actuals:
        point = expected[actual.period_start]
        assert point.low <= actual.value <= point.high


def test_what_was_asked_back_is_answered(learned):
    challenges = Challenge.objects.in_workspace(learned)

    assert set(challenges.values_list("kind", "outcome")) == {
        ("evidence", "answered"),
        ("spread", "answered"),
    }


def test_a_scheduled_stop_was_held_and_one_lies_ahead(learned):
    stops = ScheduledStop.objects.in_workspace(learned).order_by("days")

    assert [(stop.days, stop.held_on is not None) for stop in stops] == [
        (30, True),
        (90, False),
    ]
    reached = Checkpoint.objects.in_workspace(learned).exclude(reached_on=None)
    assert reached.count() == 7


def test_a_survey_of_each_kind_speaks_to_its_question(learned):
    surveys = Survey.objects.in_workspace(learned)

    assert set(surveys.values_list("kind", flat=True)) == set(Survey.Kind.values)
    linked = EvidenceLink.objects.in_workspace(learned).exclude(survey=None)
    assert sorted(linked.values_list("question__number", flat=True)) == [2, 5, 7]


def test_nothing_is_left_to_do(learned):
    assert unlinked_quotes(learned).count() == 0
    for question in GuideQuestion.objects.in_workspace(learned):
        assert lint(question.text) == ()


def test_the_past_is_drawn_from_what_was_noted(learned):
    day = (NOW - timedelta(days=30)).date()
    before = (NOW - timedelta(days=70)).date()

    then = board(scope_of(learned), viewer="", now=NOW, as_of=day)
    first = board(scope_of(learned, version=1), viewer="", now=NOW, as_of=before)

    assert (then.is_noted, first.is_noted) == (True, True)
    assert [then.rows[0].support.level, first.rows[0].support.level] == [4, 2]


def test_its_pages_open(client, learned):
    client.force_login(User.objects.get(email="owner@linenfold.example"))

    for name in ("milestones:board", "milestones:exit", "milestones:checkpoint_list"):
        page = client.get(reverse(name, args=["linenfold"]))
        assert page.status_code == 200
    board_page = client.get(reverse("milestones:board", args=["linenfold"]))
    assert re.search(r"11 of 11 scored · 15 qualifying", text_of(board_page))


def test_it_is_loaded_by_its_name():
    out = StringIO()

    call_command("load_sample", "linenfold", "--slug", "folded", stdout=out)

    assert out.getvalue() == "Loaded /w/folded/\n"
    assert Workspace.objects.get(slug="folded").is_sample
