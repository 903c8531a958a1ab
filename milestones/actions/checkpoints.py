"""Days the venture sets itself: planned, moved with a reason, reached, and held."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import change_settings
from core.activity import log
from core.written import length_written
from milestones.actions.versions import locked_version
from milestones.conflicts import OutdatedError, VersionEndedError
from milestones.course import LEARNING, REVIEW_OF, SHIPPED, STOPS_AFTER
from milestones.models import Checkpoint, ScheduledStop, Slip

SHORTEST_REASON = 10
SHORTEST_LESSON = 40
SHORTEST_FINDING = 100
# a stop may be held some days before it is due, never weeks
HELD_EARLY = timedelta(days=7)


@transaction.atomic
def plan_checkpoint(workspace, *, by, kind, planned_on, now):
    """In the newest version of the model. A checkpoint of the product brings its
    learning review with it, for the same day, unless that one is planned."""
    version = locked_version(workspace)
    if version is None:
        raise ValidationError(_("Add a segment first."), code="no_segment")
    known = set(version.checkpoints.values_list("kind", flat=True))
    if kind in known:
        why = _("It is planned already. Move its date instead.")
        raise ValidationError({"kind": ValidationError(why, code="planned_before")})
    wanted = [kind, REVIEW_OF.get(kind, kind)]
    rows = [
        Checkpoint.objects.create(
            workspace=workspace,
            model_version=version,
            kind=one,
            planned_on=planned_on,
            by=by,
            created_at=now,
        )
        for one in dict.fromkeys(wanted)
        if one not in known
    ]
    for row in rows:
        log_about(row, verb="checkpoint.planned", by=by, now=now)
    return rows[0]


@transaction.atomic
def move_checkpoint(checkpoint, *, by, to_on, reason, now, follows_on):
    """A slip is a row. `follows_on`: the date the writer saw it planned for;
    OutdatedError when it is planned for another one by now."""
    row = taken_up(checkpoint)
    if row.planned_on != follows_on:
        raise OutdatedError(row)
    reason = reason.strip()
    if to_on == row.planned_on:
        why = _("It is planned for that day already.")
        raise ValidationError({"to_on": ValidationError(why, code="same_day")})
    if length_written(reason) < SHORTEST_REASON:
        why = _("Say why it moves, in a few words.")
        raise ValidationError({"reason": ValidationError(why, code="too_short")})
    slip = Slip(
        workspace=row.workspace,
        checkpoint=row,
        from_on=row.planned_on,
        to_on=to_on,
        reason=reason,
        by=by,
        recorded_at=now,
    )
    slip.save()
    row.planned_on = to_on
    row.save(update_fields=["planned_on"])
    log_about(row, verb="checkpoint.moved", by=by, now=now, days=slip.days)
    return slip


@transaction.atomic
def reach_checkpoint(checkpoint, *, by, reached_on, finding="", now):
    """Final. A learning review says what was learned. First customer ship sets the
    days on which the venture stops and evaluates."""
    row = taken_up(checkpoint)
    finding = finding.strip()
    refuse_future("reached_on", reached_on, row.workspace, now)
    if row.kind in LEARNING and length_written(finding) < SHORTEST_LESSON:
        why = _("Say what you learned, in at least 40 characters.")
        raise ValidationError({"finding": ValidationError(why, code="too_short")})
    row.reached_on, row.finding = reached_on, finding
    row.save(update_fields=["reached_on", "finding"])
    log_about(row, verb="checkpoint.reached", by=by, now=now)
    if row.kind == SHIPPED:
        schedule_stops(row, by=by, now=now)
    return row


def taken_up(checkpoint):
    """Locked. OutdatedError when it was reached meanwhile; nothing of a version of the
    model that has ended changes any more."""
    row = Checkpoint.objects.select_for_update().get(pk=checkpoint.pk)
    if row.reached_on is not None:
        raise OutdatedError(row)
    if row.model_version != locked_version(row.workspace):
        raise VersionEndedError(row.model_version)
    return row


def refuse_future(field, day, workspace, now):
    if day > workspace.today(now):
        why = _("That day has not come yet.")
        raise ValidationError({field: ValidationError(why, code="future")})


def schedule_stops(checkpoint, *, by, now):
    shipped_on, workspace = checkpoint.reached_on, checkpoint.workspace
    ScheduledStop.objects.bulk_create(
        ScheduledStop(
            workspace=workspace,
            checkpoint=checkpoint,
            days=days,
            due_on=shipped_on + timedelta(days=days),
            created_at=now,
        )
        for days in STOPS_AFTER
    )
    if workspace.first_shipped_on is None:
        change_settings(workspace, by=by, now=now, first_shipped_on=shipped_on)


@transaction.atomic
def hold_stop(stop, *, by, held_on, finding, now):
    """Final. OutdatedError when somebody wrote down before that it was held."""
    row = ScheduledStop.objects.select_for_update().get(pk=stop.pk)
    if row.held_on is not None:
        raise OutdatedError(row)
    finding = finding.strip()
    refuse_future("held_on", held_on, row.workspace, now)
    if held_on < row.due_on - HELD_EARLY:
        why = _("It can be held from a week before its day.")
        raise ValidationError({"held_on": ValidationError(why, code="too_early")})
    if length_written(finding) < SHORTEST_FINDING:
        why = _("Say what you looked at and what follows, in at least 100 characters.")
        raise ValidationError({"finding": ValidationError(why, code="too_short")})
    row.held_on, row.held_by, row.finding = held_on, by, finding
    row.save(update_fields=["held_on", "held_by", "finding"])
    log(
        row.workspace,
        by=by,
        verb="scheduled_stop.held",
        subject=row,
        now=now,
        days=row.days,
    )
    return row


def log_about(row, *, verb, by, now, **data):
    log(row.workspace, by=by, verb=verb, subject=row, now=now, kind=row.kind, **data)
