"""An advisor puts a name under an evaluation that says: keep going, once more."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.activity import log
from core.models import Membership, Role
from decisions.actions.evaluations import locked_alert
from decisions.errors import DecidedError
from decisions.models import Evaluation, EvaluationCoSignature
from decisions.written import refuse_short
from milestones.conflicts import OutdatedError

SHORTEST_WORDS = 40


@transaction.atomic
def cosign_evaluation(alert, *, by, rev, words, now):
    """Signs the evaluation as its revision `rev` stands; every later save voids it.

    PermissionDenied unless `by` advises the venture now, OutdatedError when somebody
    saved since, DecidedError after the decision. Signing twice is signing once.
    """
    team = Membership.objects.in_workspace(alert.workspace).current()
    if not team.filter(user=by, role=Role.ADVISOR).exists():
        raise PermissionDenied
    alert = locked_alert(alert)
    if alert.closed_at is not None:
        raise DecidedError(alert.settled_by)
    evaluation = Evaluation.objects.get(alert=alert)
    if evaluation.rev != rev:
        raise OutdatedError(evaluation)
    refuse_short("words", words, SHORTEST_WORDS)
    known = evaluation.co_signatures.filter(evaluation_rev=rev, by=by).first()
    return known or signed(evaluation, by=by, words=words, now=now)


def signed(evaluation, *, by, words, now):
    row = EvaluationCoSignature(
        workspace=evaluation.workspace,
        evaluation=evaluation,
        evaluation_rev=evaluation.rev,
        words=words,
        by=by,
        signed_at=now,
    )
    row.save()
    log(
        evaluation.workspace,
        by=by,
        verb="evaluation.cosigned",
        subject=evaluation.alert,
        now=now,
    )
    return row
