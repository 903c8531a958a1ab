"""The mail that says: somebody named you in a comment."""

from __future__ import annotations

from datetime import datetime

from core.deliveries import Mail
from core.models import Delivery, MailChoice
from portfolio.comment_news import mail_about, why_not
from portfolio.models import Comment
from portfolio.reports.comments import AUTHOR

TOPIC = MailChoice.Topic.COMMENTS


def render(delivery: Delivery) -> Mail:
    comments = Comment.objects.select_related(*AUTHOR)
    comment = comments.get(pk=delivery.subject_id)
    return mail_about("comment_mention", delivery, comment)


def recheck(delivery: Delivery, now: datetime) -> str | None:
    comment = Comment.objects.filter(pk=delivery.subject_id).first()
    if comment is None:
        return "gone"
    return why_not(delivery, comment.thread_id)
