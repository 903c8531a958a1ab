"""PURE. A curve as the rows of its table: what page, file and API all show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.charts.yields import YieldPoint
from core.money import places
from core.numbers import show
from forecasts.learning_curve import Basis, Course, Quarter, Standing
from forecasts.selling.words import PHASES, TOO_FEW, cut, money, whole

COLUMNS = (
    *("quarter_start", "quarter", "quarters_since_ready", "phase", "standing"),
    *("effective_fte", "ramping_fte", "deals", "sales_yield", "trailing_yield"),
    *("loaded_cost", "contribution_yield", "gross_margin_percent", "ratio", "basis"),
    *("reps_at_break_even", "effective_reps", "largest_deal_percent"),
    *("founder_revenue", "cost_so_far", "reasons"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One quarter. Money is in whole units of `currency`; yields and cost of a year and
    one full-time rep. `ratio` is cut to two places. None is not known, or not judged
    because the quarter is not over."""

    currency: str
    start: date
    name: str
    since: int | None
    phase: str
    standing: str
    effective_fte: Decimal
    ramping_fte: Decimal
    deals: int
    sales_yield: Decimal | None
    trailing_yield: Decimal | None
    loaded_cost: Decimal | None
    contribution_yield: Decimal | None
    gross_margin: Decimal | None
    ratio: Decimal | None
    basis: str
    broke_even: int
    effective_reps: int
    largest_share: Decimal | None
    founder_net: Decimal | None
    spent: Decimal | None
    reasons: tuple[str, ...]
    is_thin: bool
    changes: int

    @property
    def phase_name(self) -> str:
        return PHASES[self.phase]  # type: ignore[index]

    @property
    def is_low_margin(self) -> bool:
        """What is left of the yield is compared, not the yield."""
        return self.basis == Basis.CONTRIBUTION

    @property
    def note(self) -> str:
        """Why a quarter says little, in a few words."""
        if self.standing == Standing.BEFORE:
            return "before sale"
        if self.standing == Standing.UNFINISHED:
            return "not over, not judged"
        if self.standing == Standing.MISSING:
            return "no figures"
        return TOO_FEW if self.is_thin else ""

    def text(self, name: str) -> str:
        """An amount of this row in words."""
        return money(getattr(self, name), self.currency)

    @property
    def yield_text(self) -> str:
        return self.text("sales_yield")

    @property
    def trailing_text(self) -> str:
        return self.text("trailing_yield")

    @property
    def cost_text(self) -> str:
        return self.text("loaded_cost")

    @property
    def contribution_text(self) -> str:
        return self.text("contribution_yield")

    @property
    def spent_text(self) -> str:
        return self.text("spent")

    @property
    def even_text(self) -> str:
        return f"{self.broke_even} of {self.effective_reps}"

    @property
    def reps_text(self) -> str:
        ramping = f" + {show(self.ramping_fte)} ramping" if self.ramping_fte else ""
        return f"{show(self.effective_fte)}{ramping}"


def rows_of(course: Course, currency: str, changed: Sequence[date]) -> tuple[Row, ...]:
    """The earliest first. `changed`: first days of quarters, one for each change."""
    return tuple(
        _row(quarter, course, currency, changed.count(quarter.start))
        for quarter in course.quarters
    )


def _row(quarter: Quarter, course: Course, currency: str, changes: int) -> Row:
    measured = quarter.measured
    is_over = quarter.standing is not Standing.UNFINISHED

    def amount(minor: Decimal | None) -> Decimal | None:
        return whole(minor, currency) if is_over else None

    return Row(
        currency=currency,
        start=quarter.start,
        name=quarter.name,
        since=quarter.since,
        phase=quarter.phase,
        standing=quarter.standing,
        effective_fte=measured.effective_fte,
        ramping_fte=measured.ramping_fte,
        deals=measured.deals,
        sales_yield=amount(measured.sales_yield),
        trailing_yield=amount(quarter.trailing_yield),
        loaded_cost=amount(measured.loaded_cost),
        contribution_yield=amount(measured.contribution_yield),
        gross_margin=percent(measured.gross_margin) if is_over else None,
        ratio=cut(measured.ratio) if is_over else None,
        basis=measured.basis if is_over and measured.ratio is not None else "",
        broke_even=measured.broke_even,
        effective_reps=len(measured.effective),
        largest_share=percent(measured.largest_share) if is_over else None,
        founder_net=amount(measured.founder_net),
        spent=whole(quarter.spent, currency),
        reasons=quarter.reasons,
        is_thin=measured.effective_fte < course.limits.least_reps,
        changes=changes,
    )


def percent(share: Decimal | None) -> Decimal | None:
    """Cut to one place: 39.96 % is not yet 40."""
    return None if share is None else Decimal(int(share * 1000)).scaleb(-1)


def cells(row: Row) -> tuple[object, ...]:
    """As COLUMNS."""
    return (
        *(row.start, row.name, row.since, str(row.phase), str(row.standing)),
        *(row.effective_fte, row.ramping_fte, row.deals, row.sales_yield),
        *(row.trailing_yield, row.loaded_cost, row.contribution_yield),
        *(row.gross_margin, row.ratio, str(row.basis), row.broke_even),
        *(row.effective_reps, row.largest_share, row.founder_net, row.spent),
        " ".join(row.reasons),
    )


def point_of(
    row: Row, quarter: Quarter, traction: Decimal, planned: Decimal | None
) -> YieldPoint:
    """The same row in the chart, with a dot for each effective rep."""
    cost = row.loaded_cost
    is_over = quarter.standing is not Standing.UNFINISHED
    reps = quarter.measured.effective if is_over else ()
    yields = [rep.sales_yield for rep in reps if rep.sales_yield is not None]
    unit = 10 ** places(row.currency)
    return YieldPoint(
        label=str(row.since or ""),
        phase=row.phase,
        value=_float(row.trailing_yield),
        cost=_float(cost),
        traction=_float(cost * traction) if cost is not None else None,
        left=_float(row.contribution_yield) if row.is_low_margin else None,
        dots=tuple(float(value) / unit for value in yields),
        is_thin=row.is_thin,
        is_marked=row.changes > 0,
        effective=float(row.effective_fte),
        ramping=float(row.ramping_fte),
        spent=_float(row.spent),
        planned=_float(planned),
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
