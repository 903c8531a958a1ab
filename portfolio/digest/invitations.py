"""The mail that asks somebody without an account whether they want the digest."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery
from core.sealing import unseal
from portfolio.actions.digest_readers import CONFIRM_WITHIN
from portfolio.models import DigestSubscription


def render(delivery: Delivery) -> Mail:
    rows = DigestSubscription.objects.select_related("workspace", "link__created_by")
    row = rows.get(pk=delivery.subject_id)
    path = reverse("portfolio:digest_confirm", args=[unseal(delivery.payload)])
    context = {
        "workspace": row.workspace,
        "by": row.link.created_by,
        "name": row.name,
        "link": f"{settings.APP_ORIGIN}{path}",
        "ends_at": row.invited_at + CONFIRM_WITHIN,
    }
    return from_templates("digest_invited", context)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    row = DigestSubscription.objects.filter(pk=delivery.subject_id).first()
    if row is None or row.invited_at is None:
        return "withdrawn"
    if row.confirmed_at:
        return "confirmed"
    if f"{row.invited_at:%Y%m%dT%H%M%S}" != delivery.transition:
        return "asked again"
    return None if now < row.invited_at + CONFIRM_WITHIN else "expired"
