"""Surveys, answers and links with sensible defaults."""

from datetime import timedelta

from core.tokens import hashed
from interviews.actions import record_response
from interviews.models import Survey, SurveyLink, SurveyResponse
from tests.factories import NOW, TODAY, make_need, make_segment, make_user

Kind = Survey.Kind
VERY = {"feeling": "very", "uses_last_14_days": 4, "why": "It saves my Fridays."}


def make_survey(workspace, kind=Kind.MUST_HAVE, *, by=None, needs=(), **fields):
    defaults = {
        "name": f"Survey: {kind}",
        "offer": "The rota planner for clinics.",
        "currency": "EUR" if kind == Kind.PRICE else "",
        "consent_text": "Acme keeps your answers. Ask us to delete them at any time.",
        "created_at": NOW,
    }
    segment = fields.pop("segment", None) or make_segment(workspace)
    survey = Survey.objects.create(
        workspace=workspace,
        kind=kind,
        segment=segment,
        created_by=by or make_user(),
        **defaults | fields,
    )
    if kind == Kind.NEEDS:
        survey.needs.set(needs or [make_need(segment), make_need(segment)])
    return survey


def answers_for(survey):
    if survey.kind == Kind.MUST_HAVE:
        return VERY
    if survey.kind == Kind.PRICE:
        return prices(10, 20, 35, 50)
    return {"ratings": [(need, 5, 2) for need in survey.needs.all()]}


def prices(*whole):
    names = ("too_cheap", "cheap", "expensive", "too_expensive")
    return {
        f"{name}_minor": price * 100 for name, price in zip(names, whole, strict=True)
    }


def make_response(survey, *, by=None, answers=None, **fields):
    defaults = {
        "via": SurveyResponse.Via.FORM,
        "asked_on": TODAY,
        "consented_at": NOW,
        "now": NOW,
    }
    return record_response(
        survey,
        by=by or survey.created_by,
        answers=answers or answers_for(survey),
        **defaults | fields,
    )


def make_survey_link(survey, token="t" * 43, **fields):
    defaults = {"created_at": NOW, "expires_at": NOW + timedelta(days=14)}
    return SurveyLink.objects.create(
        workspace=survey.workspace,
        survey=survey,
        token_hash=hashed(token),
        created_by=survey.created_by,
        **defaults | fields,
    )


def ask_around(workspace, segment, by, number, person):
    """Three surveys at first, then one answer to each for every further person."""
    if number == 0:
        needs = [make_need(segment, f"CANARY-{workspace.slug}-need")]
        for minutes, kind in enumerate(Kind):
            at = NOW - timedelta(minutes=9 - minutes)
            fields = {"segment": segment, "needs": needs, "created_at": at}
            make_survey(workspace, kind, by=by, **fields)
    for survey in Survey.objects.filter(workspace=workspace):
        make_response(survey, by=by, person=person)
        make_survey_link(survey, f"{survey.pk}-{number}", person=person)
