"""Which row asks a question, in which version of the model."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from discovery.models import ModelVersion
from milestones.actions import open_questions, question_in
from milestones.models import Question
from milestones.scope import scope_of
from tests.factories import NOW, TODAY
from tests.milestones.rows import open_market, question

pytestmark = pytest.mark.django_db


def pivoted(workspace, *numbers):
    """A second version of the model, with new rows for these questions."""
    pivot = ModelVersion.objects.create(
        workspace=workspace, number=2, started_on=TODAY, started_at=NOW
    )
    for number in numbers:
        old = question(workspace, number)
        Question.objects.create(
            workspace=workspace,
            number=number,
            segment=old.segment,
            model_version=pivot,
            created_at=NOW,
        )
    return pivot


def test_a_new_version_of_the_model_keeps_what_it_does_not_affect(workspace, founder):
    open_market(workspace, founder)
    pivoted(workspace, 2, 9)

    open_questions(workspace, by=founder, now=NOW)

    new, old = scope_of(workspace), scope_of(workspace, version=1)
    assert Question.objects.in_workspace(workspace).count() == 13
    assert [n for n in new.rows if new.rows[n] != old.rows[n]] == [2, 9]
    assert (new.is_current, old.is_current, old.ended_at) == (True, False, NOW)


def test_nothing_is_added_to_a_version_that_has_ended(workspace, founder):
    open_market(workspace, founder)
    pivoted(workspace, 2)

    with pytest.raises(ValidationError) as refused:
        question_in(scope_of(workspace, version=1), 2, by=founder, now=NOW)

    assert refused.value.code == "past_version"


@pytest.mark.parametrize("version", [7, -1, "0", "x", "1e3", "٢", "9" * 20, "9" * 5000])
def test_a_version_there_is_not_is_not_found(workspace, founder, version):
    open_market(workspace, founder)

    with pytest.raises(Http404):
        scope_of(workspace, version=version)
