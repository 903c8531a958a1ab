"""What the pages of an import say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.importing.choosing import Lines, Mended, column_name, mark_now
from core.importing.forgetting import KEPT
from core.importing.importer import importer_class
from core.importing.starting import may_continue, may_undo, undo_until
from core.models import ImportRow, ImportRun
from core.spreadsheets import write_csv

if TYPE_CHECKING:
    from django.forms import BoundField, Form

    from core.models import Workspace

State = ImportRun.State
Outcome = ImportRow.Outcome
SAMPLES = 3
# of rows to mend, and of rows shown as left; more follow when these are done
SHOWN = 25
WORDS_SHOWN = 80
QUARTERS = (100, 75, 50, 25)


def runs_of(workspace: Workspace) -> QuerySet[ImportRun]:
    runs = ImportRun.objects.in_workspace(workspace).filter(total__gt=0)
    return runs.select_related("by").order_by("-created_at", "pk")


# --- columns ---------------------------------------------------------------------
@dataclass(frozen=True)
class Column:
    """A column with what stands in it, beside the select that says what it is."""

    name: str
    samples: tuple[str, ...]
    field: BoundField


def columns_of(run: ImportRun, form: Form) -> list[Column]:
    rows = list(run.rows.order_by("line").values_list("cells", flat=True)[:SAMPLES])
    return [
        Column(
            column_name(run, place),
            tuple(cut(cells[place]) for cells in rows if cells[place : place + 1]),
            form[f"column-{place}"],
        )
        for place in range(len(run.header))
    ]


def cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WORDS_SHOWN else f"{line[:WORDS_SHOWN]}…"


# --- check -----------------------------------------------------------------------
@dataclass(frozen=True)
class WrongCell:
    """`is_long`: a text of several lines."""

    column: int
    name: str
    text: str
    messages: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        return "\n" in self.text or len(self.text) > 2 * WORDS_SHOWN


@dataclass(frozen=True)
class WrongRow:
    """`said`: what is wrong with the row as a whole. `mark`: what it says now, for the
    form to send back."""

    line: int
    label: str
    said: tuple[str, ...]
    cells: tuple[WrongCell, ...]
    mark: str
    is_skipped: bool = False


@dataclass(frozen=True)
class CheckReport:
    create: int
    fill: int
    same: int
    skipped: int
    problems: int
    rows: tuple[WrongRow, ...]

    @property
    def may_run(self) -> bool:
        return not self.problems and self.writes > 0

    @property
    def writes(self) -> int:
        return self.create + self.fill

    @property
    def more(self) -> int:
        return max(0, self.problems - len(self.rows))


def checked_report(run: ImportRun) -> CheckReport:
    wrong = run.rows.filter(outcome=Outcome.PROBLEM).order_by("line")
    found = run.result
    return CheckReport(
        create=found.get("created", 0),
        fill=found.get("filled", 0),
        same=found.get("same", 0),
        skipped=found.get("skipped", 0),
        problems=found.get("problem", 0),
        rows=tuple(wrong_row(run, row) for row in wrong[:SHOWN]),
    )


def wrong_row(run: ImportRun, row: ImportRow) -> WrongRow:
    """Cells with problems may be mended; all mapped ones where it is the row's."""
    by_column: dict[int, list[str]] = {}
    for one in row.problems:
        by_column.setdefault(one["column"], []).append(one["message"])
    whole = tuple(by_column.pop(-1, ()))
    mapped = sorted(int(place) for place in run.mapping)
    places = sorted(by_column) if by_column else mapped
    cells = tuple(
        WrongCell(
            place,
            column_name(run, place),
            row.cells[place],
            tuple(by_column.get(place, ())),
        )
        for place in places
        if place < len(row.cells)
    )
    shown = [cell.column for cell in cells]
    return WrongRow(row.line, label_of(run, row), whole, cells, mark_now(row, shown))


def met_report(run: ImportRun, mended: Mended, changed: Lines) -> CheckReport:
    """What somebody typed, for the lines they were at, beside what stands there now."""
    rows = run.rows.filter(line__in={*mended.cells, *mended.skipped}).order_by("line")
    met = [met_row(run, row, mended, changed) for row in rows if mended.touches(row)]
    return replace(checked_report(run), rows=tuple(met))


def met_row(run: ImportRun, row: ImportRow, mended: Mended, changed: Lines) -> WrongRow:
    typed = mended.cells.get(row.line, {})
    cells = tuple(
        WrongCell(place, column_name(run, place), text, stands(row, place, text))
        for place, text in sorted(typed.items())
        if place < len(row.cells)
    )
    said = (now_is(row),) if row.line in changed else ()
    is_skipped = row.line in mended.skipped
    mark = mark_now(row, typed)
    return WrongRow(row.line, label_of(run, row), said, cells, mark, is_skipped)


