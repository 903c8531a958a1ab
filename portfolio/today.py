"""What needs me, in order: stop → numbers due → quotes → scores → talks."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256

from django.db.models import Count, F, Max, Q

from core.models import Invitation, Membership, Permission
from decisions.models import Alert
from forecasts.models import Metric
from interviews.models import Interview
from milestones.eleven import Template, template
from milestones.models import Question
from milestones.reports.inbox import unlinked_quotes
from portfolio.reports.comments import open_threads

SHOWN = 8


@dataclass(frozen=True)
class ToScore:
    """`is_first`: this founder never scored it; else its evidence is newer."""

    question: Question
    asked: Template
    is_first: bool


@dataclass(frozen=True)
class Talks:
    """`qualifying` and `not_counted` of this week, `total` of all finished ones.
    `drafts` are this reader's own."""

    total: int
    qualifying: int
    not_counted: int
    drafts: tuple[Interview, ...]

    @property
    def this_week(self):
        return self.qualifying + self.not_counted


@dataclass(frozen=True)
class Today:
    """Counts are of the whole venture; lists hold at most eight.

    `is_alone`: nobody else is in the venture, and nobody is invited.
    """

    stops: tuple[Alert, ...]
    due_count: int
    unlinked: int
    to_score: tuple[ToScore, ...]
    to_score_count: int
    talks: Talks
    has_metric: bool
    is_alone: bool
    open_threads: int

    @property
    def mark(self):
        """Changes when the page would read differently; the form of numbers aside."""
        said = (
            [(stop.pk, stop.state, stop.reason) for stop in self.stops],
            *(self.due_count, self.unlinked, self.to_score_count, self.open_threads),
            [(one.question.pk, one.is_first) for one in self.to_score],
            (self.talks.total, self.talks.qualifying, self.talks.this_week),
            [(draft.pk, draft.rev) for draft in self.talks.drafts],
        )
        return sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def more_to_score(self):
        return self.to_score_count - len(self.to_score)

    @property
    def is_new(self):
        has_talks = self.talks.total or self.talks.drafts
        has_others = self.due_count or self.stops or self.open_threads
        return not has_talks and not has_others

    @property
    def is_clear(self):
        asked = self.stops or self.due_count or self.unlinked or self.to_score
        return not (asked or self.talks.drafts or self.open_threads)


def today_for(workspace, user, may, *, now, due_count):
    """`due_count`: how many numbers this reader is asked for."""
    stops = Alert.objects.in_workspace(workspace).open().stops()
    scoring = questions_to_score(workspace, user) if Permission.SCORE in may else []
    return Today(
        stops=tuple(stops.with_subjects().order_by("raised_at", "pk")[:SHOWN]),
        due_count=due_count,
        unlinked=unlinked_quotes(workspace).count() if Permission.LOG in may else 0,
        to_score=tuple(scoring[:SHOWN]),
        to_score_count=len(scoring),
        talks=talks_for(workspace, user, may, now),
        has_metric=Metric.objects.in_workspace(workspace).exists(),
        is_alone=is_alone(workspace),
        open_threads=open_threads(workspace, may),
    )


def talks_for(workspace, user, may, now):
    """Two queries; one for readers who log none."""
    held = Q(held_at__gte=week_began(workspace, now), held_at__lte=now)
    talks = Interview.objects.in_workspace(workspace)
    counts = talks.finished().aggregate(
        total=Count("pk"),
        qualifying=Count("pk", filter=held & Q(qualifies=True)),
        not_counted=Count("pk", filter=held & Q(qualifies=False)),
    )
    drafts = ()
    if Permission.LOG in may:
        own = talks.current().filter(state=Interview.State.DRAFT, created_by=user)
        drafts = own.order_by("-saved_at", "pk").defer("notes")[:SHOWN]
    return Talks(drafts=tuple(drafts), **counts)


def week_began(workspace, now):
    """The first moment of the venture's week."""
    day = workspace.today(now)
    first = day - timedelta(days=(day.isoweekday() - workspace.week_start) % 7)
    return datetime.combine(first, time.min, tzinfo=workspace.zone)


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
