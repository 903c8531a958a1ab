"""How the questions of a whole venture stood at two moments: two queries, whatever its
size.

Drawn from what the scheduler noted (milestones/noted.py), so evidence shows within a
minute; claims come from their own rows and are never late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from discovery.models import Segment
from milestones.facts import Facts
from milestones.models import Challenge, Question, QuestionState, Score
from milestones.noted import Noted, from_json
from milestones.reports.board import Moment, Row, rows_of
from milestones.reports.loading import by_question, scores_of
from milestones.scope import Scope, rows_by, versions_of

if TYPE_CHECKING:
    from core.models import Workspace


@dataclass(frozen=True)
class Waiting:
    """Challenges that nobody answered: how many, and the oldest of them."""

    count: int
    since: datetime
    by: str


@dataclass(frozen=True)
class Moved:
    """The eleven of one segment; `row.was` is the same question at the earlier moment.

    `keys` and `challenges` by number of the question. `is_noted`: whether the scheduler has been
    there; before, only claims are known. `interviews` that qualify.
    """

    segment: Segment | None
    rows: tuple[Row, ...]
    keys: Mapping[int, UUID]
    challenges: Mapping[int, Waiting]
    is_noted: bool
    interviews: int


@dataclass(frozen=True)
class Look:
    """Who looks, from when to when. `scores`: whether this reader scores, too, and so
    must not see what others claim in a round that is still open."""

    viewer: str
    scores: bool
    since: datetime
    now: datetime


def boards_between(workspace: Workspace, look: Look) -> tuple[Moved, ...]:
    """One for each segment still pursued, the first one first; of a venture without
    any, one that is empty. As the viewer may see it."""
    questions = questions_of(workspace, look.since, look.now)
    said = scores_of(Q(question__in=[row.pk for row in questions]), workspace)
    given = tuple(by_question(said[kind]) for kind in Score.Kind.values)
    scopes = scopes_of(workspace, questions, look.now)
    return tuple(moved(scope, given, look) for scope in scopes)


def questions_of(workspace: Workspace, since: datetime, now: datetime) -> list[Any]:
    """Of all versions, with their states at both moments and what waits for an answer."""
    states = QuestionState.objects.filter(question=OuterRef("pk")).order_by(
        "-at", "-pk"
    )
    was_open = Q(closed_at__isnull=True) | Q(closed_at__gt=now)
    asked = Challenge.objects.filter(
        was_open,
        question=OuterRef("pk"),
        kind=Challenge.Kind.EVIDENCE,
        opened_at__lte=now,
    )
    counts = asked.order_by().values("question").annotate(n=Count("pk"))
    oldest = asked.order_by("opened_at", "pk")
    rows = Question.objects.in_workspace(workspace).annotate(
        noted_now=Subquery(states.filter(at__lte=now).values("state")[:1]),
        noted_then=Subquery(states.filter(at__lte=since).values("state")[:1]),
        asked=Coalesce(Subquery(counts.values("n")), 0),
        asked_since=Subquery(oldest.values("opened_at")[:1]),
        asked_by=Subquery(oldest.values("by__name")[:1]),
    )
    rows = rows.select_related("segment__model_version", "model_version")
    return list(rows.order_by("model_version__number", "number", "pk"))


def scopes_of(
    workspace: Workspace, questions: Sequence[Any], now: datetime
) -> list[Scope]:
    """Segments that are dropped by now are not told of, whenever one looks."""
    known = {row.segment_id: row.segment for row in questions if row.segment}
    pursued = [
        segment
        for segment in known.values()
        if segment.status != Segment.Status.DROPPED and segment.created_at <= now
    ]
    pursued.sort(key=lambda segment: (segment.created_at, segment.pk))
    return [
        scope_in(workspace, segment, tuple(pursued), questions)
        for segment in pursued or [None]
    ]


def scope_in(
    workspace: Workspace,
    segment: Segment | None,
    segments: tuple[Segment, ...],
    questions: Sequence[Any],
) -> Scope:
    key = segment and segment.pk
    asked = tuple(row for row in questions if row.segment_id in (None, key))
    versions = versions_of(segments, asked)
    version = versions[-1] if versions else None
    return Scope(
        workspace=workspace,
        segment=segment,
        segments=segments,
        version=version,
        versions=versions,
        rows=rows_by(asked, version),
        asked=asked,
    )


def moved(scope: Scope, given: tuple, look: Look) -> Moved:
    held = scope.held(scope.workspace.today(look.since))
    scope = scope.held(scope.workspace.today(look.now))
    rows = board_at(scope, given, "noted_now", look, look.now)
    before = board_at(held, given, "noted_then", look, look.since)
    asked = scope.rows.values()
    first = noted_in(scope.rows.get(1), "noted_now")
    return Moved(
        segment=scope.segment,
        rows=tuple(
            replace(row, was=was) for row, was in zip(rows, before, strict=True)
        ),
        keys={row.number: row.pk for row in asked},
        challenges={
            row.number: Waiting(row.asked, row.asked_since, row.asked_by or "")
            for row in asked
            if row.asked
        },
        is_noted=all(row.noted_now for row in asked),
        interviews=first.interviews if first else 0,
    )


def board_at(
    scope: Scope, given: tuple, state: str, look: Look, at: datetime
) -> tuple[Row, ...]:
    facts = {
        number: facts_of(scope, number, given, state, look) for number in range(1, 12)
    }
    # as of a moment that is over: what was noted is what is drawn
    moment = Moment(scope.workspace.today(at), at, is_past=True)
    return rows_of(scope, facts, look.viewer, look.now, moment)


def facts_of(scope: Scope, number: int, given: tuple, state: str, look: Look) -> Facts:
    row = scope.rows.get(number)
    claims, reviews = given
    noted = noted_in(row, state)
    latest = noted or noted_in(row, "noted_now")
    scorers = set(latest.scorers if latest else ())
    if look.scores:
        # whoever joined since it was noted must not see more than the others
        scorers.add(look.viewer)
    key = row and row.pk
    return Facts(
        number=number,
        links=(),
        answers=(),
        scores=tuple(claims.get(key, ())),
        reviews=tuple(reviews.get(key, ())),
        scorers=dict.fromkeys(scorers, ""),
        noted=noted,
    )


def noted_in(row: Any, state: str) -> Noted | None:
    kept = row and getattr(row, state)
    return from_json(kept) if kept else None
