"""Talks we had and took nothing from yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from interviews.models import Interview, Quote

if TYPE_CHECKING:
    from core.models import Workspace

GRACE = timedelta(hours=48)


@dataclass(frozen=True)
class Debt:
    """Finished talks without a standing quote, the longest waiting first in line.

    `days`: whole days since `oldest` was written down; both empty without debt.
    """

    count: int
    oldest: Interview | None = None
    days: int = 0


def debt_of(workspace: Workspace, now: datetime) -> Debt:
    quotes = Quote.objects.standing().filter(interview=OuterRef("pk"))
    talks = (
        Interview.objects.in_workspace(workspace)
        .finished()
        .filter(recorded_at__lt=now - GRACE)
        .exclude(Exists(quotes))
        .defer("notes")
    )
    count = talks.count()
    if not count:
        return Debt(0)
    oldest = talks.order_by("recorded_at", "pk")[0]
    return Debt(count, oldest, (now - oldest.recorded_at).days)
