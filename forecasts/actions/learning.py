"""The learning log: what was changed to sell better, and what talks taught."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from forecasts.actions.curves import locked_open
from forecasts.errors import Conflict
from forecasts.models import LearningEntry, SalesLesson
from interviews.models import Interview

FIELDS = ("area", "changed_on", "changed", "expected", "learned")


@transaction.atomic
def add_learning(curve, *, by, now, **fields):
    curve = locked_open(curve)
    check_day(curve, fields["changed_on"], now)
    row = entry_of(curve, by=by, now=now, **fields)
    row.save()
    log(curve.workspace, by=by, verb="learning.added", subject=row, now=now)
    return row


@transaction.atomic
def correct_learning(entry, *, by, now, reason="", **fields):
    """A further row. Saying what a change did, where nothing was said, needs no reason.
    Raises Conflict if `entry` was superseded already."""
    curve = locked_open(entry.curve)
    refuse_superseded(LearningEntry, entry)
    changed = [name for name in FIELDS if fields[name] != getattr(entry, name)]
    if not changed:
        raise ValidationError(_("This is what is on record already."))
    if changed == ["learned"] and not entry.learned:
        reason = reason or _("What it did has been seen.")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it changes.")})
    check_day(curve, fields["changed_on"], now)
    row = entry_of(curve, by=by, now=now, supersedes=entry, reason=reason, **fields)
    row.save()
    log(curve.workspace, by=by, verb="learning.corrected", subject=row, now=now)
    return row


@transaction.atomic
def write_lesson(talk, *, by, now, learned, follows=None):
    """What a talk taught us; a later word supersedes. `follows`: the row its writer
    read, None for none. Raises Conflict when another one stands."""
    Interview.objects.select_for_update().get(pk=talk.pk)
    standing = SalesLesson.objects.filter(talk=talk).current().first()
    if (standing and standing.pk) != follows:
        raise Conflict(_("Somebody wrote here meanwhile."), current=standing)
    if standing is not None and standing.learned == learned:
        raise ValidationError(_("This is what is on record already."))
    row = SalesLesson(
        workspace=talk.workspace,
        talk=talk,
        learned=learned,
        supersedes=standing,
        reason=_("Said anew.") if standing else "",
        recorded_at=now,
        by=by,
    )
    row.save()
    log(talk.workspace, by=by, verb="lesson.written", subject=row, now=now)
    return row


def entry_of(curve, *, by, now, **fields):
    return LearningEntry(
        workspace=curve.workspace, curve=curve, recorded_at=now, by=by, **fields
    )


def check_day(curve, day, now):
    if day > curve.workspace.today(now):
        raise ValidationError({"changed_on": _("This day has not come yet.")})


def refuse_superseded(model, row):
    later = model.objects.filter(supersedes=row).first()
    if later is not None:
        raise Conflict(_("Somebody wrote here meanwhile."), current=later)
