"""Alerts that ended beside a decision: two grounds that no single column can name."""

from decisions.models import Alert, Decision, SideExit
from forecasts.models import Actual
from tests.factories import NOW


def end_beside(workspace):
    alerts = list(Alert.objects.filter(workspace=workspace).order_by("raised_at", "pk"))
    first, second = alerts[0], alerts[-1]
    common = {"workspace": workspace, "reason": "Counted twice.", "ended_at": NOW}
    correction = Actual.objects.filter(workspace=workspace).first()
    for ground in (
        {"kind": SideExit.Kind.FALSE_DATA, "correction": correction},
        {"kind": SideExit.Kind.DUPLICATE, "doubles": second},
    ):
        SideExit(alert=first, by=first.owner, **common, **ground).save()
    decision = Decision.objects.filter(workspace=workspace).first()
    first.state, first.covered_by, first.closed_at = "duplicate", decision, NOW
    first.save(update_fields=["state", "covered_by", "closed_at"])
