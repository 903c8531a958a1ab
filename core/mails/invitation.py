"""The mail that carries an invitation's token: nobody else ever sees it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deliveries.kinds import Mail
from core.mails.rendering import from_templates
from core.models import Delivery, Invitation
from core.sealing import unseal


def render(delivery: Delivery) -> Mail:
    invitation = Invitation.objects.select_related("workspace", "created_by").get(
        pk=delivery.subject_id
    )
    path = reverse("core:invitation", args=[unseal(delivery.payload)])
    context = {
        "workspace": invitation.workspace,
        "by": invitation.created_by,
        "role": invitation.get_role_display(),
        "link": f"{settings.APP_ORIGIN}{path}",
        "ends_at": invitation.expires_at,
    }
    return from_templates("invitation", context)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    invitation = Invitation.objects.filter(pk=delivery.subject_id).first()
    if invitation is None:
        return "withdrawn"
    if invitation.accepted_at:
        return "accepted"
    if invitation.revoked_at:
        return "revoked"
    return None if now < invitation.expires_at else "expired"
