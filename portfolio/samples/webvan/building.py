"""What every part of the sample is built with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from core.models import User, Workspace
from discovery.models import Feature, Hypothesis, Need, Problem, Segment
from interviews.models import Guide
from milestones.models import Question


@dataclass(frozen=True)
class Market:
    """The rows by the keys of the data."""

    segment: Segment
    guide: Guide
    problem: dict[str, Problem]
    need: dict[str, Need]
    feature: dict[str, Feature]
    hypothesis: dict[str, Hypothesis]

    def target(self, to: str) -> dict[str, Any]:
        """ "problem/evening" as what link_quote takes."""
        kind, key = to.split("/")
        return {kind: int(key) if kind == "rung" else getattr(self, kind)[key]}


@dataclass
class Builder:
    workspace: Workspace
    owner: User
    founder: User
    now: datetime

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day(self, ahead: int) -> Any:
        return self.workspace.today(self.now) + timedelta(days=ahead)

    def question(self, number: int) -> Question:
        return self._questions[number]

    @cached_property
    def _questions(self) -> dict[int, Question]:
        rows = Question.objects.in_workspace(self.workspace)
        return {row.number: row for row in rows}
