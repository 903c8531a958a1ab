"""How far each criterion of a question is met, by a day: who said so, and why."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from milestones.eleven import template
from milestones.models import CriterionAnswer

# a shape for each state, so that none is told by colour alone
ICONS = {"unknown": "ring", "no": "cross", "partly": "half", "yes": "check"}


@dataclass(frozen=True)
class Line:
    """One criterion. `key` of the row that stands, None before anybody said anything."""

    criterion: int
    text: str
    state: str
    note: str
    by_name: str
    at: datetime | None
    key: Hashable | None

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def word(self) -> str:
        return str(CriterionAnswer.State(self.state).label)


@dataclass(frozen=True)
class Criteria:
    """Those of one question, in their order."""

    lines: tuple[Line, ...]

    @property
    def met(self) -> int:
        return sum(line.state == CriterionAnswer.State.YES for line in self.lines)

    @property
    def is_untouched(self) -> bool:
        return all(line.key is None for line in self.lines)

    @property
    def sentence(self) -> str:
        """There is no share of criteria: a count, and whose judgement it is."""
        if self.is_untouched:
            return _("Nobody has gone through them yet.")
        counts = {"met": self.met, "all": len(self.lines)}
        return _("%(met)s of %(all)s are met, as the team sees it.") % counts


def criteria_of(workspace, numbers, moment):
    """`{id of the question: Criteria}` as they stood then. One query. `numbers`:
    the number of the eleven by the question's id."""
    rows = list(
        CriterionAnswer.objects.in_workspace(workspace)
        .filter(question__in=numbers, recorded_at__lte=moment)
        .select_related("by")
    )
    replaced = {row.supersedes_id for row in rows}
    standing = {
        (row.question_id, row.criterion): row for row in rows if row.pk not in replaced
    }
    return {
        pk: Criteria(
            tuple(
                line_of(n, text, standing.get((pk, n)))
                for n, text in enumerate(template(number).criteria, start=1)
            )
        )
        for pk, number in numbers.items()
    }


def line_of(criterion, text, row):
    return Line(
        criterion=criterion,
        text=text,
        state=row.state if row else CriterionAnswer.State.UNKNOWN.value,
        note=row.note if row else "",
        by_name=str(row.by) if row else "",
        at=row.recorded_at if row else None,
        key=row.pk if row else None,
    )
