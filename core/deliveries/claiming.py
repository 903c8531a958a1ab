"""Who may send a row, and what is written about it. Every write is conditional."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import TypeVar
from uuid import uuid4

from django.db import (
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import Exists, F, Q, QuerySet

from core.deliveries.kinds import KindError, costing_one_mail, recheck, topic_of
from core.deliveries.settling import (
    COPY_WAIT,
    STARTS,
    Settlement,
    Tried,
    broken,
)
from core.installation import keeps_all_back, keeps_mail_back
from core.models import Delivery, Installation, MailChoice, Membership

State = Delivery.State
T = TypeVar("T")

# longer than a connection and a mail may take together
LEASE = timedelta(seconds=90)
CHANNEL_WAIT = timedelta(minutes=1)
BOUNCES = 3
BOUNCES_COUNT_FOR = timedelta(days=30)


def due(now: datetime) -> QuerySet[Delivery]:
    """Rows anybody may start now; none while everything is held, no mails while the
    mail server wants a pause."""
    waiting = Q(state__in=[State.PLANNED, State.RETRY], not_before__lte=now)
    abandoned = Q(state=State.SENDING, lease_until__lte=now)
    rows = Delivery.objects.filter(
        waiting | abandoned, attempts__lt=F("deferrals") + STARTS
    )
    may_pass = Q(channel__isnull=False) | ~Exists(keeps_mail_back(now))
    return rows.filter(may_pass).exclude(Exists(keeps_all_back()))


@dataclass(frozen=True)
class Claimed:
    """A row that is ours. With a settlement it is over before it began."""

    delivery: Delivery
    settlement: Settlement | None = None


def claim(pk: object, now: datetime) -> Claimed | None:
    """One worker wins, however many try. The same transaction checks again whether the
    mail may still go, so that a removal committed before it counts."""
    token = uuid4()
    with transaction.atomic(durable=True):
        won = (
            due(now)
            .filter(pk=pk)
            .update(
                state=State.SENDING,
                lease_until=now + LEASE,
                lease_token=token,
                attempts=F("attempts") + 1,
            )
        )
        if not won:
            return None
        rows = Delivery.objects.select_related("workspace", "recipient", "channel")
        delivery = rows.get(pk=pk)
        use_current_address(delivery)
        settlement = settled_before_sending(delivery, now)
        if settlement:
            record(delivery, settlement, now)
        return Claimed(delivery, settlement)


def use_current_address(delivery: Delivery) -> None:
    user = delivery.recipient
    if user and user.email != delivery.address:
        delivery.address = user.email
        delivery.save(update_fields=["address"])


def settled_before_sending(delivery: Delivery, now: datetime) -> Settlement | None:
    reason: str | None = refusal(delivery, now)
    if not reason:
        try:
            # the savepoint keeps the claim when the check breaks off in the database
            with costing_one_mail(delivery), transaction.atomic():
                reason = recheck(delivery, now)
        except KindError as error:
            return broken(as_tried(delivery), str(error), now)
    if not reason:
        return None
    return Settlement(
        State.SKIPPED,
        reason,
        deferrals=delivery.deferrals,
        is_ambiguous=delivery.is_ambiguous,
    )


def refusal(delivery: Delivery, now: datetime) -> str:
    """Why nothing of any kind may go to this person or channel for this venture; empty
    if it may."""
    user, workspace = delivery.recipient, delivery.workspace
    if workspace and workspace.is_sample:
        return "sample"
    if delivery.channel:
        return "off" if delivery.channel.revoked_at else ""
    if user and not user.is_active:
        return "inactive"
    if user and workspace:
        members = Membership.objects.in_workspace(workspace).current()
        if not members.filter(user=user).exists():
            return "not_member"
        if is_switched_off(delivery):
            return "unsubscribed"
    return "suppressed" if is_suppressed(delivery.address, now) else ""


def is_switched_off(delivery: Delivery) -> bool:
    """Whether this person wants no mails of the topic from this venture."""
    choices = MailChoice.objects.filter(workspace=delivery.workspace_id)
    mine = choices.filter(user=delivery.recipient_id)
    return mine.filter(topic=topic_of(delivery.kind)).exists()


def is_suppressed(address: str, now: datetime) -> bool:
    """Three refusals of the address within thirty days; later it gets a new chance."""
    return (
        Delivery.objects.filter(
            address=address,
            state=State.BOUNCED,
            planned_at__gt=now - BOUNCES_COUNT_FOR,
        )[:BOUNCES].count()
        == BOUNCES
    )


def hand_over(delivery: Delivery, now: datetime) -> bool:
    """Notes, before the first byte of the message, that it may arrive. False when the
    lease ran out and somebody else has the row."""
    mine = Delivery.objects.filter(
        pk=delivery.pk, lease_token=delivery.lease_token, state=State.SENDING
    )
    handed = mine.update(state=State.HANDED, lease_until=now + COPY_WAIT)
    return handed == 1


def record(delivery: Delivery, settlement: Settlement, now: datetime) -> bool:
    """Writes how a start ended. False when the row is somebody else's by now."""
    values: dict[str, object] = {
        "state": settlement.state,
        "reason": settlement.reason[:300],
        "deferrals": settlement.deferrals,
        "is_ambiguous": settlement.is_ambiguous,
        "lease_until": None,
    }
    if settlement.not_before:
        values["not_before"] = settlement.not_before
    if settlement.is_final:
        values["payload"] = ""
    if settlement.state == State.SENT:
        values["sent_at"] = now
    if settlement.state == State.SKIPPED:
        # the claim counted a start, but nothing was started
        values["attempts"] = delivery.attempts - 1
    mine = Delivery.objects.filter(pk=delivery.pk, lease_token=delivery.lease_token)
    with transaction.atomic():
        if settlement.pause:
            Installation.objects.update(
                mail_paused_until=now + settlement.pause,
                mail_pause_reason=settlement.reason[:300],
            )
        return mine.update(**values) == 1


def recover(now: datetime) -> None:
    """Rows whose worker vanished. Those in `sending` are simply due again."""
    handed = Delivery.objects.filter(state=State.HANDED, lease_until__lte=now)
    handed.filter(is_ambiguous=True).update(
        state=State.UNKNOWN, reason="ended twice between message and answer", payload=""
    )
    handed.filter(is_ambiguous=False).update(
        state=State.RETRY,
        is_ambiguous=True,
        not_before=now,
        reason="ended between message and answer",
    )
    abandoned = Q(state=State.SENDING, lease_until__lte=now)
    Delivery.objects.filter(
        abandoned | Q(state=State.RETRY), attempts__gte=F("deferrals") + STARTS
    ).update(state=State.FAILED, reason=f"gave up after {STARTS} starts", payload="")


def wait_with(delivery: Delivery, now: datetime) -> None:
    """The other posts of a channel that did not answer: not each of them waits for it
    in the same pass."""
    rows = Delivery.objects.filter(channel=delivery.channel_id, not_before__lte=now)
    waiting = rows.filter(state__in=[State.PLANNED, State.RETRY])
    waiting.update(not_before=now + CHANNEL_WAIT)


def as_tried(delivery: Delivery) -> Tried:
    return Tried(
        delivery.key, delivery.attempts, delivery.deferrals, delivery.is_ambiguous
    )


def surely(
    write: Callable[[], T], *, tries: int = 6, wait: Callable[[float], None] = sleep
) -> T:
    """Repeats a write that the database broke off: it restarts, or is locked.

    The mail has left; to forget that would send it twice. Waits a second between tries.
    """
    for _left in range(tries - 1):
        try:
            return write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            wait(1)
    return write()
