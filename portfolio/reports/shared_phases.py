"""Where each open sales curve stands, as a `Changes` holds it: one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from decisions.models import PhaseNote
from forecasts.models import SalesCurve
from portfolio.reports.changes import SharedPhase

if TYPE_CHECKING:
    from core.models import Workspace
    from milestones.reports.moving import Look
    from portfolio.reports.gathering import Say

MOST_CURVES = 12
WORDS = dict(PhaseNote.Phase.choices)


def phases_of(workspace: Workspace, look: Look, say: Say) -> Iterable[SharedPhase]:
    """As noted by the later moment; one of which nothing was noted yet is left out."""
    notes = PhaseNote.objects.filter(curve=OuterRef("pk")).order_by("-noted_at")
    now, then = (notes.filter(noted_at__lte=at) for at in (look.now, look.since))
    was_open = Q(closed_at__isnull=True) | Q(closed_at__gt=look.now)
    rows = SalesCurve.objects.in_workspace(workspace).filter(was_open)
    rows = rows.annotate(
        phase=Subquery(now.values("phase")[:1]),
        figure=Subquery(now.values("figure")[:1]),
        was=Subquery(then.values("phase")[:1]),
    )
    for row in rows.filter(phase__isnull=False)[:MOST_CURVES]:
        has_moved = row.was not in (None, row.phase)
        yield SharedPhase(
            key=row.pk,
            name=say(str(row)),
            phase=str(WORDS[row.phase]),
            figure=row.figure,
            was=str(WORDS[row.was]) if has_moved else "",
        )
