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
from interviews.search.kinds import KINDS, Kind
from interviews.search.marking import Snippet, snippet
from interviews.search.upkeep import key_of

if TYPE_CHECKING:
    from core.models import Workspace

ROWS = 25
FIRST_ROWS = 5

Spans = dict[UUID, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found, and the words around the first place."""

    row: Any
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind: the newest of `total`."""

    kind: str
    total: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Findings:
    """`totals` of every kind, in the order of the page; `groups` as far as shown.

    `page` stands for the rows of the one kind that was asked for.
    """

    asked: Asked
    totals: dict[str, int]
    groups: list[Group]
    page: Page | None = None

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


def find(workspace: Workspace, typed: str) -> Findings:
    """All kinds, each with its newest rows."""
    asked = understood(typed)
    rank = Window(
        RowNumber(), partition_by="kind", order_by=[F("at").desc(), F("object_id")]
    )
    total = Window(Count("pk"), partition_by="kind")
    found = matching(workspace, asked).annotate(rank=rank, total=total)
    newest = found.filter(rank__lte=FIRST_ROWS).order_by("rank")
    lines = list(newest.values_list("kind", "object_id", "is_long", "total"))
    numbers = {kind: number for kind, *_, number in lines}
    listed = [Listed(*line[:3]) for line in lines]
    return Findings(asked, in_order(numbers), groups(listed, numbers, asked))


def find_kind(workspace: Workspace, typed: str, *, kind: str, page: str) -> Findings:
    """One kind, page by page."""
    asked = understood(typed)
    found = matching(workspace, asked)
    counted = found.order_by().values("kind").annotate(n=Count("pk"))
    numbers = {row["kind"]: row["n"] for row in counted}
    paged = Paginator(range(numbers.get(kind, 0)), ROWS).get_page(page)
    of_kind = found.filter(kind=kind).values_list("kind", "object_id", "is_long")
    first = (paged.number - 1) * ROWS
    listed = [Listed(*line) for line in of_kind[first : first + ROWS]]
    return Findings(
        asked, in_order(numbers), groups(listed, numbers, asked), page=paged
    )


def in_order(numbers: dict[str, int]) -> dict[str, int]:
    return {name: numbers.get(name, 0) for name in KINDS}


def groups(listed: list[Listed], numbers: dict[str, int], asked: Asked) -> list[Group]:
    spans = spans_of([line.object_id for line in listed if line.is_long], asked)
    return [
        Group(name, numbers[name], hits(kind, lines, spans, asked))
        for name, kind in KINDS.items()
        if (lines := [line.object_id for line in listed if line.kind == name])
    ]


def hits(kind: Kind, ids: list[UUID], spans: Spans, asked: Asked) -> list[Hit]:
    """Rows that may no longer be found never show, whatever the index says."""
    rows = {row.pk: row for row in kind.shown().filter(pk__in=ids)}
    return [
        Hit(rows[pk], shown(kind.text(rows[pk]), spans.get(pk), asked))
        for pk in ids
        if pk in rows
    ]


def spans_of(ids: list[UUID], asked: Asked) -> Spans:
    """Of long rows: the first passage that meets any clause."""
    if not ids:
        return {}
    passages = SearchDocument.objects.filter(object_id__in=ids, is_long=True)
    key = key_of(passages[0].workspace_id, is_long=True)
    met = passages.filter(words__matches=Wanted(key, asked.clauses, is_any=True))
    places = met.order_by("-passage").values_list("object_id", "start", "end")
    return {object_id: (start, end) for object_id, start, end in places}


def shown(text: str, span: tuple[int, int] | None, asked: Asked) -> Snippet:
    start, end = span or (0, len(text))
    return snippet(text[start:end], asked.clauses, is_part=start > 0)
