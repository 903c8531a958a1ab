"""What the phase of selling allows is noted on each commitment that hires reps.

A list of commitments needs the class of each, and a phase takes the figures of a whole
curve to work out. So it is noted: when the commitment is written or checked, in the
transaction of its signature, after figures of its curve changed, and once a day.
"""

from django.db import transaction

from decisions.models import Commitment
from decisions.models.commitments import HIRING, OPEN
from decisions.reports.hiring import room_for


@transaction.atomic
def note_hiring(commitment, *, now):
    """`commitment` is locked, or new. Its revision and terms stay as they are."""
    if commitment.kind not in HIRING or not commitment.hires:
        return
    commitment.hiring = room_for(commitment, now=now).as_kept()
    commitment.hiring_noted_at = now
    commitment.save(update_fields=["hiring", "hiring_noted_at"])


@transaction.atomic
def note_hirings(workspace, *, now):
    """All that are before their signature. Safe to call twice."""
    rows = Commitment.objects.in_workspace(workspace).filter(
        status__in=OPEN, kind__in=HIRING, hires__isnull=False
    )
    for row in rows.select_related("workspace").select_for_update(of=("self",)):
        note_hiring(row, now=now)
