"""Rows of the database as facts: five queries for a board, however much is linked.

A sixth finds who spoke where a quote names nobody.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, When

from core.models import Permission
from interviews.models import Interview
from milestones.facts import Facts, Scored, Written
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


def load_board(scope, moment):
    """`{number: Facts}` for the eleven; what is noted, as of `moment`."""
    return load(scope, scope.of_board(), range(1, 12), moment)


def load_some(scope, numbers, moment):
    """Like `load_board`, of fewer questions."""
    rows = [scope.rows[number].pk for number in numbers if number in scope.rows]
    return load(scope, Q(question__in=rows), numbers, moment)


def load_question(scope, number, moment):
    return load(scope, scope.of_question(number), (number,), moment)[number]


def load(scope, condition, numbers, moment):
    links = by_number(links_of(condition))
    answers = by_number(answers_of(condition))
    said = scores_of(condition, scope.workspace)
    scores = by_number(said[Score.Kind.CLAIMED])
    reviews = by_number(said[Score.Kind.REVIEWED])
    scorers = scorers_of(scope.workspace)
    known = known_of(scope, numbers, moment)
    today_of = scope.workspace.today
    return {
        number: Facts(
            number=number,
            links=tuple(links[number]),
            answers=tuple(answers[number]),
            scores=tuple(scores[number]),
            reviews=tuple(reviews[number]),
            scorers=scorers,
            of_consumers=not scope.workspace.sells_to_businesses,
            **slow_facts(known[number].state),
            challenged_on=(
                known[number].challenged_at and today_of(known[number].challenged_at)
            ),
            interviews=known[number].interviews,
        )
        for number in numbers
    }


NOTHING_SLOW = {
    "noted": None,
    "instrument": None,
    "predictions": 0,
    "challenged_on": None,
}


def slow_facts(noted: Noted | None) -> dict[str, Any]:
    if noted is None:
        return {}
    return {
        "noted": noted,
        "instrument": noted.instrument,
        "predictions": noted.predictions,
    }


def load_noted(scope, facts, moment):
    """The same facts with what was noted by another moment: one query."""
    known = known_of(scope, facts, moment)
    return {
        number: replace(found, **(NOTHING_SLOW | slow_facts(known[number].state)))
        for number, found in facts.items()
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


def by_number(facts):
    sorted_out = defaultdict(list)
    for fact in facts:
        sorted_out[fact.number].append(fact)
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
    )
    return [
        Written(str(pk), number, statement, looked, at, follows and str(follows))
        for pk, number, statement, looked, at, follows in rows
    ]


def scores_of(condition, workspace):
    """Claims and reviews, by kind of score."""
    rows = Score.objects.filter(condition).values(
        "pk",
        "kind",
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
    )


def key_of(pk):
    return None if pk is None else str(pk)
