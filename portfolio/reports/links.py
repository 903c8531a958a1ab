"""The links to the dashboard of a venture, as those who made them see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When

from portfolio.models import Guest, ShareLink, ShareOpening

if TYPE_CHECKING:
    from core.models import Workspace

SHOWN = 12


@dataclass(frozen=True)
class Listed:
    """`openings`: the latest twelve, newest first. `guests`: who said who they are, to
    comment, each with a count of `said`."""

    link: ShareLink
    works: bool
    has_ended: bool
    openings: tuple[datetime, ...]
    guests: tuple[Guest, ...]

    @property
    def is_revoked(self) -> bool:
        return self.link.revoked_at is not None


def links_of(workspace: Workspace, *, now: datetime) -> QuerySet[ShareLink]:
    """Those that work first, the newest of them on top, ready to be `listed`: three
    queries for a page of them."""
    latest = ShareOpening.objects.order_by("-at", "pk")[:SHOWN]
    openings = Prefetch("openings", latest, to_attr="latest")
    known = Guest.objects.annotate(said=Count("comments__number", distinct=True))
    guests = Prefetch("guests", known.order_by("confirmed_at", "pk"), to_attr="known")
    works = Q(revoked_at__isnull=True, expires_at__gt=now)
    rows = ShareLink.objects.in_workspace(workspace).prefetch_related(openings, guests)
    rows = rows.annotate(is_over=Case(When(works, then=0), default=1))
    return rows.order_by("is_over", "-created_at", "pk")


def listed(row: Any, *, now: datetime) -> Listed:
    """Of a row that `links_of` gave."""
    return Listed(
        link=row,
        works=row.works(now),
        has_ended=now >= row.expires_at,
        openings=tuple(one.at for one in row.latest),
        guests=tuple(row.known),
    )
