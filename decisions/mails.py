"""The mail that says: a metric has left its forecast, stop and evaluate."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery, Membership
from decisions.actions.alerts import TOLD
from decisions.models import Alert
from decisions.words import news


def render(delivery: Delivery) -> Mail:
    alert = Alert.objects.select_related("metric", "workspace").get(
        pk=delivery.subject_id
    )
    path = reverse("decisions:alert_detail", args=[alert.workspace.slug, alert.pk])
    context = {
        "workspace": alert.workspace,
        "metric": alert.metric,
        "news": news(alert.reason),
        "reason": alert.reason,
        "evaluate_by": alert.evaluate_by,
        "link": f"{settings.APP_ORIGIN}{path}",
    }
    return from_templates("alert_opened", context)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Only those who decide, and only while there is something to decide."""
    alert = Alert.objects.filter(pk=delivery.subject_id).first()
    if alert is None:
        return "gone"
    if alert.closed_at is not None:
        return "decided"
    team = Membership.objects.filter(workspace=alert.workspace_id).current()
    decides = team.filter(user=delivery.recipient_id, role__in=TOLD).exists()
    return None if decides else "role"
