"""Rows of one curve as the figures of its quarters: four queries, however many rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Q,
)
from django.db.models.functions import Cast, Substr

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
from forecasts.models import (
    CostLine,
    Deal,
    LearningEntry,
    RepQuarter,
    SalesCurve,
    ValueKind,
)
from forecasts.selling.limits import limits_of

# Figures of a large team are thousands of rows: they come as tuples, and with ids as the
# database writes them, because making as many UUIDs takes longer than reading the rows.
REP = Cast("rep_id", CharField())
# Year and quarter, 0 to 3, of a day as text: SQLite asks Python for parts of a date,
# once for each row.
_CLOSED = Cast("closed_on", CharField())
YEAR = Substr(_CLOSED, 1, 4)
PLACE = (Cast(Substr(_CLOSED, 6, 2), IntegerField()) - 1) / 3
OF_QUARTERS = (
    *("is_here", "key", "rep__name", "rep__pseudonym", "rep__started_on"),
    *("rep__ramp_months", "rep__left_on", "quarter_start", "kind", "fte"),
    *("revenue_minor", "refunds_minor", "margin_minor", "bookings_minor"),
    "value_kind",
)
AREAS = (LearningEntry.Area.PRODUCT, LearningEntry.Area.PRICE)


class QuarterRow(NamedTuple):
    """A row as OF_QUARTERS reads it."""

    is_here: bool
    rep: str
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
    value_kind: str


class Won(NamedTuple):
    """Deals won in one quarter; `kind` None: they name no rep."""

    kind: str | None
    count: int
    largest: int | None
    unpriced: int


NO_DEALS = Won(None, 0, None, 0)


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
    """A curve with its course and what was changed meanwhile, the earliest first.
    `kinds`: of values that were not measured, in words; they are never mixed silently.
    """

    curve: SalesCurve
    course: Course
    changes: tuple[Change, ...]
    kinds: tuple[str, ...]

    @property
    def currency(self) -> str:
        return self.curve.currency


def curve_of(
    curve: SalesCurve, *, today: date, question_8: int | None, with_names: bool
) -> CurveCourse:
    """`curve` comes with its workspace. `question_8` is its effective score as it stands
    today, None while it has none; without `with_names` reps go by their pseudonyms."""
    figures = figures_of(curve, today, with_names=with_names)
    return CurveCourse(
        curve=curve,
        course=course_of(
            figures.quarters,
            ready_on=curve.ready_on,
            today=today,
            limits=limits_of(curve.workspace),
            question_8=question_8,
        ),
        changes=changes_of(curve),
        kinds=tuple(str(ValueKind(kind).label) for kind in figures.kinds),
    )


class Figures(NamedTuple):
    """Quarters that anything is known of, and kinds of values that were not measured."""

    quarters: list[QuarterFigures]
    kinds: list[str]


def figures_of(curve: SalesCurve, today: date, *, with_names: bool) -> Figures:
    every, deals = rows_of(curve), deals_of(curve)
    rows = [row for row in every if row.is_here]
    elsewhere = {(row.rep, row.start) for row in every if not row.is_here and row.fte}
    sold: dict[date, list[RepFigures]] = defaultdict(list)
    for row in rows:
        if row.fte:
            won = deals.pop((row.start, row.rep), NO_DEALS)
            sold[row.start].append(rep_of(row, won, with_names=with_names))
    for start, last in forgotten(rows, elsewhere, today):
        sold[start].append(unsaid(last, start, with_names=with_names))
    (costs, kinds), loose = costs_of(curve), loose_of(deals)
    kinds |= {row.value_kind for row in rows}
    quarters = [
        QuarterFigures(start, tuple(sold[start]), tuple(costs[start]), *loose[start])
        for start in sorted({*sold, *costs, *loose})
    ]
    return Figures(quarters, sorted(kinds - {ValueKind.MEASURED.value}))


def rows_of(curve: SalesCurve) -> list[QuarterRow]:
    """Of all curves of the venture, because who sells there is not missing here. The
    last word on each rep and quarter; with 0 FTE they did not sell."""
    rows = RepQuarter.objects.in_workspace(curve.workspace_id).latest_words()
    is_here = ExpressionWrapper(Q(curve=curve.pk), output_field=BooleanField())
    rows = rows.annotate(is_here=is_here, key=REP).order_by("quarter_start")
    return [QuarterRow._make(row) for row in rows.values_list(*OF_QUARTERS)]


def rep_of(row: QuarterRow, won: Won, *, with_names: bool) -> RepFigures:
    return RepFigures(
        rep=row.rep,
        name=row.name if with_names else row.pseudonym,
        kind=row.kind,
        fte=row.fte,
        tenure_months=tenure_months(row.started_on, row.start),
        ramp_months=row.ramp_months,
        revenue=row.revenue,
        refunds=row.refunds,
        margin=row.margin,
        bookings=row.bookings,
        deals=won.count,
        largest_deal=won.largest,
        unpriced=won.unpriced,
    )


def unsaid(last: QuarterRow, start: date, *, with_names: bool) -> RepFigures:
    """A rep of whom nothing is known in that quarter, as they were last."""
    return replace(
        rep_of(last, NO_DEALS, with_names=with_names),
        tenure_months=tenure_months(last.started_on, start),
        revenue=None,
        refunds=0,
        margin=None,
        bookings=None,
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


def costs_of(curve: SalesCurve) -> tuple[dict[date, list[CostFigures]], set[str]]:
    """By quarter; and the kinds of values among them."""
    rows = CostLine.objects.filter(curve=curve).current().annotate(key=REP)
    found: dict[date, list[CostFigures]] = defaultdict(list)
    kinds = set()
    names = ("quarter_start", "value_kind", "key", "kind", "amount_minor")
    for start, kind, *line in rows.order_by().values_list(*names):
        found[start].append(CostFigures._make(line))
        kinds.add(kind)
    return found, kinds


def deals_of(curve: SalesCurve) -> dict[tuple[date, str | None], Won]:
    """Won ones, by quarter and rep. One without a price in the currency of the curve
    cannot be compared."""
    is_priced = Q(currency=curve.currency, paid_minor__isnull=False)
    rows = Deal.objects.filter(curve=curve, outcome=Deal.Outcome.WON).standing()
    rows = rows.annotate(year=YEAR, place=PLACE, key=REP)
    rows = rows.values("year", "place", "key").annotate(
        of_kind=F("rep__kind"),
        count=Count("pk"),
        largest=Max("paid_minor", filter=is_priced),
        unpriced=Count("pk", filter=~is_priced),
    )
    names = ("year", "place", "key", "of_kind", "count", "largest", "unpriced")
    return {
        (date(int(year), 1 + 3 * place, 1), rep): Won._make(won)
        for year, place, rep, *won in rows.order_by().values_list(*names)
    }


def loose_of(
    deals: dict[tuple[date, str | None], Won],
) -> dict[date, tuple[int, int | None, int]]:
    """By quarter: deals that name nobody, or a rep without figures; never those of a
    founder."""
    loose: dict[date, tuple[int, int | None, int]] = defaultdict(lambda: (0, None, 0))
    for (start, _rep), won in deals.items():
        if won.kind == FOUNDER:
            continue
        count, largest, unpriced = loose[start]
        known = [one for one in (largest, won.largest) if one is not None]
        loose[start] = (
            count + won.count,
            max(known, default=None),
            unpriced + won.unpriced,
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
