"""What is asked back and looked at again: reviews, challenges, criteria, evidence."""

from datetime import timedelta

from core.models import User
from interviews.models import Survey
from interviews.models.grades import Grade, Stance
from milestones.eleven import template
from milestones.models import (
    Challenge,
    CriterionAnswer,
    EvidenceLink,
    Question,
    Reconfirmation,
    Score,
)
from portfolio.seeding.market import Seeder
from portfolio.seeding.talks import BATCH

SURVEYED = {Survey.Kind.PRICE: 2, Survey.Kind.NEEDS: 5, Survey.Kind.MUST_HAVE: 7}
RECONFIRMED = 20


def seed_reviews(
    seeder: Seeder,
    questions: list[Question],
    founders: list[User],
    advisors: list[User],
) -> None:
    seed_reviewed_scores(seeder, questions, advisors[0])
    seed_challenges(seeder, questions, founders[0], advisors)
    seed_criteria(seeder, questions, founders[1])
    seed_survey_evidence(seeder, questions, founders[0])
    seed_reconfirmations(seeder, founders[0])


def seed_reviewed_scores(seeder, questions, advisor):
    Score.objects.bulk_create(
        Score(
            **seeder.common,
            **seeder.marks("score", "reason"),
            kind=Score.Kind.REVIEWED,
            question=question,
            value=seeder.dice.below(4),
            by=advisor,
            round=0,
            supported=seeder.dice.below(3),
            recorded_at=seeder.now - timedelta(days=20),
        )
        for question in questions
    )


def seed_challenges(seeder, questions, founder, advisors):
    """Every third question was asked back and answered; the next one is still open."""
    asked = [q for number, q in enumerate(questions) if number % 3 < 2]
    Challenge.objects.bulk_create(
        challenge_of(seeder, question, founder, advisors, is_open=bool(number % 2))
        for number, question in enumerate(asked)
    )


def challenge_of(seeder, question, founder, advisors, *, is_open):
    closed = {
        "outcome": Challenge.Outcome.ANSWERED,
        "closed_by": founder,
        "closed_at": seeder.now - timedelta(days=10),
    }
    return Challenge(
        **seeder.common,
        **seeder.marks("challenge", "text", *(() if is_open else ("answer",))),
        **({} if is_open else closed),
        question=question,
        claimed=seeder.dice.below(6),
        by=seeder.dice.one(advisors),
        opened_at=seeder.now - timedelta(days=12 + seeder.dice.below(20)),
    )


def seed_criteria(seeder, questions, by):
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(
            **seeder.common,
            **seeder.marks("criterionanswer", "note"),
            question=question,
            criterion=place,
            state=seeder.dice.one(CriterionAnswer.State.values),
            by=by,
            recorded_at=seeder.now - timedelta(days=30),
        )
        for question in questions
        for place, _words in enumerate(template(question.number).criteria, 1)
    )


def seed_survey_evidence(seeder, questions, by):
    """Each survey speaks to a question of its own segment."""
    surveys = Survey.objects.in_workspace(seeder.workspace).order_by("kind")
    EvidenceLink.objects.bulk_create(
        EvidenceLink(
            **seeder.common,
            question=question,
            survey=survey,
            stance=Stance.NEUTRAL,
            grade=Grade.PROMPTED,
            by=by,
            occurred_on=seeder.now.date() - timedelta(days=20),
            linked_at=seeder.now - timedelta(days=15),
        )
        for survey in surveys
        for question in questions
        if question.segment_id == survey.segment_id
        and question.number == SURVEYED[survey.kind]
    )


def seed_reconfirmations(seeder, by):
    """Of the oldest evidence."""
    oldest = EvidenceLink.objects.in_workspace(seeder.workspace).order_by(
        "occurred_on", "pk"
    )
    Reconfirmation.objects.bulk_create(
        (
            Reconfirmation(
                **seeder.common,
                **seeder.marks("reconfirmation", "how"),
                link=link,
                on=seeder.now.date() - timedelta(days=30),
                by=by,
                recorded_at=seeder.now - timedelta(days=30),
            )
            for link in oldest[:RECONFIRMED]
        ),
        batch_size=BATCH,
    )
