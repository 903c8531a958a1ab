"""What is asked about a score, ticked, looked at again and planned, for the world of the
tests."""

from datetime import timedelta

from milestones.models import (
    Challenge,
    Checkpoint,
    CriterionAnswer,
    Reconfirmation,
    ScheduledStop,
    Score,
    Slip,
)
from tests.factories import NOW, TODAY, make_model_version


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
    review(workspace, question, by)
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


def review(workspace, question, by):
    """The current opinion of one who advises; each follows the last."""
    kind = Score.Kind.REVIEWED
    last = Score.objects.filter(question=question, kind=kind, superseded_by=None)
    Score(
        workspace=workspace,
        question=question,
        kind=kind,
        value=1,
        reason="Three clinics are three stories; I would want to see ten of them.",
        by=by,
        round=0,
        supersedes=last.first(),
        supported=1,
        recorded_at=NOW,
    ).save()


def set_course(workspace, by, rows):
    """A checkpoint that slips and slips, and one that was reached and set its stops."""
    facts = {"workspace": workspace, "by": by, "created_at": NOW}
    facts["model_version"] = make_model_version(workspace)
    beta = Checkpoint.objects.create(kind="beta", planned_on=TODAY, **facts)
    reached_on = TODAY - timedelta(days=40)
    shipped = Checkpoint.objects.create(
        kind="first_customer_ship",
        planned_on=TODAY + timedelta(days=1),
        reached_on=reached_on,
        finding=f"CANARY-{workspace.slug}-0-person was the first to pay.",
        **facts,
    )
    for days in (30, 90):
        ScheduledStop.objects.create(
            workspace=workspace,
            checkpoint=shipped,
            days=days,
            due_on=reached_on + timedelta(days=days),
            created_at=NOW,
        )
    for number in range(rows):
        Slip(
            workspace=workspace,
            checkpoint=beta,
            from_on=TODAY - timedelta(days=number + 1),
            to_on=TODAY - timedelta(days=number),
            reason=f"CANARY-{workspace.slug}-{number}-person was ill.",
            by=by,
            recorded_at=NOW,
        ).save()
