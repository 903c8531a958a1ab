"""Forecast beside actual, period by period: the one source of all numbers shown.

The page's sentence (`headline`), chart and table, the list's small pictures and the CSV
file all read these rows, so that they cannot disagree. Missing is missing, never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.numbers import show
from core.weeks import Period, dates, has_ended, label
from forecasts.drift import Direction
from forecasts.history import History, Key, Planned, Reported


class RowState(StrEnum):
    """Codes of the closed list of chips."""

    NOT_DUE = "not_due"
    OVERDUE = "overdue"
    ON_TRACK = "on_track"
    WATCH = "watch"
    BETTER = "better"
    UNJUDGED = "unjudged"


_KINDS = {"narrative": "as told"}


@dataclass(frozen=True, slots=True)
class Row:
    """One period. `edge` is how far the number may go before it counts as a miss;
    `promised` is the first forecast where a revision has changed it since.
    """

    period: Period
    expected: Decimal | None
    low: Decimal | None
    high: Decimal | None
    edge: Decimal | None
    promised: Decimal | None
    reports: tuple[Reported, ...]
    state: RowState
    planned: Planned | None

    @property
    def label(self) -> str:
        return label(self.period)

    @property
    def dates(self) -> str:
        return dates(self.period)

    @property
    def key(self) -> str:
        """For ids in a page."""
        return f"{self.period.start:%Y%m%d}-{self.period.end:%Y%m%d}"

    @property
    def current(self) -> Reported | None:
        return self.reports[-1] if self.reports else None

    @property
    def actual(self) -> Decimal | None:
        return self.reports[-1].value if self.reports else None

    @property
    def replaced(self) -> tuple[tuple[Reported, Reported], ...]:
        """(what stood, what replaced it), oldest first."""
        return tuple(zip(self.reports, self.reports[1:], strict=False))

    @property
    def has_note(self) -> bool:
        """Is there more to say than the numbers."""
        current = self.current
        is_plain = current is None or (
            len(self.reports) == 1
            and current.value_kind == "measured"
            and not current.source
        )
        is_late = self.planned is not None and self.planned.is_late
        return self.promised is not None or is_late or self.is_due or not is_plain

    @property
    def is_due(self) -> bool:
        return self.state is RowState.OVERDUE

    @property
    def is_outside(self) -> bool:
        return self.state is RowState.WATCH

    @property
    def is_unplanned(self) -> bool:
        """A number without a forecast: nothing will ever judge it."""
        return self.planned is None and bool(self.reports)

    @property
    def kind_text(self) -> str:
        """How the number is known, in words; narrative figures are not measured ones."""
        kind = self.current.value_kind if self.current else ""
        return _KINDS.get(kind, kind)

    @property
    def gap(self) -> float | None:
        """Actual against forecast as a share: -0.67 is 67 % short."""
        if self.actual is None or not self.expected:
            return None
        return float((self.actual - self.expected) / abs(self.expected))

    @property
    def gap_text(self) -> str:
        return "" if self.gap is None else signed_percent(self.gap)


@dataclass(frozen=True, slots=True)
class Table:
    """All periods of a metric in time order."""

    unit: str
    direction: Direction
    tolerance: Decimal
    rows: tuple[Row, ...]

    @property
    def due(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_due)

    @property
    def latest(self) -> Row | None:
        """The last period with a number and a forecast, else the last with a number."""
        known = [row for row in self.rows if row.reports]
        compared = [row for row in known if row.expected is not None]
        best = compared or known
        return best[-1] if best else None

    @property
    def edge_text(self) -> str:
        sign = -1 if self.direction is Direction.HIGHER else 1
        return signed_percent(sign * float(self.tolerance))


def table_of(history: History, today: date) -> Table:
    """Every period with a forecast or a number."""
    in_force, promised = history.in_force(), history.baseline()
    keys = sorted(set(in_force) | set(history.reported))
    rows = tuple(
        _row(history, key, in_force.get(key), promised.get(key), today) for key in keys
    )
    return Table(history.unit, history.direction, history.tolerance, rows)


def _row(
    history: History,
    key: Key,
    planned: Planned | None,
    promised: Planned | None,
    today: date,
) -> Row:
    period = Period(history.cadence, *key)
    reports = history.reported.get(key, ())
    expected = planned.expected if planned else None
    first = promised.expected if promised else None
    edges = _edges(expected, history.tolerance, history.direction)
    return Row(
        period=period,
        expected=expected,
        low=planned.low if planned else None,
        high=planned.high if planned else None,
        edge=edges[0] if edges else None,
        promised=first if first != expected else None,
        reports=reports,
        state=_state(period, reports, edges, history.direction, today),
        planned=planned,
    )


def _edges(
    expected: Decimal | None, tolerance: Decimal, direction: Direction
) -> tuple[Decimal, Decimal] | None:
    """(where a miss begins, where better begins); only a positive forecast has them."""
    if expected is None or expected <= 0:
        return None
    low, high = expected * (1 - tolerance), expected * (1 + tolerance)
    return (low, high) if direction is Direction.HIGHER else (high, low)


def _state(
    period: Period,
    reports: Sequence[Reported],
    edges: tuple[Decimal, Decimal] | None,
    direction: Direction,
    today: date,
) -> RowState:
    if not reports:
        return RowState.OVERDUE if has_ended(period, today) else RowState.NOT_DUE
    if edges is None:
        return RowState.UNJUDGED
    sign = 1 if direction is Direction.HIGHER else -1
    miss, good = edges
    value = reports[-1].value
    if sign * (value - miss) < 0:
        return RowState.WATCH
    return RowState.BETTER if sign * (value - good) > 0 else RowState.ON_TRACK


def signed_percent(share: float) -> str:
    """`−67%`, `+12%`, `0%`: whole percent, for a gap that stands beside both numbers."""
    percent = round(share * 100)
    plus = "+" if percent > 0 else ""
    return f"{plus}{show(percent, '%')}"


@dataclass(frozen=True, slots=True)
class Window:
    """Some neighbouring rows, and where the next ones to either side begin."""

    rows: tuple[Row, ...]
    earlier: date | None
    later: date | None


def window_of(
    rows: Sequence[Row], until: date | None, *, before: int = 26, after: int = 13
) -> Window:
    """Rows around a day: the last `before` begun by `until` and `after` more."""
    last = len(rows)
    if until is not None:
        last = sum(row.period.start <= until for row in rows)
    first, end = max(last - before, 0), min(last + after, len(rows))
    if first == 0:
        end = min(max(end, before + after), len(rows))
    return Window(
        rows=tuple(rows[first:end]),
        earlier=rows[first - 1].period.start if first else None,
        later=rows[min(end + before, len(rows)) - 1].period.start
        if end < len(rows)
        else None,
    )
