"""Comments: opened, answered, corrected, resolved. Each one is told to those it names,
and to those who take part, with one mail for many answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from core.activity import log
from core.deliveries import plan
from core.models import Delivery, Membership, Permission, User, Workspace
from core.revisions import OutdatedError
from core.tokens import hashed
from portfolio.guests import stop_token
from portfolio.mentioning import mentioned
from portfolio.models import Comment, CommentDraft, Guest, Mention, Thread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portfolio.subjects import Subject

# one mail tells of all that is answered while it waits
BUNDLED = timedelta(minutes=5)
# of all who have one link, together
BY_LINK, AN_HOUR = 10, timedelta(hours=1)


class TooManyError(Exception):
    """Enough was written by this link within the hour."""


@transaction.atomic
def open_thread(
    workspace: Workspace,
    *,
    by: User | None,
    now: datetime,
    subject: Subject,
    text: str,
    is_founders_only: bool = False,
    guest: Guest | None = None,
) -> Comment:
    """By a member, or by a guest of a link."""
    thread = Thread.objects.create(
        workspace=workspace,
        is_founders_only=is_founders_only,
        opened_by=by,
        opened_by_guest=guest,
        opened_at=now,
        **{f"{subject.about}_id": subject.key},
    )
    if by is not None:
        forget_draft(workspace, by, subject.place)
    return write_comment(thread, by=by, guest=guest, now=now, text=text)


@transaction.atomic
def reply(
    thread: Thread,
    *,
    by: User | None,
    now: datetime,
    text: str,
    guest: Guest | None = None,
) -> Comment:
    if by is not None:
        forget_draft(thread.workspace, by, place_of(thread))
    return write_comment(thread, by=by, guest=guest, now=now, text=text)


def write_comment(
    thread: Thread, *, by: User | None, guest: Guest | None, now: datetime, text: str
) -> Comment:
    workspace = locked(thread.workspace)
    if guest is not None:
        refuse_too_many(guest, now)
    last = Comment.objects.in_workspace(workspace).aggregate(last=Max("number"))
    comment = Comment(
        workspace=workspace,
        thread=thread,
        number=(last["last"] or 0) + 1,
        text=text,
        by=by,
        guest=guest,
        without_names=not knows_names(workspace, by),
        written_at=now,
        saved_at=now,
    )
    comment.save()
    named = note_mentions(comment)
    told = {"by": by, "now": now, "thread": str(thread.pk)}
    log(workspace, verb="comment.written", subject=comment, **told)
    tell_named(comment, named, now=now)
    tell_participants(comment, but={by, *named}, now=now)
    tell_guests(comment, now=now)
    return comment


def refuse_too_many(guest: Guest, now: datetime) -> None:
    """Asked while the venture is locked, so that many at once get no more."""
    said = Comment.objects.filter(guest__link=guest.link_id, revision=1)
    if said.filter(written_at__gt=now - AN_HOUR).count() >= BY_LINK:
        raise TooManyError


@transaction.atomic
def correct_comment(
    comment: Comment, *, by: User | None, now: datetime, revision: int, text: str
) -> Comment:
    """`revision`: the one that was read; what was said stays on record. It stays the
    guest's who wrote it."""
    workspace = locked(comment.workspace)
    same = Comment.objects.in_workspace(workspace).filter(number=comment.number)
    current = same.order_by("-revision").select_related("thread")[0]
    if current.revision != revision:
        raise OutdatedError(current)
    if current.text == text:
        return current
    after = Comment(
        workspace=workspace,
        thread=current.thread,
        number=current.number,
        revision=current.revision + 1,
        text=text,
        by=by,
        guest=current.guest,
        without_names=current.without_names and not knows_names(workspace, by),
        written_at=current.written_at,
        saved_at=now,
    )
    after.save()
    named = note_mentions(after)
    told = {"by": by, "now": now, "thread": str(current.thread_id)}
    log(workspace, verb="comment.corrected", subject=after, **told)
    tell_named(after, named, now=now)
    return after


def knows_names(workspace: Workspace, by: User | None) -> bool:
    """Whether its writer reads names here at this moment."""
    team = Membership.objects.filter(workspace=workspace, user=by).current()
    return by is not None and team.with_permission(Permission.SEE_PEOPLE).exists()


@transaction.atomic
def resolve_thread(thread: Thread, *, by: User, now: datetime) -> None:
    """Of two at once the first one counts."""
    here = Thread.objects.filter(pk=thread.pk, resolved_at=None)
    if here.update(resolved_at=now, resolved_by=by):
        log(thread.workspace, by=by, verb="thread.resolved", subject=thread, now=now)


