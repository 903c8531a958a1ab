"""The learning log of a curve, quarter by quarter, with what the yield did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from core.spreadsheets import write_csv
from core.weeks import Cadence, label, period_of
from discovery.models import Person
from forecasts.learning_effect import Effect, effect_of
from forecasts.models import LearningEntry, SalesCurve, SalesLesson
from forecasts.selling import curve_of
from forecasts.selling.words import whole
from interviews.models import Interview

# of lessons, which are of the whole venture
SHOWN = 50


@dataclass(frozen=True)
class Entry:
    """`beside`: how many other changes fall into the same quarter."""

    row: LearningEntry
    effect: Effect
    beside: int
    currency: str

    @property
    def says(self) -> str:
        return self.effect.sentence(self.currency)


@dataclass(frozen=True)
class Lesson:
    """What a sales talk taught. `key` is the talk's."""

    key: object
    kind: str
    held_at: datetime
    learned: str
    by: str


@dataclass(frozen=True)
class LogQuarter:
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LearningLog:
    """`silent`: talks of the kind sales, held so far, that nobody learned from yet."""

    curve: SalesCurve
    quarters: tuple[LogQuarter, ...]
    lessons: tuple[Lesson, ...]
    silent: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(one for quarter in self.quarters for one in quarter.entries)


def log_of(curve: SalesCurve, *, now: datetime) -> LearningLog:
    """The newest first. `curve` comes with its workspace and `selling_settings`."""
    workspace = curve.workspace
    return LearningLog(
        curve=curve,
        quarters=tuple(quarters_of(curve, workspace.today(now))),
        lessons=tuple(map(lesson_of, lessons_in(workspace)[:SHOWN])),
        silent=silent_talks(workspace).count(),
    )


def quarters_of(curve: SalesCurve, today: date):
    rows = LearningEntry.objects.filter(curve=curve).current()
    rows = rows.select_related("by").order_by("-changed_on", "-recorded_at", "pk")
    # question 8 changes the phase alone, and none is told here
    course = curve_of(curve, today=today, question_8=None, with_names=False).course
    for start, found in groupby(rows, quarter_of):
        entries = list(found)
        yield LogQuarter(
            name=label(period_of(start, Cadence.QUARTERLY)),
            entries=tuple(
                Entry(
                    row=row,
                    effect=effect_of(course.quarters, row.changed_on, course.limits),
                    beside=len(entries) - 1,
                    currency=curve.currency,
                )
                for row in entries
            ),
        )


def quarter_of(row: LearningEntry) -> date:
    return period_of(row.changed_on, Cadence.QUARTERLY).start


def lessons_in(workspace) -> QuerySet[SalesLesson]:
    """What stands of each, the latest talks first."""
    rows = SalesLesson.objects.filter(workspace=workspace).current()
    rows = rows.filter(talk__in=open_talks(workspace).order_by().values("pk"))
    rows = rows.select_related("talk", "by").order_by("-talk__held_at", "pk")
    return rows.defer("talk__notes")


def lesson_of(row: SalesLesson) -> Lesson:
    return Lesson(
        key=row.talk_id,
        kind=str(row.talk.get_kind_display()),
        held_at=row.talk.held_at,
        learned=row.learned,
        by=str(row.by or ""),
    )


def open_talks(workspace) -> QuerySet[Interview]:
    """Finished, and none whose notes are hidden: somebody in it agreed to nothing."""
    refused = Interview.objects.in_workspace(workspace).filter(
        people__consent=Person.Consent.NONE
    )
    finished = Interview.objects.in_workspace(workspace).finished()
    return finished.exclude(pk__in=refused.order_by().values("pk"))


def silent_talks(workspace) -> QuerySet[Interview]:
    return open_talks(workspace).filter(kind=Interview.Kind.SALES, lessons=None)


def curves_in(workspace) -> list[SalesCurve]:
    """Those still open first."""
    rows = SalesCurve.objects.in_workspace(workspace)
    rows = rows.select_related("workspace__selling_settings")
    return sorted(rows, key=lambda row: row.closed_at is not None)


# --- the file --------------------------------------------------------------------
COLUMNS = (
    *("quarter", "changed_on", "area", "changed", "expected", "learned"),
    *("quarter_before", "yield_before", "quarter_after", "yield_after"),
    *("too_few_reps", "changes_in_quarter", "by"),
)


def cells(name: str, one: Entry) -> tuple:
    """Yields in whole units of the currency, of a year and one full-time rep."""
    row, effect = one.row, one.effect
    return (
        *(name, row.changed_on, row.area, row.changed, row.expected, row.learned),
        *yield_cells(effect.before, one.currency),
        *yield_cells(effect.after, one.currency),
        *("yes" if effect.is_thin else "no", one.beside + 1, str(row.by or "")),
    )


def yield_cells(quarter, currency: str) -> tuple:
    if quarter is None:
        return ("", None)
    return (quarter.name, whole(quarter.measured.sales_yield, currency))


def log_csv(log: LearningLog) -> str:
    rows = (cells(one.name, entry) for one in log.quarters for entry in one.entries)
    return write_csv(COLUMNS, rows)
