"""What a quarter brought and cost: figures are added, and corrected by a further row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core.activity import log
from core.weeks import Cadence, has_ended, label, period_of
from forecasts.actions.curves import locked_open
from forecasts.errors import Conflict
from forecasts.models import CostLine, Rep, RepQuarter, SalesCurve, ValueKind

# as for days: nobody here sold before, so it is a slip of the finger
FIRST_QUARTER = date(1990, 1, 1)
WHOLE = Decimal(1)
LEAST = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Sold:
    """Of one rep in one quarter, in minor units of the curve; margin None: unknown."""

    rep: Rep
    quarter_start: date
    fte: Decimal
    bookings_minor: int
    revenue_minor: int
    margin_minor: int | None
    refunds_minor: int = 0
    # None: what the rep is now
    kind: str | None = None
    value_kind: str = ValueKind.MEASURED


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one kind in one quarter, in minor units of the curve. `rep` None: of all but
    founders. `se_fte` times `se_cost_minor` is where a share of engineers comes from."""

    quarter_start: date
    kind: str
    amount_minor: int
    rep: Rep | None = None
    se_fte: Decimal | None = None
    se_cost_minor: int | None = None
    note: str = ""
    value_kind: str = ValueKind.MEASURED


# --- quarters --------------------------------------------------------------------
@transaction.atomic
def record_quarters(curve, entries: Sequence[Sold], *, by, now):
    """First figures of reps, all or none. Raises ValidationError, one for each entry
    that cannot be taken."""
    curve = locked_open(curve)
    known = set(curve.quarters.values_list("rep", "quarter_start"))
    errors, rows = [], []
    for entry in entries:
        try:
            check_sold(curve, entry, now)
            if (entry.rep.pk, entry.quarter_start) in known:
                raise ValidationError(
                    _("%(rep)s has figures for %(quarter)s already: correct them."),
                    code="exists",
                    params=named(entry),
                )
        except ValidationError as error:
            errors.append(error)
        known.add((entry.rep.pk, entry.quarter_start))
        rows.append(row_of(RepQuarter, curve, as_then(entry), by=by, now=now))
    if errors:
        raise ValidationError(errors)
    for row in rows:
        row.save()
    told = {"by": by, "now": now, "subject": curve}
    log(curve.workspace, verb="rep_quarters.recorded", count=len(rows), **told)
    return rows


@transaction.atomic
def correct_quarter(row, *, by, now, reason, **figures):
    """A further row. `fte` 0 takes the quarter back. Raises Conflict if `row` was
    corrected already."""
    curve = locked_open(row.curve)
    still_latest(RepQuarter, row)
    entry = Sold(**before(Sold, row) | figures)
    if entry.fte:
        check_sold(curve, entry, now, but=row)
    else:
        entry = taken_back(entry)
    refuse_same(Sold, row, entry, reason)
    extra = {"supersedes": row, "reason": reason}
    correction = row_of(RepQuarter, curve, entry, by=by, now=now, **extra)
    correction.save()
    told = {"by": by, "now": now, "subject": curve}
    data = {"row": str(correction.pk), "supersedes": str(row.pk)}
    log(curve.workspace, verb="rep_quarter.corrected", **told, **data)
    return correction


def as_then(entry):
    """Who becomes another kind of rep later changes nothing here."""
    return replace(entry, kind=entry.kind or entry.rep.kind)


def taken_back(entry):
    nothing = {"fte": Decimal(0), "bookings_minor": 0, "revenue_minor": 0}
    return replace(entry, margin_minor=None, refunds_minor=0, **nothing)


def check_sold(curve, entry, now, but=None):
    check_quarter(curve, entry.quarter_start, now)
    last = period_of(entry.quarter_start, Cadence.QUARTERLY).end
    if entry.rep.started_on > last:
        words = _("%(rep)s began after %(quarter)s.")
        raise ValidationError(words, params=named(entry))
    if entry.rep.left_on is not None and entry.rep.left_on < entry.quarter_start:
        words = _("%(rep)s left before %(quarter)s.")
        raise ValidationError(words, params=named(entry))
    if not LEAST <= entry.fte <= WHOLE:
        words = _("Part of full time lies between 5 and 100 percent.")
        raise ValidationError({"fte": words})
    if entry.margin_minor is not None and entry.margin_minor > entry.revenue_minor:
        words = _("The margin cannot be more than the revenue.")
        raise ValidationError({"margin": words})
    elsewhere = RepQuarter.objects.current().filter(
        rep=entry.rep, quarter_start=entry.quarter_start
    )
    elsewhere = elsewhere.exclude(curve=curve)
    busy = elsewhere.aggregate(all=Sum("fte"))["all"] or 0
    if busy + entry.fte > WHOLE:
        words = _(
            "%(rep)s would work more than full time in %(quarter)s: see the other curves."
        )
        raise ValidationError(words, params=named(entry))


