"""The deals of a venture: a list that can be narrowed, what they came to, and a file.

Amounts of different currencies are never added. A deal in another currency than its
curve stands apart, and is in no sum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, Prefetch, Q, Sum, Value, When

from core.money import from_minor, show_money
from forecasts.models import Deal, DealStep
from forecasts.sold import chains_of, rep_name
from interviews.masked_pages import read_with

MOST_STEPS = 30


@dataclass(frozen=True)
class DealFilter:
    """Empty leaves everything in. `outcome`: of Deal.Outcome."""

    q: str = ""
    curve: UUID | None = None
    outcome: str = ""

    def __bool__(self) -> bool:
        return bool(self.q or self.curve or self.outcome)


def money(minor: int | None, currency: str) -> str:
    return "" if minor is None else show_money(minor, currency)


@dataclass(frozen=True)
class ListedDeal:
    row: Deal
    rep: str

    @property
    def is_foreign(self) -> bool:
        return self.row.currency != self.row.curve.currency

    @property
    def amount(self) -> str:
        """What was agreed; until then the list price."""
        return self.paid or self.list_price

    @property
    def list_price(self) -> str:
        return money(self.row.list_minor, self.row.currency)

    @property
    def paid(self) -> str:
        return money(self.row.paid_minor, self.row.currency)

    @property
    def days(self) -> int | None:
        """From opening to close."""
        closed = self.row.closed_on
        return None if closed is None else (closed - self.row.opened_on).days


@dataclass(frozen=True)
class Sums:
    """`won`: one amount for each currency of a curve; `foreign`: deals in no sum."""

    open: int = 0
    won_count: int = 0
    lost: int = 0
    foreign: int = 0
    won: tuple[str, ...] = field(default=())


def deals_in(workspace, wanted: DealFilter = DealFilter(), *, names: bool = False):
    """The newest first, those in the currency of their curve before the others.

    `names`: whether the reader may look for them."""
    rows = Deal.objects.in_workspace(workspace).standing()
    if wanted.q:
        found = Q(title__icontains=wanted.q) | Q(outside_id__icontains=wanted.q)
        if names:
            found |= Q(organisation__name__icontains=wanted.q)
        else:
            heard = rows.filter(found)
            words = ("title", "outside_id")
            found = Q(pk__in=read_with(wanted.q, workspace, heard, *words))
        rows = rows.filter(found)
    if wanted.curve:
        rows = rows.filter(curve=wanted.curve)
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    is_own = When(currency=F("curve__currency"), then=Value(False))  # noqa: FBT003
    rows = rows.annotate(
        stands_apart=Case(is_own, default=Value(True), output_field=BooleanField())  # noqa: FBT003
    )
    rows = rows.select_related("curve", "rep", "organisation")
    return rows.order_by("stands_apart", "-opened_on", "-created_at", "pk")


def with_steps(rows):
    steps = DealStep.objects.current().order_by("on", "recorded_at", "pk")
    return rows.prefetch_related(Prefetch("steps", steps, to_attr="reached"))


def sums_of(rows) -> Sums:
    """Of a filtered list, in one query."""
    found = (
        rows.order_by()
        .values("outcome", "stands_apart", "curve__currency")
        .annotate(count=Count("pk"), paid=Sum("paid_minor"))
    )
    counts: dict[str, int] = {}
    paid: dict[str, int] = {}
    foreign = 0
    for one in found:
        counts[one["outcome"]] = counts.get(one["outcome"], 0) + one["count"]
        if one["stands_apart"]:
            foreign += one["count"]
        elif one["paid"]:
            currency = one["curve__currency"]
            paid[currency] = paid.get(currency, 0) + one["paid"]
    return Sums(
        open=counts.get(Deal.Outcome.OPEN, 0),
        won_count=counts.get(Deal.Outcome.WON, 0),
        lost=counts.get(Deal.Outcome.LOST, 0),
        foreign=foreign,
        won=tuple(show_money(paid[code], code) for code in sorted(paid)),
    )


def listed(rows, *, names: bool):
    for row in rows:
        yield ListedDeal(row, rep_name(row.rep, names=names) if row.rep else "")


def one_listed(row: Deal, *, names: bool) -> ListedDeal:
    return next(listed([row], names=names))


@dataclass(frozen=True)
class ShownStep:
    """`earlier`: pairs of what was said before and what took its place, the latest
    first."""

    row: DealStep
    earlier: tuple[tuple[DealStep, DealStep], ...]

    @property
    def is_taken_back(self) -> bool:
        return not self.row.name


def step_chains(deal: Deal) -> list[ShownStep]:
    chains = chains_of(deal.steps.select_related("by"))
    shown = [
        ShownStep(chain[-1], tuple(zip(chain[-2::-1], chain[:0:-1], strict=True)))
        for chain in chains
    ]
    return sorted(shown, key=lambda one: (one.row.on, one.row.recorded_at))


def known_steps(workspace) -> tuple[str, ...]:
    """Names of steps that deals took, the most frequent first."""
    rows = DealStep.objects.in_workspace(workspace).current().order_by()
    rows = rows.values("name").annotate(count=Count("pk"))
    rows = rows.order_by("-count", "name").values_list("name", flat=True)
    return tuple(rows[:MOST_STEPS])


COLUMNS = (
    *("id", "name", "organisation", "owner", "product", "channel", "stage_history"),
    *("list_amount", "amount", "currency", "counted", "created", "expected_close"),
    *("close_date", "outcome", "reason", "champion"),
)


def cells(one: ListedDeal) -> tuple:
    """Raw numbers and ISO dates; the headings are those the import knows."""
    row = one.row
    steps = "; ".join(f"{step.on.isoformat()} {step.name}" for step in row.reached)
    return (
        *(row.outside_id, row.title, row.organisation.name if row.organisation else ""),
        *(one.rep, row.curve.product, row.curve.channel, steps),
        *(amount(row.list_minor, row.currency), amount(row.paid_minor, row.currency)),
        *(row.currency, "no" if one.is_foreign else "yes", row.opened_on),
        *(row.expected_on, row.closed_on, row.outcome, row.reasons, row.champion),
    )


def amount(minor, currency):
    return None if minor is None else from_minor(minor, currency)
