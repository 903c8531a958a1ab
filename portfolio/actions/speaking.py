"""What a guest of a link says, wherever the link lets them say it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404

from core.models import Membership
from portfolio.actions.commenting import open_thread, reply
from portfolio.models import Introduction, Thread
from portfolio.subjects import subject_by_link

if TYPE_CHECKING:
    from core.models import User
    from portfolio.models import Comment, Guest


@transaction.atomic
def say_by_link(
    guest: Guest, *, by: User | None, now: datetime, place: str, text: str
) -> Comment:
    """`place`: "thread:<uuid>", or what a new thread is to be about. `by`: the member
    this guest is, see `member_of`. Raises Http404 for what the link does not show, and
    TooManyError."""
    about, _colon, key = place.partition(":")
    told = {"by": by, "guest": guest, "now": now, "text": text}
    if about == "thread":
        thread = thread_by_link(guest, key)
        comment = reply(thread, **told)
    else:
        subject = subject_by_link(guest.link, about, UUID(key))
        comment = open_thread(guest.workspace, subject=subject, **told)
    waiting = Introduction.objects.filter(link=guest.link_id, place=place)
    waiting.filter(address__iexact=guest.address).update(text="")
    return comment


def thread_by_link(guest: Guest, key: str) -> Thread:
    rows = Thread.objects.shown_by(guest.link).filter(pk=key)
    thread = rows.select_related("workspace").first()
    if thread is None:
        raise Http404
    return thread


def member_of(guest: Guest) -> User | None:
    """Whose account this guest showed to be theirs, while it belongs to the venture."""
    members = Membership.objects.filter(workspace=guest.workspace_id).current()
    row = members.filter(user=guest.user_id).select_related("user").first()
    return row.user if row else None
