"""What every part of a sample is built with, and the order of time it is built in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from core.models import User, Workspace
from discovery.models import Feature, Hypothesis, Need, Problem, Segment
from interviews.models import Guide, Survey
from milestones.actions.noting import note_moment
from milestones.models import Question

# after whatever else happened on that day
NOTED_AFTER = timedelta(hours=3)


@dataclass(frozen=True)
class Market:
    """The rows by the keys of the data."""

    segment: Segment
    guide: Guide
    problem: dict[str, Problem]
    need: dict[str, Need]
    feature: dict[str, Feature]
    hypothesis: dict[str, Hypothesis]
    survey: dict[str, Survey] = field(default_factory=dict)

    def target(self, to: str) -> dict[str, Any]:
        """ "problem/evening" as what link_quote takes."""
        kind, key = to.split("/")
        return {kind: int(key) if kind == "rung" else getattr(self, kind)[key]}


@dataclass
class Builder:
    """Steps are collected with the days they lie back, and played oldest first."""

    workspace: Workspace
    owner: User
    founder: User
    advisor: User
    now: datetime
    steps: list[tuple[int, Callable[[], object]]] = field(default_factory=list)
    _questions: dict[int, Question] = field(default_factory=dict)

    def ago(self, days: int) -> datetime:
        """The same time of day there, so that summer time moves nothing to another day
        than `on(days)` says."""
        there = self.now.astimezone(self.workspace.zone)
        return (there - timedelta(days=days)).astimezone(UTC)

    def day(self, ahead: int) -> date:
        return self.workspace.today(self.now) + timedelta(days=ahead)

    def on(self, when: date | int) -> date:
        """A day of the calendar, or one so many days ago."""
        return self.day(-when) if isinstance(when, int) else when

    def question(self, number: int) -> Question:
        """The row of the newest version of the model."""
        if not self._questions:
            rows = Question.objects.in_workspace(self.workspace)
            ordered = rows.order_by("model_version__number")
            self._questions = {row.number: row for row in ordered}
        return self._questions[number]

    def ask_anew(self) -> None:
        """After a pivot some questions have new rows."""
        self._questions = {}

    def then(self, days_ago: int, do: Callable[..., object], *args: Any) -> None:
        self.steps.append((days_ago, partial(do, *args)))

    def play(self, noted_ago: Iterable[int]) -> None:
        """`noted_ago`: the days on which it is noted where every question stands."""
        for days_ago in noted_ago:
            self.then(days_ago, self.note, days_ago)
        for _ago, do in sorted(self.steps, key=lambda step: -step[0]):
            do()

    def note(self, days_ago: int) -> None:
        after = NOTED_AFTER if days_ago else timedelta(0)
        note_moment(self.workspace, self.ago(days_ago) + after)
