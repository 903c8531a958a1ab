"""What waits for one person in all their ventures: three queries, however many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.models import Membership, Permission, Role, Workspace
from decisions.models import Alert, Commitment, Decision, Override
from decisions.reports.together import pools_of, rating_of
from milestones.models import Challenge, Score
from portfolio.models import Ask, DashboardRead
from portfolio.reports.shared_gates import waits_for_advisor, with_signatures

if TYPE_CHECKING:
    from core.models import User


@dataclass(frozen=True)
class Venture:
    """`changes` since the last mark: scores given, stops raised, decisions, overrides.
    `gates` wait for this advisor's signature, `answered` are challenges of theirs.
    `read_at` is None for who never marked it. `reads`: whether the dashboard is their
    page."""

    workspace: Workspace
    role: str
    reads: bool
    read_at: datetime | None
    read_on: date | None
    stops: int
    changes: int
    gates: int
    answered: int
    asks: bool

    @property
    def is_waiting(self) -> bool:
        told = self.reads and (self.read_at is None or self.changes or self.asks)
        return bool(self.stops or self.gates or self.answered or told)


def ventures_of(user: User, *, now: datetime) -> list[Venture]:
    """Those in which something waits first; samples behind the others."""
    memberships = list(memberships_of(user))
    advised = [row.workspace for row in memberships if advises(row)]
    gates = gates_waiting(advised, now)
    found = [venture_of(row, gates[row.workspace_id]) for row in memberships]
    return sorted(
        found,
        key=lambda one: (
            one.workspace.is_sample,
            not one.is_waiting,
            one.workspace.name.casefold(),
            one.workspace.pk,
        ),
    )


def advises(membership: Membership) -> bool:
    return membership.role == Role.ADVISOR


def venture_of(row: Any, gates: int) -> Venture:
    return Venture(
        workspace=row.workspace,
        role=row.get_role_display(),
        reads=Permission.SEE_PEOPLE not in row.may,
        read_at=row.read_at,
        read_on=row.read_at and row.workspace.today(row.read_at),
        stops=row.stops,
        changes=row.scored + row.raised + row.decided + row.overridden,
        gates=gates,
        answered=row.answered,
        asks=bool(row.asked_at and (row.read_at is None or row.asked_at > row.read_at)),
    )


def memberships_of(user: User) -> QuerySet[Membership]:
    """With counts since the mark of each venture, or since they joined it."""
    rows = (
        Membership.objects.current()
        .filter(user=user)
        .select_related("workspace__gate_settings")
    )
    marks = DashboardRead.objects.filter(workspace=OuterRef("workspace"), by=user)
    asks = Ask.objects.filter(workspace=OuterRef("workspace")).order_by("-asked_at")
    rows = rows.annotate(
        read_at=Subquery(marks.order_by("-number").values("seen_until")[:1]),
        asked_at=Subquery(asks.exclude(text="").values("asked_at")[:1]),
    ).annotate(since=Coalesce(F("read_at"), F("joined_at")))
    stops = Alert.objects.open().stops()
    mine = Challenge.objects.filter(by=user).exclude(outcome="withdrawn")
    return rows.annotate(
        stops=count_of(stops),
        scored=count_of(Score.objects.filter(recorded_at__gt=OuterRef("since"))),
        raised=count_of(Alert.objects.filter(raised_at__gt=OuterRef("since"))),
        decided=count_of(Decision.objects.filter(decided_at__gt=OuterRef("since"))),
        overridden=count_of(
            Override.objects.filter(overridden_at__gt=OuterRef("since"))
        ),
        answered=count_of(mine.filter(closed_at__gt=OuterRef("since"))),
    )


def count_of(rows: QuerySet[Any]) -> Coalesce:
    """Of the venture of the outer row."""
    here = rows.filter(workspace=OuterRef("workspace")).order_by()
    counts = here.values("workspace").annotate(n=Count("pk"))
    return Coalesce(Subquery(counts.values("n")), 0)


def gates_waiting(workspaces: list[Workspace], now: datetime) -> Counter[Any]:
    """By venture, how many ask for an advisor's signature."""
    known = {one.pk: one for one in workspaces}
    pools = pools_of(workspaces, now)
    rows = Commitment.objects.filter(workspace__in=workspaces, signed_at=None)
    found: Counter[Any] = Counter()
    for row in with_signatures(rows, now):
        row.workspace = known[row.workspace_id]
        gate_class = rating_of(row, pools[row.workspace_id]).gate_class
        found[row.workspace_id] += waits_for_advisor(row, gate_class)
    return found
