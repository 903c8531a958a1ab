"""The learning log, and what investors were told, over the API."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    Page,
    PolicyRouter,
    bound,
    cleaned,
    form_body,
    page_of,
    sent,
    token_may,
)
from core.models import Permission
from forecasts.actions import (
    add_learning,
    correct_learning,
    tell_investors,
    withdraw_expectation,
)
from forecasts.forms.learning import LearningCorrectionForm, LearningForm, values_of
from forecasts.forms.telling import TakeBackForm, TellingForm
from forecasts.learning_curve import Quarter
from forecasts.learning_log import Entry, entries_of, quarters_of
from forecasts.models import InvestorExpectation, LearningEntry, Metric
from forecasts.selling.words import whole
from forecasts.selling_api import corrected_row, curve_in
from forecasts.told import Telling, expectations_in, tellings_of

router = PolicyRouter(tags=["learning log, what investors were told"])


class Learning(Schema):
    """A correction is a further row: `supersedes` names the one it replaced. `by`: who
    of the team wrote it."""

    id: UUID
    area: str
    changed_on: date
    changed: str
    expected: str
    learned: str
    supersedes: UUID | None
    reason: str
    recorded_at: datetime
    by: str


class LearningOut(Learning):
    @staticmethod
    def resolve_by(row: LearningEntry) -> str:
        return str(row.by or "")

    @staticmethod
    def resolve_supersedes(row: LearningEntry) -> UUID | None:
        return row.supersedes_id


class YieldOut(Schema):
    """In whole units of the curve's currency, of a year and one full-time rep."""

    quarter: str
    sales_yield: Decimal


class LearnedOut(Learning):
    """`effect`: the yield of the quarter before it beside that of the one after, in the
    words of the page; `is_thin`: too few reps for it to say much. `beside`: other
    changes of the same quarter."""

    quarter: str
    effect: str
    before: YieldOut | None
    after: YieldOut | None
    is_thin: bool
    beside: int


class PromiseOut(Schema):
    """`actual` is null while no number has come, `forecast_now` where no plan speaks of
    the period any more."""

    period_start: date
    period_end: date
    told: Decimal
    actual: Decimal | None
    forecast_now: Decimal | None


class TellingOut(Schema):
    """`revision`: the number of the revision that was told, 0 the first forecast. `by`
    wrote it down. One with `taken_back_at` was written down wrongly, as `reason` says:
    it counts nowhere."""

    id: UUID
    metric: UUID
    revision: int
    told_to: str
    told_on: date
    note: str
    by: str
    sentence: str
    is_behind: bool
    taken_back_at: datetime | None
    reason: str
    promises: list[PromiseOut]


LearningIn: Any = form_body(LearningForm)
LearningCorrection: Any = form_body(LearningCorrectionForm, name="LearningCorrection")
TellingIn: Any = form_body(TellingForm, name="TellingIn")
TellingWithdrawal: Any = form_body(TakeBackForm, name="TellingWithdrawal")


@router.get(
    "/sales-curves/{uuid:pk}/learning",
    response=Page[LearnedOut],
    auth=token_may(Permission.VIEW),
)
def learning_list(request, pk: UUID, page: int = 1, size: int = 25):
    """What stands of each change, the newest first."""
    curve = curve_in(request, pk)
    today = request.workspace.today(clock.now())
    shown = page_of(entries_of(curve), page, size)
    items = [
        learned(quarter.name, entry)
        for quarter in quarters_of(curve, shown["items"], today)
        for entry in quarter.entries
    ]
    return shown | {"items": items}


def learned(quarter: str, entry: Entry) -> dict[str, Any]:
    row = entry.row
    names = ("area", "changed_on", "changed", "expected", "learned", "reason")
    said = {name: getattr(row, name) for name in names}
    return said | {
        "id": row.pk,
        "supersedes": row.supersedes_id,
        "recorded_at": row.recorded_at,
        "by": str(row.by or ""),
        "quarter": quarter,
        "effect": entry.says,
        "before": yielded(entry.effect.before, entry.currency),
        "after": yielded(entry.effect.after, entry.currency),
        "is_thin": entry.effect.is_thin,
        "beside": entry.beside,
    }


