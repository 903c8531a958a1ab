"""PURE. Do our ranges hold what they promise?

A range is expected to hold in 8 of 10 periods. Each ended period counts its number
against what was promised *first*, so that no revision makes a miss look like a hit.
Never counted: points registered after their period had begun, estimated figures, and
ranges wider than ± 60 %, which say nothing. Where no range was given, the usual noise
of such numbers stands in: ± 32 % up to a month, ± 19 % for a quarter or a year.

    bias = Σ actual / Σ promised - 1        over the counted periods
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from core.weeks import Cadence, has_ended
from forecasts.drift import Direction
from forecasts.history import History, Key, Planned, Reported

EXPECTED_SHARE: Final = 0.8
ENOUGH: Final = 10
VAGUE_FROM: Final = Decimal("0.6")
USUAL: Final = Decimal("0.32")
USUAL_LONG: Final = Decimal("0.19")
LONG: Final = frozenset((Cadence.QUARTERLY, Cadence.YEARLY))
ESTIMATED: Final = "estimated"


@dataclass(frozen=True, slots=True)
class Calibration:
    """`counted` periods, `inside` of them in their range; `usual` had none of their
    own. Left out: `late`, `estimated`, `vague`. `bias` is None without a promise."""

    counted: int
    inside: int
    usual: int
    late: int
    estimated: int
    vague: int
    bias: float | None

    @property
    def is_enough(self) -> bool:
        return self.counted >= ENOUGH

    @property
    def left_out(self) -> int:
        return self.late + self.estimated + self.vague


@dataclass(frozen=True, slots=True)
class _Tried:
    """One period, and whether it counts: empty, or why it does not."""

    promised: Planned
    actual: Decimal
    why_not: str
    is_usual: bool
    is_inside: bool


def calibration(history: History, today: date) -> Calibration:
    tried = list(_tries(history, today))
    counted = [one for one in tried if not one.why_not]
    promised = sum((one.promised.expected for one in counted), Decimal(0))
    reached = sum((one.actual for one in counted), Decimal(0))
    reasons = [one.why_not for one in tried]
    return Calibration(
        counted=len(counted),
        inside=sum(one.is_inside for one in counted),
        usual=sum(one.is_usual for one in counted),
        late=reasons.count("late"),
        estimated=reasons.count("estimated"),
        vague=reasons.count("vague"),
        bias=float(reached / promised - 1) if promised else None,
    )


def pooled(every: Iterable[Calibration]) -> Calibration:
    """Over several metrics. Their biases are of different units: there is none."""
    found = list(every)
    return Calibration(
        counted=sum(one.counted for one in found),
        inside=sum(one.inside for one in found),
        usual=sum(one.usual for one in found),
        late=sum(one.late for one in found),
        estimated=sum(one.estimated for one in found),
        vague=sum(one.vague for one in found),
        bias=None,
    )


def is_worse(bias: float, direction: Direction) -> bool:
    return bias < 0 if direction == Direction.HIGHER else bias > 0


def first_promises(history: History) -> dict[Key, Planned]:
    """What was promised first for each period, whatever was decided since."""
    return replace(history, process_from=None).baseline()


def ended_periods(history: History, today: date) -> dict[Key, Planned]:
    """Those with a promise that are over, whether or not a number came."""
    return {
        key: point
        for key, point in first_promises(history).items()
        if has_ended(point.period, today)
    }


def made_easier(history: History) -> float | None:
    """How much of the first promise the latest revision keeps; 0.75 is a quarter less.

    Where less is better it is the other way round. None before any revision.
    """
    promised, latest = first_promises(history), _latest(history)
    keys = [key for key, point in latest.items() if point.order != promised[key].order]
    first = sum((promised[key].expected for key in keys), Decimal(0))
    now = sum((latest[key].expected for key in keys), Decimal(0))
    if not first or not now:
        return None
    return float(now / first if history.direction == Direction.HIGHER else first / now)


def _latest(history: History) -> dict[Key, Planned]:
    """The points of the latest revision."""
    newest = max((point.order for point in history.planned), default=None)
    return {
        (point.period.start, point.period.end): point
        for point in history.planned
        if point.order == newest
    }


def _tries(history: History, today: date) -> Iterable[_Tried]:
    for key, promised in ended_periods(history, today).items():
        reported = history.current(key)
        if reported is not None:
            yield _try(promised, reported, history.cadence)


def _try(promised: Planned, reported: Reported, cadence: Cadence) -> _Tried:
    low, high = _range(promised, cadence)
    return _Tried(
        promised=promised,
        actual=reported.value,
        why_not=_why_not(promised, reported),
        is_usual=promised.low is None and promised.high is None,
        is_inside=low <= reported.value <= high,
    )


def _why_not(promised: Planned, reported: Reported) -> str:
    if promised.is_late:
        return "late"
    if ESTIMATED in (promised.value_kind, reported.value_kind):
        return "estimated"
    return "vague" if _is_vague(promised) else ""


def _is_vague(point: Planned) -> bool:
    reach = VAGUE_FROM * abs(point.expected)
    is_low = point.low is not None and point.expected - point.low > reach
    return is_low or (point.high is not None and point.high - point.expected > reach)


def _range(point: Planned, cadence: Cadence) -> tuple[Decimal, Decimal]:
    """The range as given; an end that was left open is the usual one."""
    reach = (USUAL_LONG if cadence in LONG else USUAL) * abs(point.expected)
    low = point.expected - reach if point.low is None else point.low
    high = point.expected + reach if point.high is None else point.high
    return low, high
