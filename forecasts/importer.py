"""Actuals from a spreadsheet: a long table (metric, period, value) or a wide one (a
column for each metric).

Every row passes the form of the page. All rows or none; what is on record already, with
the same number, is counted and skipped, so that the same file twice adds nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.numbers import Ambiguous, exact, show
from core.spreadsheets import SpreadsheetRefused, Table
from core.weeks import Cadence, Period, label
from forecasts.actions import Entry, record_actuals
from forecasts.actions.actuals import known_values
from forecasts.forms.actuals import ActualForm
from forecasts.models import Metric, Point
from forecasts.periods import PeriodUnclear, read_period

HEADINGS = {
    "metric": {"metric", "name", "measure", "kpi"},
    "period": {
        *("period", "date", "day", "week", "month", "quarter", "year"),
        *("period_start", "period start", "start", "week of"),
    },
    "value": {"value", "actual", "number", "result", "amount"},
    "value_kind": {"kind", "value_kind", "value kind", "how it is known"},
    "source": {"source", "note"},
}
REQUIRED = ("period", "value")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table, with the words around it and where it stands."""

    line: int
    column: str
    metric_name: str
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Accepted:
    line: int
    metric: Metric
    period: Period
    value: Decimal
    value_kind: str
    source: str

    @property
    def label(self) -> str:
        return label(self.period)

    @property
    def echo(self) -> str:
        return exact(self.value, self.metric.unit)

    @property
    def entry(self) -> Entry:
        period = self.period
        return Entry(
            self.metric,
            period.start,
            period.end,
            self.value,
            self.value_kind,
            self.source,
        )


