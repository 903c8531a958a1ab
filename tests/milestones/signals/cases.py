"""Talks, answers and evidence that signals are computed from."""

from datetime import timedelta

from discovery.models import BuyingRole
from interviews.models import Survey
from milestones.scope import scope_of
from milestones.signals import signals_of
from tests.factories import (
    NOW,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_quote_link,
)
from tests.interviews.survey_cases import make_response, make_survey, prices

LATER = NOW + timedelta(days=1)
BEFORE = NOW - timedelta(days=1)


def signal(workspace, number, key, now=NOW):
    found = signals_of(scope_of(workspace), number, now=now)
    return {one.key: one for one in found}[key]


def met(segment, *, roles=(), organisation=None, talk=None, alone=False, **fields):
    """Somebody of an organisation, in a talk that qualifies."""
    workspace = segment.workspace
    if organisation is None and not alone:
        organisation = make_organisation(workspace)
    person = make_person(
        workspace, organisation=organisation, segment=segment, **fields
    )
    for role in roles:
        BuyingRole.objects.create(workspace=workspace, person=person, role=role)
    how = {"qualifies": True, "segment": segment} | (talk or {})
    make_interview(workspace, people=[person], **how)
    return person


def says(person, *, stance="supports", grade=3, is_prompted=False, by=None, **target):
    """Words of theirs, linked to a problem, a feature or a rung."""
    quote = make_quote(person.interviews.get(), person=person, is_prompted=is_prompted)
    more = {"seen_by": by or quote.created_by} if grade >= 4 else {}
    return make_quote_link(quote, stance=stance, grade=grade, **more, **target)


def ask_prices(segment, answers, **fields):
    survey = make_survey(
        segment.workspace, Survey.Kind.PRICE, segment=segment, **fields
    )
    for answer in answers:
        make_response(survey, answers=prices(*answer))
    return survey


def ask_feelings(segment, *feelings, uses=2, **fields):
    survey = make_survey(segment.workspace, segment=segment, **fields)
    for feeling in feelings:
        answers = {"feeling": feeling, "uses_last_14_days": uses, "why": ""}
        make_response(survey, answers=answers)
    return survey


def ask_needs(segment, needs, rows):
    """`rows`: (importance, satisfaction) of each need, one row per person."""
    survey = make_survey(
        segment.workspace, Survey.Kind.NEEDS, segment=segment, needs=needs
    )
    for number, row in enumerate(rows):
        ratings = [(need, *pair) for need, pair in zip(needs, row, strict=True)]
        at = NOW - timedelta(minutes=len(rows) - number)
        make_response(survey, answers={"ratings": ratings}, now=at)
    return survey
