"""The names a venture knows, and what readers without names read in their place."""

from __future__ import annotations

from uuid import UUID

from discovery.models import Organisation, Person
from interviews.masking import with_parts


def aliases(workspace_id: UUID) -> dict[str, str]:
    """Name, part of a name, e-mail, organisation → pseudonym. Two queries."""
    firms = Organisation.objects.filter(workspace=workspace_id)
    known = dict(firms.values_list("name", "pseudonym"))
    people = Person.objects.filter(workspace=workspace_id, erased_at=None)
    rows = list(people.order_by().values_list("name", "email", "phone", "pseudonym"))
    named = {name: alias for name, _email, _phone, alias in rows}
    known |= with_parts(named)
    for _name, email, phone, alias in rows:
        known |= {contact: alias for contact in (email, phone) if contact}
    return known
