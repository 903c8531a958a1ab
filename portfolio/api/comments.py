"""Comments over the API: read, opened, answered, corrected, resolved."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    Page,
    PolicyRouter,
    Refusal,
    bound,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from core.revisions import OutdatedError
from portfolio.actions.commenting import (
    correct_comment,
    open_thread,
    reopen_thread,
    reply,
    resolve_thread,
)
from portfolio.forms.comments import CorrectForm, TextForm, ThreadForm
from portfolio.models import About, Comment, Thread
from portfolio.reports.comments import (
    AUTHOR,
    author_of,
    is_as_typed,
    is_hidden,
    opener_of,
    threads_in,
)
from portfolio.subjects import Subject, subject_of, subject_or_404

router = PolicyRouter(tags=["comments"])
State = Literal["open", "resolved"]
Kind = Literal[tuple(About.values)]  # type: ignore[valid-type]
OWED = "Score the question first: what is said of it says how it stands."
MEANWHILE = "It was corrected in between. Read it again and decide."


class ThreadOut(Schema):
    """`about` is the kind of what it is about: question, quote, metric, alert, decision
    or commitment; `subject` its id. `comments` counts them."""

    id: UUID
    about: str
    subject: UUID
    subject_name: str
    is_founders_only: bool
    opened_by: str
    opened_at: datetime
    resolved_at: datetime | None
    comments: int

    @staticmethod
    def resolve_subject(row: Thread) -> UUID:
        return row.subject_id

    @staticmethod
    def resolve_subject_name(row: Thread) -> str:
        return subject_of(row).name

    @staticmethod
    def resolve_opened_by(row: Thread) -> str:
        return opener_of(row)

    @staticmethod
    def resolve_comments(row: Thread) -> int:
        return row.total  # type: ignore[attr-defined]


class CommentOut(Schema):
    """As it was last corrected, by `revision`. `number` counts the comments of a venture.
    `by_link` names the link it came by, whose holder chose the name in `by`; empty for
    members. `as_typed`: written by this account without names, so `text` bears what was
    typed."""

    number: int
    revision: int
    text: str
    by: str
    by_link: str
    as_typed: bool
    written_at: datetime
    corrected_at: datetime | None

    @staticmethod
    def resolve_by(row: Comment) -> str:
        return author_of(row)

    @staticmethod
    def resolve_by_link(row: Comment) -> str:
        return row.guest.link.name if row.guest else ""

    @staticmethod
    def resolve_as_typed(row: Comment, context: Any) -> bool:
        return is_as_typed(row, context["request"].user)

    @staticmethod
    def resolve_corrected_at(row: Comment) -> datetime | None:
        return row.saved_at if row.revision > 1 else None


ThreadIn: Any = form_body(ThreadForm, name="ThreadIn", about=Kind, subject=UUID)
CommentIn: Any = form_body(TextForm, name="CommentIn")
CommentChange: Any = form_body(
    CorrectForm, but=["revision"], name="CommentChange", revision=int
)


# --- read ------------------------------------------------------------------------
@router.get("/threads", response=Page[ThreadOut], auth=token_may(Permission.VIEW))
def thread_list(
    request: HttpRequest,
    *,
    state: State = "open",
    subject: UUID | None = None,
    page: int = 1,
    size: int = 25,
):
    """Those this token may know of, the last spoken in first; `subject`: of one thing."""
    rows = threads_in(request.workspace, request.may, is_open=state == "open")
    return page_of(rows.about(subject) if subject else rows, page, size)


def thread_in(request: HttpRequest, pk: UUID) -> Thread:
    rows = threads_in(request.workspace, request.may, is_open=None)
    thread = get_object_or_404(rows, pk=pk)
    thread.workspace = request.workspace
    return thread


@router.get(
    "/threads/{uuid:pk}/comments",
    response=Page[CommentOut],
    auth=token_may(Permission.VIEW),
)
def comment_list(request: HttpRequest, pk: UUID, *, page: int = 1, size: int = 25):
    """The oldest first. None of a question while its score is owed: it is given first."""
    thread = thread_in(request, pk)
    said = thread.comments.standing().select_related(*AUTHOR).order_by("number")
    if is_hidden(subject_of(thread), request.user, clock.now()):
        said = said.none()
    return page_of(said, page, size)


# --- written ---------------------------------------------------------------------
@router.post(
    "/threads",
    response={201: ThreadOut, 404: Refusal},
    auth=token_may(Permission.REVIEW),
)
def thread_add(request: HttpRequest, body: ThreadIn):
    """The first comment on one thing: `about` is its kind, `subject` its id.
    Whoever decides may speak to founders only."""
    subject = subject_or_404(request.workspace, body.about, body.subject)
    refuse_owed(request, subject)
    may_hide = Permission.DECIDE in request.may
    said = bound(ThreadForm, sent(body, "about", "subject"), may_hide=may_hide)
    told = {"by": request.user, "now": clock.now(), "subject": subject}
    comment = open_thread(request.workspace, **told, **cleaned(said))
    return Status(201, thread_in(request, comment.thread_id))


@router.post(
    "/threads/{uuid:pk}/comments",
    response={201: CommentOut},
    auth=token_may(Permission.REVIEW),
)
def comment_add(request: HttpRequest, pk: UUID, body: CommentIn):
    """An answer. Those who take part, and whom it names with an @, are told by mail."""
    thread = thread_in(request, pk)
    refuse_owed(request, subject_of(thread))
    text = cleaned(bound(TextForm, sent(body)))["text"]
    row = reply(thread, by=request.user, now=clock.now(), text=text)
    return Status(201, row)


@router.post(
    "/threads/{uuid:pk}/resolve",
    response=ThreadOut,
    auth=token_may(Permission.REVIEW),
)
def thread_resolve(request: HttpRequest, pk: UUID):
    """Nothing more is to be said. Safe to send twice."""
    return moved(request, pk, resolve_thread)


@router.post(
    "/threads/{uuid:pk}/reopen",
    response=ThreadOut,
    auth=token_may(Permission.REVIEW),
)
def thread_reopen(request: HttpRequest, pk: UUID):
    """Safe to send twice."""
    return moved(request, pk, reopen_thread)


@router.put(
    "/comments/{int:number}",
    response=CommentOut,
    auth=token_may(Permission.REVIEW),
)
def comment_correct(request: HttpRequest, number: int, body: CommentChange):
    """By whoever wrote it; `revision` is the one that was read. What it said before
    stays on record."""
    current = own_in(request, number)
    shown = {"text": current.text}
    said = cleaned(bound(CorrectForm, sent(body), initial=shown))
    by, now = request.user, clock.now()
    try:
        return correct_comment(current, by=by, now=now, **said)
    except OutdatedError as error:
        stands: Any = error.current
        return Status(409, {"detail": MEANWHILE, "rev": stands.revision})


# --- shared ----------------------------------------------------------------------
def refuse_owed(request: HttpRequest, subject: Subject) -> None:
    if is_hidden(subject, request.user, clock.now()):
        raise BadRequest(OWED)


def moved(request: HttpRequest, pk: UUID, action: Any) -> Thread:
    action(thread_in(request, pk), by=request.user, now=clock.now())
    return thread_in(request, pk)


def own_in(request: HttpRequest, number: int) -> Comment:
    """404 for what somebody else wrote, as for what is not there."""
    workspace = request.workspace
    seen = Thread.objects.in_workspace(workspace).seen_with(request.may)
    rows = Comment.objects.in_workspace(workspace).standing()
    rows = rows.filter(number=number, thread__in=seen.values("pk"), by=request.user)
    row = rows.select_related("thread", *AUTHOR).first()
    if row is None:
        raise Http404
    row.workspace = row.thread.workspace = workspace
    return row
