"""The kinds of rows that can be found, of all apps: settings.SEARCHED names where each
stands. An app says for itself which rows, by which words, and who may find them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from core.models import Permission
from interviews.search.passages import joined

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from core.models import Workspace
    from interviews.masking import Names

EVERYTHING = frozenset(Permission)


@dataclass(frozen=True)
class Reader:
    """Who asks: `key` of the account, empty for the product itself, which may find all.
    `names` are hidden from who may not see people."""

    key: str = ""
    may: frozenset[Permission] = EVERYTHING
    now: datetime | None = None
    names: Names | None = None


def nothing(_reader: Reader, _workspace: Workspace) -> Q | None:
    return None


def alone(_ids: list[UUID]) -> dict[str, list[UUID]]:
    return {}


def no_heading(_row: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """`rows` are all that may be found, of every venture; `fields` hold their words.

    `address` of a row, `heading` where its words alone do not say what it is. `needs` a
    permission; `hidden` holds the ids of those that this reader must not know of.
    `beside` names by kind what is found or hidden with some rows."""

    name: str
    model: type[Model]
    label: Any
    rows: Callable[[], QuerySet[Any]]
    fields: tuple[str, ...]
    at: Callable[[Any], datetime]
    # what a list of them shows
    shown: Callable[[], QuerySet[Any]]
    address: Callable[[Any, str], str]
    needs: Permission = Permission.SEE_PEOPLE
    heading: Callable[[Any], str] = no_heading
    hidden: Callable[[Reader, Workspace], Any] = nothing
    beside: Callable[[list[Any]], dict[str, list[Any]]] = alone
    # whether its rows come as lines, all such kinds in one query: see lines.py
    is_line: bool = False

    def text(self, row: Any) -> str:
        return joined([value_of(row, field) for field in self.fields])


def value_of(row: Any, path: str) -> str:
    for name in path.split("."):
        row = getattr(row, name, None)
    return row or ""


def places() -> dict[str, str]:
    """Name of a kind → the module that holds it, in the order of the page."""
    return import_string(settings.SEARCHED)


@cache
def kinds() -> dict[str, Kind]:
    """By name, in the order of the page."""
    modules = dict.fromkeys(places().values())
    found = {
        kind.name: kind for place in modules for kind in import_module(place).KINDS
    }
    return {name: found[name] for name in places()}


@cache
def by_model() -> dict[type[Model], Kind]:
    return {kind.model: kind for kind in kinds().values()}


def kinds_for(reader: Reader) -> dict[str, Kind]:
    return {name: kind for name, kind in kinds().items() if kind.needs in reader.may}
