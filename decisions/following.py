"""PURE. What follows from a decision: who does what, and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.written import is_written

# So many lines the form of a decision has.
MOST = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `owner` is a user's id as text."""

    what: str = ""
    owner: str = ""
    due_on: date | None = None

    @classmethod
    def of(cls, kept: Mapping[str, str | None]) -> "Task":
        """From what is kept as JSON; the day is an ISO text."""
        due_on = kept.get("due_on")
        return cls(
            what=str(kept.get("what") or ""),
            owner=str(kept.get("owner") or ""),
            due_on=date.fromisoformat(due_on) if due_on else None,
        )

    def as_kept(self) -> dict[str, str | None]:
        return {
            "what": self.what,
            "owner": self.owner,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }

    @property
    def is_begun(self) -> bool:
        return is_written(self.what) or bool(self.owner or self.due_on)

    def problem(self, today: date) -> str:
        """What it lacks, or an empty text."""
        if not is_written(self.what):
            return "Say what is to be done."
        if not self.owner:
            return "Say who does it."
        if self.due_on is None:
            return "Say by when it is done."
        return "" if self.due_on > today else "The day must lie ahead."


def lacking(tasks: Iterable[Task], today: date) -> str:
    """The first thing that keeps these from standing, or an empty text."""
    begun = [task for task in tasks if task.is_begun]
    if not begun:
        return "Name one thing that follows, who does it, and by when."
    return next((words for task in begun if (words := task.problem(today))), "")
