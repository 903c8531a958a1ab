"""Tasks of decisions. What none of them reaches, the next tick judges."""

from celery import shared_task

from core import clock
from core.models import ActivityEntry
from decisions.actions import judge_due, judge_metric
from decisions.actions.hiring import note_hirings
from decisions.actions.phases import note_phases
from decisions.actions.sweeping import sweep_plans
from forecasts.models import Metric

__all__ = ["judge_after", "judge_due", "note_selling_after", "sweep_after"]


@shared_task
def judge_after(entry_id: str) -> None:
    """Judges the metric whose numbers an activity entry tells of."""
    entry = ActivityEntry.objects.filter(pk=entry_id).first()
    if entry and entry.subject_type == Metric._meta.label:
        judge_metric(entry.subject_id, now=clock.now())


@shared_task
def sweep_after(entry_id: str) -> None:
    """Asks the rules on what was planned, after an activity entry that changes it."""
    entry = (
        ActivityEntry.objects.filter(pk=entry_id).select_related("workspace").first()
    )
    if entry and entry.workspace:
        sweep_plans(entry.workspace, now=clock.now())


@shared_task
def note_selling_after(entry_id: str) -> None:
    """Notes anew the phase of selling and what it allows, after an activity entry that
    may change it."""
    entry = (
        ActivityEntry.objects.filter(pk=entry_id).select_related("workspace").first()
    )
    if entry and entry.workspace:
        note_phases(entry.workspace, now=clock.now())
        note_hirings(entry.workspace, now=clock.now())
