"""Hypotheses with the state they are in, and their versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from discovery.hypothesis_states import DRAFT, OPEN
from discovery.models import Hypothesis, HypothesisStatus

if TYPE_CHECKING:
    from core.models import Workspace

# open ones first: they are what there is to do
ORDER = (
    "testing",
    "registered",
    "draft",
    "inconclusive",
    "validated",
    "invalidated",
    "abandoned",
)


def with_state(rows: QuerySet[Hypothesis]) -> QuerySet[Hypothesis]:
    """Annotates `state`: the newest status, or draft."""
    latest = HypothesisStatus.objects.filter(hypothesis=OuterRef("pk"))
    newest = latest.order_by("-at", "-pk").values("status")[:1]
    return rows.annotate(state=Coalesce(Subquery(newest), Value(DRAFT)))


def state_of(hypothesis: Hypothesis) -> str:
    newest = hypothesis.statuses.order_by("-at", "-pk").first()
    return newest.status if newest else DRAFT


def newest_versions(workspace: Workspace) -> QuerySet[Hypothesis]:
    rows = Hypothesis.objects.in_workspace(workspace).filter(successor=None)
    return with_state(rows).select_related("segment")


@dataclass(frozen=True)
class Listed:
    row: Hypothesis
    is_overdue: bool


@dataclass(frozen=True)
class Group:
    """Those of one state, or the overdue ones."""

    state: str
    rows: tuple[Listed, ...]


def is_overdue(hypothesis: Hypothesis, today: date) -> bool:
    """Registered or under test, and the day to decide has passed."""
    return hypothesis.state in OPEN and hypothesis.decide_by < today


def grouped(rows: list[Hypothesis], today: date) -> tuple[Group, ...]:
    """The overdue ones first, then by state; critical ones lead each group."""
    ordered = sorted(rows, key=lambda row: (not row.is_critical, row.decide_by))
    listed = [Listed(row, is_overdue(row, today)) for row in ordered]
    late = tuple(one for one in listed if one.is_overdue)
    groups = [Group("overdue", late)] if late else []
    for state in ORDER:
        found = (one for one in listed if one.row.state == state)
        rest = tuple(one for one in found if not one.is_overdue)
        if rest:
            groups.append(Group(state, rest))
    return tuple(groups)


def versions_of(hypothesis: Hypothesis) -> list[Hypothesis]:
    """Every version before and after it, newest first, by one query.

    Versions share venture and first writer only by chance, so the chain is followed
    among the venture's rows.
    """
    rows = Hypothesis.objects.in_workspace(hypothesis.workspace)
    is_chained = Q(version__gt=1) | Q(successor__isnull=False)
    known = {row.pk: row for row in with_state(rows.filter(is_chained))}
    known.setdefault(hypothesis.pk, hypothesis)
    after = {row.predecessor_id: row for row in known.values() if row.predecessor_id}
    chain = [known[hypothesis.pk]]
    while chain[-1].pk in after:
        chain.append(after[chain[-1].pk])
    chain.reverse()
    while chain[-1].predecessor_id in known:
        chain.append(known[chain[-1].predecessor_id])
    return chain
