"""The digest of a week, told to a channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from core import clock
from core.deliveries import Post
from core.models import Delivery
from portfolio.digest import mails
from portfolio.digest.gathered import digest_of, said_in

if TYPE_CHECKING:
    from portfolio.digest.shape import Content, Item


def render(delivery: Delivery) -> Post:
    digest = digest_of(delivery)
    content = said_in(digest, clock.now())
    return Post(
        event="digest.weekly",
        text="\n".join(lines(content)),
        path=reverse("portfolio:today", args=[delivery.workspace.slug]),
        data={"period": delivery.period} | data_of(content),
    )


def lines(content: Content) -> Iterator[str]:
    """As the text part of the mail says it, without its links."""
    yield content.subject
    for stop in content.stops:
        yield f"• {said(stop)}"
    for section in content.sections:
        yield f"{section.title}:"
        for item in section.items:
            yield f"• {said(item)}"
    yield content.closing


def said(item: Item) -> str:
    return f"{item.text}: {item.detail}" if item.detail else item.text


def data_of(content: Content) -> dict[str, Any]:
    return {
        "subject": content.subject,
        "title": content.title,
        "stops": [item_data(item) for item in content.stops],
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "items": [item_data(item) for item in section.items],
            }
            for section in content.sections
        ],
        "closing": content.closing,
    }


def item_data(item: Item) -> dict[str, Any]:
    return {"text": item.text, "detail": item.detail, "level": item.level}


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """As for a mail, and while the channel still wants it."""
    return mails.recheck(delivery, now) if delivery.channel.wants_digest else "off"
