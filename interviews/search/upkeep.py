"""Keeps the index true, in the transaction that wrote the row.

`index` is told of every logged row (settings.AFTER_WRITTEN). Who writes without a log
line for each row says so by core.activity.written, or works inside `all_at_once`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Model

from interviews.models import SearchDocument
from interviews.search.fields import leave_no_trace
from interviews.search.passages import passages
from interviews.search.registry import Kind, by_model, kinds

if TYPE_CHECKING:
    from uuid import UUID

    from core.models import Workspace

AT_ONCE = 500
# what waits for the end of `all_at_once`: kind → ids, in the order they came
waiting: ContextVar[dict[str, dict[UUID, None]] | None] = ContextVar(
    "waiting", default=None
)


def index(model: type[Model], ids: Iterable[UUID]) -> None:
    """Those rows as they stand now: found by their words, or found no longer."""
    if model not in by_model():
        return
    held_back = waiting.get()
    for some in chunks(ids):
        for kind, known in affected(model, some):
            if held_back is None:
                write(kind, known)
            else:
                held_back.setdefault(kind.name, {}).update(dict.fromkeys(known))


def affected(model: type[Model], ids: list[UUID]) -> Iterator[tuple[Kind, list[UUID]]]:
    """The rows, and those found or hidden with them."""
    kind = by_model()[model]
    yield kind, ids
    for name, others in kind.beside(ids).items():
        yield kinds()[name], others


@contextmanager
def all_at_once() -> Iterator[None]:
    """For many writes: what they changed is indexed once, at the end."""
    if waiting.get() is not None:
        yield
        return
    held_back: dict[str, dict[UUID, None]] = {}
    token = waiting.set(held_back)
    try:
        yield
    finally:
        waiting.reset(token)
    for name, ids in held_back.items():
        write(kinds()[name], list(ids))


@transaction.atomic
def reindex(workspace: Workspace) -> int:
    """Everything of one venture anew; how many rows can be found now."""
    SearchDocument.objects.in_workspace(workspace).delete()
    total = 0
    for kind in kinds().values():
        rows = kind.rows().filter(workspace=workspace).order_by("pk")
        for some in chunks(rows.iterator(chunk_size=AT_ONCE)):
            add(kind, some)
            total += len(some)
    return total


def forget(model: type[Model], ids: Iterable[UUID]) -> None:
    """Those rows' words leave the index, and the files the index is kept in."""
    named = [by_model()[model].name]
    SearchDocument.objects.filter(kind__in=named, object_id__in=list(ids)).delete()
    leave_no_trace(connection)


def chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(items)
    while some := list(islice(left, AT_ONCE)):
        yield some


# --- writing ---------------------------------------------------------------------
def write(kind: Kind, ids: list[UUID]) -> None:
    for some in chunks(ids):
        old = SearchDocument.objects.filter(kind=kind.name, object_id__in=some)
        old.delete()
        add(kind, kind.rows().filter(pk__in=some))


def add(kind: Kind, rows: Iterable[Any]) -> None:
    made = [document for row in rows for document in documents(kind, row)]
    SearchDocument.objects.bulk_create(made, batch_size=AT_ONCE)


def documents(kind: Kind, row: Any) -> Iterator[SearchDocument]:
    parts = passages(kind.text(row))
    is_long = len(parts) > 1
    key = key_of(row.workspace_id, is_long=is_long)
    for number, part in enumerate(parts):
        yield SearchDocument(
            workspace_id=row.workspace_id,
            kind=kind.name,
            object_id=row.pk,
            at=kind.at(row),
            is_long=is_long,
            passage=number,
            start=part.start,
            end=part.end,
            words=tuple(key + word for word in part.words),
        )


def key_of(workspace_id: UUID, *, is_long: bool) -> str:
    """Seven letters or digits. Two ventures may share them: it costs time, no more."""
    return workspace_id.hex[:6] + ("l" if is_long else "s")
