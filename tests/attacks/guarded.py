"""A venture with the four things nobody may do, and what they would change."""

from dataclasses import dataclass
from typing import Any

from core.models import Role, User, Workspace
from decisions.models import (
    Alert,
    Commitment,
    Decision,
    DecisionReview,
    GateCheck,
    Override,
)
from forecasts.models import Forecast, Metric, Point
from tests.decisions.cases import decide, evaluate, spans_of, stop_on
from tests.decisions.commitments import make_commitment, tranche, with_cash
from tests.factories import NOW, TODAY, make_member, make_user

# of the cash in hand of `with_cash`: class D
FAR_TOO_MUCH = 200_000_000


@dataclass
class Guarded:
    """`open`: an alert whose evaluation lacks only its decision. `decided`: another
    one's decision. `held`: checked by the gate, and held."""

    workspace: Workspace
    owner: User
    open: Alert
    decided: Decision
    held: Commitment

    @property
    def metric(self) -> Metric:
        return self.open.metric

    def state(self) -> dict[str, Any]:
        """What the four attacks would change."""
        commitment = Commitment.objects.filter(pk=self.held.pk).values(
            "status", "signed_at", "signed_by", "amount_minor", "terms"
        )
        forecasts = Forecast.objects.filter(metric=self.metric).values_list(
            "held_since", "retired_at"
        )
        points = Point.objects.filter(revision__forecast__metric=self.metric)
        return {
            "alert": Alert.objects.values_list("closed_at").get(pk=self.open.pk),
            "decisions": list(Decision.objects.order_by("pk").values()),
            "reviews": DecisionReview.objects.count(),
            "commitment": list(commitment),
            "passed": GateCheck.objects.exclude(result="held").count(),
            "overrides": Override.objects.count(),
            "forecast": list(forecasts),
            "points": list(points.order_by("pk").values_list("pk", "expected", "low")),
            "metric": Metric.objects.values_list(
                "tolerance", "is_vanity", "direction", "closed_at"
            ).get(pk=self.metric.pk),
        }

    @property
    def next_period(self):
        return next(start for start, _end in spans_of(self.metric) if start > TODAY)


def guard(workspace, owner=None) -> Guarded:
    owner = owner or make_member(workspace, Role.OWNER, user=make_user()).user
    with_cash(workspace)
    decided = decide(stop_on(workspace, owner=owner), by=owner)
    alert = stop_on(workspace, owner=owner)
    evaluate(alert, by=owner)
    held = make_commitment(
        workspace,
        "Centres",
        amount_minor=FAR_TOO_MUCH,
        by=owner,
        metric=alert.metric,
        questions=[10],
        tranches=[tranche(FAR_TOO_MUCH // 2), tranche(FAR_TOO_MUCH // 2)],
        status=Commitment.Status.HELD,
    )
    check = GateCheck(
        workspace=workspace,
        commitment=held,
        terms=1,
        gate_class="D",
        result="held",
        met=0,
        asked=1,
        conditions=[],
        why="It is more than all the cash in hand.",
        open_alerts=[],
        by=owner,
        evaluated_at=NOW,
    )
    check.save()
    alert.refresh_from_db()
    return Guarded(workspace, owner, alert, decided, held)


def forged(guarded) -> dict[str, str]:
    """Whatever a form or body might take for one of the four."""
    return {
        "state": "closed",
        "closed_at": "2026-11-02T00:00:00Z",
        "recovered_at": "2026-11-02T00:00:00Z",
        "severity": "review",
        "decision": str(guarded.decided.pk),
        "status": "signed",
        "signed_at": "2026-11-02T00:00:00Z",
        "signed_by": str(guarded.owner.pk),
        "result": "passed",
        "gate_class": "A",
        "terms": "99",
        "is_cosigned": "on",
        "held_since": "",
        "retired_at": "2026-11-02T00:00:00Z",
        "tolerance": "0.99",
        "is_vanity": "on",
        "workspace": str(guarded.workspace.pk),
    }
