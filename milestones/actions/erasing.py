"""What evidence holds of somebody who is erased."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from interviews.actions.erasing import drop_files, said_by
from milestones.models import EvidenceLink

if TYPE_CHECKING:
    from core.scrubbing import Found
    from discovery.models import Person


def rows_about(people: list[Person]) -> dict[str, set[Any]]:
    """Links to their words, whose remarks may call them by half their name."""
    said = Q(quote__person__in=people) | Q(quote__interview__people__in=people)
    links = EvidenceLink.objects.filter(said).order_by()
    return {EvidenceLink._meta.label: set(links.values_list("pk", flat=True))}


def erase_traces(people: list[Person], found: Found, *, now: datetime) -> None:
    """Proofs of their words go; the links stay, and so does what they count for."""
    drop_files(EvidenceLink.objects.filter(said_by(people, "quote__")))
