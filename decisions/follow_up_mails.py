"""The mail that says: what you were to do after a decision is due.

It does not repeat what that is: somebody may have written a customer's name there.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery, MailChoice
from decisions.models import FollowUp

TOPIC = MailChoice.Topic.FOLLOW_UPS


def render(delivery: Delivery) -> Mail:
    rows = FollowUp.objects.select_related("workspace", "decision")
    row = rows.defer("decision__snapshot").get(pk=delivery.subject_id)
    slug = row.workspace.slug
    path = reverse("decisions:alert_detail", args=[slug, row.decision.alert_id])
    context = {
        "workspace": row.workspace,
        "kind": row.decision.get_kind_display(),
        "due_on": row.due_on,
        "link": f"{settings.APP_ORIGIN}{path}",
    }
    return from_templates("follow_up_due", context, delivery)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Only while it is open and theirs."""
    row = FollowUp.objects.filter(pk=delivery.subject_id).first()
    if row is None:
        return "gone"
    if row.ended_at is not None:
        return "done"
    return None if row.owner_id == delivery.recipient_id else "handed on"
