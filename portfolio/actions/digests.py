"""Who gets the digest, and the rows that say when: nothing is sent here."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import OperationalError, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from core.deliveries import plan
from core.deliveries.planning import key_of, whom_of
from core.models import (
    ActivityEntry,
    Channel,
    Membership,
    Role,
    User,
    Workspace,
)
from core.tokens import hashed, new_token
from core.turns import turns
from portfolio.digest.schedule import Rhythm, next_slot
from portfolio.models import Digest, DigestSubscription

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Model

logger = logging.getLogger(__name__)

AT_ONCE = 500
# in one transaction: few enough that others who write hardly wait for it
A_TURN = 25
READABLE = timedelta(days=14)
# a venture nobody touched for so long gets one notice, then nothing
IDLE = timedelta(days=182)
# says that all members were looked through, and nothing about them was written since
LOOKED = "portfolio.digest.members"
# seconds; for what comes in past the log: a restored venture, a sample
LOOK_AGAIN = 600


def default_rhythm(role: str) -> str:
    """Who only watches is told less often; everybody may change it."""
    return Rhythm.MONTHLY if role == Role.OBSERVER else Rhythm.WEEKLY


# --- the step of the tick ----------------------------------------------------------
def plan_due(now: datetime) -> dict[str, int]:
    """Safe from any number of processes: of two that plan one digest, one does. A reader
    for whom it fails keeps nobody else from theirs."""
    look_through_members(now)
    due = DigestSubscription.objects.filter(next_due__lte=now)
    ids = due.order_by("next_due", "pk").values_list("pk", flat=True)[:AT_ONCE]
    planned, wrong = 0, []
    for turn in turns(list(ids), A_TURN):
        planned += plan_turn(turn, wrong, now=now)
    if wrong:
        raise wrong[0]
    return {"planned": planned}


@transaction.atomic
def plan_turn(ids: Iterable[object], wrong: list[Exception], *, now: datetime) -> int:
    """All of them or, if the process dies, none: then the next pass finds them due.
    What was `wrong` with one reader alone is left there."""
    planned = 0
    for pk in ids:
        try:
            planned += plan_next(pk, now=now)
        except OperationalError:
            raise
        except Exception as error:
            logger.exception("the digest of %s was not planned", pk)
            wrong.append(error)
    return planned


def look_through_members(now: datetime) -> None:
    """Not each minute: reading them all costs the same whether anybody joined or not.
    The mark is set before, so that who joins meanwhile takes it away again."""
    if cache.get(LOOKED):
        return
    cache.set(LOOKED, "yes", LOOK_AGAIN)
    found = subscribe_members(now), subscribe_channels(now), follow_zones(now)
    if max(found) >= AT_ONCE:
        cache.delete(LOOKED)


def look_again(model: type[Model], ids: Iterable[UUID]) -> None:
    """Told of every row that was written (settings.AFTER_WRITTEN). Once more after the
    commit, for a pass that looked while it was not there yet."""
    if model in (Membership, Workspace, User, Channel):
        cache.delete(LOOKED)
        transaction.on_commit(lambda: cache.delete(LOOKED), robust=True)


@transaction.atomic
def subscribe_members(now: datetime) -> int:
    """Everybody in a venture gets the digest, until they say otherwise. How many of
    them are new, at most AT_ONCE."""
    known = DigestSubscription.objects.filter(
        workspace=OuterRef("workspace"), user=OuterRef("user")
    )
    members = Membership.objects.current().filter(~Exists(known))
    rows = [
        member_row_of(member, now)
        for member in members.select_related("user").order_by("pk")[:AT_ONCE]
    ]
    DigestSubscription.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def subscribe_channels(now: datetime) -> int:
    """Channels that want it: by week, in the time zone of the venture. How many are
    new."""
    known = Channel.objects.working().filter(wants_digest=True, digest=None)
    channels = known.select_related("workspace").order_by("pk")[:AT_ONCE]
    rows = [channel_row_of(channel, now) for channel in channels]
    DigestSubscription.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def channel_row_of(channel: Channel, now: datetime) -> DigestSubscription:
    row = DigestSubscription(
        workspace=channel.workspace,
        channel=channel,
        zone=channel.workspace.timezone,
        confirmed_at=now,
        created_at=now,
    )
    return scheduled(row, now)


def member_row_of(member: Membership, now: datetime) -> DigestSubscription:
    """As it is by default. Not saved."""
    row = DigestSubscription(
        workspace_id=member.workspace_id,
        user=member.user,
        rhythm=default_rhythm(member.role),
        zone=member.user.timezone,
        confirmed_at=now,
        created_at=now,
    )
    return scheduled(row, now)


@transaction.atomic
def follow_zones(now: datetime) -> int:
    """Who moved is written to in the morning of the new place; so are channels of a
    venture that did. How many did."""
    here = Coalesce("user__timezone", "workspace__timezone")
    rows = DigestSubscription.objects.filter(link=None).annotate(here=here)
    moved = rows.exclude(zone=F("here")).select_related("user", "channel")
    rows = list(moved.order_by("pk")[:AT_ONCE])
    for row in rows:
        row.zone = row.here
        reschedule(row, now)
    return len(rows)


def scheduled(row: DigestSubscription, after: datetime) -> DigestSubscription:
    """With what comes next; nothing for who wants none. Not saved."""
    rhythm = Rhythm(row.rhythm) if row.is_on else Rhythm.OFF
    slot = next_slot(row.reader, rhythm, ZoneInfo(row.zone), after)
    row.next_period = slot.period if slot else ""
    row.next_due = slot.due if slot else None
    return row


def reschedule(row: DigestSubscription, now: datetime, *fields: str) -> None:
    scheduled(row, now)
    row.save(update_fields=["zone", "rhythm", "next_period", "next_due", *fields])


@transaction.atomic
def plan_next(pk: object, *, now: datetime) -> int:
    """Moves the reader on to the next period, and plans this one. 1 if a mail was."""
    rows = DigestSubscription.objects.select_related("workspace", "user", "channel")
    row = rows.filter(pk=pk, next_due__lte=now).first()
    if row is None:
        return 0
    due, period = row.next_due, row.next_period
    scheduled(row, due)
    mine = DigestSubscription.objects.filter(pk=pk, next_due=due)
    if not mine.update(next_due=row.next_due, next_period=row.next_period):
        return 0
    kind = kind_of(row, now) if is_reader(row) else None
    if kind is None:
        return 0
    return int(write_down(row, kind=kind, period=period, due=due, now=now) is not None)


def is_reader(row: DigestSubscription) -> bool:
    if row.channel is not None:
        return row.channel.revoked_at is None and row.channel.wants_digest
    if row.user_id is None:
        return True
    members = Membership.objects.filter(workspace=row.workspace_id)
    return members.current().filter(user=row.user_id).exists()


def kind_of(row: DigestSubscription, now: datetime) -> str | None:
    """News, or the one notice before silence; None while it lasts."""
    touched = ActivityEntry.objects.filter(workspace=row.workspace, by__isnull=False)
    touched = touched.exclude(verb__startswith="digest.").order_by("-at")
    at = touched.values_list("at", flat=True).first() or row.workspace.created_at
    if now - at <= IDLE:
        return Digest.Kind.NEWS
    told = Digest.objects.filter(subscription=row, kind=Digest.Kind.NOTICE)
    return None if told.filter(due_at__gt=at).exists() else Digest.Kind.NOTICE


def write_down(
    row: DigestSubscription,
    *,
    kind: str,
    period: str,
    due: datetime,
    now: datetime,
) -> Digest | None:
    """The snapshot to be filled and its mail; None if this period has one already."""
    token = new_token()
    digest = Digest(
        workspace=row.workspace,
        subscription=row,
        kind=kind,
        period=period,
        token_hash=hashed(token),
        due_at=due,
        readable_until=now + READABLE,
    )
    subject = digest.pk if kind == Digest.Kind.TEST else None
    whom = whom_of(row.user, row.address, row.channel)
    way = "digest_post" if row.channel else "digest"
    digest.key = key_of(way, subject or row.workspace_id, whom, period)
    Digest.objects.bulk_create([digest], ignore_conflicts=True)
    if not Digest.objects.filter(pk=digest.pk).exists():
        return None
    plan(
        kind=way,
        workspace=row.workspace,
        recipient=row.user,
        address=row.address,
        channel=row.channel,
        subject_id=subject,
        period=period,
        payload="" if row.channel else token,
        now=now,
    )
    return digest


# --- for a page that asks before the first tick did ---------------------------------
def member_row(member: Membership, *, now: datetime) -> DigestSubscription:
    """A member's row, or what it will be once the tick has written it."""
    rows = DigestSubscription.objects.filter(workspace=member.workspace_id)
    row = rows.filter(user=member.user_id).first()
    return row or member_row_of(member, now)


def subscription_of(
    workspace: Workspace, *, by: User, now: datetime
) -> DigestSubscription:
    """The member's row, written now if the tick has not been here since they joined."""
    mine = DigestSubscription.objects.filter(workspace=workspace, user=by)
    if not mine.exists():
        member = Membership.objects.select_related("user").get(
            workspace=workspace, user=by
        )
        row = member_row_of(member, now)
        DigestSubscription.objects.bulk_create([row], ignore_conflicts=True)
    return mine.select_related("user", "workspace").get()
