"""Hypotheses that were registered first and came true on new customers."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from discovery.models import Hypothesis, HypothesisStatus
from interviews.models import Interview, QuoteLink
from milestones.predictions import Prediction, came_true
from milestones.reports.pieces import (
    QUOTE_FIELDS,
    piece_from,
    speaker_from,
    speakers_in,
)

if TYPE_CHECKING:
    from milestones.facts import Facts
    from milestones.scope import Scope

NO_OTHER_SOURCE = {"document": "", "actual__metric_id": None, "survey_id": None}


def predictions_true(scope: Scope, facts: Facts, moment: datetime) -> int:
    """How many about this question came true by then, in three queries at most."""
    held = held_hypotheses(scope, facts.number, moment)
    if not held:
        return 0
    pieces = pieces_of(held, scope.workspace)
    evidence = [link.piece for link in facts.links_at(moment)]
    today_of = scope.workspace.today
    return sum(
        came_true(
            Prediction(today_of(row.registered_at), tuple(pieces[row.pk])), evidence
        )
        for row in held
    )


def held_hypotheses(scope: Scope, number: int, moment: datetime) -> list[Hypothesis]:
    """Those about this question, of the segment or of all, that stood as held."""
    last = HypothesisStatus.objects.filter(hypothesis=OuterRef("pk"), at__lte=moment)
    rows = (
        Hypothesis.objects.filter(
            Q(segment=scope.segment) | Q(segment__isnull=True),
            workspace=scope.workspace,
            registered_at__lte=moment,
        )
        .annotate(stood=Subquery(last.order_by("-at", "-pk").values("status")[:1]))
        .filter(stood=HypothesisStatus.Status.VALIDATED)
    )
    return [row for row in rows if number in row.questions]


def pieces_of(hypotheses, workspace):
    """{hypothesis id: pieces it was settled on}"""
    links = QuoteLink.objects.standing().filter(
        hypothesis__in=hypotheses,
        quote__interview__trashed_at__isnull=True,
        quote__interview__state=Interview.State.FINISHED,
    )
    rows = list(
        links.values(
            *("pk", "stance", "grade", "hypothesis_id", "quote__interview__held_at"),
            *QUOTE_FIELDS,
        )
    )
    unnamed = {r["quote__interview_id"] for r in rows if not r["quote__person_id"]}
    speakers = speakers_in(unnamed)
    found = defaultdict(list)
    for row in rows:
        day = workspace.today(row["quote__interview__held_at"])
        full = row | NO_OTHER_SOURCE | {"occurred_on": day}
        piece = piece_from(full, speaker_from(row, speakers))
        found[row["hypothesis_id"]].append(piece)
    return found
