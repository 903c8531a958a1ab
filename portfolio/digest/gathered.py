"""Reads what one reader's digest says: at most twelve queries, the row of the digest and
the write of what it said among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum, UUIDField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import ROLE_PERMISSIONS, Delivery, Membership, Permission
from forecasts.models import Standing
from interviews.masked_pages import names_in
from portfolio.digest.content import content_of
from portfolio.digest.reading import Reading
from portfolio.digest.schedule import LOOKS_BACK, Rhythm
from portfolio.digest.shape import Content, from_json, to_json
from portfolio.models import (
    Ask,
    Digest,
    DigestSettings,
    DigestSubscription,
    ShareLink,
)
from portfolio.reports.chores import Chores, Ranges, chores_of
from portfolio.reports.gathering import Reader, changes_of

if TYPE_CHECKING:
    from core.models import Workspace

SPANS = {Rhythm.DAILY: "day", Rhythm.MONTHLY: "month"}


@dataclass(frozen=True)
class Facts:
    """What stands beside the venture's own rows: the reader's role, empty without an
    account, up to when they were told, what founders ask, what mails may say, whether
    forecasts held."""

    role: str
    told_until: datetime | None
    ask: str
    is_wordless: bool
    ranges: Ranges

    @property
    def may(self) -> frozenset[Permission]:
        return ROLE_PERMISSIONS.get(self.role, frozenset())


def with_facts(rows: QuerySet[Any], user: str, reader: str) -> QuerySet[Any]:
    """Annotates what `facts_of` reads; `user` and `reader` are the ways to the account
    and to the id of the reader's subscription."""
    venture = OuterRef("workspace")
    went = Delivery.objects.filter(key=OuterRef("key"), state=Delivery.State.SENT)
    told = Digest.objects.filter(
        Exists(went),
        subscription=OuterRef(reader),
        kind=Digest.Kind.NEWS,
        until__isnull=False,
    )
    members = Membership.objects.filter(workspace=venture, user=OuterRef(user))
    ranges = Standing.objects.filter(metric__workspace=venture, metric__is_vanity=False)
    ranges = ranges.order_by().values("metric__workspace")
    asks = Ask.objects.filter(workspace=venture).order_by("-asked_at")
    rules = DigestSettings.objects.filter(workspace=venture)
    return rows.annotate(
        reader_role=Subquery(members.values("role")[:1]),
        told_until=Subquery(told.order_by("-until").values("until")[:1]),
        standing_ask=Subquery(asks.values("text")[:1]),
        is_wordless=Exists(rules.filter(is_wordless=True)),
        ranges_counted=sum_of(ranges, "ranges_counted"),
        ranges_held=sum_of(ranges, "ranges_held"),
    )


def sum_of(rows: QuerySet[Any], column: str) -> Coalesce:
    """`rows` are grouped by their venture."""
    return Coalesce(Subquery(rows.annotate(n=Sum(column)).values("n")), 0)


def facts_of(row: Any) -> Facts:
    return Facts(
        role=row.reader_role or "",
        told_until=row.told_until,
        ask=row.standing_ask or "",
        is_wordless=row.is_wordless,
        ranges=Ranges(row.ranges_counted, row.ranges_held),
    )


def digest_of(delivery: Delivery) -> Any:
    """The snapshot a delivery is about, with its reader and the facts; None when the
    reader was taken off."""
    rows = Digest.objects.filter(key=delivery.key)
    rows = with_facts(rows, "subscription__user", "subscription")
    return rows.select_related("workspace", "subscription__link").first()


def said_in(digest: Any, now: datetime) -> Content:
    """What it says: as it was written, or written now."""
    if digest.content is not None:
        return from_json(digest.content)
    row, facts = digest.subscription, facts_of(digest)
    since = since_of(row, facts, digest.due_at)
    content = written(digest.workspace, row, facts, since=since, until=now)
    if digest.kind == Digest.Kind.NOTICE:
        content = notice(digest.workspace)
    kept = {"content": to_json(content), "since": since, "until": now}
    Digest.objects.filter(pk=digest.pk, content__isnull=True).update(**kept)
    return content


def since_of(row: DigestSubscription, facts: Facts, due: datetime) -> datetime:
    """Where the last one that was sent ended, so that nothing falls between two."""
    rhythm = Rhythm(row.rhythm)
    back = LOOKS_BACK.get(rhythm, LOOKS_BACK[Rhythm.WEEKLY])
    return facts.told_until or due - back


def written(
    workspace: Workspace,
    row: DigestSubscription,
    facts: Facts,
    *,
    since: datetime,
    until: datetime,
) -> Content:
    names = names_in(workspace)
    is_whole = row.link is None or row.link.scope == ShareLink.Scope.WHOLE
    reader = Reader(
        key=str(row.user_id or ""),
        scores=Permission.SCORE in facts.may,
        sees_all=is_whole,
        draws_forecasts=False,
    )
    with timezone.override(workspace.zone):
        seen = changes_of(
            workspace, since=since, until=until, names=names, reader=reader
        )
        chores = (
            replace(
                chores_of(workspace, since=since, until=until, say=names.mask),
                ranges=facts.ranges,
            )
            if is_whole
            else Chores()
        )
        # what founders ask in their own words is for readers, not for a channel
        ask = "" if row.channel_id else names.mask(facts.ask)
        return content_of(seen, chores, reading_of(workspace, row, facts, ask))


def reading_of(
    workspace: Workspace, row: DigestSubscription, facts: Facts, ask: str
) -> Reading:
    return Reading(
        slug=workspace.slug if row.user_id else "",
        founds=Permission.DECIDE in facts.may,
        plans=Permission.PLAN in facts.may,
        is_wordless=facts.is_wordless,
        span=SPANS.get(Rhythm(row.rhythm), "week"),
        ask=ask,
    )


def notice(workspace: Workspace) -> Content:
    """The one that is sent before silence."""
    name = {"venture": workspace.name}
    return Content(
        subject=_("%(venture)s: nobody has touched it for six months") % name,
        preheader=_("This is the last digest until somebody does"),
        title=str(workspace),
        closing=_(
            "Nothing was written down for six months. No digest comes any more until "
            "somebody works on the venture again."
        ),
    )


def preview(workspace: Workspace, row: DigestSubscription, now: datetime) -> Content:
    """What this member would be told now; nothing is kept, not even their row if it is
    not yet."""
    here = Membership.objects.filter(workspace=workspace, user=row.user_id)
    found = with_facts(
        here.annotate(reader=Value(row.pk, UUIDField())), "user", "reader"
    ).get()
    facts = facts_of(found)
    since = since_of(row, facts, now)
    return written(workspace, row, facts, since=since, until=now)
