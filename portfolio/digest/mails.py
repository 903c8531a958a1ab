"""The digest as a mail. Members' links lead to ordinary pages, those of readers without
an account to the dashboard, by the token of this one mail."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from core import clock
from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery
from core.sealing import unseal
from portfolio.digest.gathered import digest_of, said_in
from portfolio.digest.schedule import Rhythm, is_late
from portfolio.models import Digest, DigestSubscription

if TYPE_CHECKING:
    from portfolio.digest.shape import Content


def render(delivery: Delivery) -> Mail:
    digest = digest_of(delivery)
    content = said_in(digest, clock.now())
    token = unseal(delivery.payload)
    context = mail_context(content, digest.subscription, token)
    mail = from_templates("digest", context)
    return Mail(mail.subject, mail.text, mail.html, context["unsubscribe"])


def mail_context(
    content: Content, row: DigestSubscription, token: str
) -> dict[str, Any]:
    """`base` stands before the path of each link; `home` is the page of a reader."""
    origin = settings.APP_ORIGIN
    page = reverse("portfolio:digest_open", args=[token])
    off = reverse("portfolio:digest_unsubscribe", args=[token])
    is_member = row.user_id is not None
    place = ("portfolio:today", row.workspace.slug)
    name, key = place if is_member else ("portfolio:share_open", token)
    rules = reverse("portfolio:settings_digest", args=[row.workspace.slug])
    return {
        "content": content,
        "workspace": row.workspace,
        "home": origin + reverse(name, args=[key]),
        "page": origin + page,
        "unsubscribe": origin + off,
        "preferences": origin + rules if is_member else "",
        "rhythm": Rhythm(row.rhythm).value,
        "zone": row.zone,
    }


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Samples, removed members and inactive accounts are refused before."""
    rows = Digest.objects.filter(key=delivery.key).select_related(
        "subscription__link", "subscription__user"
    )
    digest = rows.first()
    if digest is None:
        return "withdrawn"
    if digest.kind == Digest.Kind.TEST:
        return None
    row = digest.subscription
    if not row.is_on:
        return "unsubscribed"
    if row.rhythm == Rhythm.OFF:
        return "off"
    if row.link is not None and not row.link.works(now):
        return "link_ended"
    return "late" if is_late(Rhythm(row.rhythm), digest.due_at, now) else None
