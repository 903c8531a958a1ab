"""The gate of a commitment as it stands: what is asked, and what is on record."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from decisions.gate_limits import GateLimits
from decisions.gates import Gate, GateClass, Known, evaluate, weakest
from decisions.models import Alert, Commitment, GateCheck, Override
from decisions.reports.together import (
    counting_rows,
    gate_limits_of,
    piece_of,
    pool_of,
    pool_of_rows,
)
from decisions.smaller_steps import Step, smaller_step
from forecasts.models import Actual, Metric
from milestones.course import Counted
from milestones.reports.loading import load_board
from milestones.scope import scope_of

# money must not go ahead of what a question counts
LEAST_TO_REST_ON = 3


@dataclass(frozen=True)
class Followed:
    """A metric: its open stop, its numbers that no verdict has seen, its periods."""

    key: UUID
    name: str
    is_vanity: bool
    alert: UUID | None
    is_waiting: bool
    periods: int


@dataclass(frozen=True)
class Found:
    """`stops`: the open ones as (id, name of what they are about). `money_first`: codes of what
    money would go ahead of. `together`: what counts together with it."""

    gate: Gate
    stops: tuple[tuple[UUID, str], ...]
    money_first: tuple[str, ...]
    step: Step | None
    limits: GateLimits
    together: tuple[Commitment, ...]


def gate_of(commitment, *, now) -> Found:
    """`commitment` comes from `with_grounds()`, with its metric and workspace. Claims of
    a round that is still open count for nobody: the gate is read by all."""
    workspace = commitment.workspace
    cash, piece = workspace.cash_in_hand_minor, piece_of(commitment)
    rows = counting_rows(workspace, now)
    pool, limits = pool_of_rows(rows), gate_limits_of(workspace)
    with_it = {"limits": limits, "beside": pool.beside(piece)}
    counted = counted_for(commitment, now)
    metrics = followed(workspace, now)
    stopped = open_stops(commitment, metrics)
    known = Known(
        counted=counted,
        open_stops=tuple(name for _pk, name in stopped),
        waiting=tuple(m.name for m in metrics if m.is_waiting and not m.is_vanity),
        has_shipped=workspace.first_shipped_on is not None,
        periods=periods_for(commitment, metrics),
        stops_held=commitment.stops_held,
        is_cosigned=commitment.is_cosigned,
    )
    early = weakest(commitment.questions, counted, LEAST_TO_REST_ON)
    return Found(
        gate=evaluate(piece.terms, cash, known, **with_it),
        stops=stopped,
        money_first=(
            *(("open_stop",) if stopped else ()),
            *(f"question_{number}" for number in early),
        ),
        step=smaller_step(piece.terms, cash, **with_it),
        limits=limits,
        together=tuple(rows[pk] for pk in pool.alike(piece)),
    )


def allowed_step(commitment, now) -> Step | None:
    """The part that may go ahead now."""
    workspace, piece = commitment.workspace, piece_of(commitment)
    return smaller_step(
        piece.terms,
        workspace.cash_in_hand_minor,
        limits=gate_limits_of(workspace),
        beside=pool_of(workspace, now).beside(piece),
    )


def counted_for(commitment, now) -> dict[int, Counted]:
    """Of the segment its metric is about, or of the first one pursued."""
    segment = commitment.metric.segment_id if commitment.metric else None
    today = commitment.workspace.today(now)
    found = {}
    board = load_board(scope_of(commitment.workspace, segment), now)
    for number, facts in board.items():
        settled = facts.settled(now)
        standing = settled.standing(now, today, settled.support(now, today))
        is_stale = standing.is_stale and standing.effective > 0
        found[number] = Counted(standing.for_gates, is_stale=is_stale)
    return found


def open_stops(commitment, metrics) -> tuple[tuple[UUID, str], ...]:
    """Those of metrics by name, and one of what is about no metric by its rule."""
    found = [(one.alert, one.name) for one in metrics if one.alert]
    if commitment.other_stop is not None:
        rule = Alert.Rule(commitment.other_rule)
        found.append((commitment.other_stop, str(rule.label)))
    return tuple(found)


def followed(workspace, now) -> list[Followed]:
    """Every metric of the venture, in one query."""
    stops = Alert.objects.filter(metric=OuterRef("pk")).open().stops()
    actuals = Actual.objects.filter(metric=OuterRef("pk"))
    actuals = actuals.current().filter(periods_since_shipping(workspace, now))
    counts = actuals.order_by().values("metric").annotate(n=Count("pk"))
    rows = Metric.objects.in_workspace(workspace).annotate(
        alert=Subquery(stops.values("pk")[:1]),
        seen=Coalesce(F("standing__judged_rev"), 0),
        periods=Coalesce(Subquery(counts.values("n")), 0),
    )
    return [
        Followed(
            key=row.pk,
            name=row.name,
            is_vanity=row.is_vanity,
            alert=row.alert,
            is_waiting=row.closed_at is None and row.seen != row.evidence_rev,
            periods=row.periods,
        )
        for row in rows
    ]


def periods_since_shipping(workspace, now) -> Q:
    """Over, and not over before the first customer got something."""
    shipped_on = workspace.first_shipped_on
    if shipped_on is None:
        return Q(pk__in=[])
    return Q(period_end__gte=shipped_on, period_end__lt=workspace.today(now))


def periods_for(commitment, metrics) -> int:
    """Of the metric it rests on, or of the one that has most. Vanity counts nothing."""
    counts = {one.key: one.periods for one in metrics if not one.is_vanity}
    if commitment.metric_id:
        return counts.get(commitment.metric_id, 0)
    return max(counts.values(), default=0)


# --- approvals and overrides -----------------------------------------------------
def is_approved(commitment, now) -> bool:
    """These very terms passed the gate a few days ago, under the settings of today: of
    others nobody has looked at them."""
    limits = gate_limits_of(commitment.workspace)
    passed = GateCheck.objects.filter(commitment=commitment, terms=commitment.terms)
    passed = passed.exclude(result="held").filter(at_signing=False)
    passed = passed.filter(evaluated_at__gt=now - limits.valid_for)
    kept = passed.values_list("limits", flat=True)
    return any(one == limits.as_kept() for one in kept)


def override_of(commitment) -> Override | None:
    """Of these terms, with its co-signature."""
    rows = Override.objects.filter(commitment=commitment, terms=commitment.terms)
    return rows.select_related("by", "cosignature__by").first()


def waits_for_advisor(override, gate_class: GateClass | None) -> bool:
    """Of class D when it was overridden, or since."""
    if override is None or hasattr(override, "cosignature"):
        return False
    return override.needs_cosign or gate_class is GateClass.D


def commitment_rows(workspace):
    """With all that its page and its gate read of it."""
    rows = Commitment.objects.in_workspace(workspace).with_grounds()
    return rows.select_related(
        *("workspace__gate_settings", "metric", "sales_curve"),
        *("created_by", "signed_by", "closed_by"),
    )
