"""Writes answers, evidence that is no quote, scores, challenges and criteria."""

from datetime import timedelta

from milestones.actions import (
    answer_challenge,
    claim_score,
    link_evidence,
    open_challenge,
    review_score,
    tick_criterion,
    write_answer,
)
from milestones.models import Challenge, Score
from portfolio.samples.learning import PROOF_FROM

# on one day: first what is known, then what is made of it
BEFORE = timedelta(hours=1)


def add_judgement(sample, market, judged, numbers):
    """`numbers`: actuals by the keys the proofs name."""
    for row in judged.written:
        sample.then(row.ago, write, sample, row)
    for row in judged.proofs:
        sample.then(row.ago, prove, sample, market, row, numbers)
    for row in judged.ticked:
        sample.then(row.ago, tick, sample, row)
    for row in judged.claims:
        sample.then(row.ago, claim, sample, row)
    for row in judged.reviews:
        sample.then(row.ago, review, sample, row)
    for row in judged.talked_over:
        sample.then(row.ago, talk_over, sample, row)
    for row in judged.asked:
        sample.then(row.ago, ask_back, sample, row)
        if row.answered_ago is not None:
            sample.then(row.answered_ago, answer, sample, row)


def write(sample, row):
    question = sample.question(row.question)
    latest = question.answers.filter(superseded_by=None).first()
    write_answer(
        question,
        by=sample.owner,
        statement=row.statement,
        looked_against=row.looked_against,
        follows=latest and latest.pk,
        now=sample.ago(row.ago),
    )


def prove(sample, market, row, numbers):
    link_evidence(
        sample.question(row.question),
        by=sample.owner,
        now=sample.ago(row.ago) + BEFORE,
        document=row.document,
        survey=market.survey[row.survey] if row.survey else None,
        actual=numbers[row.number] if row.number else None,
        stance=row.stance,
        grade=row.grade,
        seen_by=sample.founder if row.grade >= PROOF_FROM and row.document else None,
        occurred_on=None if row.on is None else sample.on(row.on),
    )


def tick(sample, row):
    for criterion, state, note in row.ticks:
        tick_criterion(
            sample.question(row.question),
            by=sample.founder,
            criterion=criterion,
            state=state,
            note=note,
            now=sample.ago(row.ago),
        )


def claim(sample, row):
    question = sample.question(row.question)
    team = (sample.owner, sample.founder)
    for by, value, reason in zip(team, row.values, row.reasons, strict=True):
        claim_score(
            question,
            by=by,
            value=value,
            reason=reason,
            follows=last_of(question, by),
            now=sample.ago(row.ago) + 2 * BEFORE,
        )


def last_of(question, by):
    own = question.scores.filter(by=by, kind=Score.Kind.CLAIMED, superseded_by=None)
    return own.values_list("pk", flat=True).first()


def review(sample, row):
    review_score(
        sample.question(row.question),
        by=sample.advisor,
        value=row.value,
        reason=row.reason,
        now=sample.ago(row.ago) + 2 * BEFORE,
    )


def talk_over(sample, row):
    spreads = sample.question(row.question).challenges.open()
    answer_challenge(
        spreads.get(kind=Challenge.Kind.SPREAD),
        by=sample.founder,
        answer=row.answer,
        now=sample.ago(row.ago) + 2 * BEFORE,
    )


def ask_back(sample, row):
    open_challenge(
        sample.question(row.question),
        by=sample.advisor,
        text=row.text,
        now=sample.ago(row.ago) + 2 * BEFORE,
    )


def answer(sample, row):
    asked = sample.question(row.question).challenges.open()
    answer_challenge(
        asked.get(kind=Challenge.Kind.EVIDENCE),
        by=sample.owner,
        answer=row.answer,
        now=sample.ago(row.answered_ago) + 2 * BEFORE,
    )
