"""Asking the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from interviews.models import SearchDocument
from interviews.search.asking import Asked, Clause, understood
from interviews.search.fields import Wanted
from interviews.search.lines import found_lines
from interviews.search.marking import Snippet, snippet
from interviews.search.registry import Kind, Reader, kinds, kinds_for
from interviews.search.upkeep import key_of

if TYPE_CHECKING:
    from core.models import Workspace

ROWS = 25
FIRST_ROWS = 5

Spans = dict[UUID, tuple[int, int]]


ANYBODY = Reader()


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found, and the words around the first place. `heading` where these
    do not say what it is."""

    row: Any
    snippet: Snippet
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind: the newest of `total`."""

    kind: str
    total: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Findings:
    """`totals` of every kind, in the order of the page; `groups` as far as shown.

    `page` stands for the rows of the one kind that was asked for. `is_partial`: there
    was more than is looked through for readers without names.
    """

    asked: Asked
    totals: dict[str, int]
    groups: list[Group]
    page: Page | None = None
    is_partial: bool = False

    @property
    def total(self) -> int:
        return sum(self.totals.values())


@dataclass(frozen=True, slots=True)
class Listed:
    """What the index says of one row."""

    kind: str
    object_id: UUID
    is_long: bool


def matching(workspace: Workspace, asked: Asked) -> QuerySet[SearchDocument]:
    """One document for every row that meets all clauses; none for too short a question."""
    documents = SearchDocument.objects.in_workspace(workspace)
    if asked.is_too_short:
        return documents.none()
    short = Wanted(key_of(workspace.pk, is_long=False), asked.clauses)
    beginnings = long_rows(workspace, asked.clauses)
    found = Q(words__matches=short)
    return documents.filter(found | Q(pk__in=beginnings) if beginnings else found)


def long_rows(workspace: Workspace, clauses: tuple[Clause, ...]) -> list[int]:
    """Of rows in several passages, whose clauses may be met in different ones."""
    passages = SearchDocument.objects.in_workspace(workspace)
    key = key_of(workspace.pk, is_long=True)
    found = passages.filter(passage=0, is_long=True)
    for clause in clauses:
        met = passages.filter(words__matches=Wanted(key, (clause,)))
        found = found.filter(object_id__in=met.order_by().values("object_id"))
    return list(found.order_by().values_list("pk", flat=True))


def matching_interviews(workspace: Workspace, typed: str) -> QuerySet[SearchDocument]:
    """Ids of the talks whose notes or next step meet it, for `filter(pk__in=…)`."""
    return matching_rows(workspace, typed, kind="interview")


def matching_rows(
    workspace: Workspace, typed: str, *, kind: str
) -> QuerySet[SearchDocument]:
    found = matching(workspace, understood(typed)).filter(kind=kind)
    return found.order_by().values("object_id")


def known_to(
    reader: Reader, workspace: Workspace, found: QuerySet[SearchDocument]
) -> QuerySet[SearchDocument]:
    """Without what this reader must not know of, not even by its number."""
    allowed = kinds_for(reader)
    found = found.filter(kind__in=allowed)
    for kind in allowed.values():
        hidden = kind.hidden(reader, workspace)
        if hidden is not None:
            found = found.exclude(kind=kind.name, object_id__in=hidden)
    return found


def find(workspace: Workspace, typed: str, reader: Reader = ANYBODY) -> Findings:
    """All kinds, each with its newest rows."""
    asked = understood(typed)
    rank = Window(
        RowNumber(), partition_by="kind", order_by=[F("at").desc(), F("object_id")]
    )
    total = Window(Count("pk"), partition_by="kind")
    found = known_to(reader, workspace, matching(workspace, asked))
    found = found.annotate(rank=rank, total=total)
    newest = found.filter(rank__lte=FIRST_ROWS).order_by("rank")
    lines = list(newest.values_list("kind", "object_id", "is_long", "total"))
    numbers = {kind: number for kind, *_, number in lines}
    listed = [Listed(*line[:3]) for line in lines]
    found_here = groups(workspace, listed, numbers, asked)
    return Findings(asked, in_order(numbers, reader), found_here)


def find_kind(
    workspace: Workspace, typed: str, reader: Reader = ANYBODY, *, kind: str, page: str
) -> Findings:
    """One kind, page by page."""
    asked = understood(typed)
    found = known_to(reader, workspace, matching(workspace, asked))
    counted = found.order_by().values("kind").annotate(n=Count("pk"))
    numbers = {row["kind"]: row["n"] for row in counted}
    paged = Paginator(range(numbers.get(kind, 0)), ROWS).get_page(page)
    of_kind = found.filter(kind=kind).values_list("kind", "object_id", "is_long")
    first = (paged.number - 1) * ROWS
    listed = [Listed(*line) for line in of_kind[first : first + ROWS]]
    found_here = groups(workspace, listed, numbers, asked)
    return Findings(asked, in_order(numbers, reader), found_here, page=paged)


def in_order(numbers: dict[str, int], reader: Reader) -> dict[str, int]:
    return {name: numbers.get(name, 0) for name in kinds_for(reader)}


def groups(
    workspace: Workspace, listed: list[Listed], numbers: dict[str, int], asked: Asked
) -> list[Group]:
    long = [line.object_id for line in listed if line.is_long]
    spans = spans_of(workspace, long, asked)
    rows = rows_of(listed)
    found = []
    for name, kind in kinds().items():
        ids = [line.object_id for line in listed if line.kind == name]
        if ids:
            here = [rows[name, pk] for pk in ids if (name, pk) in rows]
            shown = [hit(kind, row, spans.get(row.pk), asked) for row in here]
            found.append(Group(name, numbers[name], shown))
    return found


def rows_of(listed: list[Listed]) -> dict[tuple[str, UUID], Any]:
    """Rows that may no longer be found never show, whatever the index says."""
    ids = {
        name: [line.object_id for line in listed if line.kind == name]
        for name in kinds()
    }
    wanted = [(kind, ids[name]) for name, kind in kinds().items() if ids[name]]
    found = found_lines([one for one in wanted if one[0].is_line])
    rows = {(row.line_kind, row.pk): row for row in found}
    for kind, some in wanted:
        if not kind.is_line:
            here = kind.shown().filter(pk__in=some)
            rows |= {(kind.name, row.pk): row for row in here}
    return rows


def hit(kind: Kind, row: Any, span: tuple[int, int] | None, asked: Asked) -> Hit:
    return Hit(row, shown(kind.text(row), span, asked), kind.heading(row))


def spans_of(workspace: Workspace, ids: list[UUID], asked: Asked) -> Spans:
    """Of long rows: the first passage that meets any clause."""
    if not ids:
        return {}
    passages = SearchDocument.objects.filter(object_id__in=ids, is_long=True)
    key = key_of(workspace.pk, is_long=True)
    met = passages.filter(words__matches=Wanted(key, asked.clauses, is_any=True))
    places = met.order_by("-passage").values_list("object_id", "start", "end")
    return {object_id: (start, end) for object_id, start, end in places}


def shown(text: str, span: tuple[int, int] | None, asked: Asked) -> Snippet:
    start, end = span or (0, len(text))
    return snippet(text[start:end], asked.clauses, is_part=start > 0)
