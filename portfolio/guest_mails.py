"""The mail with the code that shows whose address it is.

It holds no word that somebody typed: whoever has a link could else write to anybody.
"""

from __future__ import annotations

from datetime import datetime

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery
from core.sealing import unseal
from portfolio.actions.guests import moment_of
from portfolio.guests import CODE_WORKS, works
from portfolio.models import Introduction


def render(delivery: Delivery) -> Mail:
    rows = Introduction.objects.select_related("workspace")
    waiting = rows.get(pk=delivery.subject_id)
    context = {
        "workspace": waiting.workspace,
        "code": unseal(delivery.payload),
        "minutes": int(CODE_WORKS.total_seconds()) // 60,
    }
    return from_templates("guest_code", context)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    rows = Introduction.objects.select_related("link")
    waiting = rows.filter(pk=delivery.subject_id).first()
    if waiting is None or not waiting.link.works(now):
        return "withdrawn"
    if waiting.sent_at is None or moment_of(waiting.sent_at) != delivery.transition:
        return "asked again"
    if waiting.used_at is not None:
        return "confirmed"
    return None if works(waiting, now) else "expired"
