"""Rows of the database as facts: five queries for a board, however much is linked.

A sixth finds who spoke where a quote names nobody.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, When

from core.models import Permission
from interviews.models import Interview
from milestones.facts import Facts, Link, Scored, Written
from milestones.models import (
    Answer,
    Challenge,
    Question,
    QuestionState,
    Score,
)
from milestones.noted import Noted, from_json
from milestones.reports.pieces import links_of


@dataclass(frozen=True)
class Known:
    """What was noted or asked about one question by a moment."""

    state: Noted | None = None
    challenged_at: datetime | None = None
    interviews: int = 0


@dataclass(frozen=True)
class Loaded:
    """Everything ever linked, written and scored, by id of the question's row."""

    links: dict[Any, list[Link]]
    answers: dict[Any, list[Written]]
    claims: dict[Any, list[Scored]]
    reviews: dict[Any, list[Scored]]
    scorers: dict[str, str]


def load_board(scope, moment):
    """`{number: Facts}` for the eleven; what is noted, as of `moment`."""
    return facts_of(scope, range(1, 12), loaded(scope.of_board(), scope), moment)


def load_both(scope, moment, earlier, then):
    """Two boards of a venture for the price of one, and one query more: `earlier` may
    ask some of its questions by other rows. Both as of their own moment."""
    both = scope.of_board() | earlier.of_board()
    found = loaded(both, scope, with_sources=True)
    return (
        facts_of(scope, range(1, 12), found, moment),
        facts_of(earlier, range(1, 12), found, then),
    )


def load_some(scope, numbers, moment):
    """Like `load_board`, of fewer questions."""
    rows = [scope.rows[number].pk for number in numbers if number in scope.rows]
    return facts_of(scope, numbers, loaded(Q(question__in=rows), scope), moment)


def load_question(scope, number, moment):
    found = loaded(scope.of_question(number), scope)
    return facts_of(scope, (number,), found, moment)[number]


def load_with_earlier(scope, number, moment):
    """Like `load_question`, for no query more with what was claimed under each version
    of the model that asked this question, up to this one."""
    asked = [row for row in scope.asked if row.number == number]
    known = {row.pk: row.model_version.number for row in asked}
    versions = {pk: n for pk, n in known.items() if n <= scope.version.number}
    scored = Q(question__in=versions)
    found = loaded(scope.of_question(number), scope, scored=scored, with_people=True)
    claims = {n: found.claims.get(pk, []) for pk, n in versions.items()}
    return facts_of(scope, (number,), found, moment)[number], claims


def loaded(condition, scope, scored=None, *, with_people=False, with_sources=False):
    """`scored`: whose scores are read, if not those of the same questions;
    `with_people` and `with_sources` as `links_of` means them."""
    said = scores_of(condition if scored is None else scored, scope.workspace)
    return Loaded(
        links=by_question(
            links_of(condition, with_people=with_people, with_sources=with_sources)
        ),
        answers=by_question(answers_of(condition)),
        claims=by_question(said[Score.Kind.CLAIMED]),
        reviews=by_question(said[Score.Kind.REVIEWED]),
        scorers=scorers_of(scope.workspace),
    )


def facts_of(scope, numbers, found, moment):
    known = known_of(scope, numbers, moment)
    today_of = scope.workspace.today
    keys = {number: row.pk for number, row in scope.rows.items()}
    return {
        number: Facts(
            number=number,
            links=tuple(found.links.get(keys.get(number), ())),
            answers=tuple(found.answers.get(keys.get(number), ())),
            scores=tuple(found.claims.get(keys.get(number), ())),
            reviews=tuple(found.reviews.get(keys.get(number), ())),
            scorers=found.scorers,
            of_consumers=not scope.workspace.sells_to_businesses,
            **slow_facts(known[number].state),
            challenged_on=(
                known[number].challenged_at and today_of(known[number].challenged_at)
            ),
            interviews=known[number].interviews,
        )
        for number in numbers
    }


def slow_facts(noted: Noted | None) -> dict[str, Any]:
    if noted is None:
        return {}
    return {
        "noted": noted,
        "instrument": noted.instrument,
        "predictions": noted.predictions,
    }


def known_of(scope, numbers, moment):
    """One query: the last state, the oldest open challenge, and the qualifying talks."""
    rows = [scope.rows[number].pk for number in numbers if number in scope.rows]
    states = QuestionState.objects.filter(question=OuterRef("pk"), at__lte=moment)
    asked = Challenge.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gt=moment),
        question=OuterRef("pk"),
        kind=Challenge.Kind.EVIDENCE,
        opened_at__lte=moment,
    )
    found = Question.objects.filter(pk__in=rows).annotate(
        noted=Subquery(states.order_by("-at", "-pk").values("state")[:1]),
        challenged_at=Subquery(asked.order_by("opened_at").values("opened_at")[:1]),
        talks=Case(
            When(number=1, then=talks_of_segment()), output_field=IntegerField()
        ),
    )
    known = defaultdict(Known)
    for row in found:
        state = row.noted and from_json(row.noted)
        known[row.number] = Known(state, row.challenged_at, row.talks or 0)
    return known


def talks_of_segment():
    counted = Interview.objects.filter(segment=OuterRef("segment")).qualifying()
    counts = counted.order_by().values("segment").annotate(n=Count("pk"))
    return Subquery(counts.values("n"))


def by_question(facts):
    sorted_out = defaultdict(list)
    for fact in facts:
        sorted_out[fact.question].append(fact)
    return sorted_out


def scorers_of(workspace):
    """Who scores today: key → name."""
    members = workspace.memberships.current().with_permission(Permission.SCORE)
    return {str(m.user_id): str(m.user) for m in members.select_related("user")}


def answers_of(condition):
    rows = Answer.objects.filter(condition).values_list(
        "pk",
        "question__number",
        "statement",
        "looked_against",
        "recorded_at",
        "supersedes_id",
        "question_id",
    )
    return [
        Written(str(pk), number, *words, at, key_of(follows), question)
        for pk, number, *words, at, follows, question in rows
    ]


def scores_of(condition, workspace):
    """Claims and reviews, by kind of score."""
    rows = Score.objects.filter(condition).values(
        "pk",
        "kind",
        "question_id",
        "question__number",
        "by_id",
        "by__name",
        "by__email",
        "value",
        "reason",
        "supported",
        "round",
        "recorded_at",
        "supersedes_id",
    )
    found = defaultdict(list)
    for row in rows:
        found[row["kind"]].append(scored_from(row, workspace))
    return found


def scored_from(row, workspace):
    return Scored(
        key=str(row["pk"]),
        number=row["question__number"],
        author=str(row["by_id"]),
        value=row["value"],
        supported=row["supported"],
        round=row["round"],
        at=row["recorded_at"],
        on=workspace.today(row["recorded_at"]),
        follows=key_of(row["supersedes_id"]),
        author_name=row["by__name"] or row["by__email"],
        reason=row["reason"],
        question=row["question_id"],
    )


def key_of(pk):
    return None if pk is None else str(pk)
