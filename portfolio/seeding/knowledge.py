"""Questions, evidence and rounds of scores."""

from collections import defaultdict
from datetime import timedelta

from core.models import User
from interviews.models.grades import Grade, Stance
from milestones.actions import open_questions
from milestones.models import Answer, EvidenceLink, Question, Score
from portfolio.seeding.market import Seeder
from portfolio.seeding.talks import BATCH, Talks

STANCES = (Stance.SUPPORTS, Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONTRADICTS)
WEEKS_BETWEEN_ROUNDS = 4


def seed_knowledge(seeder: Seeder, talks: Talks, founders: list[User]) -> None:
    open_questions(seeder.workspace, by=founders[0], now=seeder.now)
    questions = list(
        Question.objects.in_workspace(seeder.workspace)
        .select_related("segment")
        .order_by("number", "segment__created_at", "pk")
    )
    seed_answers(seeder, questions, founders[0])
    seed_evidence(seeder, questions, talks)
    first = [q for q in questions if q.segment is None or is_first(q, questions)]
    seed_scores(seeder, first, founders)


def is_first(question, questions):
    return question.segment_id == questions[0].segment_id


def seed_answers(seeder, questions, by):
    Answer.objects.bulk_create(
        Answer(
            **seeder.common,
            **seeder.marks("answer", "statement", "looked_against"),
            question=question,
            by=by,
            recorded_at=seeder.now - timedelta(days=350),
        )
        for question in questions
    )


def seed_evidence(seeder, questions, talks):
    """The first quotes of each talk are linked, each to one question of its segment."""
    by_segment = defaultdict(list)
    for question in questions:
        by_segment[question.segment_id].append(question)
    linked = seeder.size.linked
    chosen = [
        quote
        for start in range(0, len(talks.quotes), seeder.size.quotes)
        for quote in talks.quotes[start : start + linked]
    ]
    EvidenceLink.objects.bulk_create(
        (link_of(seeder, quote, by_segment) for quote in chosen), batch_size=BATCH
    )


def link_of(seeder, quote, by_segment):
    segment_id = quote.interview.segment_id
    return EvidenceLink(
        **seeder.common,
        question=seeder.dice.one([*by_segment[segment_id], *by_segment[None]]),
        quote=quote,
        stance=seeder.dice.one(STANCES),
        grade=Grade.PROMPTED if quote.is_prompted else Grade.ANECDOTE,
        by=quote.created_by,
        occurred_on=quote.interview.held_at.date(),
        linked_at=quote.created_at,
    )


def seed_scores(seeder, questions, founders):
    """Twelve rounds, four weeks apart; each row supersedes the founder's last one."""
    scores = []
    before = {}
    for number in range(seeder.size.rounds):
        weeks = WEEKS_BETWEEN_ROUNDS * (seeder.size.rounds - number)
        for question in questions:
            for founder in founders:
                score = Score(
                    **seeder.common,
                    question=question,
                    value=seeder.dice.below(6),
                    reason=seeder.canaries.mark("score", "reason"),
                    by=founder,
                    round=number + 1,
                    supersedes=before.get((question.pk, founder.pk)),
                    supported=seeder.dice.below(3),
                    recorded_at=seeder.now - timedelta(weeks=weeks),
                )
                before[question.pk, founder.pk] = score
                scores.append(score)
    Score.objects.bulk_create(scores, batch_size=BATCH)
