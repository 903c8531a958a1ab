"""Many people and organisations at once, as an import writes them.

The same as writing them down one by one, with one entry in the log for all of them:
pseudonyms are numbered under the venture's lock, consent is dated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import written
from core.models import Workspace
from discovery.actions.market import tell_the_talks
from discovery.models import BuyingRole, Organisation, Person


@transaction.atomic
def add_people(
    workspace: Workspace, people: Sequence[Person], *, now: datetime
) -> Sequence[Person]:
    """`people` are unsaved rows; their organisations are saved by then."""
    today = workspace.today(now)
    pseudonyms = free_pseudonyms(workspace, Person, len(people))
    for person, pseudonym in zip(people, pseudonyms, strict=True):
        person.workspace, person.created_at = workspace, now
        person.pseudonym = person.pseudonym or pseudonym
        person.consent_on = person.consent_on or today
    Person.objects.bulk_create(people)
    written(Person, [person.pk for person in people])
    return people


@transaction.atomic
def add_organisations(
    workspace: Workspace, organisations: Sequence[Organisation], *, now: datetime
) -> Sequence[Organisation]:
    count = len(organisations)
    pseudonyms = free_pseudonyms(workspace, Organisation, count)
    for organisation, pseudonym in zip(organisations, pseudonyms, strict=True):
        organisation.workspace, organisation.created_at = workspace, now
        organisation.pseudonym = organisation.pseudonym or pseudonym
    Organisation.objects.bulk_create(organisations)
    written(Organisation, [one.pk for one in organisations])
    return organisations


def add_roles(
    workspace: Workspace, roles: Iterable[tuple[Person, str]]
) -> list[BuyingRole]:
    """(person, role) pairs that they do not have yet."""
    rows = [
        BuyingRole(workspace=workspace, person=person, role=role)
        for person, role in roles
    ]
    return BuyingRole.objects.bulk_create(rows)


def save_changed(people: Sequence[Person], fields: Iterable[str], *, now: datetime):
    """Rows that an import changed: their revision is counted up, their talks judged."""
    for person in people:
        person.rev += 1
    if people:
        Person.objects.bulk_update(people, [*dict.fromkeys(fields), "rev"])
        written(Person, [person.pk for person in people])
        tell_the_talks(list(people), now=now)


def save_changed_organisations(
    organisations: Sequence[Organisation], fields: Iterable[str], *, now: datetime
):
    for organisation in organisations:
        organisation.rev += 1
    if organisations:
        Organisation.objects.bulk_update(organisations, [*fields, "rev"])
        written(Organisation, [one.pk for one in organisations])
        people = Person.objects.filter(organisation__in=organisations)
        tell_the_talks(list(people), now=now)


def free_pseudonyms(
    workspace: Workspace, model: type[Person] | type[Organisation], count: int
) -> list[str]:
    """As many as are asked for; see `free_pseudonym`."""
    if not count:
        return []
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    pattern = _("Organisation %(n)s") if model is Organisation else _("Person %(n)s")
    rows = model._default_manager.filter(workspace=workspace)
    number, free = rows.count(), []
    while len(free) < count:
        missing = count - len(free)
        offered = [pattern % {"n": number + step} for step in range(1, missing + 1)]
        number += missing
        taken = rows.filter(pseudonym__in=offered).values_list("pseudonym", flat=True)
        used = set(taken)
        free += [name for name in offered if name not in used]
    return free[:count]
