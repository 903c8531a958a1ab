"""What needs me, in order: stop → numbers due → quotes → scores → talks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Max, Q

from core.models import Invitation, Membership, Permission
from decisions.models import Alert
from forecasts.models import Metric
from forecasts.reports import DueNumber, numbers_due
from interviews.models import Interview
from milestones.eleven import Template, template
from milestones.models import Question
from milestones.reports.inbox import unlinked_quotes

SHOWN = 8


@dataclass(frozen=True)
class ToScore:
    """`is_first`: this founder never scored it; else its evidence is newer."""

    question: Question
    asked: Template
    is_first: bool


@dataclass(frozen=True)
class Today:
    """Counts are of the whole venture; lists hold at most eight.

    `is_alone`: nobody else is in the venture, and nobody is invited.
    """

    stops: tuple[Alert, ...]
    due: tuple[DueNumber, ...]
    due_count: int
    unlinked: int
    to_score: tuple[ToScore, ...]
    to_score_count: int
    talks: int
    talks_this_week: int
    has_metric: bool
    is_alone: bool

    @property
    def more_to_score(self):
        return self.to_score_count - len(self.to_score)

    @property
    def is_new(self):
        return not self.talks and not self.due_count and not self.stops

    @property
    def is_clear(self):
        return not (self.stops or self.due_count or self.unlinked or self.to_score)


def today_for(workspace, user, may, *, now):
    day = workspace.today(now)
    stops = Alert.objects.in_workspace(workspace).open().stops()
    due = numbers_due(workspace, day) if Permission.PLAN in may else ()
    scoring = questions_to_score(workspace, user) if Permission.SCORE in may else []
    week_began = day - timedelta(days=(day.isoweekday() - workspace.week_start) % 7)
    talks = Interview.objects.in_workspace(workspace).finished()
    return Today(
        stops=tuple(stops.with_subjects().order_by("raised_at", "pk")[:SHOWN]),
        due=tuple(due[:SHOWN]),
        due_count=len(due),
        unlinked=unlinked_quotes(workspace).count() if Permission.LOG in may else 0,
        to_score=tuple(scoring[:SHOWN]),
        to_score_count=len(scoring),
        talks=talks.count(),
        talks_this_week=talks.filter(held_at__date__gte=week_began).count(),
        has_metric=Metric.objects.in_workspace(workspace).exists(),
        is_alone=is_alone(workspace),
    )


def is_alone(workspace):
    if Membership.objects.in_workspace(workspace).current().count() > 1:
        return False
    invited = Invitation.objects.in_workspace(workspace)
    return not invited.filter(accepted_at=None, revoked_at=None).exists()


def questions_to_score(workspace, user):
    """Questions whose evidence is newer than this founder's last claim."""
    latest = Question.objects.in_workspace(workspace).annotate(
        newest=Max("evidence__linked_at", filter=Q(evidence__withdrawn_at=None)),
        scored=Max(
            "scores__recorded_at", filter=Q(scores__by=user, scores__kind="claimed")
        ),
    )
    waiting = latest.filter(newest__isnull=False).filter(
        Q(scored__isnull=True) | Q(newest__gt=F("scored"))
    )
    return [
        ToScore(question, template(question.number), question.scored is None)
        for question in waiting.select_related("segment").order_by("number", "pk")
    ]
