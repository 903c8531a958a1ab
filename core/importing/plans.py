"""PURE. What an importer says about its columns, and about each row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Effect(StrEnum):
    """What a row would do. The values are those of ImportRow.Outcome."""

    CREATE = "created"
    FILL = "filled"
    SAME = "same"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Field:
    """A thing a column may hold. `synonyms`: headings it is known by, in any case.

    `instead`: a field that may be there in place of a required one.
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    example: str = ""
    instead: str = ""

    @property
    def known_by(self) -> frozenset[str]:
        return frozenset(
            plain(word) for word in (self.name, self.label, *self.synonyms)
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: `field` is empty where it is the row as a whole."""

    field: str
    message: str


@dataclass(slots=True)
class Plan:
    """What one row would do, and, once written, what is needed to take it back.

    `made`: rows that come with it, as [model label, id]. `before`: what an update
    replaces. `data` is the importer's own.
    """

    effect: Effect
    problems: tuple[Problem, ...] = ()
    subject_id: UUID | None = None
    made: list[list[Any]] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    data: Any = None


def refused(*problems: Problem) -> Plan:
    return Plan(Effect.PROBLEM, problems)


def plain(heading: str) -> str:
    """A heading as it is compared: "E-Mail_Address " is "email address"."""
    words = heading.casefold().replace("-", "").replace("_", " ").replace("/", " ")
    return " ".join(words.replace(".", " ").replace(":", " ").replace("*", " ").split())


def guess(header: Iterable[str], fields: Iterable[Field]) -> dict[str, str]:
    """Which column fills which field, as {"place": name}: each field at most once."""
    free = {one.name: one.known_by for one in fields}
    found = {}
    for place, heading in enumerate(header):
        words = plain(heading)
        name = next((name for name, known in free.items() if words in known), None)
        if words and name:
            found[str(place)] = name
            del free[name]
    return found


def values_of(cells: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """A row's cells by field; columns that fill nothing are left out."""
    return {
        name: cells[int(place)]
        for place, name in mapping.items()
        if int(place) < len(cells)
    }
