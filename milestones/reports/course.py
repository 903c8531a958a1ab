"""The two tracks as a page shows them, and which conditions hold."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from forecasts.models import Forecast
from milestones.course import (
    PAIRS,
    REPEATABLE,
    REVIEW_OF,
    VERSION_2,
    Condition,
    Counted,
    Slippage,
    conditions_of,
    exit_of_discovery,
    exit_of_validation,
    not_learned,
    slippage,
)
from milestones.models import Checkpoint, ScheduledStop, Slip
from milestones.reports.board import board

LABELS = dict(Checkpoint.Kind.choices)


@dataclass(frozen=True)
class Move:
    """One slip. `on`: when it was written down."""

    from_on: date
    to_on: date
    reason: str
    by: str
    on: date


@dataclass(frozen=True)
class Slot:
    """One checkpoint. `key` is None while it is not planned in this version of the
    model; `earlier`: the version and the day on which an earlier model reached it."""

    kind: str
    key: object = None
    planned_on: date | None = None
    reached_on: date | None = None
    finding: str = ""
    moves: tuple[Move, ...] = ()
    is_overdue: bool = False
    earlier: tuple[int, date] | None = None

    @property
    def label(self):
        return LABELS[self.kind]

    @property
    def slippage(self) -> Slippage:
        return slippage((move.from_on, move.to_on) for move in self.moves)


@dataclass(frozen=True)
class Pair:
    """A checkpoint of the product beside its learning review; the last review stands
    alone. `conditions`: what the review asks, as it stands."""

    product: Slot | None
    review: Slot
    conditions: tuple[Condition, ...]

    @property
    def open(self) -> int:
        return len(self.conditions) - self.held

    @property
    def held(self) -> int:
        return sum(one.is_met for one in self.conditions)

    @property
    def is_ahead(self) -> bool:
        """The product has come further than what was learned."""
        is_reached = bool(self.product and self.product.reached_on)
        return is_reached and not self.review.reached_on


@dataclass(frozen=True)
class Stop:
    """A day to stop and evaluate. `version`: of which model, if an earlier one."""

    key: object
    days: int
    due_on: date
    held_on: date | None
    by: str
    finding: str
    is_overdue: bool
    version: int | None


@dataclass(frozen=True)
class Course:
    """`not_learned`: what does not hold before version 2, once that is in sight."""

    pairs: tuple[Pair, ...]
    stops: tuple[Stop, ...]
    not_learned: tuple[Condition, ...]

    @property
    def is_empty(self) -> bool:
        slots = [slot for pair in self.pairs for slot in (pair.product, pair.review)]
        return not any(slot and (slot.key or slot.earlier) for slot in slots)

    @property
    def ahead(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.is_ahead)

    @property
    def next(self) -> Pair | None:
        """The first whose review is planned and not reached."""
        for pair in self.pairs:
            if pair.review.key and not pair.review.reached_on:
                return pair
        return None


@dataclass(frozen=True)
class Demand:
    """What a review or an exit asks, and whether it holds. `name`: of the review."""

    conditions: tuple[Condition, ...]
    name: str = ""

    @property
    def held(self) -> int:
        return sum(one.is_met for one in self.conditions)

    @property
    def is_open(self) -> bool:
        return self.held == len(self.conditions)


# --- what counts -----------------------------------------------------------------
def counted_of(scope, *, viewer, now):
    """`{number: Counted}` as gates count it and this reader may see it; of a version
    that has ended, as it stood at its end."""
    found = board(scope, viewer=viewer, now=now)
    return {
        row.question.number: Counted(
            row.standing.for_gates,
            is_stale=row.standing.is_stale and row.standing.effective > 0,
            is_hidden=row.owes_score and row.standing.claimed is None,
        )
        for row in found.rows
    }


def open_stops_of(workspace) -> int:
    """Every open stop holds the plan of its metric until its decision is recorded."""
    held = Forecast.objects.in_workspace(workspace).filter(held_since__isnull=False)
    return held.aggregate(n=Count("metric", distinct=True))["n"]


def exits_of(scope, *, viewer, now) -> tuple[Demand, Demand]:
    """Of discovery, then of validation."""
    counted = counted_of(scope, viewer=viewer, now=now)
    return (
        Demand(exit_of_discovery(counted)),
        Demand(exit_of_validation(counted, open_stops_of(scope.workspace))),
    )


def demand_of(scope, kind, *, viewer, now) -> Demand:
    """Of a learning review, or of the one beside a checkpoint of the product."""
    review = REVIEW_OF.get(kind, kind)
    counted = counted_of(scope, viewer=viewer, now=now)
    stops = open_stops_of(scope.workspace) if review == REPEATABLE else 0
    return Demand(conditions_of(review, counted, stops), LABELS[review])


# --- the page --------------------------------------------------------------------
def course_of(scope, *, viewer, now) -> Course:
    counted = counted_of(scope, viewer=viewer, now=now)
    rows = rows_of(scope)
    open_stops = rows[0].open_stops if rows else open_stops_of(scope.workspace)
    today = scope.workspace.today(now)
    slots = {kind: slot_of(kind, rows, scope, today) for kind in LABELS}
    pairs = tuple(
        Pair(
            product=slots.get(product),
            review=slots[review],
            conditions=conditions_of(review, counted, open_stops),
        )
        for product, review in (*PAIRS, (None, REPEATABLE))
    )
    is_in_sight = bool(slots[VERSION_2].key)
    return Course(
        pairs=pairs,
        stops=stops_of(rows, scope, today),
        not_learned=not_learned(counted) if is_in_sight else (),
    )


def rows_of(scope):
    """Of this version of the model and those before it. `open_stops` stands on each:
    a subquery costs no query of its own."""
    if scope.version is None:
        return []
    rows = Checkpoint.objects.in_workspace(scope.workspace).filter(
        model_version__number__lte=scope.version.number
    )
    held = Forecast.objects.filter(
        workspace=OuterRef("workspace"), held_since__isnull=False
    )
    metrics = (
        held.order_by().values("workspace").annotate(n=Count("metric", distinct=True))
    )
    return list(
        rows.select_related("model_version")
        .annotate(open_stops=Coalesce(Subquery(metrics.values("n")), 0))
        .prefetch_related(
            Prefetch("slips", Slip.objects.select_related("by")),
            Prefetch("stops", ScheduledStop.objects.select_related("held_by")),
        )
        .order_by("model_version__number")
    )


def slot_of(kind, rows, scope, today) -> Slot:
    earlier = None
    for row in rows:
        if row.kind != kind:
            continue
        if row.model_version_id == scope.version.pk:
            return replace(planned_slot(row, scope, today), earlier=earlier)
        if row.reached_on:
            earlier = (row.model_version.number, row.reached_on)
    return Slot(kind, earlier=earlier)


def planned_slot(row, scope, today) -> Slot:
    return Slot(
        kind=row.kind,
        key=row.pk,
        planned_on=row.planned_on,
        reached_on=row.reached_on,
        finding=row.finding,
        moves=tuple(
            Move(
                slip.from_on,
                slip.to_on,
                slip.reason,
                str(slip.by),
                scope.workspace.today(slip.recorded_at),
            )
            for slip in row.slips.all()
        ),
        is_overdue=scope.is_current and not row.reached_on and row.planned_on < today,
    )


def stops_of(rows, scope, today) -> tuple[Stop, ...]:
    """Those of this version, and those an earlier one has left open."""
    found = [
        stop_of(stop, row, scope, today)
        for row in rows
        for stop in row.stops.all()
        if row.model_version_id == scope.version.pk or not stop.held_on
    ]
    return tuple(sorted(found, key=lambda stop: (stop.due_on, stop.days)))


def stop_of(stop, row, scope, today) -> Stop:
    is_earlier = row.model_version_id != scope.version.pk
    return Stop(
        key=stop.pk,
        days=stop.days,
        due_on=stop.due_on,
        held_on=stop.held_on,
        by=str(stop.held_by or ""),
        finding=stop.finding,
        is_overdue=not stop.held_on and stop.due_on < today,
        version=row.model_version.number if is_earlier else None,
    )