# --- costs -----------------------------------------------------------------------
@transaction.atomic
def record_costs(curve, entries: Sequence[Cost], *, by, now):
    """First figures of costs, all or none."""
    curve = locked_open(curve)
    known = set(curve.cost_lines.values_list("quarter_start", "kind", "rep"))
    errors, rows = [], []
    for entry in entries:
        key = (entry.quarter_start, entry.kind, entry.rep and entry.rep.pk)
        try:
            check_quarter(curve, entry.quarter_start, now)
            if key in known:
                raise ValidationError(
                    _(
                        "There is a line for %(kind)s in %(quarter)s already: correct it."
                    ),
                    code="exists",
                    params=named(entry),
                )
        except ValidationError as error:
            errors.append(error)
        known.add(key)
        rows.append(row_of(CostLine, curve, entry, by=by, now=now))
    if errors:
        raise ValidationError(errors)
    for row in rows:
        row.save()
    told = {"by": by, "now": now, "subject": curve}
    log(curve.workspace, verb="cost_lines.recorded", count=len(rows), **told)
    return rows


@transaction.atomic
def correct_cost(row, *, by, now, reason, **figures):
    """A further row; 0 takes the line back. Raises Conflict if `row` was corrected."""
    curve = locked_open(row.curve)
    still_latest(CostLine, row)
    entry = Cost(**before(Cost, row) | figures)
    refuse_same(Cost, row, entry, reason)
    extra = {"supersedes": row, "reason": reason}
    correction = row_of(CostLine, curve, entry, by=by, now=now, **extra)
    correction.save()
    told = {"by": by, "now": now, "subject": curve}
    data = {"row": str(correction.pk), "supersedes": str(row.pk)}
    log(curve.workspace, verb="cost_line.corrected", **told, **data)
    return correction


# --- shared ----------------------------------------------------------------------
def check_quarter(curve, start, now):
    """What is not over yet looks like a bad quarter: it waits until it is."""
    period = period_of(start, Cadence.QUARTERLY)
    if period.start != start:
        raise ValidationError(_("A quarter begins in January, April, July or October."))
    if start < FIRST_QUARTER:
        raise ValidationError(before_all(period))
    if not has_ended(period, curve.workspace.today(now)):
        words = _("%(quarter)s is not over yet.")
        raise ValidationError(words, params={"quarter": label(period)})


def before_all(period):
    words = _("%(quarter)s is before %(year)s. Is the year right?")
    return words % {"quarter": label(period), "year": FIRST_QUARTER.year}


def named(entry):
    """For messages. Who enters figures may read names."""
    is_cost = isinstance(entry, Cost)
    return {
        "rep": entry.rep.name if entry.rep else "",
        "kind": CostLine.Kind(entry.kind).label if is_cost else "",
        "quarter": label(period_of(entry.quarter_start, Cadence.QUARTERLY)),
    }


def still_latest(model, row):
    current = row
    while (later := model.objects.filter(supersedes=current).first()) is not None:
        current = later
    if current != row:
        raise Conflict(_("This was corrected meanwhile."), current=current)


def before(shape, row):
    return {name: getattr(row, name) for name in shape.__dataclass_fields__}


def refuse_same(shape, row, entry, reason):
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the figure changes.")})
    if before(shape, row) == before(shape, entry):
        raise ValidationError(_("These are the figures already on record."))


def row_of(model, curve: SalesCurve, entry, *, by, now, **extra):
    said = {name: getattr(entry, name) for name in type(entry).__dataclass_fields__}
    return model(
        workspace=curve.workspace, curve=curve, recorded_at=now, by=by, **said, **extra
    )
