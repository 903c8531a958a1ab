"""Is this somebody we know already?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from discovery.models import Person

if TYPE_CHECKING:
    from core.models import Workspace


def people_like(
    workspace: Workspace,
    *,
    name: str,
    organisation_name: str = "",
    email: str = "",
    but: Person | None = None,
) -> QuerySet[Person]:
    """The same e-mail address, or the same name at the same organisation."""
    at_same = Q(organisation__name__iexact=organisation_name)
    if not organisation_name:
        at_same = Q(organisation__isnull=True)
    same = Q(name__iexact=name) & at_same
    if email:
        same |= Q(email__iexact=email)
    people = Person.objects.in_workspace(workspace).filter(same)
    if but is not None:
        people = people.exclude(pk=but.pk)
    return people.select_related("organisation").order_by("name", "pk")