@dataclass(frozen=True, slots=True)
class Rejected:
    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`question` is (text, readings) of the first number with two readings; `empty`
    counts cells without a number, which say nothing.
    """

    accepted: tuple[Accepted, ...]
    unchanged: int
    empty: int
    rejected: tuple[Rejected, ...]
    question: tuple[str, Ambiguous] | None = None

    @property
    def is_fine(self) -> bool:
        return not self.rejected

    @property
    def metrics(self) -> int:
        return len({one.metric.pk for one in self.accepted})


def check_actuals(workspace, table: Table, *, today, metric=None, decimal=None):
    """What an import would do. Raises SpreadsheetRefused where the headings say
    nothing; every other trouble is in the report, by line and column.
    """
    if metric is not None:
        metrics = {metric.name.casefold(): metric}
    else:
        open_metrics = Metric.objects.in_workspace(workspace).open()
        metrics = {one.name.casefold(): one for one in open_metrics}
    for one in metrics.values():
        one.workspace = workspace
    cells = list(cells_of(table, metrics, metric))
    return Checking(metrics, today, decimal).report(cells)


def import_actuals(workspace, report: ImportReport, *, by, now):
    """Writes what was checked. Raises ValidationError if somebody was faster."""
    entries = [one.entry for one in report.accepted]
    return record_actuals(workspace, entries, by=by, now=now)


class Checking:
    """What is known of the metrics, while the rows pass one by one."""

    def __init__(self, metrics, today, decimal):
        self.metrics, self.today, self.decimal = metrics, today, decimal
        self.planned = planned_periods(metrics.values())
        pks = [metric.pk for metric in metrics.values()]
        self.known = {key: (value, None) for key, value in known_values(pks).items()}
        self.accepted, self.rejected = [], []
        self.unchanged = self.empty = 0
        self.question = None

    def report(self, cells: Iterable[Cell]) -> ImportReport:
        for cell in cells:
            self.check(cell)
        return ImportReport(
            accepted=tuple(self.accepted),
            unchanged=self.unchanged,
            empty=self.empty,
            rejected=tuple(self.rejected),
            question=self.question,
        )

    def check(self, cell: Cell):
        if not cell.data["value"]:
            self.empty += 1
            return None
        metric = self.metrics.get(cell.metric_name.casefold())
        if metric is None:
            name = cell.metric_name or _("(empty)")
            return self.reject(
                cell, _("metric"), _("There is no open metric “%s”.") % name[:120]
            )
        form = ActualForm(
            cell.data,
            metric=metric,
            today=self.today,
            planned=self.planned[metric.pk],
            decimal=self.decimal,
            is_typed=False,
        )
        if not form.is_valid():
            self.question = self.question or form.open_question()
            for name, errors in form.errors.items():
                column = cell.column if name == "value" else name
                self.reject(cell, column, " ".join(errors))
            return None
        return self.accept(cell, metric, form.cleaned_data)

    def accept(self, cell, metric, data):
        period, value = data["period"], data["value"]
        key = (metric.pk, period.start, period.end)
        before = self.known.get(key)
        if before is None:
            self.known[key] = (value, cell.line)
            self.accepted.append(
                Accepted(
                    cell.line,
                    metric,
                    period,
                    value,
                    data["value_kind"],
                    data["source"],
                )
            )
        elif before[0] == value and before[1] is None:
            self.unchanged += 1
        else:
            self.reject(cell, cell.column, self.twice(metric, period, *before))

    def twice(self, metric, period, value, line):
        if line is not None:
            return _("%(label)s stands in line %(line)d already.") % {
                "label": label(period),
                "line": line,
            }
        return _(
            "There is a number for %(label)s already, %(value)s: correct it there."
        ) % {"label": label(period), "value": show(value, metric.unit)}

    def reject(self, cell, column, message):
        self.rejected.append(Rejected(cell.line, str(column), message))


def cells_of(table: Table, metrics, metric) -> Iterable[Cell]:
    """The table as single numbers, whatever its shape."""
    names = [cell.casefold() for cell in table.header.cells]
    found = {
        field: place
        for place, name in enumerate(names)
        for field, known in HEADINGS.items()
        if name in known and name not in metrics
    }
    twice = {name for name in names if name and names.count(name) > 1}
    if metric is not None and is_headless(table, metric):
        return headless_cells(table, metric)
    if twice:
        raise SpreadsheetRefused(
            _("The heading “%s” appears twice.") % sorted(twice)[0][:80]
        )
    wide = [place for place, name in enumerate(names) if name in metrics]
    if wide and "value" not in found and "period" in found:
        return wide_cells(table, found, wide)
    missing = [name for name in REQUIRED if name not in found]
    if metric is None and "metric" not in found:
        missing.append("metric")
    if missing:
        raise SpreadsheetRefused(unknown_headings(missing))
    return long_cells(table, found, metric)


def unknown_headings(missing):
    return _(
        "The first row must name the columns. Missing: %s. Or name a column for each "
        "metric, with its exact name, beside a column “period”."
    ) % ", ".join(missing)


def long_cells(table, found, metric):
    for row in table.rows:
        data = {field: row.cells[place] for field, place in found.items()}
        name = data.pop("metric", "") if metric is None else metric.name
        yield Cell(row.line, table.header.cells[found["value"]], name, data)


def wide_cells(table, found, wide):
    for row in table.rows:
        for place in wide:
            name = table.header.cells[place]
            period = row.cells[found["period"]]
            data = {"period": period, "value": row.cells[place]}
            yield Cell(row.line, name, name, data)


def is_headless(table, metric):
    """Two columns copied without their headings: the first cell is a period."""
    week_start = metric.workspace.week_start
    try:
        read_period(table.header.cells[0], Cadence(metric.cadence), week_start)
    except PeriodUnclear:
        return False
    return len(table.header.cells) > 1


def headless_cells(table, metric):
    for row in (table.header, *table.rows):
        data = {"period": row.cells[0], "value": row.cells[1]}
        yield Cell(row.line, "value", metric.name, data)


def planned_periods(metrics):
    planned = {metric.pk: set() for metric in metrics}
    for pk, start, end in (
        Point.objects.filter(revision__forecast__metric__in=planned)
        .values_list("revision__forecast__metric", "period_start", "period_end")
        .distinct()
    ):
        planned[pk].add((start, end))
    return planned
