"""PURE. What would be signed, and what that comes to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import add, sub
from typing import Final

from core.written import is_written
from decisions.hiring import Hiring

NOTICE_DAYS: Final = 30
HUNDRED: Final = 100


class Purpose(StrEnum):
    ORDINARY = "ordinary"
    FIRST = "first"
    SCALING = "scaling"


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
        is_said = is_written(self.number) and is_written(self.threshold)
        return is_said and self.stop_on is not None


@dataclass(frozen=True)
class Terms:
    """What would be signed. Amounts are minor units of its own currency.

    `value`: the amount in the venture's currency, None while nobody has stated it.
    `notice_days` is None where it cannot be cancelled; `reversible`: percent of the
    amount that comes back. `hiring`: of a commitment that hires reps.
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
    hiring: Hiring | None = None

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
class Beside:
    """What counts together with a commitment, in the venture's currency. `unknown` of
    them have no value in it. `of_years`: what binds for more than a year."""

    count: int = 0
    unknown: int = 0
    exposure: int = 0
    bound: int = 0
    of_years: int = 0

    @classmethod
    def of(cls, terms: Terms) -> "Beside":
        exposure, bound = terms.exposure, terms.bound
        if exposure is None or bound is None:
            return cls(count=1, unknown=1)
        of_years = exposure if terms.is_of_years else 0
        return cls(1, 0, exposure, bound, of_years)

    def __add__(self, other: "Beside") -> "Beside":
        return Beside(*map(add, self._sums, other._sums))

    def __sub__(self, other: "Beside") -> "Beside":
        return Beside(*map(sub, self._sums, other._sums))

    @property
    def _sums(self) -> tuple[int, ...]:
        return (self.count, self.unknown, self.exposure, self.bound, self.of_years)


ALONE: Final = Beside()
