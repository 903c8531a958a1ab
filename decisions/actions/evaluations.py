"""The working paper of an alert, saved step by step."""

from django.db import transaction

from core.activity import log
from decisions.errors import DecidedError
from decisions.models import Alert, Evaluation
from milestones.actions import question_in
from milestones.conflicts import OutdatedError
from milestones.scope import scope_of

FIELDS = {
    1: ("belief",),
    2: ("happened", "is_actual_right"),
    3: ("customers_say", "no_talk_reason", "explanations"),
    4: ("depends", "runway", "keeps_scores"),
    5: ("draft",),
}
# The step that names questions, and as what.
QUESTIONS_IN = {3: "questions", 4: "rescored"}


@transaction.atomic
def save_step(alert, *, by, step, values, rev, now):
    """Keeps one step. `values` holds its fields, in step 3 also `questions` and in step 4
    `rescored`: numbers.

    `rev` is the evaluation's when the form was drawn, 0 before the first. Raises
    OutdatedError when somebody wrote this step in between, DecidedError after a
    decision.
    """
    alert = locked_alert(alert)
    if alert.closed_at is not None:
        raise DecidedError(alert.settled_by)
    evaluation = Evaluation.objects.filter(alert=alert).first()
    if evaluation is None:
        evaluation = started(alert, by=by, now=now)
    elif evaluation.rev != rev and is_written(evaluation, step):
        raise OutdatedError(evaluation)
    for name in FIELDS[step]:
        setattr(evaluation, name, values[name])
    evaluation.rev += 1
    evaluation.saved_at, evaluation.saved_by = now, by
    kept = [*FIELDS[step], "rev", "saved_at", "saved_by"]
    evaluation.save(update_fields=kept)
    if step in QUESTIONS_IN:
        name = QUESTIONS_IN[step]
        set_questions(evaluation, name, values[name], by=by, now=now)
    return evaluation


def locked_alert(alert):
    alerts = Alert.objects.select_for_update(of=("self",))
    return alerts.with_subjects().select_related("workspace").get(pk=alert.pk)


def started(alert, *, by, now):
    evaluation = Evaluation(
        workspace=alert.workspace,
        alert=alert,
        started_at=now,
        saved_at=now,
        saved_by=by,
        rev=0,
    )
    evaluation.save(force_insert=True)
    alert.state = Alert.State.EVALUATING
    alert.save(update_fields=["state"])
    log(alert.workspace, by=by, verb="evaluation.started", subject=alert, now=now)
    return evaluation


def is_written(evaluation, step):
    """Is there anything in this step that a later save could overwrite?"""
    name = QUESTIONS_IN.get(step)
    has_questions = name is not None and getattr(evaluation, name).exists()
    filled = any(
        getattr(evaluation, name) not in ("", None, {})
        for name in FIELDS[step]
        if name != "keeps_scores" or evaluation.keeps_scores
    )
    return has_questions or filled


def set_questions(evaluation, name, numbers, *, by, now):
    scope = scope_of(evaluation.workspace, evaluation.alert.segment_id)
    getattr(evaluation, name).set(
        question_in(scope, number, by=by, now=now) for number in numbers
    )
