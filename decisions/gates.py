"""PURE. What has to be known before money is committed, and whether it is.

A commitment has a class, by what it would do to the cash in hand:

    A  can be cancelled within 30 days, and is less than 2 % of cash
    B  at most 10 % of cash; sales reps or paid tools for a pilot, however small
    C  scaling (reps beyond what the phase of selling allows, a launch campaign, a new
       site), or more than 10 %
    D  more than 25 % that cannot be taken back, or that binds for more than a year;
       or more than all the cash in hand

A venture may set other shares. What counts together with it (counted_together.py) is
added first. The strictest that fits holds. What is not known cannot soften it: without the cash in
hand, or a value in the venture's currency, it is D. Nothing is asked of A; what B asks
is a warning; C and D hold until every condition is met.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from decisions.gate_limits import USUAL, GateLimits
from decisions.terms import ALONE, HUNDRED, NOTICE_DAYS, Beside, Purpose, Terms
from milestones.course import Counted

FEWEST_PERIODS: Final = {"C": 2, "D": 4}
FEWEST_TRANCHES: Final = 2


class GateClass(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class About(StrEnum):
    """What a condition is about: the page that would change it."""

    QUESTION = "question"
    STOPS = "stops"
    SHIPPING = "shipping"
    PERIODS = "periods"
    SCHEDULED = "scheduled"
    TRANCHES = "tranches"
    COSIGN = "cosign"
    HIRING = "hiring"


class Missing(StrEnum):
    """What is not known, so that the strictest class is taken."""

    CASH = "cash"
    VALUE = "value"
    BESIDE = "beside"


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
def rate(
    terms: Terms,
    cash: int | None,
    *,
    limits: GateLimits = USUAL,
    beside: Beside = ALONE,
) -> Rating:
    """`cash`: in hand, minor units of the venture's currency; None if nobody said."""
    own = Beside.of(terms)
    total = own + beside
    missing = _missing(cash, own, beside)
    if cash is None or missing:
        words = "Its share of the cash in hand is not known: the strictest is asked."
        return Rating(GateClass.D, words, missing)
    found = (
        _as_d(total, cash, limits)
        or _as_c(terms, total, cash, limits)
        or _as_b_or_a(terms, total, cash, limits)
    )
    return _told(found, beside)


def _missing(cash: int | None, own: Beside, beside: Beside) -> tuple[Missing, ...]:
    unknown = {
        Missing.CASH: cash is None,
        Missing.VALUE: own.unknown > 0,
        Missing.BESIDE: beside.unknown > 0,
    }
    return tuple(one for one, is_missing in unknown.items() if is_missing)


def _told(rating: Rating, beside: Beside) -> Rating:
    if not beside.count:
        return rating
    others = "1 other" if beside.count == 1 else f"{beside.count} others"
    why = f"Counted together with {others}: {rating.why[0].lower()}{rating.why[1:]}"
    return replace(rating, why=why)


def _is_over(amount: int, percent: int, cash: int) -> bool:
    return amount * HUNDRED > percent * cash


def _as_d(total: Beside, cash: int, limits: GateLimits) -> Rating | None:
    large = limits.large
    if total.exposure > cash:
        return Rating(GateClass.D, "It is more than all the cash in hand.")
    if _is_over(total.bound, large, cash):
        words = f"More than {large} % of the cash in hand cannot be taken back."
        return Rating(GateClass.D, words)
    if _is_over(total.of_years, large, cash):
        words = f"It binds more than {large} % of the cash in hand for over a year."
        return Rating(GateClass.D, words)
    return None


def _as_c(terms: Terms, total: Beside, cash: int, limits: GateLimits) -> Rating | None:
    if terms.purpose is Purpose.SCALING:
        words = "It hires beyond what the phase of selling allows."
        return Rating(GateClass.C, words if terms.hiring else "It is scaling.")
    if _is_over(total.exposure, limits.modest, cash):
        words = f"It is more than {limits.modest} % of the cash in hand."
        return Rating(GateClass.C, words)
    return None


def _as_b_or_a(terms: Terms, total: Beside, cash: int, limits: GateLimits) -> Rating:
    small = limits.small
    if terms.purpose is Purpose.FIRST:
        words = "First sales reps, or paid tools for a pilot."
        if terms.hiring:
            words = "It hires sales reps."
        return Rating(GateClass.B, words)
    if not terms.is_cancellable:
        words = f"It cannot be cancelled within {NOTICE_DAYS} days."
        return Rating(GateClass.B, words)
    if total.exposure * HUNDRED >= small * cash:
        words = f"It is {small} % of the cash in hand or more."
        return Rating(GateClass.B, words)
    words = (
        f"It can be cancelled within {NOTICE_DAYS} days, "
        f"and is less than {small} % of the cash in hand."
    )
    return Rating(GateClass.A, words)


# --- the gate --------------------------------------------------------------------
def evaluate(
    terms: Terms,
    cash: int | None,
    known: Known,
    *,
    limits: GateLimits = USUAL,
    beside: Beside = ALONE,
) -> Gate:
    rating = rate(terms, cash, limits=limits, beside=beside)
    asked = ASKED[rating.gate_class]
    conditions = [_question(n, least, known.counted) for n, least in asked.items()]
    conditions += _hiring(terms)
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


def _hiring(terms: Terms) -> list[Condition]:
    """Also where nothing else is asked: a rep costs more than the first salary."""
    told = terms.hiring
    if told is None:
        return []
    found = [Condition(About.HIRING, told.count_sentence, is_met=told.is_within)]
    if told.kind_sentence:
        kind = Condition(About.HIRING, told.kind_sentence, is_met=told.is_kind)
        found.append(kind)
    return found


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
    lacks = " (nobody has: to sign an override is another thing)"
    words = "An advisor has co-signed" + ("" if known.is_cosigned else lacks)
    return Condition(About.COSIGN, words, is_met=known.is_cosigned)


def weakest(
    numbers: Iterable[int], counted: Mapping[int, Counted], least: int
) -> tuple[int, ...]:
    """Those questions that count less than `least`."""
    nothing = Counted(0)
    return tuple(n for n in numbers if counted.get(n, nothing).value < least)
