"""Who is written down already, for many rows at once.

Capital letters do not matter. SQLite folds only ASCII, so the words are asked for in
the ways it may have folded them, and compared again here.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from discovery.models import Organisation, Person

if TYPE_CHECKING:
    from core.models import Workspace

FOLD = str.maketrans(ascii_uppercase, ascii_lowercase)


def spellings(words: Iterable[str]) -> set[str]:
    found = set()
    for word in words:
        found |= {word.lower(), word.translate(FOLD), word.upper().translate(FOLD)}
    return found


class KnownPeople:
    """Found in the database, or planned by an earlier line of the same table."""

    def __init__(self, workspace: Workspace):
        self.workspace = workspace
        self.by_email: dict[str, Person] = {}
        self.by_name: dict[tuple[str, str], list[Person]] = {}
        self.by_bare_name: dict[str, list[Person]] = {}

    def look_up(self, wanted: Iterable[tuple[str, str]]) -> None:
        """(address, name) of each row."""
        pairs = list(wanted)
        emails = spellings(email for email, _name in pairs if email)
        names = spellings(name for _email, name in pairs)
        people = Person.objects.in_workspace(self.workspace).kept()
        people = people.filter(merged_into__isnull=True, erased_at__isnull=True)
        people = people.annotate(low_name=Lower("name"), low_email=Lower("email"))
        found = people.filter(Q(low_email__in=emails) | Q(low_name__in=names))
        self.take(found.select_related("organisation").order_by("created_at", "pk"))

    def take(self, people: QuerySet[Person]) -> None:
        for person in people.prefetch_related("buying_roles"):
            if self.is_known(person):
                continue
            person.workspace = self.workspace
            person.known_roles = {one.role for one in person.buying_roles.all()}
            self.add(person)

    def is_known(self, person: Person) -> bool:
        return person in self.by_name.get(key_of(person), ())

    def add(self, person: Person) -> None:
        if person.email:
            self.by_email.setdefault(person.email.casefold(), person)
        self.by_name.setdefault(key_of(person), []).append(person)
        self.by_bare_name.setdefault(person.name.casefold(), []).append(person)

    def find(self, email: str, name: str, organisation_name: str) -> Person | None:
        """By address; then by name and organisation, unless both have an address and
        they differ: those are two people."""
        known = self.by_email.get(email.casefold()) if email else None
        if known is not None:
            return known
        key = (name.casefold(), organisation_name.casefold())
        fitting = self.by_name.get(key, ())
        return next((p for p in fitting if not (email and p.email)), None)

    def meant_by(self, line: str) -> list[Person]:
        """Those that "Dana Ruiz, Acme Clinic" or "Dana Ruiz" may mean."""
        name, _comma, firm = line.partition(",")
        key = " ".join(name.split()).casefold(), " ".join(firm.split()).casefold()
        exact = self.by_name.get(key, []) if key[1] else []
        return exact or self.by_bare_name.get(line.casefold(), [])


def key_of(person: Person) -> tuple[str, str]:
    firm = person.organisation
    return person.name.casefold(), firm.name.casefold() if firm else ""


class KnownOrganisations:
    def __init__(self, workspace: Workspace):
        self.workspace = workspace
        self.by_name: dict[str, Organisation] = {}
        self.new: list[Organisation] = []

    def look_up(self, names: Iterable[str]) -> None:
        wanted = [
            name for name in names if name and name.casefold() not in self.by_name
        ]
        rows = Organisation.objects.in_workspace(self.workspace).kept()
        rows = rows.filter(merged_into__isnull=True).annotate(low=Lower("name"))
        for row in rows.filter(low__in=spellings(wanted)).order_by("created_at", "pk"):
            row.workspace = self.workspace
            self.by_name.setdefault(row.name.casefold(), row)

    def find(self, name: str) -> Organisation | None:
        return self.by_name.get(name.casefold())

    def called(self, name: str) -> tuple[Organisation, bool]:
        """(the organisation, whether it is new with this very row)."""
        known = self.find(name)
        if known is not None:
            return known, False
        return self.begin(Organisation(workspace=self.workspace, name=name)), True

    def begin(self, organisation: Organisation) -> Organisation:
        self.by_name[organisation.name.casefold()] = organisation
        self.new.append(organisation)
        return organisation

    def take_new(self) -> list[Organisation]:
        """Those planned since, each once."""
        new, self.new = self.new, []
        return new
