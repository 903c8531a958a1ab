"""How somebody with a link says who they are, and how that ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import randbelow
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, QuerySet

from core.activity import log
from core.deliveries import plan
from core.models import Membership
from core.tokens import hashed, new_token
from portfolio.guests import CODE_WORKS, TRIES, WAITS, code_hash
from portfolio.models import Guest, GuestBrowser, Introduction

if TYPE_CHECKING:
    from core.models import User
    from portfolio.models import ShareLink

AT_ONCE = 500


class NotWelcomeError(Exception):
    """The founders have ended this guest."""


class CodeUsedError(Exception):
    """It was used already, came too late, after too many tries, or was replaced."""


@transaction.atomic
def keep_waiting(
    link: ShareLink, *, by: None, now: datetime, place: str, text: str
) -> tuple[Introduction, str]:
    """A comment that waits until its writer has said who they are, and the token of
    their browser, which is kept nowhere."""
    token = new_token()
    waiting = Introduction.objects.create(
        workspace=link.workspace,
        link=link,
        token_hash=hashed(token),
        place=place,
        text=text,
        created_at=now,
    )
    return waiting, token


@transaction.atomic
def ask_for_code(
    waiting: Introduction,
    *,
    by: None,
    now: datetime,
    address: str,
    name: str,
    wants_replies: bool,
) -> Introduction:
    """Mails a code; an earlier one no longer works. Whose address it is makes no
    difference to what is done or said."""
    code = f"{randbelow(10**6):06}"
    waiting.address, waiting.name = address.strip().lower(), name
    waiting.wants_replies = wants_replies
    waiting.code_hash = code_hash(waiting, code)
    waiting.sent_at, waiting.tries, waiting.used_at = now, 0, None
    fields = ["address", "name", "wants_replies", "code_hash", "sent_at", "tries"]
    waiting.save(update_fields=[*fields, "used_at"])
    member = member_at(waiting)
    plan(
        kind="guest_code",
        workspace=waiting.workspace,
        # to the stored address, never to another way of writing it
        recipient=member,
        address=waiting.address,
        subject_id=waiting.pk,
        transition=moment_of(now),
        payload=code,
        now=now,
    )
    log(waiting.workspace, by=by, verb="guest.asked", subject=waiting, now=now)
    return waiting


def moment_of(now: datetime) -> str:
    return f"{now:%d%H%M%S%f}"


def member_at(waiting: Introduction) -> User | None:
    members = Membership.objects.in_workspace(waiting.workspace).current()
    found = members.filter(user__email__iexact=waiting.address).select_related("user")
    return next((row.user for row in found), None)


@transaction.atomic
def count_try(waiting: Introduction, *, by: None, now: datetime) -> bool:
    """A wrong code was typed. False when the code was no longer good anyway."""
    return good_code(waiting, now).update(tries=F("tries") + 1) == 1


def good_code(waiting: Introduction, now: datetime) -> QuerySet[Introduction]:
    """The row, as long as the very code that was compared may still be used."""
    return Introduction.objects.filter(
        pk=waiting.pk,
        code_hash=waiting.code_hash,
        used_at=None,
        sent_at__gt=now - CODE_WORKS,
        tries__lt=TRIES,
    )


@transaction.atomic
def welcome_guest(
    waiting: Introduction, *, by: None, now: datetime, token: str, came_by: str
) -> Guest:
    """The code was right. `token`: what this browser is known by from now on;
    `came_by`: the place that leads it back here."""
    if not good_code(waiting, now).update(used_at=now):
        raise CodeUsedError
    guest = known_guest(waiting, came_by, now)
    if guest.ended_at is not None:
        raise NotWelcomeError
    GuestBrowser.objects.create(
        workspace=waiting.workspace,
        guest=guest,
        token_hash=hashed(token),
        created_at=now,
    )
    log(waiting.workspace, by=guest.user, verb="guest.known", subject=guest, now=now)
    return guest


def known_guest(waiting: Introduction, came_by: str, now: datetime) -> Guest:
    """Made, or called by the name they give now."""
    rows = Guest.objects.filter(link=waiting.link_id, address__iexact=waiting.address)
    guest = rows.first() or Guest(
        workspace=waiting.workspace, link=waiting.link, address=waiting.address
    )
    guest.user = member_at(waiting)
    guest.name = guest.user.name if guest.user and guest.user.name else waiting.name
    guest.confirmed_at, guest.came_by = now, came_by
    guest.wants_replies = waiting.wants_replies
    if guest._state.adding:
        guest.save()
    elif guest.ended_at is None:
        told = ["user", "name", "confirmed_at", "came_by", "wants_replies"]
        guest.save(update_fields=told)
    return guest


@transaction.atomic
def forget_browser(browser: GuestBrowser, *, by: None, now: datetime) -> None:
    """Somebody else sits here now."""
    log(browser.workspace, by=by, verb="guest.left", subject=browser.guest, now=now)
    browser.delete()


@transaction.atomic
def end_guest(guest: Guest, *, by: User, now: datetime) -> None:
    """What they said stays; they say nothing more by this link."""
    here = Guest.objects.filter(pk=guest.pk, ended_at=None)
    if here.update(ended_at=now, ended_by=by):
        GuestBrowser.objects.filter(guest=guest).delete()
        log(guest.workspace, by=by, verb="guest.ended", subject=guest, now=now)


@transaction.atomic
def stop_replies(guest: Guest, *, by: None, now: datetime) -> None:
    """By whoever has the mail."""
    here = Guest.objects.filter(pk=guest.pk, wants_replies=True)
    if here.update(wants_replies=False):
        log(guest.workspace, by=by, verb="guest.quiet", subject=guest, now=now)


@transaction.atomic
def forget_introductions(now: datetime) -> dict[str, int]:
    """A step of the tick: texts and addresses of people who never came back."""
    old = Introduction.objects.filter(created_at__lte=now - WAITS - timedelta(hours=1))
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:AT_ONCE])
    Introduction.objects.filter(pk__in=ids).delete()
    return {"forgotten": len(ids)}