def stands(row: ImportRow, place: int, typed: str) -> tuple[str, ...]:
    now = row.cells[place]
    return () if now == typed.strip() else (_("It says now: %s") % (now or "–"),)


def now_is(row: ImportRow) -> str:
    if row.outcome == Outcome.SKIPPED:
        return _("Somebody skipped this line while you were at it.")
    return _("Somebody changed this line while you were at it. Yours is in the fields.")


def label_of(run: ImportRun, row: ImportRow) -> str:
    """The first two mapped cells that say something."""
    mapped = sorted(int(place) for place in run.mapping)
    texts = [row.cells[place] for place in mapped if place < len(row.cells)]
    return ", ".join([cut(text)[:60] for text in texts if text][:2])


# --- progress --------------------------------------------------------------------
@dataclass(frozen=True)
class Bar:
    """`say` is announced once, when a quarter more is done; `said` is the last."""

    done: int
    total: int
    words: str
    said: int
    say: str

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def progress_of(run: ImportRun, said: str) -> Bar:
    words = {
        State.CHECKING: _("Checking"),
        State.RUNNING: _("Importing"),
        State.UNDOING: _("Taking back"),
    }[State(run.state)]
    before = int(said) if said.isdecimal() and len(said) < 4 else 0
    percent = 100 * run.done // run.total
    quarter = next((one for one in QUARTERS if percent >= one), 0)
    say = _("%(n)d percent done.") % {"n": quarter} if quarter > before else ""
    return Bar(run.done, run.total, words, max(before, quarter), say)


# --- result ----------------------------------------------------------------------
@dataclass(frozen=True)
class Result:
    created: int
    filled: int
    same: int
    skipped: int
    waiting: int
    left: tuple[tuple[int, str], ...]
    left_count: int
    may_undo: bool
    may_continue: bool
    undo_until: datetime | None
    skipped_until: datetime | None


def result_of(run: ImportRun, now: datetime) -> Result:
    found = run.result
    if run.state == State.FAILED:
        found = counts_of(run)
    left = run.rows.exclude(problems=[]).exclude(outcome=Outcome.SKIPPED)
    reasons = [
        (row.line, row.problems[0]["message"])
        for row in left.order_by("line")[:SHOWN]
        if row.problems
    ]
    has_ended = run.ended_at is not None
    is_fetchable = has_ended and run.ended_at + KEPT > now and run.state == State.DONE
    return Result(
        created=found.get("created", 0),
        filled=found.get("filled", 0),
        same=found.get("same", 0),
        skipped=found.get("skipped", 0),
        waiting=found.get("waiting", 0),
        left=tuple(reasons),
        left_count=run.result.get("left", 0),
        may_undo=may_undo(run, now),
        may_continue=may_continue(run),
        undo_until=undo_until(run) if has_ended else None,
        skipped_until=run.ended_at + KEPT if is_fetchable else None,
    )


def counts_of(run: ImportRun) -> dict[str, int]:
    counts: dict[str, int] = {}
    for outcome in run.rows.values_list("outcome", flat=True):
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def skipped_csv(run: ImportRun) -> str:
    """The skipped lines as they came, with what was wrong with them."""
    header = [column_name(run, place) for place in range(len(run.header))]
    rows = run.rows.filter(outcome=Outcome.SKIPPED).exclude(cells=[])
    return write_csv(
        [_("line"), *header, _("problem")],
        (
            [row.line, *row.cells, " ".join(one["message"] for one in row.problems)]
            for row in rows.order_by("line").iterator()
        ),
    )


# --- list ------------------------------------------------------------------------
@dataclass(frozen=True)
class Listed:
    """One line of the list of imports."""

    pk: UUID
    title: str
    file_name: str
    total: int
    by: str
    words: str
    created_at: datetime


def listed(run: ImportRun) -> Listed:
    words = {
        State.STAGED: _("waits for its columns"),
        State.CHECKING: _("is being checked"),
        State.CHECKED: _("checked, not written"),
        State.RUNNING: _("is being written"),
        State.DONE: _("written"),
        State.FAILED: _("stopped"),
        State.UNDOING: _("is being taken back"),
        State.UNDONE: _("taken back"),
    }
    return Listed(
        run.pk,
        str(importer_class(run.kind).title),
        run.file_name,
        run.total,
        str(run.by),
        words[State(run.state)],
        run.created_at,
    )
