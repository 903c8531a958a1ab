"""Questions, evidence and rounds of scores."""

from collections import defaultdict
from datetime import timedelta

from interviews.models.grades import Grade, Stance
from milestones.actions import open_questions
from milestones.models import (
    Answer,
    BoardPulse,
    EvidenceLink,
    Question,
    QuestionState,
    Score,
)
from milestones.noted import Noted, to_json
from milestones.support import Case
from milestones.support_words import assess
from portfolio.seeding.market import Seeder
from portfolio.seeding.reviewing import seed_reviews
from portfolio.seeding.talks import BATCH, Talks
from portfolio.seeding.team import Team

STANCES = (Stance.SUPPORTS, Stance.SUPPORTS, Stance.SUPPORTS, Stance.CONTRADICTS)
WEEKS_BETWEEN_ROUNDS = 4


def seed_knowledge(seeder: Seeder, talks: Talks, team: Team) -> None:
    """Every segment has its eleven questions answered and scored."""
    founders = team.founders
    open_questions(seeder.workspace, by=founders[0], now=seeder.now)
    questions = list(
        Question.objects.in_workspace(seeder.workspace)
        .select_related("segment")
        .order_by("number", "segment__created_at", "pk")
    )
    seed_answers(seeder, questions, founders[0])
    seed_evidence(seeder, questions, talks)
    seed_scores(seeder, questions, founders)
    seed_reviews(seeder, questions, founders, team.advisors)
    seed_states(seeder, questions, founders)


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
    for number, weeks in enumerate(round_weeks(seeder)):
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


def seed_states(seeder, questions, founders):
    """As the scheduler noted them after each round; where they stand now, it works out
    by itself."""
    scorers = tuple(sorted(str(founder.pk) for founder in founders))
    QuestionState.objects.bulk_create(
        (
            state_of(seeder, question, scorers, weeks)
            for weeks in round_weeks(seeder)
            for question in questions
        ),
        batch_size=BATCH,
    )
    BoardPulse.objects.create(
        workspace=seeder.workspace,
        noted_at=noted_at(seeder, WEEKS_BETWEEN_ROUNDS),
        noted_on=noted_at(seeder, WEEKS_BETWEEN_ROUNDS).date(),
    )


def round_weeks(seeder):
    """How many weeks ago each round was, oldest first."""
    rounds = range(seeder.size.rounds, 0, -1)
    return [WEEKS_BETWEEN_ROUNDS * number for number in rounds]


def noted_at(seeder, weeks):
    return seeder.now - timedelta(weeks=weeks) + timedelta(hours=1)


def state_of(seeder, question, scorers, weeks):
    moment = noted_at(seeder, weeks)
    support = assess(
        Case(
            number=question.number,
            answer="written",
            has_searched=True,
            pieces=(),
            today=moment.date(),
        )
    )
    noted = Noted(
        support=support,
        supporting=seeder.dice.below(9),
        against=seeder.dice.below(4),
        newest=moment.date(),
        has_answer=True,
        scorers=scorers,
        interviews=seeder.dice.below(100),
    )
    return QuestionState(
        **seeder.common,
        question=question,
        at=moment,
        supported=support.level,
        state=to_json(noted),
    )
