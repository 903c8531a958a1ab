"""Which mails a member wants from a venture."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from core.activity import log
from core.deliveries.kinds import topic_of
from core.models import MailChoice

if TYPE_CHECKING:
    from core.models import Delivery, User, Workspace


@transaction.atomic
def choose_mails(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    wanted: Collection[str],
    offered: Collection[str],
) -> None:
    """Of the topics on `offer` those that are `wanted` come, the others do not."""
    rows = MailChoice.objects.filter(workspace=workspace, user=by)
    rows.filter(topic__in=wanted).delete()
    MailChoice.objects.bulk_create(
        [
            MailChoice(workspace=workspace, user=by, topic=topic, off_at=now)
            for topic in offered
            if topic not in wanted
        ],
        ignore_conflicts=True,
    )
    log(workspace, by=by, verb="mails.chosen", now=now, wanted=sorted(wanted))


# --- by whoever has a mail ----------------------------------------------------------
def mine(delivery: Delivery):
    """The row that switches it off, if there is one."""
    rows = MailChoice.objects.filter(workspace=delivery.workspace_id)
    return rows.filter(user=delivery.recipient_id, topic=topic_of(delivery.kind))


@transaction.atomic
def switch_mails_off(delivery: Delivery, *, now: datetime) -> None:
    """All mails of its topic, from this venture to its reader. Safe to repeat."""
    if mine(delivery).exists():
        return
    row = MailChoice(
        workspace=delivery.workspace,
        user=delivery.recipient,
        topic=topic_of(delivery.kind),
        off_at=now,
    )
    MailChoice.objects.bulk_create([row], ignore_conflicts=True)
    told = {"verb": "mails.switched_off", "topic": row.topic}
    log(delivery.workspace, by=delivery.recipient, now=now, **told)


@transaction.atomic
def switch_mails_on(delivery: Delivery, *, now: datetime) -> None:
    gone, _rows = mine(delivery).delete()
    if gone:
        told = {"verb": "mails.switched_on", "topic": topic_of(delivery.kind)}
        log(delivery.workspace, by=delivery.recipient, now=now, **told)
