"""Channels of a venture: added, changed, tried and taken off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.deliveries import plan
from core.deliveries.calling import new_secret
from core.models import Channel
from core.sealing import seal
from core.transport.targets import RefusedError, Target, target_of

if TYPE_CHECKING:
    from core.models import User, Workspace

MOST = 10


@transaction.atomic
def add_channel(
    workspace: Workspace,
    *,
    by: User,
    now: datetime,
    name: str,
    kind: str,
    url: str,
    wants_alerts: bool,
    wants_digest: bool,
) -> tuple[Channel, str]:
    """The row, and the secret of a signed one, which nobody can read again; empty for a
    chat. ValidationError for an address that is never called, and for one too many."""
    target = called(url)
    rows = Channel.objects.in_workspace(workspace).working()
    if rows.count() >= MOST:
        raise ValidationError(_("Ten channels are as many as a venture may have."))
    secret = new_secret() if kind == Channel.Kind.SIGNED else ""
    channel = Channel.objects.create(
        workspace=workspace,
        name=name,
        kind=kind,
        host=target.host_header,
        url=seal(url),
        secret=seal(secret) if secret else "",
        wants_alerts=wants_alerts,
        wants_digest=wants_digest,
        created_by=by,
        created_at=now,
    )
    log(workspace, by=by, verb="channel.added", subject=channel, now=now, kind=kind)
    return channel, secret


def called(url: str) -> Target:
    try:
        return target_of(url)
    except RefusedError as refusal:
        words = _("This address is never called: %(why)s.") % {"why": refusal}
        raise ValidationError({"url": words}) from refusal


@transaction.atomic
def edit_channel(
    channel: Channel,
    *,
    by: User,
    now: datetime,
    name: str,
    url: str,
    wants_alerts: bool,
    wants_digest: bool,
) -> Channel:
    """An empty `url` leaves the address as it is."""
    channel.name = name
    channel.wants_alerts, channel.wants_digest = wants_alerts, wants_digest
    if url:
        channel.host, channel.url = called(url).host_header, seal(url)
    changed = ["name", "wants_alerts", "wants_digest", "host", "url"]
    channel.save(update_fields=changed)
    log(channel.workspace, by=by, verb="channel.edited", subject=channel, now=now)
    return channel


@transaction.atomic
def renew_secret(channel: Channel, *, by: User, now: datetime) -> str:
    """What is sent from now on is signed with the new one alone."""
    secret = new_secret()
    channel.secret = seal(secret)
    channel.save(update_fields=["secret"])
    log(channel.workspace, by=by, verb="channel.renewed", subject=channel, now=now)
    return secret


@transaction.atomic
def try_channel(channel: Channel, *, by: User, now: datetime) -> None:
    plan(
        kind="channel_test",
        workspace=channel.workspace,
        channel=channel,
        subject_id=channel.pk,
        transition=f"{now:%Y%m%dT%H%M%S}",
        now=now,
    )
    log(channel.workspace, by=by, verb="channel.tested", subject=channel, now=now)


@transaction.atomic
def remove_channel(channel: Channel, *, by: User, now: datetime) -> Channel:
    """Nothing is sent to it any more, not even what waits; its address is forgotten."""
    if channel.revoked_at is None:
        channel.revoked_at, channel.url, channel.secret = now, "", ""
        channel.save(update_fields=["revoked_at", "url", "secret"])
        log(channel.workspace, by=by, verb="channel.removed", subject=channel, now=now)
    return channel
