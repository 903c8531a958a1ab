"""PURE. What has to be known before money is committed, and whether it is.

A commitment has a class, by what it would do to the cash in hand:

    A  can be cancelled within 30 days, and is less than 2 % of cash
    B  at most 10 % of cash; first sales reps or paid tools for a pilot, however small
    C  scaling (reps beyond the cap, a launch campaign, a new site), or more than 10 %
    D  more than 25 % that cannot be taken back, or that binds for more than a year;
       or more than all the cash in hand

The strictest that fits holds. What is not known cannot soften it: without the cash in
hand, or a value in the venture's currency, it is D. Nothing is asked of A; what B asks
is a warning; C and D hold until every condition is met.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from milestones.course import Counted

SMALL, MODEST, LARGE = 2, 10, 25
NOTICE_DAYS: Final = 30
FEWEST_PERIODS: Final = {"C": 2, "D": 4}
FEWEST_TRANCHES: Final = 2
HUNDRED: Final = 100


class GateClass(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Purpose(StrEnum):
    ORDINARY = "ordinary"
    FIRST = "first"
    SCALING = "scaling"


class About(StrEnum):
    """What a condition is about: the page that would change it."""

    QUESTION = "question"
    STOPS = "stops"
    SHIPPING = "shipping"
    PERIODS = "periods"
    SCHEDULED = "scheduled"
    TRANCHES = "tranches"
    COSIGN = "cosign"


class Missing(StrEnum):
    """What is not known, so that the strictest class is taken."""

    CASH = "cash"
    VALUE = "value"


class Result(StrEnum):
    PASSED = "passed"
    WARNED = "warned"
    HELD = "held"


_TO_4: Final = dict.fromkeys(range(1, 9), 4)
ASKED: Final[Mapping[GateClass, Mapping[int, int]]] = {
    GateClass.A: {},
    GateClass.B: {1: 3, 6: 2, 11: 2},
    GateClass.C: _TO_4 | dict.fromkeys((9, 10, 11), 3),
    GateClass.D: _TO_4 | dict.fromkeys((9, 10, 11), 4),
}


@dataclass(frozen=True)
class Tranche:
    """A part of the money, and the rule that stops the next one: which number, what it
    has to reach, by when."""

    amount: int
    due_on: date
    number: str = ""
    threshold: str = ""
    stop_on: date | None = None

    @property
    def has_rule(self) -> bool:
        return bool(
            self.number.strip() and self.threshold.strip() and self.stop_on is not None
        )


@dataclass(frozen=True)
class Terms:
    """What would be signed. Amounts are minor units of its own currency.

    `value`: the amount in the venture's currency, None while nobody has stated it.
    `notice_days` is None where it cannot be cancelled; `reversible`: percent of the
    amount that comes back.
    """

    amount: int
    value: int | None
    starts_on: date
    ends_on: date
    cancel_cost: int = 0
    notice_days: int | None = None
    reversible: int = 0
    purpose: Purpose = Purpose.ORDINARY
    tranches: tuple[Tranche, ...] = ()

    def worth(self, part: int) -> int | None:
        """A part in the venture's currency, rounded up."""
        return None if self.value is None else -(-part * self.value // self.amount)

    @property
    def exposure(self) -> int | None:
        """Getting out may cost more than staying in."""
        return self.worth(max(self.amount, self.cancel_cost))

    @property
    def bound(self) -> int | None:
        """What cannot be taken back."""
        lost = -(-self.amount * (HUNDRED - self.reversible) // HUNDRED)
        return self.worth(max(lost, self.cancel_cost))

    @property
    def is_of_years(self) -> bool:
        last = self.ends_on
        return (last.year - 1, last.month, last.day) > (
            self.starts_on.year,
            self.starts_on.month,
            self.starts_on.day,
        )

    @property
    def is_cancellable(self) -> bool:
        return self.notice_days is not None and self.notice_days <= NOTICE_DAYS


@dataclass(frozen=True)
class Known:
    """What is on record. `counted`: question → what it counts.

    `open_stops` names what open stops are about, `waiting` the metrics with numbers that
    no verdict has seen. `periods`: with an actual, since shipping.
    `stops_held`: scheduled stops that were held and evaluated.
    """

    counted: Mapping[int, Counted]
    open_stops: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    has_shipped: bool = False
    periods: int = 0
    stops_held: int = 0
    is_cosigned: bool = False


@dataclass(frozen=True)
class Condition:
    """`number` is that of the question, None for the others."""

    about: About
    sentence: str
    is_met: bool
    number: int | None = None


@dataclass(frozen=True)
class Rating:
    """The class, why it is that one, and what is not known."""

    gate_class: GateClass
    why: str
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Gate:
    rating: Rating
    conditions: tuple[Condition, ...]

    @property
    def gate_class(self) -> GateClass:
        return self.rating.gate_class

    @property
    def met(self) -> int:
        return sum(one.is_met for one in self.conditions)

    @property
    def unmet(self) -> tuple[Condition, ...]:
        return tuple(one for one in self.conditions if not one.is_met)

    @property
    def result(self) -> Result:
        if not self.unmet:
            return Result.PASSED
        return Result.HELD if holds(self.gate_class) else Result.WARNED

    @property
    def is_held(self) -> bool:
        return self.result is Result.HELD


def holds(gate_class: GateClass) -> bool:
    """A warns of nothing, B warns; these two hold."""
    return gate_class in (GateClass.C, GateClass.D)


# --- the class -------------------------------------------------------------------
def rate(terms: Terms, cash: int | None) -> Rating:
    """`cash`: in hand, minor units of the venture's currency; None if nobody said."""
    exposure, bound = terms.exposure, terms.bound
    if cash is None or exposure is None or bound is None:
        unknown = {Missing.CASH: cash is None, Missing.VALUE: exposure is None}
        missing = tuple(one for one, is_missing in unknown.items() if is_missing)
        words = "Its share of the cash in hand is not known: the strictest is asked."
        return Rating(GateClass.D, words, missing)
    return (
        _as_d(terms, exposure, bound, cash)
        or _as_c(terms, exposure, cash)
        or _as_b_or_a(terms, exposure, cash)
    )


def _is_over(amount: int, percent: int, cash: int) -> bool:
    return amount * HUNDRED > percent * cash


def _as_d(terms: Terms, exposure: int, bound: int, cash: int) -> Rating | None:
    if exposure > cash:
        return Rating(GateClass.D, "It is more than all the cash in hand.")
    if _is_over(bound, LARGE, cash):
        words = f"More than {LARGE} % of the cash in hand cannot be taken back."
        return Rating(GateClass.D, words)
    if terms.is_of_years and _is_over(exposure, LARGE, cash):
        words = f"It binds more than {LARGE} % of the cash in hand for over a year."
        return Rating(GateClass.D, words)
    return None


def _as_c(terms: Terms, exposure: int, cash: int) -> Rating | None:
    if terms.purpose is Purpose.SCALING:
        return Rating(GateClass.C, "It is scaling.")
    if _is_over(exposure, MODEST, cash):
        words = f"It is more than {MODEST} % of the cash in hand."
        return Rating(GateClass.C, words)
    return None


def _as_b_or_a(terms: Terms, exposure: int, cash: int) -> Rating:
    if terms.purpose is Purpose.FIRST:
        words = "First sales reps, or paid tools for a pilot."
        return Rating(GateClass.B, words)
    if not terms.is_cancellable:
        words = f"It cannot be cancelled within {NOTICE_DAYS} days."
        return Rating(GateClass.B, words)
    if exposure * HUNDRED >= SMALL * cash:
        words = f"It is {SMALL} % of the cash in hand or more."
        return Rating(GateClass.B, words)
    words = (
        f"It can be cancelled within {NOTICE_DAYS} days, "
        f"and is less than {SMALL} % of the cash in hand."
    )
    return Rating(GateClass.A, words)


# --- the gate --------------------------------------------------------------------
def evaluate(terms: Terms, cash: int | None, known: Known) -> Gate:
    rating = rate(terms, cash)
    asked = ASKED[rating.gate_class]
    conditions = [_question(n, least, known.counted) for n, least in asked.items()]
    if holds(rating.gate_class):
        conditions += [_stops(known), _periods(rating.gate_class, known)]
    if rating.gate_class is GateClass.D:
        conditions += [_scheduled(known), _tranches(terms), _cosign(known)]
    return Gate(rating, tuple(conditions))


def _question(number: int, least: int, counted: Mapping[int, Counted]) -> Condition:
    found = counted.get(number, Counted(0))
    stale = ", one less since its score is old" if found.is_stale else ""
    words = f"Question {number} at least {least} (is {found.value}{stale})"
    is_met = found.value >= least
    return Condition(About.QUESTION, words, is_met=is_met, number=number)


def _stops(known: Known) -> Condition:
    """Numbers that nobody has judged may hide a stop."""
    words = "No open stop"
    if known.open_stops:
        words += f" ({_named(known.open_stops)})"
    elif known.waiting:
        words += f" (numbers not judged yet: {_named(known.waiting)})"
    is_met = not known.open_stops and not known.waiting
    return Condition(About.STOPS, words, is_met=is_met)


def _named(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}"


def _periods(gate_class: GateClass, known: Known) -> Condition:
    least = FEWEST_PERIODS[gate_class]
    words = f"{least} periods of actuals since first shipping"
    if not known.has_shipped:
        words += " (no day of first shipping is given)"
        return Condition(About.SHIPPING, words, is_met=False)
    is_met = known.periods >= least
    return Condition(About.PERIODS, f"{words} (is {known.periods})", is_met=is_met)


def _scheduled(known: Known) -> Condition:
    """30 and 90 days after first customer ship."""
    count = known.stops_held or "none"
    words = f"One scheduled stop held and evaluated (held: {count})"
    return Condition(About.SCHEDULED, words, is_met=known.stops_held >= 1)


def _tranches(terms: Terms) -> Condition:
    parts = terms.tranches
    ruled = sum(part.has_rule for part in parts)
    words = "In tranches, each with a stop rule of its own"
    if len(parts) < FEWEST_TRANCHES:
        found = "it is paid as a whole"
    elif sum(part.amount for part in parts) != terms.amount:
        found = "they do not add up to the amount"
    else:
        found = f"{ruled} of {len(parts)} have one"
        is_met = ruled == len(parts)
        return Condition(About.TRANCHES, f"{words} ({found})", is_met=is_met)
    return Condition(About.TRANCHES, f"{words} ({found})", is_met=False)


def _cosign(known: Known) -> Condition:
    words = "An advisor has co-signed" + ("" if known.is_cosigned else " (nobody has)")
    return Condition(About.COSIGN, words, is_met=known.is_cosigned)


def weakest(
    numbers: Iterable[int], counted: Mapping[int, Counted], least: int
) -> tuple[int, ...]:
    """Those questions that count less than `least`."""
    nothing = Counted(0)
    return tuple(n for n in numbers if counted.get(n, nothing).value < least)
