"""Comments as one reader sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from milestones.reports.owing import owes_score
from portfolio.models import About, Comment, CommentDraft, Thread
from portfolio.subjects import NAMED, Subject, subject_of

if TYPE_CHECKING:
    from core.models import User, Workspace
    from portfolio.models import Guest, ShareLink

    # a member, somebody a link knows, or whoever has the link
    Reader = User | Guest | None

THREADS_A_PAGE, SHOWN_OF_EACH, COMMENTS_A_PAGE = 10, 5, 50
# what naming who said it asks for
AUTHOR = ("by", "guest__link")


@dataclass(frozen=True)
class ShownComment:
    """`first_text` of a corrected one is asked for on its own page alone. `by_link`:
    whose link it came by, for it bears a name that whoever has the link chose.

    `is_as_typed`, `is_name_typed`: this reader may have typed the text, or the name, so
    both stay as they are: see is_as_typed."""

    number: int
    text: str
    by: str
    at: datetime
    corrected_at: datetime | None
    is_own: bool
    by_link: str = ""
    is_as_typed: bool = False
    is_name_typed: bool = False


@dataclass(frozen=True)
class ShownThread:
    """`total` comments, of which the latest are here."""

    key: UUID
    is_founders_only: bool
    resolved_at: datetime | None
    resolved_by: str
    total: int
    comments: tuple[ShownComment, ...]

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.comments)


@dataclass(frozen=True)
class ListedThread:
    """A line of the list, with no word of what was said."""

    key: UUID
    subject: str
    kind: str
    is_founders_only: bool
    is_open: bool
    total: int
    last_at: datetime
    opened_by: str
    is_name_typed: bool = False


def threads_on(workspace: Workspace, subject: Subject, may: Any) -> Any:
    """Open ones first, the newest on top."""
    rows = Thread.objects.in_workspace(workspace).seen_with(may)
    rows = rows.filter(**{f"{subject.about}_id": subject.key})
    open_first = F("resolved_at").desc(nulls_first=True)
    return rows.select_related("resolved_by").order_by(open_first, "-opened_at", "pk")


def is_hidden(subject: Subject, user: User, now: datetime) -> bool:
    """What is said of a score says how it stands: not before one's own is given."""
    return subject.about == About.QUESTION and owes_score(subject.row, user, now)


def shown_threads(
    threads: Iterable[Thread], reader: Reader, link: ShareLink | None = None
) -> list[ShownThread]:
    """With the latest comments of each: one query. `link`: by which it is read."""
    threads = list(threads)
    ids = [thread.pk for thread in threads]
    rows = Comment.objects.standing().filter(thread__in=ids)
    newest = Window(RowNumber(), partition_by=F("thread"), order_by=F("number").desc())
    total = Window(Count("pk"), partition_by=F("thread"))
    rows = rows.annotate(place=newest, total=total).filter(place__lte=SHOWN_OF_EACH)
    counts, said = {}, defaultdict(list)
    for row in rows.select_related(*AUTHOR).order_by("number"):
        counts[row.thread_id] = row.total
        said[row.thread_id].append(shown(row, reader, link))
    return [thread_of(one, said[one.pk], counts.get(one.pk, 0)) for one in threads]


def thread_of(thread: Thread, said: Iterable[ShownComment], total: int) -> ShownThread:
    return ShownThread(
        key=thread.pk,
        is_founders_only=thread.is_founders_only,
        resolved_at=thread.resolved_at,
        resolved_by=name_of(thread.resolved_by) if thread.resolved_by else "",
        total=total,
        comments=tuple(said),
    )


def shown(row: Comment, reader: Reader, link: ShareLink | None = None) -> ShownComment:
    return ShownComment(
        number=row.number,
        text=row.text,
        by=author_of(row),
        at=row.written_at,
        corrected_at=row.saved_at if row.revision > 1 else None,
        is_own=reader is not None and reader.pk in (row.by_id, row.guest_id),
        by_link=row.guest.link.name if row.guest else "",
        is_as_typed=is_as_typed(row, reader, link),
        is_name_typed=row.by_id is None and came_by(row.guest, link),
    )


def is_as_typed(row: Comment, reader: Reader, link: ShareLink | None = None) -> bool:
    """Whether this reader may be who wrote it, without knowing names: somebody with the
    same account, or with the same link, whatever address they showed there. To them a
    pseudonym in place of their own word would say that it is a name."""
    if not row.without_names:
        return False
    is_same_account = reader is not None and reader.pk == row.by_id
    return is_same_account or came_by(row.guest, link)


def came_by(guest: Guest | None, link: ShareLink | None) -> bool:
    return guest is not None and link is not None and guest.link_id == link.pk


def author_of(row: Comment) -> str:
    """Of a comment that was read with AUTHOR."""
    return name_of(row.by) if row.by else row.guest.name


def opener_of(row: Thread) -> str:
    return name_of(row.opened_by) if row.opened_by else row.opened_by_guest.name


def name_of(user: User) -> str:
    """Never their address, which stands in for a name elsewhere."""
    return user.name or _("somebody without a name")


def draft_at(workspace: Workspace, user: User, place: str) -> str:
    rows = CommentDraft.objects.in_workspace(workspace).filter(by=user, place=place)
    return rows.values_list("text", flat=True).first() or ""


# --- the venture -------------------------------------------------------------------
def page_and_open(rows: Any, asked: str | None) -> tuple[Page, int]:
    """A page of threads, and how many are unresolved: two queries."""
    is_open = Q(resolved_at=None)
    counts = rows.order_by().aggregate(
        n=Count("pk"), n_open=Count("pk", filter=is_open)
    )
    pages = Paginator(rows, THREADS_A_PAGE)
    pages.count = counts["n"]
    return pages.get_page(asked), counts["n_open"]


def open_threads(workspace: Workspace, may: Any) -> int:
    return Thread.objects.in_workspace(workspace).seen_with(may).open().count()


def threads_in(workspace: Workspace, may: Any, *, is_open: bool | None = True) -> Any:
    """Those of a venture that this reader knows of; without `is_open` all."""
    rows = Thread.objects.in_workspace(workspace).seen_with(may)
    return threads_shown(rows, is_open=is_open)


def threads_shown(rows: Any, *, is_open: bool | None = True) -> Any:
    """Ready to be listed, the ones last spoken in first."""
    if is_open is not None:
        rows = rows.filter(resolved_at__isnull=is_open)
    rows = rows.select_related("opened_by", "opened_by_guest", *NAMED).defer(
        "decision__snapshot"
    )
    said = Comment.objects.filter(thread=OuterRef("pk")).order_by().values("thread")
    counts = said.annotate(n=Count("number", distinct=True)).values("n")
    newest = said.annotate(at=Max("written_at")).values("at")
    rows = rows.annotate(total=Subquery(counts), last_at=Subquery(newest))
    return rows.order_by("-last_at", "pk")


def listed(row: Any, link: ShareLink | None = None) -> ListedThread:
    return ListedThread(
        key=row.pk,
        subject=subject_of(row).name,
        kind=str(About(row.about).label),
        is_founders_only=row.is_founders_only,
        is_open=row.resolved_at is None,
        total=row.total,
        last_at=row.last_at,
        opened_by=opener_of(row),
        is_name_typed=row.opened_by_id is None and came_by(row.opened_by_guest, link),
    )
