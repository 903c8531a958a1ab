"""PURE. What one quarter says: yield, full cost, and what has to be known beside them.

    yield        = 4 × net new revenue of effective reps ÷ effective FTE
    loaded cost  = 4 × their cost lines, with their part of what is shared ÷ effective FTE
    contribution = yield × gross margin of effective reps
    ratio        = yield ÷ loaded cost; contribution ÷ loaded cost under the margin switch

An effective rep is no founder and past the ramp. A shared line is split over all reps
but founders by FTE. Sums are exact, so that the order of rows does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from forecasts.learning_curve.figures import (
    QUARTERS_A_YEAR,
    SALES_ENGINEERING,
    CostFigures,
    Limits,
    QuarterFigures,
    RepFigures,
)

NOTHING = Decimal(0)


class Basis(StrEnum):
    """What the ratio compares with the cost. `AT_MOST`: the gross margin is unknown, so
    the revenue is more than what was earned, or as much."""

    REVENUE = "revenue"
    CONTRIBUTION = "contribution"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class RepMeasured:
    """One rep. `sales_yield` is of a year and a full-time rep, also while ramping;
    `cost` of the quarter, with the part of what is shared."""

    figures: RepFigures
    cost: Decimal | None
    sales_yield: Decimal | None
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class Measured:
    """One quarter. Amounts ending in `_yield` or `_cost` are of a year and one full-time
    rep; `net`, `contribution` and `cost` of this quarter and all effective reps; `spent`
    of all lines, and `by_kind` of cost.

    `lacks` says what is not known, in words; `warnings` what makes the figures doubtful.
    """

    reps: tuple[RepMeasured, ...]
    effective_fte: Decimal
    ramping_fte: Decimal
    net: Decimal | None
    cost: Decimal | None
    spent: Decimal | None
    by_kind: tuple[tuple[str, int], ...]
    sales_yield: Decimal | None
    loaded_cost: Decimal | None
    gross_margin: Decimal | None
    contribution: Decimal | None
    contribution_yield: Decimal | None
    ratio: Decimal | None
    basis: Basis
    broke_even: int
    largest_share: Decimal | None
    deals: int
    founder_net: Decimal | None
    founder_deals: int
    lacks: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def effective(self) -> tuple[RepMeasured, ...]:
        return tuple(rep for rep in self.reps if rep.figures.is_effective)


def measure(quarter: QuarterFigures, limits: Limits) -> Measured:
    reps = sorted(quarter.reps, key=lambda rep: (rep.name, rep.rep))
    sellers = [rep for rep in reps if not rep.is_founder]
    effective = [rep for rep in sellers if rep.is_effective]
    founders = [rep for rep in reps if rep.is_founder]
    split = _Split.of(sellers, quarter.costs)
    effective_fte = _fte(effective)
    lacks = _lacks(effective, quarter.costs, split)
    net = None if lacks.of_revenue else _net(effective)
    cost = None if lacks.of_cost else split.of_all(effective)
    earned = _earned(effective) if net is not None else None
    margin = _margin(effective)
    basis = _basis(margin, limits)
    measured = tuple(_of_rep(rep, split, basis) for rep in reps)
    return Measured(
        reps=measured,
        effective_fte=effective_fte,
        ramping_fte=split.fte - effective_fte,
        net=net,
        cost=cost,
        spent=_spent(quarter.costs),
        by_kind=_by_kind(quarter.costs),
        sales_yield=_a_year(net, effective_fte),
        loaded_cost=_a_year(cost, effective_fte),
        gross_margin=margin,
        contribution=earned,
        contribution_yield=_a_year(earned, effective_fte),
        ratio=_ratio(net, earned, cost, basis),
        basis=basis,
        broke_even=_broke_even(measured),
        largest_share=_largest_share(quarter, effective, net),
        deals=sum(rep.deals for rep in effective) + quarter.loose_deals,
        founder_net=_net(founders) if _are_known(founders) else None,
        founder_deals=sum(rep.deals for rep in founders),
        lacks=(*lacks.of_revenue, *lacks.of_cost),
        warnings=_warnings(quarter, limits, margin),
    )


@dataclass(frozen=True, slots=True)
class _Split:
    """The cost of each rep who is no founder: their own lines, and by FTE what is
    shared."""

    own: dict[str, int]
    shared: int
    fte: Decimal

    @classmethod
    def of(
        cls, sellers: Sequence[RepFigures], lines: Sequence[CostFigures]
    ) -> "_Split":
        own: dict[str, int] = {}
        wanted = {rep.rep for rep in sellers}
        for line in lines:
            if line.rep in wanted and line.rep is not None:
                own[line.rep] = own.get(line.rep, 0) + line.amount
        shared = sum(line.amount for line in lines if line.rep is None)
        return cls(own, shared, _fte(sellers))

    def of_one(self, rep: RepFigures) -> Decimal:
        own = self.own.get(rep.rep, 0)
        return own + self.shared * rep.fte / self.fte

    def of_all(self, reps: Sequence[RepFigures]) -> Decimal:
        own = sum(self.own.get(rep.rep, 0) for rep in reps)
        return own + self.shared * _fte(reps) / self.fte if reps else NOTHING


@dataclass(frozen=True, slots=True)
class _Lacks:
    of_revenue: tuple[str, ...]
    of_cost: tuple[str, ...]


def _lacks(
    effective: Sequence[RepFigures], lines: Sequence[CostFigures], split: _Split
) -> _Lacks:
    """What is not known. A rep without a cost of their own beside others who have one
    was forgotten."""
    if not effective:
        return _Lacks(("no rep is past the ramp",), ())
    revenue = tuple(f"no figures of {rep.name}" for rep in effective if rep.net is None)
    if not lines:
        return _Lacks(revenue, ("no costs",))
    forgotten = [
        rep.name for rep in effective if split.own and rep.rep not in split.own
    ]
    return _Lacks(revenue, tuple(f"no cost of {name}" for name in forgotten))


def _fte(reps: Sequence[RepFigures]) -> Decimal:
    return sum((rep.fte for rep in reps), NOTHING)


def _net(reps: Sequence[RepFigures]) -> Decimal:
    return Decimal(sum(rep.net or 0 for rep in reps))


def _are_known(reps: Sequence[RepFigures]) -> bool:
    return all(rep.net is not None for rep in reps)


def _spent(lines: Sequence[CostFigures]) -> Decimal | None:
    return Decimal(sum(line.amount for line in lines)) if lines else None


def _by_kind(lines: Sequence[CostFigures]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.kind] = found.get(line.kind, 0) + line.amount
    return tuple(sorted(found.items()))


def _margin(reps: Sequence[RepFigures]) -> Decimal | None:
    """0 to 1, of revenue before refunds; without any revenue there is none."""
    revenue = sum(rep.revenue or 0 for rep in reps)
    if not revenue or any(rep.margin is None and rep.revenue for rep in reps):
        return None
    return Decimal(sum(rep.margin or 0 for rep in reps)) / revenue


def _earned(reps: Sequence[RepFigures]) -> Decimal | None:
    """What is left of the revenue: times the gross margin, in one division. Where
    nothing was sold, refunds are lost in full."""
    net, revenue = _net(reps), sum(rep.revenue or 0 for rep in reps)
    if not revenue:
        return net
    if _margin(reps) is None:
        return None
    return net * sum(rep.margin or 0 for rep in reps) / revenue


def _basis(margin: Decimal | None, limits: Limits) -> Basis:
    if margin is None:
        return Basis.AT_MOST
    low = margin * 100 < limits.margin_switch
    return Basis.CONTRIBUTION if low else Basis.REVENUE


def _a_year(amount: Decimal | None, fte: Decimal) -> Decimal | None:
    if amount is None or not fte:
        return None
    return QUARTERS_A_YEAR * amount / fte


def _ratio(
    net: Decimal | None, earned: Decimal | None, cost: Decimal | None, basis: Basis
) -> Decimal | None:
    """A cost of nothing tells nothing."""
    amount = earned if basis is Basis.CONTRIBUTION else net
    return amount / cost if amount is not None and cost else None


def _of_rep(rep: RepFigures, split: _Split, basis: Basis) -> RepMeasured:
    net = _net_of(rep)
    if net is None or rep.is_founder:
        return RepMeasured(rep, None, _a_year(net, rep.fte), None)
    cost = split.of_one(rep)
    earned = _earned([rep]) if basis is Basis.CONTRIBUTION else None
    ratio = _ratio(net, earned, cost, basis)
    return RepMeasured(rep, cost, _a_year(net, rep.fte), ratio)


def _net_of(rep: RepFigures) -> Decimal | None:
    return None if rep.net is None else Decimal(rep.net)


def _broke_even(reps: Sequence[RepMeasured]) -> int:
    """How many effective reps each bring in what they cost."""
    known = [rep.ratio for rep in reps if rep.figures.is_effective]
    return sum(ratio is not None and ratio >= 1 for ratio in known)


def _largest_share(
    quarter: QuarterFigures, effective: Sequence[RepFigures], net: Decimal | None
) -> Decimal | None:
    """Of the dearest deal in what effective reps brought. A deal that names no rep is
    taken for theirs; while one has no price, the dearest is not known."""
    unpriced = sum(rep.unpriced for rep in effective) + quarter.loose_unpriced
    known = [rep.largest_deal for rep in effective] + [quarter.loose_largest]
    deals = [deal for deal in known if deal is not None]
    if unpriced or not deals or not net or net < 0:
        return None
    return max(deals) / net


def _warnings(
    quarter: QuarterFigures, limits: Limits, margin: Decimal | None
) -> tuple[str, ...]:
    found = []
    if quarter.costs and all(line.kind != SALES_ENGINEERING for line in quarter.costs):
        found.append("no sales engineering in the cost, so it looks lower than it is")
    if margin is not None and margin * 100 < limits.margin_switch:
        found.append(
            f"gross margin under {limits.margin_switch} %: "
            "what is left of the revenue is compared with the cost"
        )
    return tuple(found)
