"""Where every question of a venture stands, with what takes long to work out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from discovery.models import Segment
from milestones.facts import Facts
from milestones.models import Question
from milestones.noted import Noted
from milestones.reports.board import Moment, state_of
from milestones.reports.loading import load_some
from milestones.reports.predictions import predictions_true
from milestones.scope import Scope, scope_of
from milestones.signals import instrument_of, signals_of, verdicts_of

if TYPE_CHECKING:
    from core.models import Workspace


@dataclass(frozen=True)
class Found:
    """One question: the facts behind its state, the state, and what was noted last."""

    question: Question
    facts: Facts
    noted: Noted

    @property
    def before(self) -> Noted | None:
        return self.facts.noted


def states_of(workspace: Workspace, moment: datetime) -> Iterator[Found]:
    """Every question of every segment still pursued, and those of the whole model."""
    segments = Segment.objects.in_workspace(workspace).order_by("created_at", "pk")
    pursued = segments.exclude(status=Segment.Status.DROPPED)
    seen = set()
    for key in [*pursued.values_list("pk", flat=True)] or [None]:
        scope = scope_of(workspace, key)
        # those of the whole model come with the first segment
        new = {n: row for n, row in scope.rows.items() if row.pk not in seen}
        facts = load_some(scope, {1, *new}, moment)
        for number, question in new.items():
            noted = noted_of(scope, facts[number], facts[1].interviews, moment)
            yield Found(question, facts[number], noted)
        seen.update(row.pk for row in new.values())


def noted_of(scope: Scope, facts: Facts, interviews: int, moment: datetime) -> Noted:
    signals = signals_of(scope, facts.number, now=moment)
    instrument = instrument_of(signals)
    predictions = predictions_true(scope, facts, moment)
    today = scope.workspace.today(moment)
    state = state_of(
        replace(facts, instrument=instrument, predictions=predictions),
        Moment(today, moment, is_past=False),
    )
    return Noted(
        support=state.support,
        supporting=state.supporting,
        against=state.against,
        newest=state.newest,
        has_answer=state.has_answer,
        scorers=tuple(sorted(facts.scorers)),
        interviews=interviews,
        signals=verdicts_of(signals),
        instrument=instrument,
        predictions=predictions,
    )
