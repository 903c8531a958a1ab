"""The sales learning curve over the API: where it stands, quarter by quarter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from core import clock
from core.api import PolicyRouter, token_may
from core.models import Permission
from decisions.reports.sales_curve import chosen, curves_of, loaded_of, table_of
from forecasts.learning_curve import allowance
from forecasts.selling.table import Row
from forecasts.selling.words import sentence, whole

router = PolicyRouter(tags=["sales curves"])
PhaseName = Literal["pre", "initiation", "transition", "execution"]


class CurveQuarterOut(Schema):
    """Money in whole units of the curve's currency; yields and cost of a year and one
    full-time rep past the ramp. Null is not known, or not judged: see `standing`."""

    quarter_start: date
    quarters_since_ready: int | None
    phase: PhaseName
    standing: Literal["before", "missing", "unfinished", "judged"]
    effective_fte: Decimal
    ramping_fte: Decimal
    deals: int
    sales_yield: Decimal | None
    trailing_yield: Decimal | None
    loaded_cost: Decimal | None
    contribution_yield: Decimal | None
    gross_margin_percent: Decimal | None
    ratio: Decimal | None
    basis: Literal["", "revenue", "contribution", "at_most"]
    reps_at_break_even: int
    effective_reps: int
    largest_deal_percent: Decimal | None
    founder_revenue: Decimal | None
    cost_so_far: Decimal | None
    reasons: list[str]


class AllowedOut(Schema):
    """FTE of reps who are no founders; `most` null: no upper bound."""

    most: Decimal | None
    now: Decimal
    hire: str
    do: list[str]
    not_yet: list[str]


class CurveCourseOut(Schema):
    """`question_8` is what it counts today: scaling asks for 4."""

    curve: UUID
    product: str
    channel: str
    currency: str
    phase: PhaseName
    sentence: str
    reasons: list[str]
    question_8: int | None
    break_even: date | None
    traction: date | None
    learning_rate: float | None
    cash_to_breakeven: Decimal | None
    allowed: AllowedOut
    quarters: list[CurveQuarterOut]


@router.get(
    "/sales-curves/{uuid:pk}/course",
    response=CurveCourseOut,
    auth=token_may(Permission.VIEW),
)
def sales_curve_course(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Phase and reasons, what they allow, and all quarters: the page in numbers."""
    workspace = request.workspace
    curve = chosen(curves_of(workspace), str(pk))
    loaded = loaded_of(
        workspace, curve, now=clock.now(), with_names=with_names(request)
    )
    course, currency = loaded.course, loaded.currency
    allowed = allowance(course)
    return {
        "curve": loaded.curve.pk,
        "product": loaded.curve.product,
        "channel": loaded.curve.channel,
        "currency": currency,
        "phase": course.phase,
        "sentence": sentence(course, currency),
        "reasons": course.reasons,
        "question_8": course.question_8,
        "break_even": course.break_even and course.break_even.start,
        "traction": course.traction and course.traction.start,
        "learning_rate": course.learning_rate,
        "cash_to_breakeven": whole(course.cash_to_breakeven, currency),
        "allowed": {name: getattr(allowed, name) for name in AllowedOut.model_fields},
        "quarters": [told(row) for row in table_of(loaded)],
    }


def with_names(request: HttpRequest) -> bool:
    return Permission.SEE_PEOPLE in request.may


SAME = (
    *("phase", "standing", "effective_fte", "ramping_fte", "deals", "sales_yield"),
    *("trailing_yield", "loaded_cost", "contribution_yield", "ratio", "basis"),
    *("effective_reps", "reasons"),
)


def told(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SAME} | {
        "quarter_start": row.start,
        "quarters_since_ready": row.since,
        "gross_margin_percent": row.gross_margin,
        "reps_at_break_even": row.broke_even,
        "largest_deal_percent": row.largest_share,
        "founder_revenue": row.founder_net,
        "cost_so_far": row.spent,
    }
