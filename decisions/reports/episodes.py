"""Episodes as `manage.py episodes` prints them."""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.models import Alert


@dataclass(frozen=True)
class Episode:
    """`venture` is a slug; `period` an interval of days, first/last; moments and days
    are ISO 8601, moments in UTC.
    """

    id: str
    venture: str
    metric: str
    metric_id: str
    rule: str
    severity: str
    state: str
    raised_at: str
    period: str
    reason: str
    odds: int | None
    evaluate_by: str
    recovered_at: str | None
    follows: str | None
    decided_at: str | None
    decision: str | None


def episodes(*, venture="", only_open=False) -> Iterator[Episode]:
    """Oldest first."""
    alerts = Alert.objects.select_related("workspace", "metric", "decision")
    alerts = alerts.defer("decision__snapshot").order_by("raised_at", "pk")
    if venture:
        alerts = alerts.filter(workspace__slug=venture)
    if only_open:
        alerts = alerts.open()
    return (episode(alert) for alert in alerts.iterator(chunk_size=500))


def episode(alert) -> Episode:
    decision = getattr(alert, "decision", None)
    return Episode(
        id=str(alert.pk),
        venture=alert.workspace.slug,
        metric=alert.metric.name,
        metric_id=str(alert.metric_id),
        rule=alert.rule,
        severity=alert.severity,
        state=alert.state,
        raised_at=alert.raised_at.isoformat(),
        period=f"{alert.period_start.isoformat()}/{alert.period_end.isoformat()}",
        reason=alert.reason,
        odds=alert.odds,
        evaluate_by=alert.evaluate_by.isoformat(),
        recovered_at=alert.recovered_at and alert.recovered_at.isoformat(),
        follows=alert.follows_id and str(alert.follows_id),
        decided_at=decision and decision.decided_at.isoformat(),
        decision=decision and decision.kind,
    )
