"""The report for the board: one week of a venture, drawn from what the dashboard is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from core.weeks import (
    Cadence,
    Period,
    dates,
    following,
    name_of_week,
    period_of,
    preceding,
)
from milestones.reports.board import end_of
from portfolio.models import Ask
from portfolio.reports.changes import Changes, SharedSegment
from portfolio.reports.gathering import Reader, changes_of
from portfolio.reports.shared import Visitor, chosen

if TYPE_CHECKING:
    from core.models import Workspace
    from interviews.masking import Names


@dataclass(frozen=True)
class Week:
    """The week that is asked for. `is_early`: before the venture; `is_late`: to come."""

    period: Period
    is_early: bool
    is_late: bool
    first: Period
    current: Period

    @property
    def name(self) -> str:
        return name_of_week(self.period)

    @property
    def number(self) -> int:
        return int(self.name.partition("W")[2])

    @property
    def dates(self) -> str:
        return dates(self.period)

    @property
    def is_told(self) -> bool:
        return not (self.is_early or self.is_late)

    @property
    def is_over(self) -> bool:
        return self.period != self.current

    @property
    def earlier(self) -> str:
        """The week before that can be told of; empty where there is none."""
        if self.is_early or self.period == self.first:
            return ""
        return name_of_week(self.current if self.is_late else preceding(self.period))

    @property
    def later(self) -> str:
        if self.is_late or self.period == self.current:
            return ""
        return name_of_week(self.first if self.is_early else following(self.period))


@dataclass(frozen=True)
class WeekReport:
    """`as_of`: the end of the week, or now while it lasts. `ask` is what the founders
    asked for then, empty when nothing."""

    week: Week
    as_of: datetime
    changes: Changes
    segment: SharedSegment
    ask: str
    asked_by: str
    asked_at: datetime | None

    @property
    def as_of_day(self) -> date:
        """In the zone that is active."""
        return localtime(self.as_of).date()


def week_asked(workspace: Workspace, wanted: Period | None, now: datetime) -> Week:
    """The current one where none is named. No query."""
    current = week_of(workspace, now)
    first = week_of(workspace, workspace.created_at)
    period = wanted or current
    return Week(
        period=period,
        is_early=period.start < first.start,
        is_late=period.start > current.start,
        first=first,
        current=current,
    )


def week_of(workspace: Workspace, moment: datetime) -> Period:
    day = workspace.today(moment)
    return period_of(day, Cadence.WEEKLY, workspace.week_start)


def week_report(
    workspace: Workspace,
    visitor: Visitor,
    week: Week,
    *,
    now: datetime,
    names: Names,
    segment: str = "",
) -> WeekReport:
    """Of a week that can be told of. Ten queries, fourteen for one that is over."""
    since = datetime.combine(week.period.start, time.min, tzinfo=workspace.zone)
    as_of = end_of(week.period.end, workspace.zone, now)
    changes = changes_of(
        workspace,
        since=since,
        until=as_of,
        names=names,
        reader=Reader(
            key=str(visitor.user.pk) if visitor.user else "",
            scores=visitor.scores,
            sees_all=visitor.sees_all,
        ),
        is_past=week.is_over,
    )
    asked = Ask.objects.in_workspace(workspace).filter(asked_at__lte=as_of)
    ask = asked.select_related("by").first()
    return WeekReport(
        week=week,
        as_of=as_of,
        changes=changes,
        segment=chosen(changes.segments, segment),
        ask=names.mask(ask.text) if ask else "",
        asked_by=names.mask(ask.by.name) if ask else "",
        asked_at=ask.asked_at if ask else None,
    )
