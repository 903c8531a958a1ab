"""A pivot: the next version of the business model, and what it asks again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.written import length_written
from discovery.actions import add_segment, edit_segment
from discovery.models import ModelVersion, Segment
from milestones.actions.questions import newest_version, open_questions_for_segment
from milestones.conflicts import OutdatedError
from milestones.course import affected
from milestones.eleven import template
from milestones.models import Question

SHORTEST_CHANGE = 40


@transaction.atomic
def start_version(
    workspace,
    *,
    by,
    changes,
    what_changed,
    now,
    dropped_segments=(),
    new_segment_name="",
    follows=None,
):
    """The next version of the model. What `changes` (values of Change) affects is asked
    again by new rows; evidence and scores stay with the old ones.

    `follows`: the id of the version the writer saw as the newest. OutdatedError when
    another one was started meanwhile.
    """
    old = locked_version(workspace)
    if old is None or follows not in (None, old.pk):
        raise OutdatedError(old)
    changes = [one for one in ModelVersion.Change.values if one in changes]
    what_changed, name = what_changed.strip(), new_segment_name.strip()
    refuse_unsaid(changes, what_changed)
    kept = segments_kept(workspace, dropped_segments, name)
    version = ModelVersion.objects.create(
        workspace=workspace,
        number=old.number + 1,
        what_changed=what_changed,
        changes=changes,
        started_on=workspace.today(now),
        started_at=now,
        started_by=by,
    )
    numbers = affected(changes)
    log_start(version, by=by, now=now, numbers=list(numbers))
    ask_again(version, kept, numbers, now=now)
    change_segments(workspace, dropped_segments, name, by=by, now=now)
    return version


def change_segments(workspace, dropped, new_name, *, by, now):
    for segment in dropped:
        edit_segment(segment, by=by, now=now, status=Segment.Status.DROPPED)
    if new_name:
        segment = add_segment(workspace, by=by, now=now, name=new_name)
        open_questions_for_segment(segment, by=by, now=now)


def locked_version(workspace):
    """The newest. Whoever else plans or changes the model waits for this transaction;
    read once more then, for the other may have started a version."""
    rows = ModelVersion.objects.in_workspace(workspace).select_for_update()
    list(rows.order_by("number").values_list("pk"))
    return newest_version(workspace)


def refuse_unsaid(changes, what_changed):
    if not changes:
        why = _("Choose what changes.")
        raise ValidationError({"changes": ValidationError(why, code="required")})
    if length_written(what_changed) < SHORTEST_CHANGE:
        why = _("Say what changes and why, in at least 40 characters.")
        raise ValidationError({"what_changed": ValidationError(why, code="too_short")})


def segments_kept(workspace, dropped, new_name):
    """Those that go on; refuses a name that is taken, and a model without customers."""
    every = list(Segment.objects.in_workspace(workspace).order_by("created_at", "pk"))
    if any(segment not in every for segment in dropped):
        raise ValidationError(_("That belongs to another venture."), code="foreign")
    if new_name.casefold() in {segment.name.casefold() for segment in every}:
        why = _("There is a segment of this name already.")
        field = "new_segment_name"
        raise ValidationError({field: ValidationError(why, code="unique")})
    pursued = [s for s in every if s.status != Segment.Status.DROPPED]
    kept = [segment for segment in pursued if segment not in dropped]
    if not kept and not new_name:
        why = _("One segment must go on, or a new one begin.")
        field = "dropped_segments"
        raise ValidationError({field: ValidationError(why, code="no_segment")})
    return kept


def ask_again(version, segments, numbers, *, now):
    """Later rows lie over earlier ones; see milestones/scope.py."""
    Question.objects.bulk_create(
        Question(
            workspace=version.workspace,
            number=number,
            model_version=version,
            segment=segment,
            needs_rescore_since=now,
            created_at=now,
        )
        for number in numbers
        for segment in (segments if template(number).per_segment else [None])
    )


def log_start(version, *, by, now, numbers):
    log(
        version.workspace,
        by=by,
        verb="version.started",
        subject=version,
        now=now,
        number=version.number,
        changes=version.changes,
        questions=numbers,
    )
