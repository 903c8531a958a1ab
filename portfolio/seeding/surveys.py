"""One survey of each kind, with its answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from interviews.models import (
    MustHaveAnswer,
    NeedRating,
    PriceAnswer,
    Survey,
    SurveyResponse,
)

if TYPE_CHECKING:
    from core.models import User
    from discovery.models import Need
    from portfolio.seeding.market import Market, Seeder

# of prices and needs; must-have answers grow with the venture
FEW = 12
DEAREST = 5000
BEST = 5


def seed_surveys(seeder: Seeder, market: Market, by: User) -> None:
    seed_must_have(seeder, market, by)
    seed_prices(seeder, market, by)
    seed_ratings(seeder, market, by)


def seed_must_have(seeder: Seeder, market: Market, by: User) -> None:
    survey = survey_of(seeder, market, by, Survey.Kind.MUST_HAVE)
    answered = responses_to(seeder, market, by, survey, seeder.size.responses)
    MustHaveAnswer.objects.bulk_create(
        MustHaveAnswer(
            **seeder.common,
            **seeder.marks("musthaveanswer", "why"),
            response=response,
            feeling=seeder.dice.one(MustHaveAnswer.Feeling.values),
            uses_last_14_days=seeder.dice.below(8),
        )
        for response in answered
    )


def seed_prices(seeder: Seeder, market: Market, by: User) -> None:
    """About as many are out of order as chance has it: those are dropped, not lost."""
    survey = survey_of(seeder, market, by, Survey.Kind.PRICE)
    answered = responses_to(seeder, market, by, survey, FEW)
    PriceAnswer.objects.bulk_create(
        price_of(seeder, response, in_order=number % 4 > 0)
        for number, response in enumerate(answered)
    )


def price_of(
    seeder: Seeder, response: SurveyResponse, *, in_order: bool
) -> PriceAnswer:
    prices = sorted(seeder.dice.some(range(1, DEAREST), 4), reverse=not in_order)
    too_cheap, cheap, expensive, too_expensive = prices
    return PriceAnswer(
        **seeder.common,
        response=response,
        too_cheap_minor=too_cheap,
        cheap_minor=cheap,
        expensive_minor=expensive,
        too_expensive_minor=too_expensive,
    )


def seed_ratings(seeder: Seeder, market: Market, by: User) -> None:
    survey = survey_of(seeder, market, by, Survey.Kind.NEEDS)
    needs = [need for need in market.needs if need.segment_id == survey.segment_id]
    survey.needs.set(needs)
    answered = responses_to(seeder, market, by, survey, FEW)
    NeedRating.objects.bulk_create(
        rating_of(seeder, response, need) for response in answered for need in needs
    )


def rating_of(seeder: Seeder, response: SurveyResponse, need: Need) -> NeedRating:
    return NeedRating(
        **seeder.common,
        response=response,
        need=need,
        importance=1 + seeder.dice.below(BEST),
        satisfaction=1 + seeder.dice.below(BEST),
    )


# --- shared -----------------------------------------------------------------------
def survey_of(seeder: Seeder, market: Market, by: User, kind: str) -> Survey:
    return Survey.objects.create(
        **seeder.common,
        **seeder.marks("survey", "name", "offer", "consent_text"),
        kind=kind,
        currency="EUR" if kind == Survey.Kind.PRICE else "",
        segment=market.segments[0],
        created_by=by,
        created_at=seeder.now - timedelta(days=200),
    )


def responses_to(
    seeder: Seeder, market: Market, by: User, survey: Survey, count: int
) -> list[SurveyResponse]:
    """Each from another person, as long as there are some."""
    count = min(count, len(market.people))
    return SurveyResponse.objects.bulk_create(
        SurveyResponse(
            **seeder.common,
            **seeder.marks("surveyresponse", "label"),
            survey=survey,
            person=market.people[number],
            via=SurveyResponse.Via.FORM,
            asked_on=answered_at(seeder, number).date(),
            consented_at=answered_at(seeder, number),
            recorded_by=by,
            recorded_at=answered_at(seeder, number),
        )
        for number in range(count)
    )


def answered_at(seeder: Seeder, number: int) -> datetime:
    return seeder.now - timedelta(days=180 - number % 170)
