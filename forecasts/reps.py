"""Reps by name, for readers who see pseudonyms."""

from uuid import UUID

from django.db.models import F, QuerySet

from forecasts.models import Rep
from interviews.aliases import columns, text

REP = "rep"


def rows_known_in(workspace_id: UUID) -> QuerySet:
    """For the mask of names: see settings.NAMED_BESIDE. Names of the team stay."""
    reps = Rep.objects.filter(workspace=workspace_id, user__isnull=True)
    return columns(reps, REP, F("name"), text(""), text(""), F("pseudonym"))
