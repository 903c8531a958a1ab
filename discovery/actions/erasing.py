"""Erasing a person: who they are goes, what was counted stays.

Tables of apps to the right take part by settings.PERSON_ROWS (which rows are about a
person) and settings.PERSON_ERASERS (what else has to go with them).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from core.activity import log
from core.erased import note_erased
from core.erasure import erasing
from core.importing.forgetting import forget
from core.models import Workspace
from core.removing import Identity
from core.scrubbing import Found, Search, scrub
from core.traces import leave_no_trace
from discovery.actions.market import free_pseudonym
from discovery.models import Merge, Person

if TYPE_CHECKING:
    from core.models import User

NO_GAPS: dict[str, Any] = {"fields": {}, "dropped": [], "archived_at": None}


@dataclass(frozen=True)
class Erasure:
    """What goes, or went: rows by what they are. Of a preview also `named`, the first of
    the words that go, and `places`, texts where a part of the name stays, because it may
    be somebody else's."""

    person: Person
    rows: tuple[tuple[str, int], ...]
    named: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    namesakes: int

    @property
    def total(self) -> int:
        return sum(count for _label, count in self.rows)


@transaction.atomic
def erase_person(
    person: Person, *, by: User | None, now: datetime, also: Iterable[str] = ()
) -> Erasure:
    """Their name, address and number leave every row of the venture, and the rows that
    were merged into theirs with it. `also`: nicknames and other words to remove.

    Whoever is erased already loses what was written about them since. Not to be called
    inside a longer transaction: the log of SQLite is emptied once it is over.
    """
    Workspace.objects.select_for_update().get(pk=person.workspace_id)
    person = Person.objects.select_related("workspace").get(pk=person.pk)
    people = one_and_the_same(person)
    search, namesakes = search_for(people, tuple(also))
    with erasing():
        found = scrub(person.workspace, search)
        for path in settings.PERSON_ERASERS:
            import_string(path)(people, found, now=now)
        for one in people:
            forget_row(one, search, now=now)
        log(
            person.workspace,
            by=by,
            verb="person.erased",
            subject=person,
            now=now,
            pseudonym=people[0].pseudonym,
            also=len(search_words(also)),
        )
    for path in settings.AFTER_PERSON_ERASED:
        import_string(path)(people)
    gone = [one.pk for one in people]
    transaction.on_commit(lambda: note_erased(gone, now), robust=True)
    transaction.on_commit(leave_no_trace)
    return report(people, found, namesakes)


def erasure_preview(person: Person, *, also: Iterable[str] = ()) -> Erasure:
    """What `erase_person` would do now."""
    people = one_and_the_same(person)
    search, namesakes = search_for(people, tuple(also))
    refusing = Person.objects.filter(
        workspace=person.workspace_id, consent=Person.Consent.NONE, erased_at=None
    )
    search = replace(search, hidden=rows_about(list(refusing)))
    found = scrub(person.workspace, search, is_trial=True)
    return report(people, found, namesakes)


def one_and_the_same(person: Person) -> list[Person]:
    """The row, and those merged into it, also over several steps."""
    rows = Person.objects.filter(workspace=person.workspace_id)
    links = rows.exclude(merged_into=None).values_list("pk", "merged_into_id")
    known, size = {person.pk}, 0
    while len(known) > size:
        size = len(known)
        known |= {gone for gone, kept in links if kept in known}
    known.remove(person.pk)
    if not known:
        return [person]
    gone = rows.filter(pk__in=known).select_related("workspace")
    return [person, *gone.order_by("created_at", "pk")]


# --- what to look for ------------------------------------------------------------
def search_for(people: list[Person], also: tuple[str, ...]) -> tuple[Search, int]:
    identity = identity_of(people, also)
    own = frozenset(one.pk for one in people)
    namesakes = count_namesakes(people)
    search = Search(
        everywhere=identity.everywhere(has_names=not namesakes),
        nearby=identity.nearby(names_beside(people)),
        about=rows_about(people),
        own=own,
    )
    return search, namesakes


def rows_about(people: list[Person]) -> dict[str, set[Any]]:
    about: dict[str, set[Any]] = {}
    for path in settings.PERSON_ROWS if people else ():
        for label, ids in import_string(path)(people).items():
            about.setdefault(label, set()).update(ids)
    return about


def identity_of(people: list[Person], also: tuple[str, ...]) -> Identity:
    """Somebody who is erased bears their pseudonym, which is no name."""
    named = [one for one in people if one.erased_at is None]
    return Identity(
        names=tuple(one.name for one in named),
        emails=tuple(one.email for one in people),
        phones=tuple(one.phone for one in people),
        also=search_words(also),
    )


def search_words(also: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.strip() for word in also if len(word.strip()) > 1)


def count_namesakes(people: list[Person]) -> int:
    """Others of exactly this name: what names them elsewhere may not mean this person."""
    same = models.Q(pk__in=[])
    for one in people:
        same |= models.Q(name__iexact=one.name)
    rows = Person.objects.filter(
        same, workspace=people[0].workspace_id, merged_into=None
    )
    return rows.exclude(pk__in=[one.pk for one in people]).count()


def names_beside(people: list[Person]) -> list[str]:
    """Who was there with them: their parts of a name stay."""
    path = settings.PEOPLE_BESIDE
    return list(import_string(path)(people)) if path else []


# --- their own rows --------------------------------------------------------------
def forget_row(person: Person, search: Search, *, now: datetime) -> None:
    """The consent stays as it stood: it decides whether their talks are counted."""
    if person.erased_at is None and names_itself(person, search):
        person.pseudonym = free_pseudonym(person.workspace, Person)
    person.name = person.pseudonym
    person.role_title = person.email = person.phone = ""
    person.next_step = person.consent_how = ""
    person.next_step_on = person.erase_on = person.referred_by = None
    person.archived_at = person.archived_at or now
    person.erased_at = person.erased_at or now
    person.rev += 1
    person.save()
    merges = Merge.objects.filter(workspace=person.workspace_id, kind=Merge.Kind.PERSON)
    of_them = models.Q(kept_id=person.pk) | models.Q(gone_id=person.pk)
    merges.filter(of_them).update(before=NO_GAPS)
    forget(person.pk)


def names_itself(person: Person, search: Search) -> bool:
    pattern = search.nearby
    return bool(pattern and pattern.search(person.pseudonym))


def report(people: list[Person], found: Found, namesakes: int) -> Erasure:
    rows = [(words_for(label, n), n) for label, n in sorted(found.rows.items())]
    rows.insert(0, (str(Person._meta.verbose_name), len(people)))
    return Erasure(
        person=people[0],
        rows=tuple(rows),
        named=tuple(found.named),
        places=tuple(found.places),
        namesakes=namesakes,
    )


def words_for(label: str, count: int) -> str:
    names = apps.get_model(label)._meta
    return str(names.verbose_name if count == 1 else names.verbose_name_plural)


# --- when the day has come -------------------------------------------------------
AT_ONCE = 20
DAY = timedelta(days=1)


def erase_due(now: datetime) -> dict[str, int]:
    """A step of the scheduler: people whose `erase_on` has come, in their venture."""
    due = Person.objects.filter(
        erase_on__isnull=False, erase_on__lte=now.date() + DAY, erased_at=None
    )
    rows = due.select_related("workspace").order_by("erase_on", "pk")[:AT_ONCE]
    ready = [one for one in rows if one.erase_on <= one.workspace.today(now)]
    for person in ready:
        erase_person(person, by=None, now=now)
    return {"erased": len(ready)}