@transaction.atomic
def reopen_thread(thread: Thread, *, by: User, now: datetime) -> None:
    here = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=False)
    if here.update(resolved_at=None, resolved_by=None):
        log(thread.workspace, by=by, verb="thread.reopened", subject=thread, now=now)


# --- drafts ------------------------------------------------------------------------
@transaction.atomic
def keep_draft(
    workspace: Workspace, *, by: User, now: datetime, place: str, text: str
) -> None:
    """The last text counts; an empty one is none. Nobody else ever reads it."""
    if not text:
        forget_draft(workspace, by, place)
        return
    CommentDraft.objects.update_or_create(
        workspace=workspace,
        by=by,
        place=place,
        defaults={"text": text, "saved_at": now},
    )


def forget_draft(workspace: Workspace, by: User, place: str) -> None:
    CommentDraft.objects.filter(workspace=workspace, by=by, place=place).delete()


def place_of(thread: Thread) -> str:
    return f"thread:{thread.pk}"


# --- who is told -------------------------------------------------------------------
def locked(workspace: Workspace) -> Workspace:
    """One at a time, so that no two comments bear the same number."""
    return Workspace.objects.select_for_update().get(pk=workspace.pk)


def readers_of(thread: Thread) -> list[User]:
    """Who of the team may know of the thread."""
    needed = Permission.DECIDE if thread.is_founders_only else Permission.VIEW
    team = Membership.objects.filter(workspace=thread.workspace_id).current()
    rows = team.with_permission(needed).select_related("user")
    return [row.user for row in rows.order_by("user__name", "user__pk")]


def note_mentions(comment: Comment) -> list[User]:
    """Those whom no earlier revision named."""
    team = {user.pk: user for user in readers_of(comment.thread)}
    names = [(pk, user.name) for pk, user in team.items()]
    found = mentioned(comment.text, names)
    known = set(
        Mention.objects.filter(
            workspace=comment.workspace, comment__number=comment.number
        ).values_list("user", flat=True)
    )
    new = [pk for pk in found if pk not in known and pk != comment.by_id]
    Mention.objects.bulk_create(
        Mention(workspace=comment.workspace, comment=comment, user_id=pk) for pk in new
    )
    return [team[pk] for pk in new]


def tell_named(comment: Comment, named: Iterable[User], *, now: datetime) -> None:
    for user in named:
        plan(
            kind="comment_mention",
            workspace=comment.workspace,
            recipient=user,
            subject_id=comment.pk,
            transition="mentioned",
            now=now,
        )


def tell_participants(comment: Comment, *, but: set[User], now: datetime) -> None:
    """Nobody for whom a mail about this thread waits already: it will tell of all."""
    thread = comment.thread
    part = set(thread.comments.values_list("by", flat=True))
    waiting = Delivery.objects.filter(
        kind="comment_reply",
        subject_id=thread.pk,
        state=Delivery.State.PLANNED,
        not_before__gt=now,
    )
    awaited = set(waiting.values_list("recipient", flat=True))
    for user in readers_of(thread):
        is_told = user in but or user.pk in awaited
        if user.pk in part and not is_told:
            plan(
                kind="comment_reply",
                workspace=comment.workspace,
                recipient=user,
                subject_id=thread.pk,
                period=f"from-{comment.number}",
                not_before=now + BUNDLED,
                now=now,
            )


def tell_guests(comment: Comment, *, now: datetime) -> None:
    """Those who took part by a link, and said that they want to be told."""
    thread = comment.thread
    guests = Guest.objects.welcome(now).filter(comments__thread=thread)
    guests = guests.filter(wants_replies=True, user=None).exclude(pk=comment.guest_id)
    waiting = Delivery.objects.filter(
        kind="guest_reply",
        subject_id=thread.pk,
        state=Delivery.State.PLANNED,
        not_before__gt=now,
    )
    awaited = set(waiting.values_list("address", flat=True))
    for guest in guests.distinct():
        if guest.address in awaited:
            continue
        token = stop_token(guest)
        Guest.objects.filter(pk=guest.pk).update(stop_hash=hashed(token))
        plan(
            kind="guest_reply",
            workspace=comment.workspace,
            address=guest.address,
            subject_id=thread.pk,
            period=f"from-{comment.number}",
            payload=token,
            not_before=now + BUNDLED,
            now=now,
        )
