"""What founders claim to know."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.written import length_written
from milestones.actions.challenges import settle_challenges
from milestones.conflicts import OutdatedError
from milestones.models import Question, Score
from milestones.reports.loading import load_question
from milestones.rounds import round_for_claim
from milestones.scope import scope_of_question

SHORTEST_REASON = 40
EVIDENCE_FROM = 2


@transaction.atomic
def claim_score(question, *, by, value, reason, now, follows=None, is_correction=False):
    """A new row. `follows`: the id of the author's latest score they had seen.

    A correction stays in the round of the score it corrects; any other claim belongs
    to the open round, or opens the next. Raises OutdatedError when the author has saved
    another one in between, ValidationError when a rule is broken.
    """
    Question.objects.select_for_update().get(pk=question.pk)
    own = question.scores.filter(by=by, kind=Score.Kind.CLAIMED)
    latest = own.filter(superseded_by__isnull=True).first()
    if (latest.pk if latest else None) != follows:
        raise OutdatedError(latest)
    reason = reason.strip()
    links = list(question.evidence.standing().values_list("pk", flat=True))
    refuse_bare_claim(value, reason, links)
    scope = scope_of_question(question)
    facts = load_question(scope, question.number, now)
    entries = [score.entry for score in facts.scores]
    score = Score(
        workspace=question.workspace,
        question=question,
        value=value,
        reason=reason,
        by=by,
        round=(
            latest.round
            if is_correction and latest
            else round_for_claim(entries, facts.scorers, now)
        ),
        supersedes=latest,
        supported=facts.support(now, question.workspace.today(now)).level,
        signals=dict(facts.noted.signals) if facts.noted else {},
        recorded_at=now,
    )
    score.save()
    score.evidence.set(links)
    log_claim(score, by=by, now=now)
    settle_challenges(question, load_question(scope, question.number, now), now=now)
    return score


def refuse_bare_claim(value, reason, links):
    if length_written(reason) < SHORTEST_REASON:
        why = _("Give the reason in at least 40 characters.")
        raise ValidationError({"reason": ValidationError(why, code="too_short")})
    if value >= EVIDENCE_FROM and not links:
        why = _("From 2 on, something must be linked to the question first.")
        raise ValidationError({"value": ValidationError(why, code="no_evidence")})


def log_claim(score, *, by, now):
    log(
        score.workspace,
        by=by,
        verb="score.claimed",
        subject=score,
        now=now,
        question=score.question.number,
        value=score.value,
        supported=score.supported,
        round=score.round,
    )
