"""What others think and ask about a question, and how the team ticks its criteria."""

from dataclasses import dataclass

from milestones.models import Score
from milestones.reports.challenges import Asking, challenges_of
from milestones.reports.criteria import Criteria, criteria_of
from milestones.reports.owing import owed_since


@dataclass(frozen=True)
class Discussion:
    """`reviews` are the standing scores of those who advise, newest first."""

    asking: Asking
    criteria: Criteria
    reviews: tuple[Score, ...]
    owes_score: bool


def discussion_of(scope, number, *, viewer, now) -> Discussion:
    """As this reader may know it. `viewer` is the key of their account."""
    workspace, question = scope.workspace, scope.question(number)
    pk = question and question.pk
    owed = owed_since(workspace, viewer, now, [pk])
    asked = challenges_of(workspace, [pk], viewer=viewer, now=now, owed=owed)
    ticked = criteria_of(workspace, {pk: number}, now)
    return Discussion(asked[pk], ticked[pk], reviews_of(question), pk in owed)


def reviews_of(question) -> tuple[Score, ...]:
    rows = Score.objects.filter(
        question=question, kind=Score.Kind.REVIEWED, superseded_by=None
    )
    return tuple(rows.select_related("by").order_by("-recorded_at", "pk"))
