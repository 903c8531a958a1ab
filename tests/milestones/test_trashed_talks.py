"""What was said in a talk that is in the trash proves nothing until it is back."""

from django.db.models import Q

from core.actions.trash import restore_row, trash_row
from milestones.models import EvidenceLink, Question
from milestones.reports.inbox import unlinked_quotes
from milestones.reports.pieces import links_of
from tests.factories import (
    NOW,
    TODAY,
    make_interview,
    make_model_version,
    make_quote,
    make_segment,
)


def test_evidence_ends_with_the_talk_and_comes_back_with_it(workspace, founder):
    talk = make_interview(workspace, by=founder)
    question = Question.objects.create(
        workspace=workspace,
        number=1,
        model_version=make_model_version(workspace),
        segment=make_segment(workspace),
        created_at=NOW,
    )
    EvidenceLink.objects.create(
        workspace=workspace,
        question=question,
        quote=make_quote(talk),
        stance="supports",
        grade=3,
        by=founder,
        occurred_on=TODAY,
        linked_at=NOW,
    )
    make_quote(talk, "last Tuesday")

    def ends():
        return [link.ends_at for link in links_of(Q(question=question))]

    assert (ends(), unlinked_quotes(workspace).count()) == ([None], 1)
    trash_row(talk, by=founder, now=NOW)
    assert (ends(), unlinked_quotes(workspace).count()) == ([NOW], 0)
    restore_row(talk, by=founder, now=NOW)
    assert (ends(), unlinked_quotes(workspace).count()) == ([None], 1)
