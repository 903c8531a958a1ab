"""Sales curves, reps, and what quarters brought and cost, over the API."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    FormBody,
    Page,
    PolicyRouter,
    bound,
    change_body,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from core.revisions import EndedError
from forecasts.actions import (
    add_curve,
    add_rep,
    close_curve,
    correct_cost,
    correct_quarter,
    edit_curve,
    edit_rep,
    record_costs,
    record_quarters,
)
from forecasts.errors import Conflict
from forecasts.forms.curves import CurveForm, RepForm
from forecasts.forms.selling import (
    CostCorrectionForm,
    CostForm,
    SoldCorrectionForm,
    SoldEntryForm,
    cost_initial,
    sold_initial,
)
from forecasts.models import CostLine, Rep, RepQuarter, SalesCurve
from forecasts.sold import rep_name

router = PolicyRouter(tags=["sales curves"])


# --- what is answered ------------------------------------------------------------
class SalesCurveOut(Schema):
    """One product through one channel. `ready_on` null: not ready for sale yet."""

    id: UUID
    rev: int
    product: str
    channel: str
    segment: UUID | None
    currency: str
    ready_on: date | None
    created_at: datetime
    closed_at: datetime | None

    @staticmethod
    def resolve_segment(row: SalesCurve) -> UUID | None:
        return row.segment_id


class RepOut(Schema):
    """`name`: the pseudonym, for tokens that may not see names."""

    id: UUID
    rev: int
    name: str
    kind: str
    started_on: date
    ramp_months: int
    left_on: date | None

    @staticmethod
    def resolve_name(row: Rep, context) -> str:
        names = Permission.SEE_PEOPLE in context["request"].may
        return rep_name(row, names=names)


class RepQuarterOut(Schema):
    """Amounts in minor units of the curve's currency. `fte` 0: taken back."""

    id: UUID
    rep: UUID
    quarter_start: date
    kind: str
    fte: Decimal
    bookings_minor: int
    revenue_minor: int
    margin_minor: int | None
    refunds_minor: int
    value_kind: str
    supersedes: UUID | None
    reason: str
    recorded_at: datetime

    @staticmethod
    def resolve_rep(row: RepQuarter) -> UUID:
        return row.rep_id

    @staticmethod
    def resolve_supersedes(row: RepQuarter) -> UUID | None:
        return row.supersedes_id


class CostLineOut(Schema):
    """Of one quarter, in minor units of the curve's currency. `rep` null: of all reps
    but founders. `se_fte` times `se_cost_minor`: where a share of engineers is from."""

    id: UUID
    rep: UUID | None
    quarter_start: date
    kind: str
    amount_minor: int
    se_fte: Decimal | None
    se_cost_minor: int | None
    note: str
    value_kind: str
    supersedes: UUID | None
    reason: str
    recorded_at: datetime

    @staticmethod
    def resolve_rep(row: CostLine) -> UUID | None:
        return row.rep_id

    @staticmethod
    def resolve_supersedes(row: CostLine) -> UUID | None:
        return row.supersedes_id


# --- what is sent ----------------------------------------------------------------
SalesCurveIn = form_body(CurveForm, name="SalesCurveIn")
SalesCurveChange = change_body(CurveForm)
RepIn = form_body(RepForm)
RepChange = change_body(RepForm)
RepQuarterIn = form_body(SoldEntryForm, name="RepQuarterIn")
RepQuarterCorrection = form_body(SoldCorrectionForm, name="RepQuarterCorrection")
CostLineIn = form_body(CostForm, name="CostLineIn")
CostLineCorrection = form_body(
    CostCorrectionForm, but=["quarter", "kind", "rep"], name="CostLineCorrection"
)


class RevIn(FormBody):
    """`rev`: the revision that was read."""

    rev: int


# --- curves ----------------------------------------------------------------------
def curves_of(request: HttpRequest):
    return SalesCurve.objects.in_workspace(request.workspace)


def curve_in(request: HttpRequest, pk: UUID, *, is_open: bool = False) -> SalesCurve:
    rows = curves_of(request).open() if is_open else curves_of(request)
    curve = get_object_or_404(rows, pk=pk)
    curve.workspace = request.workspace
    return curve


@router.get(
    "/sales-curves", response=Page[SalesCurveOut], auth=token_may(Permission.VIEW)
)
def sales_curve_list(request, *, closed: bool = False, page: int = 1, size: int = 25):
    """Those still open, or with `closed` the others."""
    rows = curves_of(request).filter(closed_at__isnull=not closed)
    return page_of(rows.order_by("created_at", "pk"), page, size)


@router.post(
    "/sales-curves", response={201: SalesCurveOut}, auth=token_may(Permission.PLAN)
)
def sales_curve_add(request, body: SalesCurveIn):
    """Another product, segment or channel is another curve."""
    form = bound(CurveForm, sent(body), workspace=request.workspace)
    told = {"by": request.user, "now": clock.now()}
    return Status(201, add_curve(request.workspace, **told, **cleaned(form)))


@router.put(
    "/sales-curves/{uuid:pk}",
    response=SalesCurveOut,
    auth=token_may(Permission.PLAN),
)
def sales_curve_edit(request, pk: UUID, body: SalesCurveChange):
    """The currency of a curve with figures stays."""
    row = curve_in(request, pk, is_open=True)
    form = bound(CurveForm, sent(body), row=row, workspace=request.workspace)
    return edit_curve(row, by=request.user, now=clock.now(), **cleaned(form))


