"""The learning log of a curve, quarter by quarter, with what the yield did meanwhile."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from core.spreadsheets import write_csv
from core.weeks import Cadence, label, period_of
from discovery.models import Person
from forecasts.learning_effect import Effect, effect_of
from forecasts.models import LearningEntry, SalesCurve, SalesLesson
from forecasts.selling import curve_of
from forecasts.selling.words import whole
from interviews.models import Interview

A_PAGE = 25
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
    """`count`: of all changes in it, also on other pages."""

    name: str
    entries: tuple[Entry, ...]
    count: int


@dataclass(frozen=True)
class LearningLog:
    """`silent`: talks of the kind sales, held so far, that nobody learned from yet.
    `lessons` are the newest, where there are more."""

    curve: SalesCurve
    page: Page
    quarters: tuple[LogQuarter, ...]
    lessons: tuple[Lesson, ...]
    has_more_lessons: bool
    silent: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(one for quarter in self.quarters for one in quarter.entries)


def log_of(curve: SalesCurve, *, now: datetime, number: str = "") -> LearningLog:
    """One page, the newest first. `curve` comes with its workspace and
    `selling_settings`."""
    workspace = curve.workspace
    page = Paginator(entries_of(curve), A_PAGE).get_page(number)
    lessons = list(lessons_in(workspace)[: SHOWN + 1])
    return LearningLog(
        curve=curve,
        page=page,
        quarters=tuple(quarters_of(curve, list(page), workspace.today(now))),
        lessons=tuple(map(lesson_of, lessons[:SHOWN])),
        has_more_lessons=len(lessons) > SHOWN,
        silent=silent_talks(workspace).count(),
    )


def entries_of(curve: SalesCurve):
    """What stands of each change, the newest first."""
    rows = LearningEntry.objects.filter(curve=curve).current()
    return rows.select_related("by").order_by("-changed_on", "-recorded_at", "pk")


def quarters_of(curve: SalesCurve, rows: list[LearningEntry], today: date):
    """`rows`: some of `entries_of`, in its order."""
    counts = counts_around(curve, rows)
    # question 8 changes the phase alone, and none is told here
    course = curve_of(curve, today=today, question_8=None, with_names=False).course
    for start, found in groupby(rows, quarter_of):
        yield LogQuarter(
            name=label(period_of(start, Cadence.QUARTERLY)),
            count=counts[start],
            entries=tuple(
                Entry(
                    row=row,
                    effect=effect_of(course.quarters, row.changed_on, course.limits),
                    beside=counts[start] - 1,
                    currency=curve.currency,
                )
                for row in found
            ),
        )


def counts_around(curve: SalesCurve, rows: list[LearningEntry]) -> Counter[date]:
    """How many changes each quarter has that `rows` touch."""
    if not rows:
        return Counter()
    last = period_of(rows[0].changed_on, Cadence.QUARTERLY).end
    between = {"changed_on__gte": quarter_of(rows[-1]), "changed_on__lte": last}
    found = LearningEntry.objects.filter(curve=curve, **between).current()
    days = found.order_by().values_list("changed_on").annotate(n=Count("pk"))
    counts: Counter[date] = Counter()
    for day, n in days:
        counts[period_of(day, Cadence.QUARTERLY).start] += n
    return counts


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


def log_csv(curve: SalesCurve, today: date) -> str:
    """All pages."""
    found = quarters_of(curve, list(entries_of(curve)), today)
    rows = (cells(one.name, entry) for one in found for entry in one.entries)
    return write_csv(COLUMNS, rows)
