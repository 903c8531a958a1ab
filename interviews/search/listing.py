"""All that a question finds, row by row, for a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from interviews.search.asking import understood
from interviews.search.finding import matching
from interviews.search.kinds import KINDS, Kind

if TYPE_CHECKING:
    from core.models import Workspace

AT_ONCE = 500


def all_found(
    workspace: Workspace, typed: str, *, kind: str = ""
) -> Iterator[tuple[Kind, Any]]:
    """In the order of the page, of one kind or of all: a query for the ids of each kind,
    and one for every five hundred rows."""
    found = matching(workspace, understood(typed))
    for name in [kind] if kind else KINDS:
        here = found.filter(kind=name).order_by("-at", "object_id")
        ids = list(here.values_list("object_id", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            yield from rows_of(KINDS[name], ids[start : start + AT_ONCE])


def rows_of(kind: Kind, ids: list[Any]) -> Iterator[tuple[Kind, Any]]:
    """Rows that may no longer be found never show, whatever the index says."""
    rows = {row.pk: row for row in kind.shown().filter(pk__in=ids)}
    for pk in ids:
        if pk in rows:
            yield kind, rows[pk]
