"""What stood at a moment: conditions for rows that are withdrawn or put away, never
deleted. Without a moment, what stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from interviews.models import Interview, QuoteLink
from interviews.models.quotes import refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from discovery.models import Segment


def stood(now: datetime, *, since: str, until: str = "withdrawn_at", path: str = ""):
    """Rows that began by then (`since`) and had not ended (`until`)."""
    begun = Q(**{f"{path}{since}__lte": now})
    return begun & not_yet(now, f"{path}{until}")


def not_yet(now: datetime, field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": now})


def current_at(now: datetime) -> Q:
    """Neither in the trash nor in the archive."""
    return stood(now, since="created_at", until="trashed_at") & not_yet(
        now, "archived_at"
    )


def standing_links(now: datetime | None) -> QuerySet[QuoteLink]:
    if now is None:
        return QuoteLink.objects.standing()
    kept = QuoteLink.objects.exclude(refused("quote__"))
    return kept.filter(
        stood(now, since="linked_at"), stood(now, since="created_at", path="quote__")
    )


def finished_in(segment: Segment, now: datetime) -> QuerySet[Interview]:
    rows = Interview.objects.filter(segment=segment, state=Interview.State.FINISHED)
    return rows.filter(stood(now, since="recorded_at", until="trashed_at"))


def qualifying_in(segment: Segment, now: datetime | None) -> QuerySet[Interview]:
    if now is None:
        return Interview.objects.qualifying().filter(segment=segment)
    return finished_in(segment, now).filter(qualifies=True)
