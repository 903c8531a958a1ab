"""Surveys and what people answered, over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from core import clock
from core.api import (
    FormBody,
    FormRefused,
    Page,
    PolicyRouter,
    bound,
    page_of,
    token_may,
)
from core.models import Permission
from interviews.actions import record_response
from interviews.models import Survey, SurveyResponse
from interviews.reports import surveys as reports
from interviews.survey_forms import entry_form
from interviews.survey_paste import entry_of
from interviews.survey_rows import PRICES, importance_name, satisfaction_name

router = PolicyRouter(tags=["surveys"])


class SurveyOut(Schema):
    """`needs`: those to be rated. `answer_count`: answers that stand."""

    id: UUID
    rev: int
    kind: str
    name: str
    segment: UUID
    offer: str
    currency: str
    needs: list[UUID]
    consent_text: str
    created_at: datetime
    closed_at: datetime | None
    answer_count: int

    @staticmethod
    def resolve_segment(survey: Survey) -> UUID:
        return survey.segment_id

    @staticmethod
    def resolve_needs(survey: Survey) -> list[UUID]:
        return [need.pk for need in survey.needs.all()]


class ResponseOut(Schema):
    """`answers` by field, money in minor units; `why_not`: why it does not count."""

    id: UUID
    person: UUID | None
    label: str
    via: str
    asked_on: date
    recorded_at: datetime
    withdrawn_at: datetime | None
    answers: dict[str, str | int | None]
    why_not: str


class ResponseIn(FormBody):
    """`respondent`: somebody written down ("Dana Ruiz, Acme Clinic") or a number (R7).
    `answers` by field, as docs/api.md lists them for each kind of survey."""

    respondent: str
    asked_on: str | None = None
    consented: bool
    answers: dict[str, str | int | None]


def survey_in(request: HttpRequest, pk: UUID) -> Survey:
    surveys = Survey.objects.in_workspace(request.workspace).kept()
    surveys = surveys.select_related("workspace").prefetch_related("needs")
    return get_object_or_404(surveys, pk=pk)


def told(survey: Survey, response: SurveyResponse) -> dict[str, Any]:
    names = ("id", "via", "asked_on", "recorded_at", "withdrawn_at")
    person = response.person_shown
    return {name: getattr(response, name) for name in names} | {
        "person": person and person.pk,
        "label": response.label_shown,
        "answers": answers_of(survey, response),
        "why_not": reports.why_not(survey, response),
    }


def answers_of(survey: Survey, response: SurveyResponse) -> dict[str, str | int | None]:
    if survey.kind == Survey.Kind.MUST_HAVE:
        names = ("feeling", "uses_last_14_days")
        found = {name: getattr(response.must_have, name) for name in names}
        return found | {"why": response.words_shown}
    if survey.kind == Survey.Kind.PRICE:
        minor = reports.prices_of(response.price)
        return {f"{n}_minor": v for n, v in zip(PRICES, minor, strict=True)}
    given = {rating.need_id: rating for rating in response.ratings.all()}
    found: dict[str, str | int | None] = {}
    for need in survey.needs.all():
        rating = given.get(need.pk)
        found[importance_name(need)] = rating and rating.importance
        found[satisfaction_name(need)] = rating and rating.satisfaction
    return found


@router.get("/surveys", response=Page[SurveyOut], auth=token_may(Permission.VIEW))
def survey_list(request, page: int = 1, size: int = 25):
    rows = reports.surveys(request.workspace).prefetch_related("needs")
    return page_of(rows, page, size)


@router.get(
    "/surveys/{uuid:pk}/responses",
    response=Page[ResponseOut],
    auth=token_may(Permission.SEE_PEOPLE),
)
def response_list(request, pk: UUID, page: int = 1, size: int = 25):
    """Newest first, withdrawn ones at the end."""
    survey = survey_in(request, pk)
    shown = page_of(reports.responses(survey), page, size)
    return shown | {"items": [told(survey, row) for row in shown["items"]]}


@router.post(
    "/surveys/{uuid:pk}/responses",
    response={201: ResponseOut},
    auth=token_may(Permission.LOG),
)
def response_add(request, pk: UUID, body: ResponseIn):
    """One respondent, once; today unless `asked_on` says another day."""
    survey, now = survey_in(request, pk), clock.now()
    today = request.workspace.today(now)
    who = {"respondent": body.respondent, "consented": body.consented}
    data = body.answers | who | {"asked_on": body.asked_on or today}
    form = bound(entry_form(survey), data, survey=survey, today=today)
    if not form.is_valid():
        raise FormRefused(form)
    via = SurveyResponse.Via.FORM
    facts = entry_of(form) | {"via": via, "consented_at": now}
    response = record_response(survey, by=request.user, now=now, **facts)
    return Status(201, told(survey, reports.responses(survey).get(pk=response.pk)))
