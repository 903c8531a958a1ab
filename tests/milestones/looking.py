"""What is asked about a score, ticked and looked at again, for the world of the tests."""

from datetime import timedelta

from milestones.models import Challenge, CriterionAnswer, Reconfirmation
from tests.factories import NOW, TODAY


def look_again(workspace, question, by, link):
    """Asked about the score, ticked, and found to hold; asked before the round opened,
    so that also those who owe a score of it may know."""
    Challenge.objects.create(
        workspace=workspace,
        question=question,
        claimed=2,
        text="Which of the clinics has shown you what they do instead?",
        by=by,
        opened_at=NOW - timedelta(days=3),
    )
    ticked = CriterionAnswer.objects.filter(question=question, superseded_by=None)
    CriterionAnswer(
        workspace=workspace,
        question=question,
        criterion=1,
        state=CriterionAnswer.State.PARTLY,
        note="Three of them used the same word.",
        by=by,
        supersedes=ticked.first(),
        recorded_at=NOW,
    ).save()
    Reconfirmation(
        workspace=workspace,
        link=link,
        on=TODAY,
        how="Rang them up: it broke again.",
        by=by,
        recorded_at=NOW,
    ).save()
