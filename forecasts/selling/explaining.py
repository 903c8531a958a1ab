"""PURE. How the figures of one quarter come about, with everything that went in."""

from dataclasses import dataclass
from decimal import Decimal
from math import expm1

from core.numbers import show
from forecasts.learning_curve import Basis, Course, Measured, Quarter, RepMeasured
from forecasts.selling.table import percent
from forecasts.selling.words import COSTS, KINDS, cut, exact_money, money_of


@dataclass(frozen=True, slots=True)
class Figure:
    """`how` is the formula with its numbers, or why there is none."""

    name: str
    value: str
    how: str


@dataclass(frozen=True, slots=True)
class RepLine:
    """A rep as an input. `part` is what the figures take the rep for."""

    name: str
    kind: str
    part: str
    fte: Decimal
    months: int
    revenue: str
    refunds: str
    margin: str
    cost: str
    a_year: str
    ratio: Decimal | None
    deals: int
    largest: str


@dataclass(frozen=True, slots=True)
class Explained:
    name: str
    figures: tuple[Figure, ...]
    reps: tuple[RepLine, ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


def explained(quarter: Quarter, course: Course, currency: str) -> Explained:
    return Explained(
        name=quarter.name,
        figures=tuple(_figures(quarter, course, currency)),
        reps=tuple(_rep(one, currency) for one in quarter.measured.reps),
        reasons=quarter.reasons,
        warnings=quarter.measured.warnings,
    )


def _figures(quarter: Quarter, course: Course, currency: str) -> list[Figure]:
    measured = quarter.measured
    return [
        Figure("Effective reps", show(measured.effective_fte), _who(measured)),
        *_yields(quarter, currency),
        _cost(measured, currency),
        _margin(measured, currency),
        _ratio(measured),
        *_conditions(measured, course),
        _spent(quarter, currency),
    ]


def _known(amount: Decimal | None, measured: Measured, words: str) -> str:
    """The formula, or what is missing for it."""
    if amount is not None:
        return words
    return f"Not known: {', '.join(measured.lacks) or 'nothing was entered'}."


def _yields(quarter: Quarter, currency: str) -> list[Figure]:
    measured, trailing = quarter.measured, quarter.trailing_yield
    net, fte = money_of(measured.net, currency), show(measured.effective_fte)
    of_one = (
        f"4 × {net} of net new revenue ÷ {fte} effective FTE. Refunds are taken off; "
        "what founders and ramping reps sold is left out."
    )
    of_two = (
        "Mean of the yields of this quarter and the one before, of what is known of "
        "them. It is the line of the chart; the phase is judged by the yield of each "
        "quarter."
    )
    return [
        Figure(
            "Yield",
            money_of(measured.sales_yield, currency),
            _known(measured.sales_yield, measured, of_one),
        ),
        Figure(
            "Yield, two quarters",
            money_of(trailing, currency),
            _known(trailing, measured, of_two),
        ),
    ]


def _cost(measured: Measured, currency: str) -> Figure:
    cost, fte = money_of(measured.cost, currency), show(measured.effective_fte)
    words = (
        f"4 × {cost} ÷ {fte} effective FTE. {cost} are their own cost lines, and their "
        "part of what all reps but founders share by FTE."
    )
    return Figure(
        "Cost of a rep",
        money_of(measured.loaded_cost, currency),
        _known(measured.loaded_cost, measured, words),
    )


def _who(measured: Measured) -> str:
    names = ", ".join(
        f"{one.figures.name} {show(one.figures.fte)}" for one in measured.effective
    )
    past = f"Past their ramp when the quarter began: {names}." if names else ""
    return past or "No rep was past the ramp when the quarter began."


def _margin(measured: Measured, currency: str) -> Figure:
    left = money_of(measured.contribution_yield, currency)
    margin = percent(measured.gross_margin)
    if margin is None:
        how = "Not known: the gross margin is not entered for every effective rep."
        if measured.contribution_yield is not None:
            how = "Nothing was sold."
    else:
        how = f"The yield × {show(margin)} %, the gross margin of effective reps."
    return Figure("Left of the yield", left, how)


def _ratio(measured: Measured) -> Figure:
    value = show(None) if measured.ratio is None else str(cut(measured.ratio))
    said = {
        Basis.REVENUE: "The yield ÷ the cost of a rep.",
        Basis.CONTRIBUTION: (
            "What is left of the yield ÷ the cost of a rep, because the gross margin "
            "is low."
        ),
        Basis.AT_MOST: (
            "The yield ÷ the cost of a rep: the most it can be, because the gross "
            "margin is not known."
        ),
    }[measured.basis]
    lacks = ", ".join(measured.lacks) or "the cost is nothing"
    how = said if measured.ratio is not None else f"Not known: {lacks}."
    return Figure("Part of the cost", value, how)


def _conditions(measured: Measured, course: Course) -> list[Figure]:
    limits, reps = course.limits, len(measured.effective)
    share = percent(measured.largest_share)
    return [
        Figure(
            "Reps at break-even",
            f"{measured.broke_even} of {reps}",
            "Effective reps whose own revenue covers their own cost. Half are asked.",
        ),
        Figure(
            "Largest deal",
            show(None) if share is None else f"{show(share)} %",
            f"Of the net new revenue of effective reps; {limits.whale_share} % at most. "
            f"Counted are {measured.deals} deals closed in the quarter."
            + (
                " Not known while no deal is entered, or one has no price in this "
                "currency."
                if share is None
                else ""
            ),
        ),
        Figure(
            "Sold by founders",
            show(None)
            if measured.founder_net is None
            else f"{measured.founder_deals} deals",
            "Shown apart: it says nothing about what a rep brings in.",
        ),
    ]


def _spent(quarter: Quarter, currency: str) -> Figure:
    of_quarter = money_of(quarter.measured.spent, currency)
    parts = ", ".join(
        f"{COSTS.get(kind, kind)} {exact_money(amount, currency)}"
        for kind, amount in quarter.measured.by_kind
    )
    how = f"All cost lines up to this quarter; {of_quarter} in this one: {parts}."
    if quarter.spent is None:
        how = "Not known: the costs of a quarter up to here are missing, or not all in."
    return Figure("Spent so far", money_of(quarter.spent, currency), how)


def _rep(one: RepMeasured, currency: str) -> RepLine:
    figures = one.figures
    part = "effective" if figures.is_effective else "ramping"
    return RepLine(
        name=figures.name,
        kind=KINDS.get(figures.kind, figures.kind),
        part="founder, apart" if figures.is_founder else part,
        fte=figures.fte,
        months=figures.tenure_months,
        revenue=exact_money(figures.revenue, currency),
        refunds=exact_money(figures.refunds, currency),
        margin=exact_money(figures.margin, currency),
        cost=money_of(one.cost, currency),
        a_year=money_of(one.sales_yield, currency),
        ratio=cut(one.ratio),
        deals=figures.deals,
        largest=exact_money(figures.largest_deal, currency),
    )


def course_figures(course: Course, currency: str) -> tuple[Figure, ...]:
    """Of the curve as a whole."""
    return (_learning(course), _cash(course, currency), _break_even(course))


def _learning(course: Course) -> Figure:
    points, rate = course.learning_points, course.learning_rate
    if rate is None:
        how = f"It takes four quarters with a yield above zero; there are {points}."
        return Figure("Learning rate", show(None), how)
    grown = Decimal(f"{expm1(rate) * 100:.4f}")
    return Figure(
        "Learning rate",
        f"{show(grown)} % a quarter",
        f"Slope of the logarithm of the yield over {points} quarters: {rate:.3f}.",
    )


def _cash(course: Course, currency: str) -> Figure:
    value = money_of(course.cash_to_breakeven, currency)
    if course.cash_lacks:
        how = f"Not known: figures of {', '.join(course.cash_lacks)} are missing."
    elif course.cash_to_breakeven is None:
        how = "No quarter of learning is over yet."
    else:
        end = course.break_even
        until = f"until {end.name}" if end else "so far; break-even is not reached"
        how = f"What effective reps cost beyond what they earned, {until}."
    return Figure("Cash to break-even", value, how)


def _break_even(course: Course) -> Figure:
    found = course.break_even
    value = show(None) if found is None else found.name
    traction = course.traction.name if course.traction else "not reached"
    how = f"The second of two quarters in a row at the cost of a rep. Traction: {traction}."
    return Figure("Break-even", value, how)