@router.post(
    "/sales-curves/{uuid:pk}/close",
    response=SalesCurveOut,
    auth=token_may(Permission.PLAN),
)
def sales_curve_close(request, pk: UUID, body: RevIn):
    """It takes no more figures; those there are stay."""
    row = curve_in(request, pk, is_open=True)
    return close_curve(row, by=request.user, now=clock.now(), rev=body.rev)


# --- reps ------------------------------------------------------------------------
@router.get("/reps", response=Page[RepOut], auth=token_may(Permission.VIEW))
def rep_list(request, page: int = 1, size: int = 25):
    """Everybody who sells or sold, founders too."""
    rows = Rep.objects.in_workspace(request.workspace)
    return page_of(rows.order_by("created_at", "pk"), page, size)


@router.post("/reps", response={201: RepOut}, auth=token_may(Permission.PLAN))
def rep_add(request, body: RepIn):
    """`kind`: founder, renaissance, enlightened or coin_operated."""
    form = bound(RepForm, sent(body), workspace=request.workspace)
    told = {"by": request.user, "now": clock.now()}
    return Status(201, add_rep(request.workspace, **told, **cleaned(form)))


@router.put("/reps/{uuid:pk}", response=RepOut, auth=token_may(Permission.PLAN))
def rep_edit(request, pk: UUID, body: RepChange):
    """Another kind holds from the next quarter that is entered."""
    row = get_object_or_404(Rep.objects.in_workspace(request.workspace), pk=pk)
    form = bound(RepForm, sent(body), row=row, workspace=request.workspace)
    return edit_rep(row, by=request.user, now=clock.now(), **cleaned(form))


# --- quarters --------------------------------------------------------------------
@router.get(
    "/sales-curves/{uuid:pk}/quarters",
    response=Page[RepQuarterOut],
    auth=token_may(Permission.VIEW),
)
def rep_quarter_list(request, pk: UUID, page: int = 1, size: int = 25):
    """The latest word on each rep and quarter, in order of time."""
    rows = curve_in(request, pk).quarters.latest_words()
    return page_of(rows.order_by("quarter_start", "recorded_at", "pk"), page, size)


@router.post(
    "/sales-curves/{uuid:pk}/quarters",
    response={201: RepQuarterOut},
    auth=token_may(Permission.PLAN),
)
def rep_quarter_add(request, pk: UUID, body: RepQuarterIn):
    """The first figures of a rep for a quarter that is over. `fte` in percent, amounts
    as text in whole units, such as "12,500.50"."""
    curve = curve_in(request, pk, is_open=True)
    now = clock.now()
    today = request.workspace.today(now)
    form = bound(SoldEntryForm, sent(body), curve=curve, today=today)
    data = cleaned(form)
    entry = form.entry(data["rep"], data["quarter"])
    return Status(201, record_quarters(curve, [entry], by=request.user, now=now)[0])


@router.post(
    "/rep-quarters/{uuid:pk}/correct",
    response={201: RepQuarterOut},
    auth=token_may(Permission.PLAN),
)
def rep_quarter_correct(request, pk: UUID, body: RepQuarterCorrection):
    """A further row with its reason; what is left out stays. `fte` 0 takes it back."""
    row = figure_in(request, RepQuarter, pk)
    shown = sold_initial(row, row.curve.currency)
    form = bound(SoldCorrectionForm, sent(body), curve=row.curve, initial=shown)
    return Status(201, corrected(request, correct_quarter, row, form))


# --- costs -----------------------------------------------------------------------
@router.get(
    "/sales-curves/{uuid:pk}/costs",
    response=Page[CostLineOut],
    auth=token_may(Permission.VIEW),
)
def cost_line_list(request, pk: UUID, page: int = 1, size: int = 25):
    """The latest word on each line, in order of time."""
    rows = curve_in(request, pk).cost_lines.latest_words()
    return page_of(rows.order_by("quarter_start", "recorded_at", "pk"), page, size)


@router.post(
    "/sales-curves/{uuid:pk}/costs",
    response={201: CostLineOut},
    auth=token_may(Permission.PLAN),
)
def cost_line_add(request, pk: UUID, body: CostLineIn):
    """The first figure of a kind of cost for a quarter that is over."""
    curve = curve_in(request, pk, is_open=True)
    now = clock.now()
    today = request.workspace.today(now)
    form = bound(CostForm, sent(body), curve=curve, today=today)
    cleaned(form)
    rows = record_costs(curve, [form.entry()], by=request.user, now=now)
    return Status(201, rows[0])


@router.post(
    "/cost-lines/{uuid:pk}/correct",
    response={201: CostLineOut},
    auth=token_may(Permission.PLAN),
)
def cost_line_correct(request, pk: UUID, body: CostLineCorrection):
    """A further row with its reason; what is left out stays. 0 takes the line back."""
    row = figure_in(request, CostLine, pk)
    today = request.workspace.today(clock.now())
    told = {"curve": row.curve, "today": today, "line": row}
    shown = cost_initial(row, row.curve.currency)
    form = bound(CostCorrectionForm, sent(body), initial=shown, **told)
    return Status(201, corrected(request, correct_cost, row, form))


# --- shared ----------------------------------------------------------------------
def figure_in(request, model, pk: UUID):
    rows = model.objects.in_workspace(request.workspace)
    row = get_object_or_404(rows.select_related("curve", "rep"), pk=pk)
    row.curve.workspace = request.workspace
    return row


def corrected(request, action, row, form):
    reason = cleaned(form)["reason"]
    return corrected_row(request, action, row, form.figures | {"reason": reason})


def corrected_row(request, action, row, said):
    """409 where somebody corrected the row meanwhile."""
    try:
        return action(row, by=request.user, now=clock.now(), **said)
    except Conflict as conflict:
        raise EndedError(str(conflict)) from conflict
