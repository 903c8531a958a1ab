"""What the quarters of a curve brought and cost, row by row, with what was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.money import from_minor, show_money
from core.weeks import Cadence, label, period_of
from forecasts.models import CostLine, RepKind, RepQuarter, SalesCurve

EVERYBODY = "–"


@dataclass(frozen=True)
class Said:
    """A figure as it stood before it was corrected, and why it was."""

    figures: str
    reason: str
    recorded_at: object
    by: str


@dataclass(frozen=True)
class Quarter:
    """Rows of one quarter. `total`: what they add up to, all in one currency."""

    start: date
    rows: tuple
    total: str

    @property
    def label(self) -> str:
        return quarter_label(self.start)

    @property
    def written(self) -> str:
        return quarter_written(self.start)


@dataclass(frozen=True)
class SoldRow:
    row: RepQuarter
    rep: str
    currency: str
    earlier: tuple[Said, ...]

    @property
    def fte(self) -> str:
        return f"{self.row.fte * 100:.0f} %"

    @property
    def is_taken_back(self) -> bool:
        return not self.row.fte

    def money(self, minor: int | None) -> str:
        return "–" if minor is None else show_money(minor, self.currency)

    @property
    def bookings(self) -> str:
        return self.money(self.row.bookings_minor)

    @property
    def revenue(self) -> str:
        return self.money(self.row.revenue_minor)

    @property
    def margin(self) -> str:
        return self.money(self.row.margin_minor)

    @property
    def refunds(self) -> str:
        return self.money(self.row.refunds_minor)


@dataclass(frozen=True)
class CostRow:
    """`share`: how an amount of sales engineering came about, in words."""

    row: CostLine
    rep: str
    amount: str
    share: str
    earlier: tuple[Said, ...]


def quarter_label(start: date) -> str:
    return label(period_of(start, Cadence.QUARTERLY))


def quarter_written(start: date) -> str:
    """As it is typed and stands in addresses: `2026-Q3`."""
    return f"{start.year}-Q{(start.month + 2) // 3}"


def rep_name(rep, *, names: bool) -> str:
    """The name for those who may read it; the pseudonym says as much to others."""
    if rep is None:
        return EVERYBODY
    return rep.name if names else rep.pseudonym


# --- quarters --------------------------------------------------------------------
def sold_quarters(curve: SalesCurve, starts: Iterable[date], *, names: bool):
    """The newest first, in one query. `starts`: of the quarters that are shown."""
    rows = curve.quarters.filter(quarter_start__in=list(starts))
    chains = chains_of(rows.select_related("rep", "by"))
    shown = [sold_row(chain, curve.currency, names=names) for chain in chains]
    shown.sort(key=lambda one: (one.row.kind != RepKind.FOUNDER, one.rep))
    return list(grouped(shown, lambda one: one.row.revenue_minor, curve.currency))


def sold_row(chain, currency, *, names):
    last = chain[-1]
    rep = rep_name(last.rep, names=names)
    return SoldRow(last, rep, currency, tuple(history(chain, currency, sold_words)))


def sold_words(row: RepQuarter, currency: str) -> str:
    parts = (row.bookings_minor, row.revenue_minor, row.margin_minor, row.refunds_minor)
    shown = ["–" if one is None else show_money(one, currency) for one in parts]
    return " · ".join([f"{row.fte * 100:.0f} %", *shown])


# --- costs -----------------------------------------------------------------------
def cost_quarters(curve: SalesCurve, starts: Iterable[date], *, names: bool):
    """The newest first, in one query."""
    rows = curve.cost_lines.filter(quarter_start__in=list(starts))
    chains = chains_of(rows.select_related("rep", "by"))
    shown = [cost_row(chain, curve.currency, names=names) for chain in chains]
    kinds = CostLine.Kind.values
    shown.sort(key=lambda one: (not one.rep, one.rep, kinds.index(one.row.kind)))
    return list(grouped(shown, lambda one: one.row.amount_minor, curve.currency))


def cost_row(chain, currency, *, names):
    last = chain[-1]
    return CostRow(
        row=last,
        rep=rep_name(last.rep, names=names) if last.rep else "",
        amount=show_money(last.amount_minor, currency),
        share=share_words(last, currency),
        earlier=tuple(history(chain, currency, cost_words)),
    )


def cost_words(row: CostLine, currency: str) -> str:
    share = share_words(row, currency)
    amount = show_money(row.amount_minor, currency)
    return f"{amount} = {share}" if share else amount


def share_words(row: CostLine, currency: str) -> str:
    """`0.5 × $60,000`."""
    if row.se_fte is None or row.se_cost_minor is None:
        return ""
    people = f"{row.se_fte.normalize():f}" if row.se_fte else "0"
    return f"{people} × {show_money(row.se_cost_minor, currency)}"


# --- shared ----------------------------------------------------------------------
def chains_of(rows) -> list[list]:
    """Each figure with its corrections, the first report first."""
    rows = list(rows)
    later = {row.supersedes_id: row for row in rows if row.supersedes_id}
    chains = []
    for row in rows:
        if row.supersedes_id:
            continue
        chain = [row]
        while chain[-1].pk in later:
            chain.append(later[chain[-1].pk])
        chains.append(chain)
    return chains


def history(chain, currency, words) -> Iterator[Said]:
    """What stood before, the latest first, each with the reason why it went."""
    for old, new in zip(chain[-2::-1], chain[:0:-1], strict=True):
        yield Said(words(old, currency), new.reason, new.recorded_at, str(new.by or ""))


def grouped(shown, amount, currency) -> Iterator[Quarter]:
    for start in sorted({one.row.quarter_start for one in shown}, reverse=True):
        rows = tuple(one for one in shown if one.row.quarter_start == start)
        yield Quarter(start, rows, show_money(sum(map(amount, rows)), currency))


# --- files -----------------------------------------------------------------------
SOLD_COLUMNS = (
    *("quarter", "rep", "kind", "part_of_full_time", "currency", "bookings"),
    *("revenue", "margin", "refunds", "how_known", "recorded_at", "reason"),
)
COST_COLUMNS = (
    *("quarter", "rep", "kind", "currency", "amount", "engineers"),
    *("cost_of_one", "note", "how_known", "recorded_at", "reason"),
)


def sold_cells(row: RepQuarter, currency: str, *, names: bool) -> tuple:
    """The latest word on a rep and quarter, in whole units."""
    margin = row.margin_minor
    return (
        *(quarter_written(row.quarter_start), rep_name(row.rep, names=names)),
        *(row.kind, row.fte, currency, from_minor(row.bookings_minor, currency)),
        from_minor(row.revenue_minor, currency),
        None if margin is None else from_minor(margin, currency),
        from_minor(row.refunds_minor, currency),
        *(row.value_kind, row.recorded_at, row.reason),
    )


def cost_cells(row: CostLine, currency: str, *, names: bool) -> tuple:
    cost: Decimal | None = None
    if row.se_cost_minor is not None:
        cost = from_minor(row.se_cost_minor, currency)
    return (
        quarter_written(row.quarter_start),
        rep_name(row.rep, names=names) if row.rep else "",
        *(row.kind, currency, from_minor(row.amount_minor, currency)),
        *(row.se_fte, cost, row.note, row.value_kind, row.recorded_at, row.reason),
    )
