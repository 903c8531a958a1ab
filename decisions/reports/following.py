"""What is still to do after decisions, and which of them are due for a judgement."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateTimeField, Exists, OuterRef, Q, Subquery, Value

from decisions.models import Decision, DecisionReview, FollowUp
from decisions.subjects import RELATED
from milestones.models import Question, Score

# More than a page should show; the log holds all.
SHOWN = 50


@dataclass(frozen=True)
class Afterwards:
    """`follow_ups` are not done, the earliest first; `to_judge` reached their day; the
    scores of `to_score` change by a decision, and nobody has scored them since.
    """

    follow_ups: tuple[FollowUp, ...]
    to_judge: tuple[Decision, ...]
    to_score: tuple[Question, ...]

    def __bool__(self) -> bool:
        return bool(self.follow_ups or self.to_judge or self.to_score)


def afterwards(workspace, today: date) -> Afterwards:
    return Afterwards(
        open_follow_ups(workspace), to_judge(workspace, today), to_score(workspace)
    )


def to_score(workspace) -> tuple[Question, ...]:
    """Each with `decided_at`, the latest decision that its score changes by."""
    decided = Decision.objects.filter(alert__evaluation__rescored=OuterRef("pk"))
    latest = decided.order_by("-decided_at").values("decided_at")[:1]
    rows = Question.objects.filter(workspace=workspace)
    rows = rows.annotate(decided_at=Subquery(latest))
    return tuple(unscored(rows.filter(decided_at__isnull=False))[:SHOWN])


def unscored(rows):
    since = Score.objects.filter(
        question=OuterRef("pk"),
        kind=Score.Kind.CLAIMED,
        recorded_at__gt=OuterRef("decided_at"),
    )
    same = Q(segment=OuterRef("segment")) | Q(segment=None)
    # a pivot asks it anew
    later = Question.objects.filter(
        same,
        workspace=OuterRef("workspace"),
        number=OuterRef("number"),
        created_at__gt=OuterRef("created_at"),
    )
    rows = rows.filter(~Exists(since), ~Exists(later)).select_related("segment")
    return rows.order_by("number", "created_at", "pk")


def to_score_after(decision) -> tuple[Question, ...]:
    """Of one decision, those that nobody has scored since."""
    rows = Question.objects.filter(rescored_by__alert=decision.alert_id)
    rows = rows.annotate(decided_at=Value(decision.decided_at, DateTimeField()))
    return tuple(unscored(rows))


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
