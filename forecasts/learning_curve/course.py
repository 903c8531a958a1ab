"""PURE. A whole curve: its quarters in a row, where it stands, and what that took."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log
from typing import Final

from core.weeks import Cadence, has_ended, label, period_of, periods_between
from forecasts.learning_curve.figures import Limits, QuarterFigures
from forecasts.learning_curve.measuring import Measured, measure
from forecasts.learning_curve.phases import Phase, Standing, Step, Test, phases

LEAST_POINTS: Final = 4


@dataclass(frozen=True, slots=True)
class Quarter:
    """`since` counts quarters since the product was ready for sale, from 1; before that
    it is None. `trailing_yield` is the mean of this quarter's yield and the last one's,
    of what is known of them; the first one ready for sale stands alone. `spent` adds up
    all costs until here, from the first quarter that has some; None from a quarter on
    whose costs are not known."""

    start: date
    name: str
    since: int | None
    standing: Standing
    measured: Measured
    trailing_yield: Decimal | None
    spent: Decimal | None
    phase: Phase
    reasons: tuple[str, ...]
    has_traction: bool

    @property
    def is_judged(self) -> bool:
        return self.standing is Standing.JUDGED


@dataclass(frozen=True, slots=True)
class Course:
    """`break_even`: the quarter with which initiation ended; `traction`: the second of
    two at traction. None while they have not come.

    `cash_to_breakeven` adds up, over the quarters of initiation, what effective reps
    cost beyond what they earned: below zero they earned more. None with the names of
    quarters that are not known in `cash_lacks`, or before there is any.
    `learning_rate` is the slope of log(yield) a quarter over `learning_points`.
    """

    quarters: tuple[Quarter, ...]
    phase: Phase
    reasons: tuple[str, ...]
    latest: Quarter | None
    break_even: Quarter | None
    traction: Quarter | None
    learning_rate: float | None
    learning_points: int
    cash_to_breakeven: Decimal | None
    cash_lacks: tuple[str, ...]
    limits: Limits
    question_8: int | None

    @property
    def unfinished(self) -> Quarter | None:
        last = self.quarters[-1] if self.quarters else None
        return last if last and last.standing is Standing.UNFINISHED else None


def course_of(
    figures: Iterable[QuarterFigures],
    *,
    ready_on: date | None,
    today: date,
    limits: Limits,
    question_8: int | None,
) -> Course:
    """`figures` in any order, one a quarter. Quarters between the first that is known,
    or the one the product got ready in, and today that nobody entered are missing."""
    known = _by_start(figures)
    tests = [
        _test(one, ready_on, today, limits) for one in _row(known, ready_on, today)
    ]
    steps = phases([test for _start, test in tests], limits, question_8)
    quarters = tuple(_quarters(tests, tuple(steps)))
    counted = [one for one in quarters if one.since is not None]
    cash, cash_lacks = _cash(counted)
    points = [(one.since or 0, one.measured.sales_yield) for one in counted]
    rate, used = learning_rate(points)
    ended = [one for one in quarters if one.standing is not Standing.UNFINISHED]
    return Course(
        quarters=quarters,
        phase=quarters[-1].phase if quarters else Phase.PRE,
        reasons=_reasons(quarters, ended),
        latest=next((one for one in reversed(ended) if one.is_judged), None),
        break_even=_first(quarters, Phase.TRANSITION),
        traction=next((one for one in quarters if one.has_traction), None),
        learning_rate=rate,
        learning_points=used,
        cash_to_breakeven=cash,
        cash_lacks=cash_lacks,
        limits=limits,
        question_8=question_8,
    )


def learning_rate(
    points: Sequence[tuple[int, Decimal | None]],
) -> tuple[float | None, int]:
    """Slope of the least-squares line through log(yield), and over how many quarters.
    From four on; a quarter without a yield above zero has no logarithm and is left out.
    """
    known = [(x, log(value)) for x, value in points if value is not None and value > 0]
    if len(known) < LEAST_POINTS:
        return None, len(known)
    mean_x = sum(x for x, _ in known) / len(known)
    mean_y = sum(y for _, y in known) / len(known)
    over = sum((x - mean_x) * (y - mean_y) for x, y in known)
    return over / sum((x - mean_x) ** 2 for x, _ in known), len(known)


def _by_start(figures: Iterable[QuarterFigures]) -> dict[date, QuarterFigures]:
    known: dict[date, QuarterFigures] = {}
    for one in figures:
        if one.start != one.period.start or one.start in known:
            raise ValueError(f"not one quarter's first day, or twice: {one.start}")
        known[one.start] = one
    return known


def _row(
    known: dict[date, QuarterFigures], ready_on: date | None, today: date
) -> list[QuarterFigures]:
    """All quarters from the first to the one of today, without gaps. What was entered
    for a quarter that has not begun is left for its time."""
    firsts = [*known, *([ready_on] if ready_on and ready_on <= today else [])]
    if not firsts:
        return []
    quarters = periods_between(min(firsts), today, Cadence.QUARTERLY)
    return [known.get(one.start, QuarterFigures(one.start)) for one in quarters]


def _test(
    figures: QuarterFigures, ready_on: date | None, today: date, limits: Limits
) -> tuple[QuarterFigures, Test]:
    return figures, Test(_standing(figures, ready_on, today), measure(figures, limits))


def _standing(figures: QuarterFigures, ready_on: date | None, today: date) -> Standing:
    if ready_on is None or figures.period.end < ready_on:
        return Standing.BEFORE
    if not has_ended(figures.period, today):
        return Standing.UNFINISHED
    return Standing.MISSING if figures.is_empty else Standing.JUDGED


def _quarters(
    tests: Sequence[tuple[QuarterFigures, Test]], steps: Sequence[Step]
) -> Iterator[Quarter]:
    since, before, has_costs = 0, None, False
    spent: Decimal | None = None
    for (figures, test), step in zip(tests, steps, strict=True):
        measured = test.measured
        since += test.standing is not Standing.BEFORE
        before = None if since == 1 else before
        spent, has_costs = _added(spent, test, has_costs=has_costs)
        value = measured.sales_yield if _is_over(test) else None
        yield Quarter(
            start=figures.start,
            name=label(period_of(figures.start, Cadence.QUARTERLY)),
            since=since or None,
            standing=test.standing,
            measured=measured,
            trailing_yield=_mean(value, before),
            spent=spent,
            phase=step.phase,
            reasons=step.reasons,
            has_traction=step.has_traction,
        )
        before = value


def _added(
    spent: Decimal | None, test: Test, *, has_costs: bool
) -> tuple[Decimal | None, bool]:
    """The sum with one quarter more, from the first that has costs on; a gap ends it."""
    amount = test.measured.spent if _is_over(test) else None
    if amount is None:
        return None, has_costs
    if not has_costs:
        return amount, True
    return (None if spent is None else spent + amount), True


def _is_over(test: Test) -> bool:
    return test.standing is not Standing.UNFINISHED


def _mean(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    return value if before is None else (value + before) / 2


def _reasons(quarters: Sequence[Quarter], ended: Sequence[Quarter]) -> tuple[str, ...]:
    """Of the last quarter that is over; else of where the curve stands."""
    counted = [one for one in ended if one.standing is not Standing.BEFORE]
    if counted:
        return counted[-1].reasons
    if quarters and quarters[-1].standing is Standing.UNFINISHED:
        return ("Ready for sale; the first quarter is not over yet.",)
    return ("Not ready for sale yet.",)


def _first(quarters: Sequence[Quarter], phase: Phase) -> Quarter | None:
    return next((one for one in quarters if one.phase is phase), None)


def _cash(counted: Sequence[Quarter]) -> tuple[Decimal | None, tuple[str, ...]]:
    """Over the first initiation alone. A quarter without an effective rep costs none."""
    total, lacks, is_any = Decimal(0), list[str](), False
    for quarter in counted:
        if quarter.phase is not Phase.INITIATION:
            break
        measured = quarter.measured
        if quarter.standing is Standing.UNFINISHED:
            continue
        is_any = True
        if quarter.is_judged and not measured.effective_fte:
            continue
        if measured.cost is None or measured.contribution is None:
            lacks.append(quarter.name)
        else:
            total += measured.cost - measured.contribution
    return (total if is_any and not lacks else None), tuple(lacks)
