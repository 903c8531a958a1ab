"""PURE. The phase of a curve after each of its quarters, and why.

Two quarters in a row bring a curve one phase on, two below the level less the
hysteresis bring it one back; in between it stays. A quarter that is missing never counts
for a curve, and does not wipe out what counted against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Final

from core.numbers import show
from forecasts.learning_curve.figures import Limits
from forecasts.learning_curve.measuring import Basis, Measured

BREAK_EVEN: Final = Decimal(1)
TWO_PLACES: Final = Decimal("0.01")


class Phase(StrEnum):
    PRE = "pre"
    INITIATION = "initiation"
    TRANSITION = "transition"
    EXECUTION = "execution"


class Standing(StrEnum):
    """How a quarter is taken. `BEFORE`: over before the product was ready for sale."""

    BEFORE = "before"
    MISSING = "missing"
    UNFINISHED = "unfinished"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Test:
    """One quarter as the rules see it."""

    standing: Standing
    measured: Measured


@dataclass(frozen=True, slots=True)
class Step:
    """`phase` after the quarter. `has_traction`: the numbers alone would allow to
    scale, whatever question 8 counts."""

    phase: Phase
    reasons: tuple[str, ...]
    has_traction: bool


def phases(
    tests: Sequence[Test], limits: Limits, question_8: int | None
) -> Iterator[Step]:
    """One step a quarter. `question_8` is its effective score as it stands today."""
    walk = _Walk(limits, question_8)
    for test in tests:
        yield walk.after(test)


def unmet(measured: Measured, limits: Limits) -> tuple[str, ...]:
    """The side conditions a quarter does not meet, in words. Unknown is not met."""
    found = []
    if measured.basis is Basis.AT_MOST:
        found.append("the gross margin is not known")
    if measured.effective_fte < limits.least_reps:
        found.append(
            f"{show(measured.effective_fte)} effective FTE, "
            f"of {limits.least_reps} at least"
        )
    reps = len(measured.effective)
    if 2 * measured.broke_even < reps:
        found.append(f"{measured.broke_even} of {reps} reps break even, not half")
    share = measured.largest_share
    if share is None:
        found.append("the largest deal is not known")
    elif share * 100 > limits.whale_share:
        found.append(
            f"one deal is {show(share * 100)} % of the revenue, "
            f"over {limits.whale_share} %"
        )
    return tuple(found)


class _Walk:
    """Quarters in order. `up` and `down` count those in a row at each level."""

    def __init__(self, limits: Limits, question_8: int | None) -> None:
        self.limits = limits
        self.question_8 = question_8
        self.phase = Phase.PRE
        self.up = dict.fromkeys(self.levels, 0)
        self.down = dict.fromkeys(self.levels, 0)

    @property
    def levels(self) -> tuple[Decimal, Decimal]:
        return BREAK_EVEN, self.limits.traction_multiple

    def after(self, test: Test) -> Step:
        if test.standing is Standing.BEFORE:
            return Step(Phase.PRE, ("Not ready for sale yet.",), has_traction=False)
        if self.phase is Phase.PRE:
            self.phase = Phase.INITIATION
        if test.standing is Standing.UNFINISHED:
            return self._step("The quarter is not over: it is not judged.")
        said = [self._count(test)]
        moved = self._move()
        return self._step(*said, *moved)

    def _step(self, *reasons: str) -> Step:
        run = self.up[self.limits.traction_multiple]
        has_traction = self.phase in (Phase.TRANSITION, Phase.EXECUTION)
        is_enough = run >= self.limits.in_a_row
        return Step(
            self.phase, tuple(filter(None, reasons)), has_traction and is_enough
        )

    def _count(self, test: Test) -> str:
        """Notes what the quarter adds to each row; says how it was taken."""
        measured = test.measured
        is_missing = test.standing is Standing.MISSING
        if not is_missing and not measured.effective_fte:
            self._note(up=[], down=self.levels)
            return "No rep is past the ramp: the quarter counts against the curve."
        if is_missing or measured.ratio is None:
            self._note(up=[], down=None)
            lacks = "no figures" if is_missing else ", ".join(measured.lacks)
            return f"Not judged: {lacks or 'the cost is nothing'}."
        lacking = unmet(measured, self.limits)
        up = [] if lacking else [lv for lv in self.levels if measured.ratio >= lv]
        down = [
            level
            for level in self.levels
            if measured.ratio < self.limits.fallen_under(level)
        ]
        keeps = measured.basis is Basis.AT_MOST
        self._note(up=up, down=down, keeps=keeps)
        return self._said(measured, lacking)

    def _note(
        self,
        *,
        up: Sequence[Decimal],
        down: Sequence[Decimal] | None,
        keeps: bool = False,
    ) -> None:
        """`down` None, or `keeps` for a level it is not in: nothing is known."""
        for level in self.up:
            self.up[level] = self.up[level] + 1 if level in up else 0
            if down is not None and level in down:
                self.down[level] += 1
            elif down is not None and not keeps:
                self.down[level] = 0

    def _said(self, measured: Measured, lacking: tuple[str, ...]) -> str:
        """The ratio in words, with what keeps it from counting."""
        ratio = measured.ratio or Decimal(0)
        earned = {
            Basis.REVENUE: "The yield",
            Basis.CONTRIBUTION: "What is left of the yield",
            Basis.AT_MOST: "The yield, before what it cost to deliver,",
        }[measured.basis]
        said = f"{earned} is {cut(ratio)} of the full cost"
        if ratio < BREAK_EVEN:
            return f"{said}, under 1."
        if lacking:
            return f"{said}, but does not count: {'; '.join(lacking)}."
        return f"{said}, with all that is asked beside it."

    def _move(self) -> tuple[str, ...]:
        """One phase on or back at most."""
        rows, traction = self.limits.in_a_row, self.limits.traction_multiple
        if self.phase is Phase.INITIATION:
            if self.up[BREAK_EVEN] >= rows:
                return self._enter(Phase.TRANSITION, "Break-even", "in a row")
            return self._so_far(BREAK_EVEN, "break-even")
        if self.phase is Phase.EXECUTION:
            if self.down[traction] >= rows:
                return self._enter(Phase.TRANSITION, "Below traction", "one phase back")
            return ()
        if self.down[BREAK_EVEN] >= rows:
            return self._enter(Phase.INITIATION, "Below break-even", "one phase back")
        if self.up[traction] < rows:
            return self._so_far(traction, "traction")
        if (self.question_8 or 0) < self.limits.least_question_8:
            return (self._waiting_for_question_8(),)
        return self._enter(Phase.EXECUTION, "Traction", "in a row")

    def _enter(self, phase: Phase, what: str, how: str) -> tuple[str, ...]:
        self.phase = phase
        self.down = dict.fromkeys(self.levels, 0)
        return (f"{what} in {self.limits.in_a_row} quarters: {how}.",)

    def _so_far(self, level: Decimal, name: str) -> tuple[str, ...]:
        if not self.up[level]:
            return ()
        return (
            f"The first quarter at {name}; it takes {self.limits.in_a_row} in a row.",
        )

    def _waiting_for_question_8(self) -> str:
        counts = "nothing" if self.question_8 is None else str(self.question_8)
        return (
            f"The numbers have traction, but question 8 counts {counts}, "
            f"of {self.limits.least_question_8} at least."
        )


def cut(ratio: Decimal) -> Decimal:
    """Two places, cut: 0.996 is not yet 1."""
    return ratio.quantize(TWO_PLACES, ROUND_DOWN)
