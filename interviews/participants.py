"""Who took part, as people type it: "Dana Ruiz, Acme Clinic"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from discovery.actions import add_person
from discovery.models import Person, Segment

if TYPE_CHECKING:
    from core.models import User, Workspace

MOST = 10


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed line. `choices`: the people it may mean; none means somebody new."""

    line: str
    name: str
    organisation_name: str
    choices: tuple[Person, ...]

    @property
    def person(self) -> Person | None:
        return self.choices[0] if len(self.choices) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        return len(self.choices) > 1


def split(line: str) -> tuple[str, str]:
    """Name and organisation; the first comma parts them."""
    name, _, organisation_name = line.partition(",")
    return " ".join(name.split()), " ".join(organisation_name.split())


def understand(workspace: Workspace, lines: list[str]) -> list[Typed]:
    """Each line with the people it fits, by one query."""
    cleaned = [" ".join(line.split()) for line in lines]
    lines = list({line.casefold(): line for line in cleaned if line}.values())
    wanted = Q(pk__in=[])
    for line in lines:
        name, organisation_name = split(line)
        wanted |= Q(name__iexact=line)
        wanted |= Q(name__iexact=name, organisation__name__iexact=organisation_name)
    rows = Person.objects.in_workspace(workspace).kept()
    people = rows.filter(wanted, merged_into=None)
    known = list(people.select_related("organisation").order_by("created_at", "pk"))
    return [typed(line, known) for line in lines]


def typed(line: str, known: list[Person]) -> Typed:
    name, organisation_name = split(line)
    exact = [person for person in known if same(str(person), line)]
    exact = exact or [
        person
        for person in known
        if organisation_name
        and same(person.name, name)
        and person.organisation is not None
        and same(person.organisation.name, organisation_name)
    ]
    by_name = [person for person in known if same(person.name, line)]
    return Typed(line, name, organisation_name, tuple(exact or by_name))


def same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def people_for(
    workspace: Workspace,
    lines: list[str],
    *,
    by: User,
    now: datetime,
    consent: str,
    segment: Segment | None,
) -> list[Person]:
    """The people meant by the lines; those nobody knows yet are written down."""
    people = []
    for entry in understand(workspace, lines):
        person = entry.person or add_person(
            workspace,
            by=by,
            now=now,
            name=entry.name,
            organisation_name=entry.organisation_name,
            segment=segment,
            consent=consent,
        )
        people.append(person)
    return list(dict.fromkeys(people))
