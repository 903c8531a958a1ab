"""The mail that says: others have answered in a thread you take part in.

One mail tells of all that was said while it waited. Its `period` names the first of
those comments.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.deliveries import Mail
from core.models import Delivery, MailChoice
from portfolio.comment_news import mail_about, why_not
from portfolio.models import Comment
from portfolio.reports.comments import AUTHOR

TOPIC = MailChoice.Topic.COMMENTS


def render(delivery: Delivery) -> Mail:
    first = news_for(delivery)[0]
    return mail_about("comment_reply", delivery, first)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    """Not to somebody who has spoken since: they were there."""
    news = news_for(delivery)
    if not news:
        return "gone"
    own = Comment.objects.filter(thread=delivery.subject_id, by=delivery.recipient_id)
    if own.filter(number__gt=news[0].number).exists():
        return "answered"
    return why_not(delivery, delivery.subject_id)


def news_for(delivery: Delivery) -> list[Any]:
    """The first comment it tells of, if it is there."""
    start = int(delivery.period.removeprefix("from-"))
    rows = Comment.objects.filter(thread=delivery.subject_id, number__gte=start)
    rows = rows.exclude(by=delivery.recipient_id).select_related(*AUTHOR)
    return list(rows.order_by("number", "revision")[:1])
