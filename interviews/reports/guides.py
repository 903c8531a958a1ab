"""A guide with what its questions do well and badly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discovery.models import Feature
from interviews.guide_lint import Finding, lint
from interviews.models import Guide, Interview

if TYPE_CHECKING:
    from core.models import Workspace

MOST_NAMES = 200
# In these talks they know what we make; naming it is no longer selling.
AFTER_THE_DEMO = frozenset(
    {
        Interview.Kind.SOLUTION,
        Interview.Kind.PRICE,
        Interview.Kind.BETA_FEEDBACK,
        Interview.Kind.WIN_LOSS,
        Interview.Kind.SUPPORT,
        Interview.Kind.SALES,
    }
)


@dataclass(frozen=True)
class Judged:
    """`tests_typed` as a form holds it; `is_aimless`: it tests none of the eleven."""

    text: str
    tests: tuple[int, ...]
    tests_typed: str
    findings: tuple[Finding, ...]

    @property
    def is_aimless(self) -> bool:
        return bool(self.text) and not self.tests_typed.strip()


def judged(
    text: str,
    *,
    ours: Collection[str],
    kind: str,
    tests: Collection[int] = (),
    tests_typed: str | None = None,
) -> Judged:
    shown = ", ".join(str(number) for number in tests)
    return Judged(
        text=text,
        tests=tuple(tests),
        tests_typed=shown if tests_typed is None else tests_typed,
        findings=lint(text, ours=ours, knows_it=kind in AFTER_THE_DEMO),
    )


def judged_guide(guide: Guide) -> list[Judged]:
    ours = own_names(guide.workspace)
    return [
        judged(question.text, ours=ours, kind=guide.kind, tests=question.tests)
        for question in guide.questions.all()
    ]


def own_names(workspace: Workspace) -> list[str]:
    """How the venture calls what it makes: itself, and its features."""
    features = Feature.objects.in_workspace(workspace).kept()
    names = features.order_by("name").values_list("name", flat=True)[:MOST_NAMES]
    return [workspace.name, *names]
