"""Asking the index on behalf of somebody.

Readers without names ask about the words they may read: a row is found for them by what
stands there once pseudonyms have taken the place of names, so that no name, and no part
of one, finds anything. As many rows as are looked through for that are the newest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from core import clock
from core.models import Permission
from interviews.masked_pages import names_in
from interviews.search.asking import Asked, understood
from interviews.search.finding import (
    FIRST_ROWS,
    ROWS,
    Findings,
    Group,
    Hit,
    Listed,
    find,
    find_kind,
    in_order,
    known_to,
    matching,
    rows_of,
)
from interviews.search.marking import snippet
from interviews.search.registry import Reader, kinds
from interviews.search.words import words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from core.models import Workspace

MOST = 300


def reader_of(request: HttpRequest) -> Reader:
    """Whoever asks, of a page or the API. The names are left there for the mask that
    every answer passes."""
    may, names = request.may, None
    if Permission.SEE_PEOPLE not in may:
        names = request.names = names_in(request.workspace)
    return Reader(str(request.membership.user_id), may, clock.now(), names)


def find_for(
    reader: Reader, workspace: Workspace, typed: str, *, kind: str = "", page: str = ""
) -> Findings:
    """What this reader may find: of all kinds, or page by page of one."""
    if reader.names is None:
        if kind:
            return find_kind(workspace, typed, reader, kind=kind, page=page)
        return find(workspace, typed, reader)
    asked = understood(typed)
    found = known_to(reader, workspace, matching(workspace, asked))
    lines = found.order_by("-at", "object_id").values_list(
        "kind", "object_id", "is_long"
    )
    listed = [Listed(*line) for line in lines[: MOST + 1]]
    here: dict[str, list[Hit]] = {}
    for name, hit in hits_for(reader, listed[:MOST], asked):
        here.setdefault(name, []).append(hit)
    numbers = {name: len(hits) for name, hits in here.items()}
    paged = Paginator(here.get(kind, []), ROWS).get_page(page) if kind else None
    if paged is not None:
        here = {kind: list(paged.object_list)} if numbers.get(kind) else {}
    return Findings(
        asked,
        in_order(numbers, reader),
        [
            Group(name, numbers[name], here[name] if kind else here[name][:FIRST_ROWS])
            for name in kinds()
            if name in here
        ],
        page=paged,
        is_partial=len(listed) > MOST,
    )


def hits_for(
    reader: Reader, listed: list[Listed], asked: Asked
) -> Iterator[tuple[str, Hit]]:
    rows = rows_of(listed)
    for line in listed:
        row = rows.get((line.kind, line.object_id))
        if row is None:
            continue
        kind = kinds()[line.kind]
        text = as_read(reader, kind.text(row))
        if meets(text, asked):
            heading = as_read(reader, kind.heading(row))
            yield kind.name, Hit(row, snippet(text, asked.clauses), heading)


def as_read(reader: Reader, text: str) -> str:
    return text if reader.names is None else reader.names.mask(text)


def meets(text: str, asked: Asked) -> bool:
    """Whether every clause stands in it."""
    run = words(text)
    return all(
        any(clause.length_at(run, at) for at in range(len(run)))
        for clause in asked.clauses
    )
