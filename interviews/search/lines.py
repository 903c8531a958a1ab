"""Rows of many kinds in one shape, so that one query shows hits of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from core.models import Permission
from interviews.search.registry import Kind, alone, nothing

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

TEXTS = ("line_a", "line_b", "line_c", "line_d")
COLUMNS = (
    *("pk", "workspace_id", "line_kind", "line_at", "line_place", "line_part"),
    *TEXTS,
)


def line_kind(
    name: str,
    model: type[Model],
    label: Any,
    rows: Callable[[], QuerySet[Any]],
    texts: tuple[str, ...],
    *,
    at: str,
    place: str,
    address: Callable[[Any, str], str],
    part: str = "",
    heading: Callable[[Any], str] | None = None,
    hidden: Callable[..., Any] = nothing,
    beside: Callable[[list[Any]], dict[str, list[Any]]] = alone,
) -> Kind:
    """A kind that whoever sees the venture may find. `texts` are up to four columns with
    its words; `place` and `part` those from which `address` is made."""
    found = partial(lines, name, rows, texts, at=at, place=place, part=part)
    return Kind(
        name=name,
        model=model,
        label=label,
        rows=found,
        fields=TEXTS,
        at=moment,
        shown=found,
        address=address,
        needs=Permission.VIEW,
        heading=heading or first_text,
        hidden=hidden,
        beside=beside,
        is_line=True,
    )


def lines(
    name: str,
    rows: Callable[[], QuerySet[Any]],
    texts: tuple[str, ...],
    *,
    at: str,
    place: str,
    part: str,
) -> QuerySet[Any]:
    padded = (*texts, *("" for _missing in TEXTS))
    columns = dict(zip(TEXTS, map(as_text, padded), strict=False))
    columns |= {"line_place": as_text(place), "line_part": as_text(part)}
    kind = Value(name, output_field=TextField())
    told = rows().order_by().annotate(line_kind=kind, line_at=F(at), **columns)
    return told.values_list(*COLUMNS, named=True)


def as_text(column: str) -> Any:
    if not column:
        return Value("", output_field=TextField())
    return Coalesce(Cast(column, TextField()), Value(""), output_field=TextField())


def moment(row: Any) -> datetime:
    return row.line_at


def first_text(row: Any) -> str:
    return row.line_a


def key_in(text: str) -> UUID | None:
    """An id that came as text: not every database writes it with dashes."""
    return UUID(text) if text else None


def found_lines(wanted: Iterable[tuple[Kind, list[Any]]]) -> list[Any]:
    """Those rows of those kinds that may still be found, in one query."""
    parts = [kind.shown().filter(pk__in=ids) for kind, ids in wanted if ids]
    if not parts:
        return []
    first, *rest = parts
    return list(first.union(*rest, all=True) if rest else first)
