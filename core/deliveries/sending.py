"""One pass over what is due, and the single start of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import close_old_connections, connection
from django.db.models import QuerySet

from core.deliveries.claiming import (
    as_tried,
    claim,
    due,
    hand_over,
    record,
    recover,
    surely,
)
from core.deliveries.kinds import KindError, costing_one_mail, render
from core.deliveries.messages import parcel_for
from core.deliveries.settling import Settlement, broken, settled
from core.installation import mail_goes_again, recognise_database
from core.models import Delivery
from core.nudge import nudge
from core.transport import Outcome, Transport, Verdict, open_transport

PASS_SECONDS = 45.0
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


def is_much(now: datetime) -> bool:
    return due(now).count() > MUCH


def deliver_newest(now: datetime) -> bool:
    """Sends for some seconds from the other end. Whether anything left."""
    newest = due(now).order_by("-not_before", "-pk").values_list("pk", flat=True)
    return deliver_ids(newest[:PASS_ROWS], now, HELP_SECONDS)["sent"] > 0


def deliver_due(now: datetime, limit: int = PASS_ROWS) -> dict[str, int]:
    """Sends what is due, for at most 45 s. Safe from any number of processes at once.

    Returns how many rows came to which state, `sent` and `skipped` always among them.
    """
    return deliver_rows(due(now), now, limit)


def deliver_one(pk: UUID, now: datetime) -> dict[str, int]:
    return deliver_rows(due(now).filter(pk=pk), now, 1)


def deliver_about(subject_id: UUID, now: datetime) -> dict[str, int]:
    """The mails about one invitation, alert, …"""
    return deliver_rows(due(now).filter(subject_id=subject_id), now, PASS_ROWS)


def deliver_rows(rows: QuerySet[Delivery], now: datetime, limit: int) -> dict[str, int]:
    oldest = rows.order_by("not_before", "pk").values_list("pk", flat=True)[:limit]
    return deliver_ids(oldest, now, PASS_SECONDS)


def deliver_ids(ids: Iterable[UUID], now: datetime, seconds: float) -> dict[str, int]:
    recognise_database(now)
    moment = Moment(now)
    tally = Counter(sent=0, skipped=0)
    with closing(open_transport()) as transport:
        for pk in list(ids):
            if moment.seconds > seconds:
                break
            renew_connection()
            settlement = deliver(pk, transport, moment)
            if settlement:
                tally[settlement.state] += 1
                if settlement.pause:
                    break
    if tally["sent"]:
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
    return settlement


def sent(delivery: Delivery, transport: Transport, moment: Moment) -> Settlement | None:
    try:
        with costing_one_mail(delivery):
            parcel = parcel_for(delivery, render(delivery), moment.now())
    except KindError as error:
        return broken(as_tried(delivery), str(error), moment.now())
    outcome: Outcome = transport.send(
        parcel, before_data=lambda: hand_over(delivery, moment.now())
    )
    if outcome.verdict is Verdict.WITHDRAWN:
        return None
    return settled(as_tried(delivery), outcome.verdict, outcome.reason, moment.now())
