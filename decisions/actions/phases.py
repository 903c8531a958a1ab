"""The phase of each open sales curve is noted, with what its last quarter came to.

Every reader of a digest is told of it, and a phase takes the figures of a whole curve to
work out. So it is noted: after figures of the curve changed, and once a day.
"""

from datetime import timedelta

from django.db import transaction

from decisions.models import PhaseNote
from decisions.reports.sales_curve import loaded_of
from forecasts.models import SalesCurve
from forecasts.selling.words import in_short

MOMENT = timedelta(microseconds=1)


@transaction.atomic
def note_phases(workspace, *, now) -> list[PhaseNote]:
    """A row for each open curve of which the last one says something else. Safe to call
    twice: the second time there is nothing new."""
    rows = SalesCurve.objects.in_workspace(workspace).open()
    rows = rows.select_related("workspace__selling_settings").order_by("pk")
    curves = rows.select_for_update(of=("self",), no_key=True)
    noted = (note_phase(curve, now=now) for curve in curves)
    return [row for row in noted if row is not None]


@transaction.atomic
def note_phase(curve, *, now) -> PhaseNote | None:
    """`curve` is locked. A clock that was set back does not hide what is noted now."""
    loaded = loaded_of(curve.workspace, curve, now=now, with_names=False)
    phase, figure = str(loaded.course.phase), in_short(loaded.course)
    last = PhaseNote.objects.filter(curve=curve).order_by("noted_at").last()
    if last and (last.phase, last.figure) == (phase, figure):
        return None
    row = PhaseNote(
        workspace_id=curve.workspace_id,
        curve=curve,
        phase=phase,
        figure=figure,
        noted_at=max(now, last.noted_at + MOMENT) if last else now,
    )
    row.save()
    return row
