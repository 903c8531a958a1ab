"""How far each criterion of a question is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from milestones.conflicts import OutdatedError
from milestones.eleven import template
from milestones.models import CriterionAnswer, Question


@dataclass(frozen=True)
class Tick:
    """What somebody wants to stand. `follows`: the row their form was drawn from."""

    criterion: int
    state: str
    note: str
    follows: UUID | None


class CriteriaOutdatedError(Exception):
    """Somebody ticked some of them in between. `latest` are their rows."""

    def __init__(self, latest: Sequence[CriterionAnswer]):
        super().__init__("somebody ticked in between")
        self.latest = latest


@transaction.atomic
def tick_criteria(question, *, by, ticks, now):
    """Rows for those that differ from what their form was drawn from; all or none."""
    Question.objects.select_for_update().get(pk=question.pk)
    rows = {row.pk: row for row in question.criteria.select_related("by")}
    replaced = {row.supersedes_id for row in rows.values()}
    latest = {row.criterion: row for row in rows.values() if row.pk not in replaced}
    changed = [tick for tick in ticks if is_changed(tick, rows, latest)]
    met = [latest.get(tick.criterion) for tick in changed if is_met(tick, latest)]
    if met:
        raise CriteriaOutdatedError([row for row in met if row is not None])
    return [tick_criterion(question, by=by, now=now, **vars(tick)) for tick in changed]


def is_changed(tick, rows, latest):
    said = (tick.state, tick.note.strip())
    drawn_from, now = rows.get(tick.follows), latest.get(tick.criterion)
    return said not in (words_of(drawn_from), words_of(now))


def is_met(tick, latest):
    """Whether somebody else was faster."""
    now = latest.get(tick.criterion)
    return (now and now.pk) != tick.follows


def words_of(row):
    unsaid = (CriterionAnswer.State.UNKNOWN.value, "")
    return unsaid if row is None else (row.state, row.note)


@transaction.atomic
def tick_criterion(question, *, by, criterion, state, note, now, follows=None):
    """A new row. Raises OutdatedError when another one came in between."""
    Question.objects.select_for_update().get(pk=question.pk)
    refuse_unknown(question, criterion, state)
    standing = question.criteria.filter(superseded_by__isnull=True)
    latest = standing.filter(criterion=criterion).first()
    if (latest and latest.pk) != follows:
        raise OutdatedError(latest)
    row = CriterionAnswer(
        workspace=question.workspace,
        question=question,
        criterion=criterion,
        state=state,
        note=note.strip(),
        by=by,
        supersedes=latest,
        recorded_at=now,
    )
    row.save()
    log_tick(row, by=by, now=now)
    return row


def refuse_unknown(question, criterion, state):
    if not 1 <= criterion <= len(template(question.number).criteria):
        why = _("This question has no such criterion.")
        raise ValidationError({"criterion": ValidationError(why, code="unknown")})
    if state not in CriterionAnswer.State:
        why = _("Say unknown, no, partly or yes.")
        raise ValidationError({"state": ValidationError(why, code="unknown")})


def log_tick(row, *, by, now):
    log(
        row.workspace,
        by=by,
        verb="criterion.set",
        subject=row,
        now=now,
        question=row.question.number,
        criterion=row.criterion,
        state=row.state,
    )
