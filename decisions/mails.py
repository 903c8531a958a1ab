"""The mail that says: stop and evaluate, and why."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery, MailChoice, Membership, Role
from decisions.actions.alerts import ADVISED, TOLD
from decisions.models import Alert
from decisions.words import news

TOPIC = MailChoice.Topic.ALERTS


def render(delivery: Delivery) -> Mail:
    alerts = Alert.objects.with_subjects().select_related("workspace")
    alert = alerts.get(pk=delivery.subject_id)
    path = reverse("decisions:alert_detail", args=[alert.workspace.slug, alert.pk])
    context = {
        "workspace": alert.workspace,
        "name": alert.name_in_mails,
        "has_left": alert.family == Alert.Family.SHORTFALL,
        "has_metric": alert.metric_id is not None,
        "news": news(alert.reason),
        "reason": alert.reason,
        "evaluate_by": alert.evaluate_by,
        "link": f"{settings.APP_ORIGIN}{path}",
    }
    return from_templates("alert_opened", context, delivery)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Only while there is something to decide: to those who decide, and what was meant
    for others to them.
    """
    alert = Alert.objects.filter(pk=delivery.subject_id).first()
    if alert is None:
        return "gone"
    if alert.closed_at is not None:
        return "decided"
    team = Membership.objects.filter(workspace=alert.workspace_id).current()
    is_for_all = alert.family == Alert.Family.MONEY_FIRST
    roles = (*TOLD, Role.ADVISOR) if delivery.transition == ADVISED else TOLD
    roles = (*TOLD, Role.ADVISOR, Role.MEMBER) if is_for_all else roles
    told = team.filter(user=delivery.recipient_id, role__in=roles)
    return None if told.exists() else "role"
