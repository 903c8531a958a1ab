"""PURE. A sales curve in words: phases by name, amounts, one sentence that is true.

Amounts are shown in whole units of the currency, ratios cut to two places, the same on
the page, in the table, the file and the API.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from core.money import places, show_money
from core.numbers import show
from forecasts.learning_curve import Basis, Course, Phase, Quarter, Standing
from forecasts.learning_curve import cut as cut_ratio

PHASES: Final = {
    Phase.PRE: "Before sale",
    Phase.INITIATION: "Learning (initiation)",
    Phase.TRANSITION: "Transition",
    Phase.EXECUTION: "Execution",
}
KINDS: Final = {
    "founder": "founder",
    "renaissance": "Renaissance",
    "enlightened": "enlightened",
    "coin_operated": "coin-operated",
}
COSTS: Final = {
    "base": "base pay",
    "variable": "variable pay at plan",
    "burden": "payroll burden",
    "travel": "travel",
    "tools": "tools",
    "sales_engineering": "sales engineering",
    "management": "share of management",
    "marketing": "marketing in direct support",
}
TOO_FEW: Final = "too few reps to say"
_ONE: Final = Decimal(1)


def whole(minor: Decimal | int | None, currency: str) -> Decimal | None:
    """Minor units as whole units of the currency, halves away from zero."""
    if minor is None:
        return None
    exact = Decimal(minor).scaleb(-places(currency))
    return exact.quantize(_ONE, ROUND_HALF_UP)


def money(amount: Decimal | None, currency: str) -> str:
    """Whole units in words; missing is a dash."""
    if amount is None:
        return show(None)
    text = show_money(int(abs(amount).scaleb(places(currency))), currency)
    return f"\N{MINUS SIGN}{text}" if amount < 0 else text


def money_of(minor: Decimal | int | None, currency: str) -> str:
    return money(whole(minor, currency), currency)


def exact_money(minor: int | None, currency: str) -> str:
    """An amount as it was entered, with its cents."""
    if minor is None:
        return show(None)
    text = show_money(abs(minor), currency)
    return f"\N{MINUS SIGN}{text}" if minor < 0 else text


def cut(ratio: Decimal | None) -> Decimal | None:
    """None where it is not known."""
    return None if ratio is None else cut_ratio(ratio)


def sentence(course: Course, currency: str) -> str:
    """What the last quarter that is over says; first, if it says nothing."""
    ended = [
        one
        for one in course.quarters
        if one.standing in (Standing.JUDGED, Standing.MISSING)
    ]
    if not ended:
        if course.phase is Phase.PRE:
            return "Not ready for sale yet: founders sell, and nobody is hired to."
        return "Ready for sale, but no quarter is over yet."
    last, latest = ended[-1], course.latest
    if latest is None:
        return f"No figures of any quarter, up to {last.name}."
    said = f"{latest.name}: {_told(latest, course, currency)}"
    if last is latest:
        return said
    return f"No figures of {last.name}. The last that is known, {said}"


def in_short(course: Course) -> str:
    """What the last quarter that is known came to; empty while none is."""
    latest = course.latest
    if latest is None:
        return ""
    ratio, basis = cut(latest.measured.ratio), latest.measured.basis
    if ratio is None:
        return f"{latest.name} cannot be judged"
    most = "at most " if basis is Basis.AT_MOST else ""
    thin = latest.measured.effective_fte < course.limits.least_reps
    said = f"yield {most}{ratio} of cost in {latest.name}"
    return f"{said} ({TOO_FEW})" if thin else said


def _told(quarter: Quarter, course: Course, currency: str) -> str:
    measured = quarter.measured
    who = (
        f"{_counted(measured.effective_fte, 'effective rep')} (full time), "
        f"{_counted(measured.deals, 'deal')}."
    )
    if measured.ratio is None:
        lacks = ", ".join(measured.lacks) or "the cost is nothing"
        return f"cannot be judged, {lacks}; {who}"
    least = course.limits.least_reps
    thin = f"{TOO_FEW}: " if measured.effective_fte < least else ""
    return f"{thin}{_compared(quarter, currency)} {who}"


def _compared(quarter: Quarter, currency: str) -> str:
    measured = quarter.measured
    brought = money_of(measured.sales_yield, currency)
    cost = money_of(measured.loaded_cost, currency)
    ratio = cut(measured.ratio)
    if measured.basis is Basis.CONTRIBUTION:
        left = money_of(measured.contribution_yield, currency)
        return (
            f"a rep brings in {brought} a year, of which {left} are left, "
            f"and costs {cost} in all: {ratio} of the cost."
        )
    said = f"a rep brings in {brought} a year and costs {cost} in all: {ratio} of the cost."
    if measured.basis is Basis.AT_MOST:
        return f"{said} That is the most it can be: the gross margin is not known."
    return said


def _counted(count: Decimal | int, what: str) -> str:
    return f"{show(Decimal(count))} {what}{'' if count == 1 else 's'}"