def yielded(quarter: Quarter | None, currency: str) -> dict[str, Any] | None:
    if quarter is None:
        return None
    shown = whole(quarter.measured.sales_yield, currency)
    return {"quarter": quarter.name, "sales_yield": shown}


@router.post(
    "/sales-curves/{uuid:pk}/learning",
    response={201: LearningOut},
    auth=token_may(Permission.PLAN),
)
def learning_add(request, pk: UUID, body: LearningIn):
    curve = curve_in(request, pk, is_open=True)
    now = clock.now()
    form = bound(LearningForm, sent(body), today=request.workspace.today(now))
    row = add_learning(curve, by=request.user, now=now, **cleaned(form))
    return Status(201, row)


@router.post(
    "/learning/{uuid:pk}/correct",
    response={201: LearningOut},
    auth=token_may(Permission.PLAN),
)
def learning_correct(request, pk: UUID, body: LearningCorrection):
    """A further row; what is left out stays. To say for the first time what a change
    did needs no reason."""
    entry = learning_in(request, pk)
    today = request.workspace.today(clock.now())
    shown = values_of(entry)
    form = bound(LearningCorrectionForm, sent(body), today=today, initial=shown)
    return Status(201, corrected_row(request, correct_learning, entry, cleaned(form)))


def learning_in(request, pk: UUID) -> LearningEntry:
    rows = LearningEntry.objects.filter(workspace=request.workspace)
    entry = get_object_or_404(rows.select_related("curve"), pk=pk)
    entry.curve.workspace = request.workspace
    return entry


# --- what investors were told ----------------------------------------------------
@router.get("/expectations", response=Page[TellingOut], auth=token_may(Permission.VIEW))
def expectation_list(request, page: int = 1, size: int = 25):
    """The newest first, each period against what came and the forecast of today; also
    those that were taken back."""
    shown = page_of(expectations_in(request.workspace), page, size)
    told = tellings_of(shown["items"], request.workspace)
    return shown | {"items": [told_as(one) for one in told]}


def told_as(one: Telling) -> dict[str, Any]:
    names = ("revision", "told_to", "told_on", "note", "by")
    return {name: getattr(one, name) for name in names} | {
        "id": one.key,
        "metric": one.metric.pk,
        "sentence": one.told.sentence,
        "is_behind": one.is_behind,
        "taken_back_at": one.taken_back.at if one.taken_back else None,
        "reason": one.taken_back.reason if one.taken_back else "",
        "promises": [
            {
                "period_start": line.period.start,
                "period_end": line.period.end,
                "told": line.told,
                "actual": line.actual,
                "forecast_now": line.now,
            }
            for line in one.told.promises
        ],
    }


@router.post(
    "/metrics/{uuid:pk}/expectations",
    response={201: TellingOut},
    auth=token_may(Permission.DECIDE),
)
def expectation_add(request, pk: UUID, body: TellingIn):
    """`revision`: the id of one of the metric's forecast; without it, the newest."""
    workspace, now = request.workspace, clock.now()
    metric = get_object_or_404(Metric.objects.in_workspace(workspace).open(), pk=pk)
    metric.workspace = workspace
    today = workspace.today(now)
    data = dict(cleaned(bound(TellingForm, sent(body), metric=metric, today=today)))
    revision = data.pop("revision")
    row = tell_investors(revision, by=request.user, now=now, **data)
    return Status(201, as_listed(row.pk, workspace))


@router.post(
    "/expectations/{uuid:pk}/withdraw",
    response=TellingOut,
    auth=token_may(Permission.DECIDE),
)
def expectation_withdraw(request, pk: UUID, body: TellingWithdrawal):
    """It was written down wrongly: it stays on record and counts no more. 409 where it
    was taken back already."""
    tellings = InvestorExpectation.objects.tellings()
    row = get_object_or_404(tellings, workspace=request.workspace, pk=pk)
    said = cleaned(bound(TakeBackForm, sent(body)))
    withdraw_expectation(row, by=request.user, now=clock.now(), **said)
    return as_listed(row.pk, request.workspace)


def as_listed(pk: UUID, workspace) -> dict[str, Any]:
    [told] = tellings_of(expectations_in(workspace).filter(pk=pk), workspace)
    return told_as(told)
