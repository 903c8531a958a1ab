"""PURE. A metric in one chip and one sentence, made together so that they agree.

The verdict weighs the whole record and needs enough of it; the sentence tells how the
last numbers lie. Where the two point apart, both are said and how they fit, and two
numbers in a row outside the edge are never called on track.
"""

from dataclasses import dataclass

from core.numbers import show
from forecasts.drift import State
from forecasts.table import Row, RowState, Table

# One number outside happens to plans that hold; from here on it is worth a look.
RUN_TO_WATCH = 2


@dataclass(frozen=True, slots=True)
class Headline:
    """`state` is a chip: an open stop first, then what is missing, then the verdict."""

    state: str
    sentence: str


def headline(table: Table, verdict: str) -> Headline:
    """`verdict` is a code of `State`: what the record as a whole says."""
    state = State(verdict)
    said = (_comparison(table, state), _overdue(table))
    return Headline(_chip(table, state), " ".join(part for part in said if part))


def _chip(table: Table, verdict: State) -> str:
    if verdict is State.STOP:
        return verdict
    if table.due:
        return RowState.OVERDUE
    if verdict is State.UNJUDGED and not any(row.reports for row in table.rows):
        return RowState.NOT_DUE
    if verdict is State.ON_TRACK and _outside(table) >= RUN_TO_WATCH:
        return State.WATCH
    return verdict


def _comparison(table: Table, verdict: State) -> str:
    row = table.latest
    if row is None:
        return _forecast_only(table)
    actual = show(row.actual, table.unit)
    if row.expected is None:
        return f"{row.label}: {actual}; no forecast for it."
    gap = f" ({row.gap_text})" if row.gap_text else ""
    forecast = show(row.expected)
    compared = f"{row.label}: {actual} actual, {forecast} forecast{gap}."
    return f"{compared}{_edge(table, row, verdict)}"


def _forecast_only(table: Table) -> str:
    if not table.rows:
        return "No forecast and no number yet."
    first = table.rows[0]
    if first.state is RowState.NOT_DUE:
        return f"Forecast from {first.label}; no number yet."
    return "No number yet."


def _edge(table: Table, row: Row, verdict: State) -> str:
    """How the last numbers lie to the edge, and what that means for the plan."""
    if row.state is RowState.UNJUDGED:
        return ""
    if row.is_outside:
        run = _outside(table)
        name = row.period.cadence.period_name
        length = f"{run} {name}s running" if run > 1 else f"for one {name}"
        said = f"Outside the agreed edge ({table.edge_text}) {length}"
        return f" {said}{_OUTSIDE.get(verdict, '')}."
    said = "Better than the forecast by more than the tolerance"
    if row.state is not RowState.BETTER:
        said = f"Within the agreed edge ({table.edge_text})"
    return f" {said}{_INSIDE.get(verdict, '')}."


_OUTSIDE = {
    State.ON_TRACK: "; not enough yet to contradict the plan",
    State.BETTER: "; the record as a whole is better than the plan",
}
_INSIDE = {
    State.WATCH: "; the record as a whole still falls short of the plan",
    State.STOP: "; the stop stays until a decision is recorded",
}


def _outside(table: Table) -> int:
    """How many of the last numbers in a row lie outside the edge."""
    known = [row for row in table.rows if row.reports and row.expected is not None]
    inside = (n for n, row in enumerate(reversed(known)) if not row.is_outside)
    return next(inside, len(known))


def _overdue(table: Table) -> str:
    count = len(table.due)
    if not count:
        return ""
    return "1 number is overdue." if count == 1 else f"{count} numbers are overdue."
