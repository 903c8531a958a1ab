"""The mail that says to a guest of a link: somebody has answered. Only to those who
asked for it, and with no word of what was said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.deliveries import Mail
from core.mails.rendering import from_templates
from core.models import Delivery
from core.sealing import unseal
from interviews.masked_pages import names_in
from portfolio.models import Comment, Guest, Thread
from portfolio.reports.comments import AUTHOR, author_of, came_by
from portfolio.subjects import NAMED, subject_of


def render(delivery: Delivery) -> Mail:
    guest, first = guest_for(delivery), news_for(delivery)[0]
    rows = Thread.objects.select_related("workspace", *NAMED)
    thread = rows.defer("decision__snapshot").get(pk=first.thread_id)
    names = names_in(thread.workspace)
    is_typed = first.by_id is None and came_by(first.guest, guest.link)
    who = author_of(first)
    path = reverse("portfolio:share_comment", args=[guest.came_by, first.number])
    stop = reverse("portfolio:replies_stop", args=[unseal(delivery.payload)])
    context = {
        "workspace": thread.workspace,
        "who": who if is_typed else names.mask(who),
        "what": names.mask(subject_of(thread).name_in_mails),
        "link": f"{settings.APP_ORIGIN}{path}",
        "stop": f"{settings.APP_ORIGIN}{stop}",
    }
    mail = from_templates("guest_reply", context)
    return Mail(mail.subject, mail.text, mail.html, unsubscribe=context["stop"])


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Their link has ended, the founders ended them, they want no mails any more, or
    have spoken since."""
    guest = guest_for(delivery)
    if guest is None or not guest.wants_replies or guest.user_id:
        return "unsubscribed"
    if not Guest.objects.welcome(now).filter(pk=guest.pk).exists():
        return "withdrawn"
    shown = Thread.objects.shown_by(guest.link)
    if not shown.filter(pk=delivery.subject_id).exists():
        return "role"
    news = news_for(delivery)
    if not news:
        return "gone"
    own = Comment.objects.filter(thread=delivery.subject_id, guest=guest)
    return "answered" if own.filter(number__gt=news[0].number).exists() else None


def guest_for(delivery: Delivery) -> Any:
    rows = Guest.objects.filter(
        address__iexact=delivery.address, comments__thread=delivery.subject_id
    )
    return rows.select_related("link").order_by("-confirmed_at", "pk").first()


def news_for(delivery: Delivery) -> list[Any]:
    """The first comment it tells of, if it is there."""
    start = int(delivery.period.removeprefix("from-"))
    rows = Comment.objects.filter(thread=delivery.subject_id, number__gte=start)
    return list(rows.select_related(*AUTHOR).order_by("number", "revision")[:1])
