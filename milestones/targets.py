"""What a quote can be about: the eleven questions, what the venture wrote down, rungs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from discovery.models import Feature, Hypothesis, Need, Problem
from interviews.reports.rungs import WORDS
from milestones.eleven import ELEVEN

if TYPE_CHECKING:
    from uuid import UUID

    from core.models import Workspace

LONGEST = 90


@dataclass(frozen=True)
class Targets:
    """Rows by the key a form sends. Questions send their number alone."""

    problems: tuple[Problem, ...]
    needs: tuple[Need, ...]
    features: tuple[Feature, ...]
    hypotheses: tuple[Hypothesis, ...]

    def choices(self, segment: UUID | None) -> list[tuple[str, Any]]:
        """Groups for one select. Rows of other segments than the talk's stay out."""

        def options(kind, rows):
            return [
                (f"{kind}:{row.pk}", str(row)[:LONGEST])
                for row in rows
                if segment is None
                or getattr(row, "segment_id", None) in (None, segment)
            ]

        groups = [
            (_("The eleven questions"), question_options()),
            (_("Problems"), options("problem", self.problems)),
            (_("Needs"), options("need", self.needs)),
            (_("Features"), options("feature", self.features)),
            (_("Hypotheses"), options("hypothesis", self.hypotheses)),
            (_("The one who speaks"), [(f"rung:{n}", w) for n, w in WORDS.items()]),
        ]
        return [("", _("Choose")), *((name, rows) for name, rows in groups if rows)]

    def meant(self, key: str) -> dict[str, Any]:
        """`{"number": 4}`, `{"problem": row}` or `{"rung": 2}` for a key of `choices`."""
        kind, _colon, value = key.partition(":")
        if not value:
            return {"number": int(kind)}
        if kind == "rung":
            return {"rung": int(value)}
        rows = (*self.problems, *self.needs, *self.features, *self.hypotheses)
        return {kind: next(row for row in rows if str(row.pk) == value)}


def question_options() -> list[tuple[str, str]]:
    return [(str(q.number), f"{q.number}  {q.wording}") for q in ELEVEN]


def targets_of(workspace: Workspace) -> Targets:
    """Four queries, however many forms are drawn from it."""
    problems = Problem.objects.in_workspace(workspace).current()
    hypotheses = Hypothesis.objects.in_workspace(workspace).filter(successor=None)
    return Targets(
        problems=tuple(problems.exclude(status=Problem.Status.DROPPED)),
        needs=tuple(Need.objects.in_workspace(workspace).current()),
        features=tuple(Feature.objects.in_workspace(workspace).current()),
        hypotheses=tuple(hypotheses),
    )
