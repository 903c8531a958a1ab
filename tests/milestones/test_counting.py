"""What one question counts today, for those who rest something on it."""

from datetime import timedelta

import pytest

from milestones.actions.noting import note_moment
from milestones.models import Question, QuestionState, Score
from milestones.reports.counting import effective_of
from tests.factories import NOW, make_model_version, make_segment

pytestmark = pytest.mark.django_db


def question(workspace, segment, **fields):
    return Question.objects.create(
        workspace=workspace,
        number=8,
        segment=segment,
        model_version=make_model_version(workspace),
        created_at=NOW,
        **fields,
    )


def claim(asked, by, value):
    Score(
        workspace=asked.workspace,
        question=asked,
        kind=Score.Kind.CLAIMED,
        value=value,
        reason="We have sold it eight times in a row.",
        by=by,
        round=1,
        supported=0,
        recorded_at=NOW - timedelta(days=30),
    ).save()


def support(asked, level):
    """As the scheduler would note it."""
    note_moment(asked.workspace, NOW)
    state = QuestionState.objects.filter(question=asked).latest("at")
    state.state["support"]["level"] = level
    QuestionState.objects.create(
        workspace=asked.workspace,
        question=asked,
        state=state.state,
        supported=level,
        at=NOW + timedelta(seconds=1),
    )


@pytest.mark.parametrize(("claimed", "supported", "counts"), [(5, 4, 4), (2, 4, 2)])
def test_the_lower_of_claimed_and_supported(
    workspace, owner, claimed, supported, counts
):
    segment = make_segment(workspace)
    asked = question(workspace, segment)
    claim(asked, owner, claimed)
    support(asked, supported)

    assert effective_of(workspace, 8, segment.pk, NOW) == counts
    assert effective_of(workspace, 8, None, NOW) == counts


def test_nothing_before_anybody_scored(workspace, owner):
    segment = make_segment(workspace)
    support(question(workspace, segment), 4)

    assert effective_of(workspace, 8, segment.pk, NOW) is None


def test_nothing_before_it_was_noted(workspace, owner):
    segment = make_segment(workspace)
    claim(question(workspace, segment), owner, 5)

    assert effective_of(workspace, 8, segment.pk, NOW) is None


def test_each_segment_for_itself(workspace, owner):
    first, second = make_segment(workspace), make_segment(workspace)
    asked = question(workspace, second)
    claim(asked, owner, 5)
    support(asked, 4)

    assert effective_of(workspace, 8, second.pk, NOW) == 4
    assert effective_of(workspace, 8, first.pk, NOW) is None


def test_it_takes_two_queries(workspace, owner, django_assert_num_queries):
    segment = make_segment(workspace)
    asked = question(workspace, segment)
    claim(asked, owner, 5)
    support(asked, 4)

    with django_assert_num_queries(2):
        effective_of(workspace, 8, segment.pk, NOW)
