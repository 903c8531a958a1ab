"""Comments over the API: read, as the pages show them. They are written there."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema

from core import clock
from core.api import Page, PolicyRouter, page_of, token_may
from core.models import Permission
from portfolio.models import Comment, Thread
from portfolio.reports.comments import (
    AUTHOR,
    author_of,
    is_hidden,
    opener_of,
    threads_in,
)
from portfolio.subjects import subject_of

router = PolicyRouter(tags=["comments"])
State = Literal["open", "resolved"]


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
    """As it was last corrected. `number` counts the comments of a venture. `by_link`
    names the link it came by, whose holder chose the name in `by`; empty for members."""

    number: int
    text: str
    by: str
    by_link: str
    written_at: datetime
    corrected_at: datetime | None

    @staticmethod
    def resolve_by(row: Comment) -> str:
        return author_of(row)

    @staticmethod
    def resolve_by_link(row: Comment) -> str:
        return row.guest.link.name if row.guest else ""

    @staticmethod
    def resolve_corrected_at(row: Comment) -> datetime | None:
        return row.saved_at if row.revision > 1 else None


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


@router.get(
    "/threads/{uuid:pk}/comments",
    response=Page[CommentOut],
    auth=token_may(Permission.VIEW),
)
def comment_list(request: HttpRequest, pk: UUID, *, page: int = 1, size: int = 25):
    """The oldest first. None of a question while its score is owed: it is given first."""
    rows = threads_in(request.workspace, request.may, is_open=None)
    thread = get_object_or_404(rows, pk=pk)
    thread.workspace = request.workspace
    said = thread.comments.standing().select_related(*AUTHOR).order_by("number")
    if is_hidden(subject_of(thread), request.user, clock.now()):
        said = said.none()
    return page_of(said, page, size)
