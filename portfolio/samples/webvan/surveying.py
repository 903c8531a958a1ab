"""Writes three small surveys with answers of households nobody can name."""

from interviews.actions import add_survey, record_response
from interviews.models import Survey, SurveyResponse
from portfolio.samples.webvan.market import RATED
from portfolio.samples.webvan.surveys import (
    CONSENT,
    FEELINGS,
    MUST_HAVE,
    NEEDS,
    OPENED_AGO,
    PRICE,
    PRICES,
    RATINGS,
)

CENTS = 100
STEPS = ("too_cheap", "cheap", "expensive", "too_expensive")


def add_surveys(sample, market):
    add_must_have(sample, market)
    add_prices(sample, market)
    add_needs(sample, market)


def add_must_have(sample, market):
    survey = opened(sample, market, Survey.Kind.MUST_HAVE, **MUST_HAVE)
    for number, (label, feeling, uses, why) in enumerate(FEELINGS):
        answers = {"feeling": feeling, "uses_last_14_days": uses, "why": why}
        record(sample, survey, number, label, answers)


def add_prices(sample, market):
    survey = opened(sample, market, Survey.Kind.PRICE, currency="USD", **PRICE)
    for number, dollars in enumerate(PRICES):
        prices = zip(STEPS, dollars, strict=True)
        answers = {f"{name}_minor": price * CENTS for name, price in prices}
        record(sample, survey, number, f"Household {number + 1}", answers)


def add_needs(sample, market):
    rated = [market.need[key] for key in RATED]
    survey = opened(sample, market, Survey.Kind.NEEDS, needs=rated, **NEEDS)
    for number, ratings in enumerate(RATINGS):
        pairs = zip(rated, ratings, strict=True)
        answers = {"ratings": [(need, *pair) for need, pair in pairs]}
        record(sample, survey, number, f"Household {number + 1}", answers)


def opened(sample, market, kind, **fields):
    return add_survey(
        sample.workspace,
        by=sample.owner,
        now=sample.ago(OPENED_AGO),
        kind=kind,
        segment=market.segment,
        consent_text=CONSENT,
        **fields,
    )


def record(sample, survey, number, label, answers):
    """One answer a day from the second day on."""
    answered_at = sample.ago(OPENED_AGO - 1 - number)
    record_response(
        survey,
        by=sample.owner,
        now=answered_at,
        via=SurveyResponse.Via.FORM,
        asked_on=sample.workspace.today(answered_at),
        consented_at=answered_at,
        label=label,
        answers=answers,
    )
