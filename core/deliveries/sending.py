"""One pass over what is due, and the single start of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from uuid import UUID

from django.db import close_old_connections, connection
from django.db.models import QuerySet

from core.deliveries.calling import call_for
from core.deliveries.claiming import (
    as_tried,
    claim,
    due,
    hand_over,
    record,
    recover,
    surely,
    wait_with,
)
from core.deliveries.kinds import (
    KindError,
    costing_one_mail,
    render,
    render_post,
)
from core.deliveries.messages import parcel_for
from core.deliveries.settling import Settlement, broken, settled
from core.installation import mail_goes_again, recognise_database
from core.models import Delivery
from core.nudge import nudge
from core.transport import (
    Outcome,
    Transport,
    Verdict,
    open_caller,
    open_transport,
)

PASS_SECONDS = 45.0
# a receiver of one venture must not keep the mails of all others waiting
CALLS_SECONDS = 10.0
PASS_ROWS = 500
# With more than so many due, another process of the worker begins at the other end. It
# does so by short passes, between which other hints come to their turn.
MUCH = 100
HELP_SECONDS = 5.0
HELP_FOR = timedelta(seconds=50)


class Moment:
    """`now` as it goes on during a pass, by the steady clock: the last lease of a long
    pass must not be dated by its first second."""

    def __init__(self, now: datetime) -> None:
        self._now, self._started = now, monotonic()

    @property
    def seconds(self) -> float:
        return monotonic() - self._started

    def now(self) -> datetime:
        return self._now + timedelta(seconds=self.seconds)


def dispatch_due(now: datetime) -> dict[str, int]:
    """The mails' part of one scheduler pass."""
    recover(now)
    if is_much(now):
        nudge("core.delivery_tasks.help_out", (now + HELP_FOR).isoformat())
    return deliver_due(now)


def mails_due(now: datetime) -> QuerySet[Delivery]:
    return due(now).filter(channel=None)


def is_much(now: datetime) -> bool:
    return mails_due(now).count() > MUCH


def deliver_newest(now: datetime) -> bool:
    """Sends for some seconds from the other end. Whether anything left."""
    newest = mails_due(now).order_by("-not_before", "-pk")
    newest = newest.values_list("pk", "channel")
    return deliver_ids(newest[:PASS_ROWS], now, HELP_SECONDS)["sent"] > 0


def deliver_due(now: datetime, limit: int = PASS_ROWS) -> dict[str, int]:
    """Sends what is due, for at most 45 s. Safe from any number of processes at once.

    Returns how many rows came to which state, `sent` and `skipped` always among them.
    """
    return deliver_rows(mails_due(now), now, limit)


def call_due(now: datetime) -> dict[str, int]:
    """The channels' part of one pass, after the mails."""
    rows = due(now).filter(channel__isnull=False)
    return deliver_rows(rows, now, PASS_ROWS, seconds=CALLS_SECONDS)


def deliver_one(pk: UUID, now: datetime) -> dict[str, int]:
    return deliver_rows(due(now).filter(pk=pk), now, 1)


def deliver_about(subject_id: UUID, now: datetime) -> dict[str, int]:
    """The mails, then the posts, about one invitation, alert, …"""
    rows = due(now).filter(subject_id=subject_id)
    mailed = deliver_rows(rows.filter(channel=None), now, PASS_ROWS)
    called = deliver_rows(rows.filter(channel__isnull=False), now, PASS_ROWS)
    states = {**mailed, **called}
    return {state: mailed.get(state, 0) + called.get(state, 0) for state in states}


def deliver_rows(
    rows: QuerySet[Delivery],
    now: datetime,
    limit: int,
    *,
    seconds: float | None = None,
) -> dict[str, int]:
    oldest = rows.order_by("not_before", "pk").values_list("pk", "channel")[:limit]
    return deliver_ids(oldest, now, PASS_SECONDS if seconds is None else seconds)


def deliver_ids(
    ids: Iterable[tuple[UUID, UUID | None]], now: datetime, seconds: float
) -> dict[str, int]:
    """`ids` of rows, each with that of its channel if it has one."""
    recognise_database(now)
    moment = Moment(now)
    tally = Counter(sent=0, skipped=0)
    has_mailed = False
    with closing(open_transport()) as transport:
        for pk, channel in list(ids):
            if moment.seconds > seconds:
                break
            renew_connection()
            settlement = deliver(pk, transport, moment)
            if settlement:
                tally[settlement.state] += 1
                has_mailed |= channel is None and settlement.state == "sent"
                if settlement.pause:
                    break
    if has_mailed:
        mail_goes_again()
    return dict(tally)


def renew_connection() -> None:
    """A database that restarted during the pass costs one mail a delay, not all."""
    if not connection.in_atomic_block:
        close_old_connections()


def deliver(pk: UUID, transport: Transport, moment: Moment) -> Settlement | None:
    """Starts one row. None when it was not ours to start, or is no longer ours."""
    claimed = claim(pk, moment.now())
    if claimed is None:
        return None
    if claimed.settlement:
        return claimed.settlement
    settlement = sent(claimed.delivery, transport, moment)
    if settlement:
        surely(lambda: record(claimed.delivery, settlement, moment.now()))
        if claimed.delivery.channel and not settlement.is_final:
            wait_with(claimed.delivery, moment.now())
    return settlement


def sent(delivery: Delivery, transport: Transport, moment: Moment) -> Settlement | None:
    try:
        with costing_one_mail(delivery):
            carry = carrier(delivery, transport, moment.now())
    except KindError as error:
        return broken(as_tried(delivery), str(error), moment.now())
    outcome = carry(lambda: hand_over(delivery, moment.now()))
    if outcome.verdict is Verdict.WITHDRAWN:
        return None
    return settled(as_tried(delivery), outcome.verdict, outcome.reason, moment.now())


def carrier(
    delivery: Delivery, transport: Transport, now: datetime
) -> Callable[[Callable[[], bool]], Outcome]:
    """The message, made and ready to leave by its way."""
    if delivery.channel is None:
        return partial(transport.send, parcel_for(delivery, render(delivery), now))
    return partial(open_caller().send, call_for(delivery, render_post(delivery), now))
