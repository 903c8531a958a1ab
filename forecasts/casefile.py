"""PURE: forecast-and-actual files of past ventures, read, checked and grouped.

One CSV, one row a forecast, an actual or an event; (case, metric) is a series, its
baseline the forecasts of revision 0. `portfolio/samples/data/README.md` describes the
columns.
"""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from statistics import median

from forecasts.drift import Cadence, Direction, Point, Series

COLUMNS = (
    *("case", "metric", "unit", "direction", "kind_of_metric", "row_kind"),
    *("revision", "registered_on", "period_start", "period_end", "expected", "low"),
    *("high", "value", "value_kind", "known_on", "source", "note"),
)
ROW_KINDS = ("forecast", "actual", "event")
DIRECTIONS = ("higher", "lower")
METRIC_KINDS = ("flow", "stock", "ratio", "money")
VALUE_KINDS = ("reported", "derived", "estimated", "narrative", "modelled")
LARGEST_NUMBER = 1e15


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong, with the line of the file (the header is line 1) and its column."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.message}"


class CaseFileError(ValueError):
    """A file that cannot be used; `errors` lists every reason."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One checked row; numbers in base units, `revision` and dates as their types."""

    line: int
    case: str
    metric: str
    unit: str
    direction: str
    kind_of_metric: str
    row_kind: str
    revision: int | None
    registered_on: date | None
    period_start: date
    period_end: date
    expected: float | None
    low: float | None
    high: float | None
    value: float | None
    value_kind: str
    known_on: date | None
    source: str
    note: str

    @property
    def period(self) -> tuple[date, date]:
        return self.period_start, self.period_end

    @property
    def is_late(self) -> bool:
        """A baseline registered after its period had begun."""
        return (
            self.revision == 0
            and self.registered_on is not None
            and self.registered_on >= self.period_start
        )


