"""What needs the token's member, and what is due in the venture, over the API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from core import clock
from core.api import Page, PolicyRouter, page_of, token_may
from core.models import Permission
from forecasts.forms.due import MOST_DUE
from forecasts.reports import numbers_due
from portfolio.calendar.dates import dates_of
from portfolio.today import Talks, Today, today_for

router = PolicyRouter(tags=["today"])


class StopDueOut(Schema):
    id: UUID
    name: str
    reason: str
    decide_by: date


class NumberDueOut(Schema):
    """`period` as `POST /metrics/ID/actuals` reads it."""

    metric: UUID
    metric_name: str
    period: str
    period_start: date
    period_end: date


class ToScoreOut(Schema):
    """`is_first`: this member never scored it; else its evidence is newer."""

    number: int
    wording: str
    segment: UUID | None
    is_first: bool


class DraftOut(Schema):
    id: UUID
    kind: str
    held_at: datetime


class TalksTodayOut(Schema):
    """`qualifying` and `not_counted` of this week, `total` of all finished ones; this
    member's own `drafts`."""

    total: int
    qualifying: int
    not_counted: int
    drafts: list[DraftOut]


class TodayOut(Schema):
    """In the order in which it needs this member. Stops, questions and drafts are the
    first eight; numbers the first fifty, of those who may enter them."""

    stops: list[StopDueOut]
    due: list[NumberDueOut]
    unlinked_quotes: int
    to_score: list[ToScoreOut]
    to_score_count: int
    open_threads: int
    talks: TalksTodayOut
    is_clear: bool


class DateOut(Schema):
    """`uid` is the same at every reading."""

    uid: str
    day: date
    title: str
    detail: str
    url: str


@router.get("/today", response=TodayOut, auth=token_may(Permission.VIEW))
def today(request: HttpRequest):
    """What needs this member, as the home of the venture says it."""
    workspace, now, may = request.workspace, clock.now(), request.may
    due = []
    if Permission.PLAN in may:
        due = numbers_due(workspace, workspace.today(now), most=MOST_DUE)
    report = today_for(workspace, request.user, may, now=now, due_count=len(due))
    return needed(report) | {"due": [numbered(one) for one in due]}


def needed(report: Today) -> dict[str, Any]:
    names = ("to_score_count", "open_threads", "is_clear")
    return {name: getattr(report, name) for name in names} | {
        "unlinked_quotes": report.unlinked,
        "talks": talked(report.talks),
        "stops": [
            {
                "id": alert.pk,
                "name": alert.subject_name,
                "reason": alert.reason,
                "decide_by": alert.evaluate_by,
            }
            for alert in report.stops
        ],
        "to_score": [
            {
                "number": one.question.number,
                "wording": one.asked.wording,
                "segment": one.question.segment_id,
                "is_first": one.is_first,
            }
            for one in report.to_score
        ],
    }


def talked(talks: Talks) -> dict[str, Any]:
    names = ("total", "qualifying", "not_counted")
    return {name: getattr(talks, name) for name in names} | {
        "drafts": list(talks.drafts)
    }


def numbered(due: Any) -> dict[str, Any]:
    return {
        "metric": due.metric.pk,
        "metric_name": due.metric.name,
        "period": due.written,
        "period_start": due.period.start,
        "period_end": due.period.end,
    }


@router.get("/dates", response=Page[DateOut], auth=token_may(Permission.VIEW))
def date_list(request: HttpRequest, page: int = 1, size: int = 25):
    """What is due, as the calendar feed says it: numbers of the next five weeks, days to
    decide by, checkpoints, planned stops, stop rules, follow-ups, decisions to look back
    at; the earliest first. Pseudonyms for every name, whoever asks."""
    found = dates_of(request.workspace, now=clock.now())
    shown = page_of(found, page, size)
    return shown | {"items": [asdict(one) for one in shown["items"]]}
