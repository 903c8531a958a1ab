"""The log of decisions: what was known, what was decided, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.models import User
from decisions.models import Alert, Decision, DecisionReview, FollowUp
from decisions.reports.alerts import KnownNumber, known_of
from decisions.subjects import RELATED

ABOUT = tuple(f"alert__{name}" for name in RELATED)
AGAIN = "again"
OPEN = "open"
# Days beyond these have no midnight in every zone, and no decisions.
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class LogFilter:
    """None and empty texts leave everything in. `became` is a verdict of the judgement,
    `open` while there is none, or `again` when the same alert rose anew within 60 days.
    """

    kind: str = ""
    became: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return any((self.kind, self.became, self.by, self.since, self.until))


@dataclass(frozen=True)
class Entry:
    """`known` is the last number on record when it was decided, if there was one."""

    decision: Decision
    known: KnownNumber | None

    @property
    def review(self) -> DecisionReview | None:
        return getattr(self.decision, "review", None)


def log_of(workspace, wanted: LogFilter):
    """Decisions, newest first, each with `has_come_again`, `open_tasks`, `tasks`. Counted
    row by row: only those of a page are."""
    later = Alert.objects.filter(follows=OuterRef("alert"))
    tasks = FollowUp.objects.filter(decision=OuterRef("pk"))
    rows = Decision.objects.in_workspace(workspace).annotate(
        has_come_again=Exists(later),
        tasks=number_of_rows(tasks),
        open_tasks=number_of_rows(tasks.open()),
    )
    rows = rows.select_related(*ABOUT, "by", "review__by")
    return narrowed(rows, workspace, wanted).order_by("-decided_at", "pk")


def number_of_rows(rows) -> Coalesce:
    counts = rows.order_by().values("decision").annotate(n=Count("pk"))
    return Coalesce(Subquery(counts.values("n")), 0)


def narrowed(rows, workspace, wanted: LogFilter):
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.by:
        rows = rows.filter(by=wanted.by)
    if wanted.since:
        since = midnight(workspace, within(wanted.since))
        rows = rows.filter(decided_at__gte=since)
    if wanted.until:
        after = midnight(workspace, within(wanted.until) + timedelta(days=1))
        rows = rows.filter(decided_at__lt=after)
    if wanted.became == AGAIN:
        return rows.filter(has_come_again=True)
    if wanted.became == OPEN:
        return rows.filter(review=None)
    return rows.filter(review__verdict=wanted.became) if wanted.became else rows


def within(day: date) -> date:
    return min(max(day, EARLIEST), LATEST)


def midnight(workspace, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=workspace.zone)


def entry_of(decision) -> Entry:
    reached = [row for row in known_of(decision).series if row.actual is not None]
    return Entry(decision, reached[-1] if reached else None)


def deciders_of(workspace) -> list[tuple[str, str]]:
    """(id, name) of everybody who has recorded a decision, by name."""
    ids = Decision.objects.in_workspace(workspace).values("by").distinct()
    named = ((str(user), str(user.pk)) for user in User.objects.filter(pk__in=ids))
    return [(pk, name) for name, pk in sorted(named)]
