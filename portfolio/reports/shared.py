"""The dashboard of those who advise, for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from portfolio.models import Ask, DashboardRead, ShareLink
from portfolio.reports.changes import Changes, SharedSegment
from portfolio.reports.gathering import Reader, changes_of

if TYPE_CHECKING:
    from core.models import User, Workspace
    from interviews.masking import Names


@dataclass(frozen=True)
class Visitor:
    """A member, or whoever has the link. `scores`: whether it is somebody who has to
    score blind. `looks_back` so far, who has no mark of their own."""

    user: User | None = None
    link: ShareLink | None = None
    scores: bool = False
    looks_back: timedelta | None = None

    @property
    def sees_all(self) -> bool:
        return self.link is None or self.link.scope == ShareLink.Scope.WHOLE

    def is_of(self, read: DashboardRead) -> bool:
        if self.link is not None:
            return read.link_id == self.link.pk
        return self.user is not None and read.by_id == self.user.pk


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: a segment, and another day to compare with."""

    segment: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Read:
    """Who read it, and when. `seen_until`: how it stood then."""

    who: str
    at: datetime
    seen_until: datetime


@dataclass(frozen=True)
class SharedPage:
    """`own`: this reader's last mark; `others` are for the founders. `ask` is empty
    while they ask for nothing."""

    changes: Changes
    segment: SharedSegment
    own: Read | None
    others: tuple[Read, ...]
    ask: str
    asked_by: str
    asked_at: datetime | None

    @property
    def elsewhere(self) -> tuple[SharedSegment, ...]:
        """Other segments in which something moved."""
        return tuple(
            one
            for one in self.changes.segments
            if one.changed and one.key != self.segment.key
        )


def shared_page(
    workspace: Workspace,
    visitor: Visitor,
    *,
    now: datetime,
    names: Names,
    wanted: Wanted,
) -> SharedPage:
    """As it stands since this reader's last mark, or since the day asked for."""
    reads = [
        (row, Read(reader_name(row), row.read_at, row.seen_until))
        for row in DashboardRead.objects.in_workspace(workspace)
        .latest()
        .select_related("by", "link")
    ]
    own = next((read for row, read in reads if visitor.is_of(row)), None)
    since = start_of(wanted.since, workspace, now) or last_look(visitor, own, now)
    changes = changes_of(
        workspace,
        since=since or now,
        until=now,
        names=names,
        reader=Reader(
            key=str(visitor.user.pk) if visitor.user else "",
            scores=visitor.scores,
            is_first=since is None,
            sees_all=visitor.sees_all,
        ),
    )
    ask = Ask.objects.in_workspace(workspace).select_related("by").first()
    return SharedPage(
        changes=changes,
        segment=chosen(changes.segments, wanted.segment),
        own=own,
        others=tuple(read for row, read in reads if not visitor.is_of(row)),
        ask=names.mask(ask.text) if ask else "",
        asked_by=names.mask(ask.by.name) if ask else "",
        asked_at=ask.asked_at if ask else None,
    )


def last_look(visitor: Visitor, own: Read | None, now: datetime) -> datetime | None:
    if own is not None:
        return own.seen_until
    return now - visitor.looks_back if visitor.looks_back else None


def reader_name(row: DashboardRead) -> str:
    return row.link.name if row.link else str(row.by)


def start_of(day: date | None, workspace: Workspace, now: datetime) -> datetime | None:
    """The first moment of that day in the venture's zone; nothing for one to come."""
    if day is None or day > workspace.today(now):
        return None
    return datetime.combine(day, time.min, tzinfo=workspace.zone)


def chosen(segments: tuple[SharedSegment, ...], key: str) -> SharedSegment:
    """The one asked for, or the first."""
    found = (one for one in segments if str(one.key) == key)
    return next(found, segments[0])
