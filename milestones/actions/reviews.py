"""Scores by those who advise: beside what is claimed and supported, never mixed in."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.written import length_written
from milestones.actions.scores import SHORTEST_REASON
from milestones.conflicts import OutdatedError
from milestones.models import Question, Score
from milestones.reports.loading import load_question
from milestones.scope import scope_of_question

# reviews belong to no round: nobody waits for them, nobody is blind to them
NO_ROUND = 0


@transaction.atomic
def review_score(question, *, by, value, reason, now, follows=None):
    """A new row. `follows`: the id of the author's latest review they had seen.

    Raises OutdatedError when they saved another one in between, ValidationError when
    the reason is short, or when they score the question themselves (`scores`).
    """
    Question.objects.select_for_update().get(pk=question.pk)
    facts = load_question(scope_of_question(question), question.number, now)
    if str(by.pk) in facts.scorers:
        why = _("You score this question yourself: your score is a claim.")
        raise ValidationError(why, code="scores")
    latest = latest_review(question, by)
    if (latest.pk if latest else None) != follows:
        raise OutdatedError(latest)
    reason = reason.strip()
    if length_written(reason) < SHORTEST_REASON:
        why = _("Give the reason in at least 40 characters.")
        raise ValidationError({"reason": ValidationError(why, code="too_short")})
    score = Score(
        workspace=question.workspace,
        question=question,
        kind=Score.Kind.REVIEWED,
        value=value,
        reason=reason,
        by=by,
        round=NO_ROUND,
        supersedes=latest,
        supported=facts.support(now, question.workspace.today(now)).level,
        recorded_at=now,
    )
    score.save()
    score.evidence.set(question.evidence.standing())
    log_review(score, by=by, now=now)
    return score


def latest_review(question, by):
    own = question.scores.filter(by=by, kind=Score.Kind.REVIEWED)
    return own.filter(superseded_by__isnull=True).first()


def log_review(score, *, by, now):
    log(
        score.workspace,
        by=by,
        verb="score.reviewed",
        subject=score,
        now=now,
        question=score.question.number,
        value=score.value,
        supported=score.supported,
    )
