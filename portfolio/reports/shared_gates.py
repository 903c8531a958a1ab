"""Commitments and their gates, as a `Changes` holds them: one query."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from decisions.counted_together import Pool
from decisions.gate_limits import USUAL
from decisions.gates import GateClass, Result
from decisions.models import Commitment, CoSignature, Override
from decisions.models.commitments import Status
from decisions.reports.commitment_list import class_of
from decisions.reports.commitments import STATUS_CHIPS
from decisions.reports.together import (
    does_count,
    gate_limits_of,
    piece_of,
    which_count,
)
from portfolio.reports.changes import Overridden, SharedGate

if TYPE_CHECKING:
    from core.models import Workspace
    from milestones.reports.moving import Look
    from portfolio.reports.gathering import Say

MOST_GATES = 30
NOT_SHOWN = (Status.IDEA, Status.ENDED, Status.CANCELLED)
CHECKED = {
    Result.HELD.value: Status.HELD,
    Result.PASSED.value: Status.APPROVED,
    Result.WARNED.value: Status.APPROVED,
}


def gates_of(
    workspace: Workspace, look: Look, say: Say, *, is_past: bool = False
) -> Iterable[SharedGate]:
    """Whatever is before its signature or signed; ideas and what is over are left out.
    What counts together with them comes in the same query. `is_past`: as it stood then,
    under the terms and the words that it has now."""
    rows = Commitment.objects.in_workspace(workspace).with_marks(look.now)
    rows = with_signatures(rows, look.now)
    is_told = ~Q(status__in=NOT_SHOWN) | which_count(look.now)
    if is_past:
        is_told |= Q(closed_at__gt=look.now)
    rows = rows.filter(is_told, created_at__lte=look.now)
    found = list(rows.select_related("workspace__gate_settings"))
    limits = gate_limits_of(found[0].workspace) if found else USUAL
    for row in found:
        row.workspace = workspace
        if is_past:
            row.status = status_at(row, look.now)
    pool = Pool(piece_of(row) for row in found if does_count(row, look.now))
    shown = [row for row in found if row.status not in NOT_SHOWN]
    shown.sort(key=lambda row: (row.created_at, row.pk), reverse=True)
    for row in shown[:MOST_GATES]:
        yield gate_of(row, class_of(row, pool, limits), look, say)


def status_at(row: Any, now: datetime) -> str:
    """What became of it later is taken back. `row` comes `with_signatures`."""
    if row.status == Status.IDEA or is_by(row.closed_at, now):
        return row.status
    if is_by(row.staged_at, now):
        return Status.STAGED
    if is_by(row.signed_at, now):
        return Status.SIGNED
    if row.override_at is not None:
        return Status.OVERRIDDEN
    return CHECKED.get(row.check_result, Status.PROPOSED)


def is_by(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


def with_signatures(rows: Any, now: datetime) -> Any:
    """What of these very terms was overridden by then, and what an advisor stands for."""
    mine = Override.objects.filter(
        commitment=OuterRef("pk"), terms=OuterRef("terms"), overridden_at__lte=now
    )
    signed = CoSignature.objects.filter(
        commitment=OuterRef("pk"), terms=OuterRef("terms"), cosigned_at__lte=now
    )
    steps = Commitment.objects.filter(step_of=OuterRef("pk")).order_by("created_at")
    return rows.annotate(
        override_at=Subquery(mine.values("overridden_at")[:1]),
        override_by=Subquery(mine.values("by__name")[:1]),
        override_waits=Subquery(mine.values("needs_cosign")[:1]),
        override_signed=Exists(signed.filter(override__isnull=False)),
        terms_signed=Exists(signed.filter(override__isnull=True)),
        staged_at=Subquery(steps.values("created_at")[:1]),
    )


def gate_of(row: Any, gate_class: str, look: Look, say: Say) -> SharedGate:
    is_of_these = row.check_terms == row.terms
    overridden = overridden_of(row, look, say)
    return SharedGate(
        key=row.pk,
        title=say(row.title),
        money=row.money,
        gate_class=gate_class,
        chip=STATUS_CHIPS[row.status],
        met=row.check_met if is_of_these else None,
        asked=row.check_asked if is_of_these else None,
        is_waiting=waits_for_advisor(row, gate_class),
        is_held=row.status == Status.HELD,
        overridden=overridden,
        is_new=row.created_at > look.since,
    )


def waits_for_advisor(row: Any, gate_class: str) -> bool:
    """An override of class D comes into force with an advisor's signature; without one,
    a gate of class D asks for it. `row` comes `with_signatures`."""
    is_d = gate_class == GateClass.D
    if not row.is_open or row.status == Status.IDEA:
        return False
    if row.override_at is not None:
        return (is_d or row.override_waits) and not row.override_signed
    return is_d and not row.terms_signed


def overridden_of(row: Any, look: Look, say: Say) -> Overridden | None:
    if row.override_at is None:
        return None
    return Overridden(
        by=say(row.override_by or "") or _("a founder"),
        at=row.override_at,
        is_new=row.override_at > look.since,
        is_cosigned=row.override_signed,
    )
