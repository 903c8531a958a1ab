"""All that a question finds, row by row, for a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from interviews.search.asking import understood
from interviews.search.finding import known_to, matching
from interviews.search.guarded import as_read, meets
from interviews.search.registry import Kind, Reader, kinds_for

if TYPE_CHECKING:
    from core.models import Workspace

AT_ONCE = 500


def all_found(
    workspace: Workspace, typed: str, reader: Reader, *, kind: str = ""
) -> Iterator[tuple[Kind, Any]]:
    """What this reader may find. In the order of the page, of one kind or of all: one query for the ids, and
    one for every five hundred rows of a kind."""
    asked, allowed = understood(typed), kinds_for(reader)
    found = known_to(reader, workspace, matching(workspace, asked))
    if kind:
        found = found.filter(kind=kind)
    ids: dict[str, list[Any]] = {name: [] for name in allowed}
    for name, pk in found.order_by("-at", "object_id").values_list("kind", "object_id"):
        ids[name].append(pk)
    for name, here in ids.items():
        for start in range(0, len(here), AT_ONCE):
            for one, row in rows_of(allowed[name], here[start : start + AT_ONCE]):
                text = as_read(reader, one.text(row))
                if reader.names is None or meets(text, asked):
                    yield one, row


def rows_of(kind: Kind, ids: list[Any]) -> Iterator[tuple[Kind, Any]]:
    """Rows that may no longer be found never show, whatever the index says."""
    rows = {row.pk: row for row in kind.shown().filter(pk__in=ids)}
    for pk in ids:
        if pk in rows:
            yield kind, rows[pk]
