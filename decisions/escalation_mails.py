"""The mail that says: a stop waits longer than it may."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery, MailChoice, Membership
from decisions.actions.escalating import TOLD
from decisions.models import Alert, Escalation
from decisions.subjects import name_in_mails

TOPIC = MailChoice.Topic.ESCALATIONS


def render(delivery: Delivery) -> Mail:
    alerts = Alert.objects.with_subjects().select_related("workspace", "owner")
    alert = alerts.get(pk=delivery.subject_id)
    path = reverse("decisions:alert_detail", args=[alert.workspace.slug, alert.pk])
    level = Escalation.Level(delivery.transition)
    context = {
        "workspace": alert.workspace,
        "subject": name_in_mails(alert),
        "reason": alert.reason,
        "why": level.label,
        "owner": alert.owner,
        "evaluate_by": alert.evaluate_by,
        "link": f"{settings.APP_ORIGIN}{path}",
    }
    return from_templates("alert_escalated", context, delivery)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Only while it still waits, and only to those whom this level concerns."""
    alert = Alert.objects.filter(pk=delivery.subject_id).first()
    if alert is None:
        return "gone"
    if alert.closed_at is not None:
        return "decided"
    level = Escalation.Level(delivery.transition)
    if level == Escalation.Level.NOT_TAKEN_UP and alert.state != Alert.State.RAISED:
        return "taken up"
    team = Membership.objects.filter(workspace=alert.workspace_id).current()
    is_told = team.filter(user=delivery.recipient_id, role__in=TOLD[level]).exists()
    return None if is_told else "role"
