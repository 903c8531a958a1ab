"""What is still to do after decisions, and which of them are due for a judgement."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from decisions.models import Decision, DecisionReview, FollowUp
from decisions.subjects import RELATED

# More than a page should show; the log holds all.
SHOWN = 50


@dataclass(frozen=True)
class Afterwards:
    """`follow_ups` are not done, the earliest first; `to_judge` reached their day."""

    follow_ups: tuple[FollowUp, ...]
    to_judge: tuple[Decision, ...]

    def __bool__(self) -> bool:
        return bool(self.follow_ups or self.to_judge)


def afterwards(workspace, today: date) -> Afterwards:
    return Afterwards(open_follow_ups(workspace), to_judge(workspace, today))


def open_follow_ups(workspace) -> tuple[FollowUp, ...]:
    rows = FollowUp.objects.in_workspace(workspace).open()
    rows = rows.select_related(
        "owner", *(f"decision__alert__{name}" for name in RELATED)
    )
    return tuple(rows.defer("decision__snapshot")[:SHOWN])


def to_judge(workspace, today: date) -> tuple[Decision, ...]:
    """Not judged yet, and the day they named has come: the next stop, or the prediction."""
    due = Q(review_on__lte=today) | Q(predict_by__lte=today)
    rows = Decision.objects.in_workspace(workspace).filter(due, review=None)
    rows = rows.select_related(*(f"alert__{name}" for name in RELATED))
    rows = rows.defer("snapshot")
    return tuple(rows.order_by("review_on", "pk")[:SHOWN])


def follow_ups_of(decision) -> tuple[FollowUp, ...]:
    rows = FollowUp.objects.filter(decision=decision)
    return tuple(rows.select_related("owner", "ended_by"))


def review_of(decision) -> DecisionReview | None:
    rows = DecisionReview.objects.filter(decision=decision)
    return rows.select_related("by").first()


def is_due(decision, today: date) -> bool:
    days = [day for day in (decision.review_on, decision.predict_by) if day]
    return min(days) <= today
