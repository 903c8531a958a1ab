"""Who may work on a run. Every write is conditional, like those of the mail ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from core.models import ImportRun

State = ImportRun.State
WORKING = (State.CHECKING, State.RUNNING, State.UNDOING)
# far longer than one batch; a run whose worker died waits no longer than this
LEASE = timedelta(seconds=45)


class LostError(Exception):
    """The lease ran out and somebody else has the run, or it was ended."""


def due(now: datetime) -> QuerySet[ImportRun]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return ImportRun.objects.filter(free, state__in=WORKING)


def claim(pk: UUID | str, now: datetime) -> ImportRun | None:
    """The run, ours for a while; None if it is done or somebody else's."""
    token = uuid4()
    with transaction.atomic(durable=True):
        won = due(now).filter(pk=pk).update(lease_until=now + LEASE, lease_token=token)
        if not won:
            return None
        return ImportRun.objects.select_related("workspace", "by").get(pk=pk)


def hold(run: ImportRun, now: datetime) -> None:
    """Called first in every batch's transaction: the lease goes on, and the row is
    locked until the batch is in. Raises LostError."""
    mine = ImportRun.objects.filter(
        pk=run.pk, lease_token=run.lease_token, state=run.state
    )
    if not mine.update(lease_until=now + LEASE):
        raise LostError


def release(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk, lease_token=run.lease_token).update(
        lease_until=None, lease_token=None
    )
