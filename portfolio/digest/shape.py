"""PURE. What a digest says, before it looks like anything: the mail, its text part, the
preview and "view in browser" are drawn from this one value, which is also what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Item:
    """A sentence that is true without following its link. `path` within the origin, or
    on the dashboard for readers whose only page it is; `level` 0 to 5 draws a bar."""

    text: str
    detail: str = ""
    path: str = ""
    level: int | None = None

    @property
    def is_place(self) -> bool:
        """On the dashboard."""
        return not self.path.startswith("/")

    @property
    def cells(self) -> tuple[bool, ...]:
        return tuple(step < (self.level or 0) for step in range(5))


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Content:
    """`stops` stand above everything. `closing` ends it: nothing else is to be said."""

    subject: str
    preheader: str
    title: str
    stops: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: str = ""
    attribution: str = field(default="")


def to_json(content: Content) -> dict[str, Any]:
    return asdict(content)


def from_json(kept: Mapping[str, Any]) -> Content:
    sections = tuple(
        Section(one["key"], one["title"], items_of(one["items"]))
        for one in kept["sections"]
    )
    rest = {"stops": items_of(kept["stops"]), "sections": sections}
    return Content(**{**kept, **rest})


def items_of(rows: list[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(**row) for row in rows)