@dataclass(frozen=True, slots=True)
class CaseSeries:
    """Rows of one (case, metric), in the order of the file."""

    case: str
    metric: str
    unit: str
    direction: str
    kind_of_metric: str
    forecasts: tuple[CaseRow, ...]
    actuals: tuple[CaseRow, ...]

    @property
    def baseline(self) -> tuple[CaseRow, ...]:
        """Revision 0, by the end of the period, then as in the file."""
        first = (row for row in self.forecasts if row.revision == 0)
        return tuple(sorted(first, key=lambda row: row.period_end))

    def actual_of(self, period: tuple[date, date]) -> CaseRow | None:
        """The actual of exactly this period; None when it is missing."""
        return next((row for row in self.actuals if row.period == period), None)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All series of a file, also those without a forecast (context), and its events."""

    series: tuple[CaseSeries, ...]
    events: tuple[CaseRow, ...]


def read_case_file(text: str) -> CaseFile:
    """The checked content of a file; CaseFileError naming every line that is wrong."""
    rows, errors = _rows(text)
    errors += _duplicates(rows)
    if errors:
        raise CaseFileError(sorted(errors, key=lambda error: error.line))
    groups: dict[tuple[str, str], list[CaseRow]] = {}
    for row in rows:
        if row.row_kind != "event":
            groups.setdefault((row.case, row.metric), []).append(row)
    events = tuple(row for row in rows if row.row_kind == "event")
    return CaseFile(tuple(_series(group) for group in groups.values()), events)


_DAYS_OF = {
    Cadence.DAILY: 1,
    Cadence.WEEKLY: 7,
    Cadence.MONTHLY: 30.4,
    Cadence.QUARTERLY: 91.3,
    Cadence.YEARLY: 365.2,
}


def cadence_of(baseline: Iterable[CaseRow]) -> Cadence:
    """The nearest cadence to the median length of the periods, in days.

    Levels on single days take the median distance between them, and a single such day
    the time since its forecast was registered: that is how long the plan ran.
    """
    rows = list(baseline)
    lengths = [(row.period_end - row.period_start).days + 1 for row in rows]
    if all(length == 1 for length in lengths):
        days = pairwise(row.period_end for row in rows)
        lengths = [(later - earlier).days for earlier, later in days]
    if not lengths:
        begun = rows[0].registered_on or rows[0].period_start
        lengths = [max((rows[0].period_end - begun).days, 1)]
    usual = median(lengths)
    return min(_DAYS_OF, key=lambda cadence: abs(_DAYS_OF[cadence] - usual))


def to_series(case: CaseSeries) -> Series:
    """The baseline beside the actuals, for the verdict; needs at least one forecast."""
    points = []
    for row in case.baseline:
        actual = case.actual_of(row.period)
        points.append(
            Point(
                t=row.period_end,
                forecast=row.expected,
                low=row.low,
                high=row.high,
                actual=None if actual is None else actual.value,
            )
        )
    return Series(
        id=case.metric,
        direction=Direction(case.direction),
        tolerance=None,
        cadence=cadence_of(case.baseline),
        points=tuple(points),
    )


def _series(rows: list[CaseRow]) -> CaseSeries:
    first = rows[0]
    return CaseSeries(
        case=first.case,
        metric=first.metric,
        unit=first.unit,
        direction=first.direction,
        kind_of_metric=first.kind_of_metric,
        forecasts=tuple(row for row in rows if row.row_kind == "forecast"),
        actuals=tuple(row for row in rows if row.row_kind == "actual"),
    )


def _rows(text: str) -> tuple[list[CaseRow], list[RowError]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    rows: list[CaseRow] = []
    errors: list[RowError] = []
    try:
        _check_header(next(reader, []))
        for cells in reader:
            if cells:
                row, wrong = _row(cells, reader.line_num)
                rows += [row] if row is not None else []
                errors += wrong
    except csv.Error as error:
        errors.append(RowError(reader.line_num, "", f"not a CSV row: {error}"))
    return rows, errors


def _check_header(cells: list[str]) -> None:
    if tuple(cells) == COLUMNS:
        return
    missing = [name for name in COLUMNS if name not in cells]
    unknown = [name for name in cells if name not in COLUMNS]
    message = "the header must be: " + ",".join(COLUMNS)
    if missing:
        message = f"columns missing: {', '.join(missing)}"
    elif unknown:
        message = f"unknown columns: {', '.join(unknown)}"
    raise CaseFileError([RowError(1, "", message)])


@dataclass(slots=True)
class _Cells:
    """The cells of a row, read by type; collects what is wrong."""

    line: int
    by_name: dict[str, str]
    errors: list[RowError] = field(default_factory=list)

    def wrong(self, column: str, message: str) -> None:
        self.errors.append(RowError(self.line, column, message))

    def text(self, column: str) -> str:
        return self.by_name[column].strip()

    def choice(self, column: str, choices: tuple[str, ...]) -> str:
        value = self.text(column)
        if value not in choices:
            self.wrong(column, f"{value!r} is none of {', '.join(choices)}")
        return value

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.wrong(column, f"{value!r} is no date such as 1999-06-30")
            return None

    def number(self, column: str) -> float | None:
        value = self.text(column)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not abs(number) <= LARGEST_NUMBER:
            self.wrong(column, f"{value!r} is no usable number")
            return None
        return number

    def whole(self, column: str) -> int | None:
        value = self.text(column)
        if value and not (value.isascii() and value.isdigit() and len(value) < 10):
            self.wrong(column, f"{value!r} is no whole number")
        return int(value) if value.isascii() and value.isdigit() else None


def _row(values: list[str], line: int) -> tuple[CaseRow | None, list[RowError]]:
    if len(values) != len(COLUMNS):
        message = f"{len(values)} cells instead of {len(COLUMNS)}"
        return None, [RowError(line, "", message)]
    cells = _Cells(line, dict(zip(COLUMNS, values, strict=True)))
    row_kind = cells.choice("row_kind", ROW_KINDS)
    start, end = cells.day("period_start"), cells.day("period_end")
    if row_kind != "event":
        cells.choice("direction", DIRECTIONS)
        cells.choice("kind_of_metric", METRIC_KINDS)
    row = CaseRow(
        line=line,
        case=cells.text("case"),
        metric=cells.text("metric"),
        unit=cells.text("unit"),
        direction=cells.text("direction"),
        kind_of_metric=cells.text("kind_of_metric"),
        row_kind=row_kind,
        revision=cells.whole("revision"),
        registered_on=cells.day("registered_on"),
        period_start=start or date.min,
        period_end=end or date.min,
        expected=cells.number("expected"),
        low=cells.number("low"),
        high=cells.number("high"),
        value=cells.number("value"),
        value_kind=cells.choice("value_kind", VALUE_KINDS),
        known_on=cells.day("known_on"),
        source=cells.text("source"),
        note=cells.text("note"),
    )
    _check(cells, row)
    return row, cells.errors


def _check(cells: _Cells, row: CaseRow) -> None:
    for column in ("case", "metric", "period_start", "period_end"):
        if not cells.text(column):
            cells.wrong(column, "must not be empty")
    if cells.errors:
        return
    if row.period_start > row.period_end:
        cells.wrong("period_end", "the period ends before it begins")
    if row.row_kind == "forecast":
        _check_needed(cells, needed=("expected", "revision"), refused=("value",))
    elif row.row_kind == "actual":
        refused = ("expected", "revision", "registered_on")
        _check_needed(cells, needed=("value",), refused=refused)
    _check_range(cells, row)


def _check_needed(
    cells: _Cells, *, needed: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    kind = cells.text("row_kind")
    for column in needed:
        if not cells.text(column):
            cells.wrong(column, f"a row of kind {kind} needs it")
    for column in refused:
        if cells.text(column):
            cells.wrong(column, f"a row of kind {kind} has none")


def _check_range(cells: _Cells, row: CaseRow) -> None:
    middle = row.expected if row.row_kind == "forecast" else row.value
    low = -math.inf if row.low is None else row.low
    high = math.inf if row.high is None else row.high
    if middle is not None and not low <= middle <= high:
        cells.wrong("low" if low > middle else "high", "low ≤ middle ≤ high is broken")


def _duplicates(rows: list[CaseRow]) -> list[RowError]:
    """One actual a period, one forecast a period and revision, one nature a metric."""
    errors: list[RowError] = []
    lines: dict[tuple[object, ...], int] = {}
    natures: dict[tuple[str, str], tuple[str, str, str]] = {}
    for row in rows:
        if row.row_kind == "event":
            continue
        key = (row.case, row.metric, row.row_kind, row.revision, *row.period)
        if key in lines:
            message = f"a second {row.row_kind} of this period; see line {lines[key]}"
            errors.append(RowError(row.line, "period_start", message))
        lines.setdefault(key, row.line)
        nature = (row.unit, row.direction, row.kind_of_metric)
        if natures.setdefault((row.case, row.metric), nature) != nature:
            message = "unit, direction and kind must be the same on every row"
            errors.append(RowError(row.line, "unit", message))
    return errors
