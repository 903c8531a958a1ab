"""The dashboard of those who advise, for one reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.models import Permission, Workspace
from portfolio.models import Ask, DashboardRead, Guest, ShareLink, Thread
from portfolio.reports.changes import Changes, SharedSegment
from portfolio.reports.gathering import Reader, changes_of

if TYPE_CHECKING:
    from core.models import User
    from interviews.masking import Names

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Visitor:
    """A member, or whoever has the link: `guest`, if they said who they are. `scores`:
    whether it is somebody who has to score blind. `looks_back` so far, who has no mark
    of their own."""

    user: User | None = None
    link: ShareLink | None = None
    guest: Guest | None = None
    scores: bool = False
    looks_back: timedelta | None = None

    @property
    def sees_all(self) -> bool:
        return self.link is None or self.link.scope == ShareLink.Scope.WHOLE

    def is_of(self, read: DashboardRead) -> bool:
        if self.guest is not None:
            return read.guest_id == self.guest.pk
        if self.link is not None:
            return read.link_id == self.link.pk and read.guest_id is None
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
    open_threads: int

    @property
    def elsewhere(self) -> tuple[SharedSegment, ...]:
        """Other segments in which something moved."""
        return tuple(
            one
            for one in self.changes.segments
            if one.changed and one.key != self.segment.key
        )


def visitor_of(user: User, may: Collection[Permission]) -> Visitor:
    """A member. Whoever sees people looks as an advisor does who was away for a week."""
    looks_back = A_WEEK if Permission.SEE_PEOPLE in may else None
    return Visitor(user=user, scores=Permission.SCORE in may, looks_back=looks_back)


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
        .select_related("by", "link", "guest")
    ]
    own = own_of(visitor, reads)
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
    beside = said_beside(workspace, visitor)
    return SharedPage(
        changes=changes,
        segment=chosen(changes.segments, wanted.segment),
        own=own,
        others=tuple(read for row, read in reads if not visitor.is_of(row)),
        ask=names.mask(beside.ask_text or ""),
        asked_by=names.mask(beside.asked_by or ""),
        asked_at=beside.asked_at,
        open_threads=beside.open_threads,
    )


def said_beside(workspace: Workspace, visitor: Visitor) -> Workspace:
    """What the founders ask, and how many threads this reader knows of are open: one
    query for both."""
    asks = Ask.objects.filter(workspace=OuterRef("pk")).order_by("-asked_at", "pk")
    known = Thread.objects.seen_with(frozenset())
    if visitor.link is not None:
        known = Thread.objects.shown_by(visitor.link)
    threads = known.open().order_by()
    counts = threads.filter(workspace=OuterRef("pk")).values("workspace")
    return Workspace.objects.annotate(
        ask_text=Subquery(asks.values("text")[:1]),
        asked_by=Subquery(asks.values("by__name")[:1]),
        asked_at=Subquery(asks.values("asked_at")[:1]),
        open_threads=Coalesce(Subquery(counts.annotate(n=Count("pk")).values("n")), 0),
    ).get(pk=workspace.pk)


def last_look(visitor: Visitor, own: Read | None, now: datetime) -> datetime | None:
    if own is not None:
        return own.seen_until
    return now - visitor.looks_back if visitor.looks_back else None


def own_of(visitor: Visitor, reads: list[tuple[DashboardRead, Read]]) -> Read | None:
    """This reader's last mark. Who has only just said who they are goes on from what
    was marked by their link before."""
    readers = [visitor, replace(visitor, guest=None)] if visitor.guest else [visitor]
    found = (read for who in readers for row, read in reads if who.is_of(row))
    return next(found, None)


def reader_name(row: DashboardRead) -> str:
    if row.link is None:
        return str(row.by)
    if row.guest is None:
        return row.link.name
    by_link = _("%(who)s, by the link for %(name)s")
    return by_link % {"who": row.guest.name, "name": row.link.name}


def start_of(day: date | None, workspace: Workspace, now: datetime) -> datetime | None:
    """The first moment of that day in the venture's zone; nothing for one to come."""
    if day is None or day > workspace.today(now):
        return None
    return datetime.combine(day, time.min, tzinfo=workspace.zone)


def chosen(segments: tuple[SharedSegment, ...], key: str) -> SharedSegment:
    """The one asked for, or the first."""
    found = (one for one in segments if str(one.key) == key)
    return next(found, segments[0])
