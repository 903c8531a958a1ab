"""Questions asked back: opened, answered, taken back, closed by what was claimed since."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.written import length_written
from milestones.actions.questions import refuse_ended
from milestones.challenging import is_spread
from milestones.conflicts import OutdatedError
from milestones.facts import last_words
from milestones.models import Challenge, Question
from milestones.reports.loading import load_question
from milestones.reports.owing import owes_score
from milestones.scope import scope_of_question

SHORTEST_QUESTION = 20
SHORTEST_REPLY = 40


# --- asked by somebody -----------------------------------------------------------
@transaction.atomic
def open_challenge(question, *, by, text, now):
    """Asks for the evidence behind what the venture claims today.

    ValidationError when nothing is claimed, when an own one is open (`asked_before`),
    and for founders who owe a score of the open round (`owes_score`).
    """
    Question.objects.select_for_update().get(pk=question.pk)
    refuse_owing(question, by, now)
    text = text.strip()
    if length_written(text) < SHORTEST_QUESTION:
        why = _("Say in at least 20 characters what you want to see.")
        raise ValidationError({"text": ValidationError(why, code="too_short")})
    if question.challenges.open().filter(by=by).exists():
        why = _("You have asked already, and it is still open.")
        raise ValidationError(why, code="asked_before")
    facts = load_question(scope_of_question(question), question.number, now)
    claimed = claimed_now(facts, now)
    if claimed is None:
        why = _("Nothing is claimed yet: there is no score to ask about.")
        raise ValidationError(why, code="no_claim")
    challenge = Challenge.objects.create(
        workspace=question.workspace,
        question=question,
        claimed=claimed,
        text=text,
        by=by,
        opened_at=now,
    )
    log_about(challenge, verb="challenge.opened", by=by, now=now)
    return challenge


@transaction.atomic
def answer_challenge(challenge, *, by, answer, now):
    """The evidence asked for, or what the founders agreed when they talked.

    Raises OutdatedError with the row as it stands when it was closed in between.
    """
    refuse_ended(challenge.question)
    refuse_owing(challenge.question, by, now)
    answer = answer.strip()
    if length_written(answer) < SHORTEST_REPLY:
        why = _("Answer in at least 40 characters.")
        raise ValidationError({"answer": ValidationError(why, code="too_short")})
    current = taken_up(challenge)
    if current.closed_at is not None:
        raise OutdatedError(current)
    current.answer = answer
    return close(current, Challenge.Outcome.ANSWERED, by=by, now=now)


@transaction.atomic
def withdraw_challenge(challenge, *, by, now):
    """Only who asked takes it back."""
    if challenge.by_id != by.pk:
        why = _("Only who asked can take it back.")
        raise ValidationError(why, code="not_yours")
    refuse_ended(challenge.question)
    refuse_owing(challenge.question, by, now)
    current = taken_up(challenge)
    if current.closed_at is not None:
        raise ValidationError(_("It is closed already."), code="closed")
    return close(current, Challenge.Outcome.WITHDRAWN, by=by, now=now)


def refuse_owing(question, by, now):
    """Before their own score founders learn nothing here, not even by a refusal."""
    if owes_score(question, by, now):
        why = _("Give your own score of this round first.")
        raise ValidationError(why, code="owes_score")


def taken_up(challenge):
    rows = Challenge.objects.select_for_update().select_related(None)
    current = rows.get(pk=challenge.pk)
    current.question, current.workspace = challenge.question, challenge.workspace
    return current


# --- closed and opened by what founders claim ------------------------------------
@transaction.atomic
def settle_challenges(question, facts, *, now):
    """Whatever the claims of a finished round decide. Safe to repeat.

    Called after a claim, and by the job when a round runs out. While somebody owes a
    score of the open round nothing moves: it would tell them what others claim.
    """
    close_lowered(question, facts, now=now)
    note_spread(question, facts, now=now)


@transaction.atomic
def close_lowered(question, facts, *, now):
    """Closes the open challenges whose claim was undercut since."""
    claimed = claimed_now(facts, now)
    if claimed is None or facts.open_round(now) is not None:
        return []
    undercut = question.challenges.open().select_for_update()
    outcome = Challenge.Outcome.LOWERED
    return [
        close(challenge, outcome, by=None, now=now)
        for challenge in undercut.filter(claimed__gt=claimed)
    ]


@transaction.atomic
def note_spread(question, facts, *, now):
    """Founders two or more apart have to talk: opens that talk, or closes it when they
    came closer. The open one, or None.

    One that was answered opens again only after a new claim.
    """
    if facts.open_round(now) is not None:
        return None
    Question.objects.select_for_update().get(pk=question.pk)
    spreads = question.challenges.filter(kind=Challenge.Kind.SPREAD)
    current = spreads.open().first()
    claims = current_claims(facts, now)
    if not is_spread(claim.value for claim in claims):
        if current is not None:
            close(current, Challenge.Outcome.AGREED, by=None, now=now)
        return None
    last = spreads.order_by("closed_at").last()
    if current is not None or is_talked_over(last, claims):
        return current
    challenge = Challenge.objects.create(
        workspace=question.workspace,
        question=question,
        kind=Challenge.Kind.SPREAD,
        opened_at=now,
    )
    log_about(challenge, verb="challenge.spread", by=None, now=now)
    return challenge


def is_talked_over(last, claims):
    """Whether nothing was claimed since the founders talked."""
    return last is not None and max(claim.at for claim in claims) <= last.closed_at


def current_claims(facts, now):
    """The standing claim of everybody who still scores."""
    said = last_words(facts.scores, now)
    return [claim for claim in said if claim.author in facts.scorers]


def claimed_now(facts, now):
    """What the venture claims: the lowest of the current claims."""
    return min((claim.value for claim in current_claims(facts, now)), default=None)


def close(challenge, outcome, *, by, now):
    challenge.outcome, challenge.closed_by, challenge.closed_at = outcome, by, now
    challenge.save(update_fields=["answer", "outcome", "closed_by", "closed_at"])
    log_about(challenge, verb=f"challenge.{outcome}", by=by, now=now)
    return challenge


def log_about(challenge, *, verb, by, now):
    number = challenge.question.number
    workspace = challenge.workspace
    log(workspace, by=by, verb=verb, subject=challenge, now=now, question=number)
