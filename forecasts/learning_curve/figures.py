"""PURE. What goes into a sales learning curve, as it is known now."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from core.weeks import Cadence, Period, period_of

FOUNDER: Final = "founder"
SALES_ENGINEERING: Final = "sales_engineering"
QUARTERS_A_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """Starting values of this product, not findings; a venture sets its own.

    `traction_multiple` is times the loaded cost; `initiation_cap` reps; the others are
    percent. `least_reps` (full time) and `in_a_row` (quarters) are fixed.
    """

    traction_multiple: Decimal = Decimal(2)
    initiation_cap: int = 4
    transition_growth: int = 50
    hysteresis: int = 10
    whale_share: int = 40
    margin_switch: int = 60
    least_reps: int = 2
    in_a_row: int = 2
    least_question_8: int = 4

    def fallen_under(self, level: Decimal) -> Decimal:
        """The ratio below which a quarter counts against a phase begun at `level`."""
        return level * (100 - self.hysteresis) / 100


@dataclass(frozen=True, slots=True)
class RepFigures:
    """One rep in one quarter. `kind` as it was then; `fte` above 0, at most 1.

    `tenure_months` are whole months sold when the quarter began. `revenue` is net new
    recognised revenue before `refunds`; None: nobody has entered it. `deals` were won,
    `largest_deal` is the dearest of them, `unpriced` of them have no price in the
    currency of the curve.
    """

    rep: str
    name: str
    kind: str
    fte: Decimal
    tenure_months: int
    ramp_months: int
    revenue: int | None
    refunds: int = 0
    margin: int | None = None
    bookings: int | None = None
    deals: int = 0
    largest_deal: int | None = None
    unpriced: int = 0

    @property
    def is_founder(self) -> bool:
        return self.kind == FOUNDER

    @property
    def is_effective(self) -> bool:
        """Past the ramp, and no founder: says something about what reps bring."""
        return not self.is_founder and self.tenure_months >= self.ramp_months

    @property
    def net(self) -> int | None:
        return None if self.revenue is None else self.revenue - self.refunds


class CostFigures(NamedTuple):
    """One kind of cost of one quarter; `rep` None is shared by all but founders."""

    rep: str | None
    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """All that is known of one quarter. The `loose_` ones are won deals that name no
    rep: they might be anybody's."""

    start: date
    reps: tuple[RepFigures, ...] = ()
    costs: tuple[CostFigures, ...] = ()
    loose_deals: int = 0
    loose_largest: int | None = None
    loose_unpriced: int = 0

    @property
    def period(self) -> Period:
        return period_of(self.start, Cadence.QUARTERLY)

    @property
    def is_empty(self) -> bool:
        """Nothing was entered on what was sold."""
        return all(rep.revenue is None for rep in self.reps)


def tenure_months(started_on: date, day: date) -> int:
    """Whole months from one day to another; 0 before they are over."""
    months = (day.year - started_on.year) * 12 + day.month - started_on.month
    return max(months - (day.day < started_on.day), 0)
