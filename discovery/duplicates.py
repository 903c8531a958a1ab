"""Is this somebody we know already?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from discovery.likeness import fold, fold_firm, is_near
from discovery.models import Organisation, Person

if TYPE_CHECKING:
    from core.models import Workspace

MOST = 5


def known_people(workspace: Workspace) -> QuerySet[Person]:
    """Those who can be the same as somebody: neither thrown away, merged nor erased."""
    people = Person.objects.in_workspace(workspace).kept()
    return people.filter(merged_into=None, erased_at=None)


def known_organisations(workspace: Workspace) -> QuerySet[Organisation]:
    rows = Organisation.objects.in_workspace(workspace).kept()
    return rows.filter(merged_into=None)


def people_like(
    workspace: Workspace,
    *,
    name: str,
    organisation_name: str = "",
    email: str = "",
    but: Person | None = None,
    anywhere: bool = False,
) -> QuerySet[Person]:
    """The same e-mail address, or the same name at the same organisation; `anywhere`
    takes the same name at any, and one that may be it mistyped.

    Names are compared here: no database folds accents as people do.
    """
    people = known_people(workspace)
    if but is not None:
        people = people.exclude(pk=but.pk)
    wanted = (fold(name), fold_firm(organisation_name))
    address = email.strip().casefold()
    rows = people.values_list("pk", "name", "organisation__name", "email")
    found, near = [], []
    for pk, known, firm, known_email in rows.order_by().iterator():
        folded = fold(known)
        is_name = bool(wanted[0]) and folded == wanted[0]
        is_firm = anywhere or fold_firm(firm or "") == wanted[1]
        is_address = bool(address) and known_email.casefold() == address
        if (is_name and is_firm) or is_address:
            found.append(pk)
        elif anywhere and wanted[0] and is_near(folded, wanted[0]):
            near.append(pk)
    known_rows = Person.objects.filter(pk__in=[*found, *near][:MOST])
    return known_rows.select_related("organisation").order_by("name", "pk")


def organisations_like(
    workspace: Workspace, *, name: str, but: Organisation | None = None
) -> QuerySet[Organisation]:
    """The same name, but for capitals, accents, punctuation and legal form."""
    rows = known_organisations(workspace)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    wanted = fold_firm(name)
    names = rows.order_by().values_list("pk", "name")
    found = [pk for pk, known in names if wanted and fold_firm(known) == wanted]
    return Organisation.objects.filter(pk__in=found[:MOST]).order_by("name", "pk")
