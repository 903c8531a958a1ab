"""Episodes as `manage.py episodes` prints them."""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.models import Alert


@dataclass(frozen=True)
class Episode:
    """`venture` is a slug; `period` an interval of days, first/last, None where a rule
    speaks of none; moments and days are ISO 8601, moments in UTC. `metric` is the
    subject's name if it is a metric.
    """

    id: str
    venture: str
    metric: str | None
    metric_id: str | None
    subject: str
    subject_kind: str
    subject_id: str
    rule: str
    severity: str
    state: str
    raised_at: str
    period: str | None
    reason: str
    odds: int | None
    evaluate_by: str
    recovered_at: str | None
    follows: str | None
    decided_at: str | None
    decision: str | None


def episodes(*, venture="", only_open=False) -> Iterator[Episode]:
    """Oldest first."""
    alerts = Alert.objects.with_subjects().select_related("workspace")
    alerts = alerts.select_related("decision", "covered_by")
    alerts = alerts.defer("decision__snapshot", "covered_by__snapshot").order_by(
        "raised_at", "pk"
    )
    if venture:
        alerts = alerts.filter(workspace__slug=venture)
    if only_open:
        alerts = alerts.open()
    return (episode(alert) for alert in alerts.iterator(chunk_size=500))


def episode(alert) -> Episode:
    decision = alert.settled_by
    return Episode(
        id=str(alert.pk),
        venture=alert.workspace.slug,
        metric=alert.metric and alert.metric.name,
        metric_id=alert.metric_id and str(alert.metric_id),
        subject=alert.subject_name,
        subject_kind=alert.subject_kind,
        subject_id=str(alert.subject_id),
        rule=alert.rule,
        severity=alert.severity,
        state=alert.state,
        raised_at=alert.raised_at.isoformat(),
        period=period_of(alert),
        reason=alert.reason,
        odds=alert.odds,
        evaluate_by=alert.evaluate_by.isoformat(),
        recovered_at=alert.recovered_at and alert.recovered_at.isoformat(),
        follows=alert.follows_id and str(alert.follows_id),
        decided_at=decision and decision.decided_at.isoformat(),
        decision=decision and decision.kind,
    )


def period_of(alert) -> str | None:
    if alert.period_start is None:
        return None
    return f"{alert.period_start.isoformat()}/{alert.period_end.isoformat()}"
