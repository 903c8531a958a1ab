"""Rows of one curve as the figures of its quarters: four queries, however many rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Q
from django.db.models.functions import TruncQuarter

from core.weeks import Cadence, has_ended, period_of, periods_between
from forecasts.learning_curve import (
    FOUNDER,
    CostFigures,
    Course,
    QuarterFigures,
    RepFigures,
    course_of,
    tenure_months,
)
from forecasts.models import CostLine, Deal, LearningEntry, RepQuarter, SalesCurve
from forecasts.selling.limits import limits_of

OF_QUARTERS = (
    *(
        "curve_id",
        "rep_id",
        "rep__name",
        "rep__pseudonym",
        "rep__started_on",
        "rep__ramp_months",
    ),
    *("rep__left_on", "quarter_start", "kind", "fte", "revenue_minor"),
    *("refunds_minor", "margin_minor", "bookings_minor"),
)
AREAS = (LearningEntry.Area.PRODUCT, LearningEntry.Area.PRICE)


class QuarterRow(NamedTuple):
    """A row as OF_QUARTERS reads it."""

    curve: Any
    rep: Any
    name: str
    pseudonym: str
    started_on: date
    ramp_months: int
    left_on: date | None
    start: date
    kind: str
    fte: Any
    revenue: int
    refunds: int
    margin: int | None
    bookings: int


class DealRow(NamedTuple):
    """Deals won by one rep in one quarter; `rep` and `kind` None: they name nobody."""

    rep: Any
    kind: str | None
    start: date
    count: int
    largest: int | None
    unpriced: int


@dataclass(frozen=True, slots=True)
class Change:
    """Something of product or price that was changed, from the learning log."""

    area: str
    on: date
    start: date
    what: str
    learned: str


@dataclass(frozen=True, slots=True)
class CurveCourse:
    """A curve with its course and what was changed meanwhile, the earliest first."""

    curve: SalesCurve
    course: Course
    changes: tuple[Change, ...]

    @property
    def currency(self) -> str:
        return self.curve.currency


def curve_of(
    curve: SalesCurve, *, today: date, question_8: int | None, with_names: bool
) -> CurveCourse:
    """`curve` comes with its workspace. `question_8` is its effective score as it stands today, None while it has none;
    without `with_names` reps go by their pseudonyms."""
    return CurveCourse(
        curve=curve,
        course=course_of(
            figures_of(curve, today, with_names=with_names),
            ready_on=curve.ready_on,
            today=today,
            limits=limits_of(curve.workspace),
            question_8=question_8,
        ),
        changes=changes_of(curve),
    )


def figures_of(
    curve: SalesCurve, today: date, *, with_names: bool
) -> list[QuarterFigures]:
    """Those that anything is known of."""
    every = rows_of(curve)
    rows = [row for row in every if row.curve == curve.pk]
    elsewhere = {
        (row.rep, row.start) for row in every if row.curve != curve.pk and row.fte
    }
    sold: dict[date, list[RepFigures]] = defaultdict(list)
    for row in rows:
        if row.fte:
            sold[row.start].append(rep_of(row, with_names=with_names))
    for start, missing in forgotten(rows, elsewhere, today):
        sold[start].append(
            replace(
                rep_of(missing, with_names=with_names),
                tenure_months=tenure_months(missing.started_on, start),
                revenue=None,
                refunds=0,
                margin=None,
                bookings=None,
            )
        )
    costs, deals = costs_of(curve), deals_of(curve)
    starts = {*sold, *costs, *(row.start for row in deals)}
    loose = with_deals(sold, deals)
    return [
        QuarterFigures(start, tuple(sold[start]), tuple(costs[start]), *loose[start])
        for start in sorted(starts)
    ]


def rows_of(curve: SalesCurve) -> list[QuarterRow]:
    """Of all curves of the venture, because who sells there is not missing here. The
    last word on each rep and quarter; with 0 FTE they did not sell."""
    rows = RepQuarter.objects.in_workspace(curve.workspace_id).latest_words()
    return [
        QuarterRow._make(row)
        for row in rows.order_by("quarter_start").values_list(*OF_QUARTERS)
    ]


def rep_of(row: QuarterRow, *, with_names: bool) -> RepFigures:
    return RepFigures(
        rep=str(row.rep),
        name=row.name if with_names else row.pseudonym,
        kind=row.kind,
        fte=row.fte,
        tenure_months=tenure_months(row.started_on, row.start),
        ramp_months=row.ramp_months,
        revenue=row.revenue,
        refunds=row.refunds,
        margin=row.margin,
        bookings=row.bookings,
    )


def forgotten(
    rows: Iterable[QuarterRow], sold_elsewhere: set[tuple[Any, date]], today: date
) -> Iterable[tuple[date, QuarterRow]]:
    """Reps who sold here before, have not left, and of whom a quarter that is over says
    nothing although it tells of others."""
    by_start: dict[date, dict[Any, QuarterRow]] = defaultdict(dict)
    for row in rows:
        by_start[row.start][row.rep] = row
    if not by_start:
        return
    expected: dict[Any, QuarterRow] = {}
    for period in periods_between(min(by_start), max(by_start), Cadence.QUARTERLY):
        told = by_start.get(period.start, {})
        for rep, last in expected.items():
            is_here = last.left_on is None or last.left_on >= period.start
            is_known = rep in told or (rep, period.start) in sold_elsewhere
            if told and is_here and not is_known and has_ended(period, today):
                yield period.start, last
        expected.update(told)
        expected = {
            rep: row
            for rep, row in expected.items()
            if row.fte and (rep, period.start) not in sold_elsewhere
        }


def costs_of(curve: SalesCurve) -> dict[date, list[CostFigures]]:
    rows = CostLine.objects.filter(curve=curve).current()
    found: dict[date, list[CostFigures]] = defaultdict(list)
    names = ("quarter_start", "rep_id", "kind", "amount_minor")
    for start, rep, kind, amount in rows.order_by("kind", "pk").values_list(*names):
        found[start].append(CostFigures(rep and str(rep), kind, amount))
    return found


def deals_of(curve: SalesCurve) -> list[DealRow]:
    """Won ones, by rep and quarter. One without a price in the currency of the curve
    cannot be compared."""
    is_priced = Q(currency=curve.currency, paid_minor__isnull=False)
    rows = Deal.objects.filter(curve=curve, outcome=Deal.Outcome.WON).standing()
    rows = rows.annotate(start=TruncQuarter("closed_on")).values("start", "rep_id")
    rows = rows.annotate(
        kind=F("rep__kind"),
        count=Count("pk"),
        largest=Max("paid_minor", filter=is_priced),
        unpriced=Count("pk", filter=~is_priced),
    )
    names = ("rep_id", "kind", "start", "count", "largest", "unpriced")
    return [DealRow._make(row) for row in rows.order_by().values_list(*names)]


def with_deals(
    sold: dict[date, list[RepFigures]], deals: Iterable[DealRow]
) -> dict[date, tuple[int, int | None, int]]:
    """Puts deals to their reps. Left over, by quarter: those that name nobody, or a rep
    without figures; never those of a founder."""
    places = {
        (one.rep, start): (reps, place)
        for start, reps in sold.items()
        for place, one in enumerate(reps)
    }
    loose: dict[date, tuple[int, int | None, int]] = defaultdict(lambda: (0, None, 0))
    for deal in deals:
        found = places.get((str(deal.rep), deal.start))
        if found:
            reps, place = found
            reps[place] = replace(
                reps[place],
                deals=deal.count,
                largest_deal=deal.largest,
                unpriced=deal.unpriced,
            )
        elif deal.kind != FOUNDER:
            count, largest, unpriced = loose[deal.start]
            known = [one for one in (largest, deal.largest) if one is not None]
            loose[deal.start] = (
                count + deal.count,
                max(known, default=None),
                unpriced + deal.unpriced,
            )
    return loose


def changes_of(curve: SalesCurve) -> tuple[Change, ...]:
    rows = LearningEntry.objects.filter(curve=curve, area__in=AREAS).current()
    return tuple(
        Change(
            area=row.get_area_display(),
            on=row.changed_on,
            start=period_of(row.changed_on, Cadence.QUARTERLY).start,
            what=row.changed,
            learned=row.learned,
        )
        for row in rows.order_by("changed_on", "recorded_at", "pk")
    )
