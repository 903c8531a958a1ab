"""PURE. A forecast-and-actual file of a past venture, asked by the rules day by day."""

from datetime import date, timedelta

from decisions.alerting import Concern
from decisions.rules.metric import metric_concerns
from decisions.rules.planned import unmet_goal
from decisions.rules.record import Expected, Record, Registered, Span
from decisions.rules.thresholds import DEFAULTS
from forecasts.casefile import CaseRow, CaseSeries, cadence_of
from forecasts.drift import Direction

DAY = timedelta(days=1)


def case_record(case: CaseSeries, as_of: date) -> Record:
    """What the venture could have known: each number on the day after its period.

    When it was printed stands beside it in the file; the venture itself knew before.
    Rows of one revision are one set of numbers, of the day of its first.
    """
    sets: dict[int, dict[Span, float]] = {}
    days: dict[int, date] = {}
    for row in case.forecasts:
        if row.expected is not None and _registered_on(row) <= as_of:
            number = row.revision or 0
            sets.setdefault(number, {})[row.period] = row.expected
            days[number] = min(days.get(number, date.max), _registered_on(row))
    return Record(
        kind=case.kind_of_metric,
        direction=Direction(case.direction),
        cadence=cadence_of(case.baseline),
        plan=tuple(
            Expected(row.period, row.expected or 0.0, row.low, row.high)
            for row in case.baseline
        ),
        actuals={
            row.period: row.value
            for row in case.actuals
            if row.value is not None and row.period_end < as_of
        },
        as_of=as_of,
        registered=tuple(
            Registered(days[number], sets[number]) for number in sorted(sets)
        ),
        unit=case.unit,
    )


def _registered_on(row: CaseRow) -> date:
    return row.registered_on or row.period_start


def first_raised(case: CaseSeries) -> tuple[tuple[date, Concern], ...]:
    """The first day on which each rule beside drift and collapse would have raised."""
    days = {row.period_end + DAY for row in (*case.baseline, *case.actuals)}
    days |= {_registered_on(row) for row in case.forecasts}
    found: dict[str, tuple[date, Concern]] = {}
    for day in sorted(days):
        record = case_record(case, day)
        goal = unmet_goal(record)
        concerns = (*metric_concerns(record, DEFAULTS), *((goal,) if goal else ()))
        for one in concerns:
            if one.opens:
                found.setdefault(one.rule.code, (day, one))
    return tuple(found.values())
