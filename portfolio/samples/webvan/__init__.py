"""Webvan, 1999-2001: the case that asks for a stop, built only through actions.

Numbers come from the public record in `data/`, each with its kind: as told by Blank,
reported, derived, estimated or modelled. Everything else is illustrative and says so:
talks, people, problems, beliefs, survey answers and scores. Each number is recorded as
of the day it could be known; alerts are left to the worker.
"""

from datetime import date, timedelta

from django.db import transaction

from core.actions import change_settings, create_user, join_workspace
from core.models import Role, User
from interviews.search.upkeep import all_at_once
from milestones.actions import claim_score, link_evidence, write_answer
from milestones.models import Grade, Question, Stance
from portfolio.actions import open_venture
from portfolio.samples.webvan.building import Builder
from portfolio.samples.webvan.learning import add_talks, settle_beliefs
from portfolio.samples.webvan.market import ANSWERS, CLAIMS
from portfolio.samples.webvan.numbers import SHOWN, add_series
from portfolio.samples.webvan.supposing import add_market
from portfolio.samples.webvan.surveying import add_surveys

NAME = "Webvan, 1999–2001 (sample)"
CAST = {
    Role.OWNER: ("owner@webvan.example", "Olive Sample"),
    Role.FOUNDER: ("founder@webvan.example", "Finn Sample"),
    Role.ADVISOR: ("advisor@webvan.example", "Ada Sample"),
}
# Longer than a round lasts: a newcomer sees both founders' scores.
SCORED_AGO = timedelta(days=8)
LAUNCH = date(1999, 6, 2)


@transaction.atomic
def load(*, now, slug="webvan"):
    """Builds the venture and returns it. The caller sees to it that it is not there."""
    with all_at_once():
        cast = {role: account(*who, now=now) for role, who in CAST.items()}
        workspace = open_sample(cast, slug=slug, now=now)
        sample = Builder(workspace, cast[Role.OWNER], cast[Role.FOUNDER], now)
        first_numbers = [add_series(workspace, sample.owner, row) for row in SHOWN]
        market = add_market(sample)
        add_talks(sample, market)
        settle_beliefs(sample, market)
        add_surveys(sample, market)
        add_number_as_evidence(sample, first_numbers[0])
        add_scores(sample)
    return workspace


def open_sample(cast, *, slug, now):
    owner = cast[Role.OWNER]
    workspace = open_venture(
        by=owner,
        name=NAME,
        slug=slug,
        now=now,
        is_sample=True,
        timezone="America/Los_Angeles",
        week_start=7,
        currency="USD",
        market_type="resegmented",
        stage="go_to_market",
        sells_to_businesses=False,
    )
    change_settings(workspace, by=owner, now=now, first_shipped_on=LAUNCH)
    for role in (Role.FOUNDER, Role.ADVISOR):
        join_workspace(workspace, user=cast[role], role=role, now=now)
    return workspace


def account(email, name, *, now):
    """One of the sample's people; they have no password and sign in by link."""
    known = User.objects.filter(email=email).first()
    return known or create_user(
        email=email, name=name, now=now, timezone="America/Los_Angeles"
    )


def add_number_as_evidence(sample, actual):
    """2,000 of 8,000 speaks against a realistic plan."""
    link_evidence(
        sample.question(10),
        by=sample.owner,
        now=sample.ago(10),
        actual=actual,
        stance=Stance.CONTRADICTS,
        grade=Grade.BEHAVIOUR,
    )


def add_scores(sample):
    questions = {q.number: q for q in Question.objects.in_workspace(sample.workspace)}
    for number, statement in ANSWERS.items():
        write_answer(
            questions[number],
            by=sample.owner,
            statement=statement,
            now=sample.ago(21),
        )
    for claim in CLAIMS:
        team = (sample.owner, sample.founder)
        for by, value, reason in zip(team, claim.values, claim.reasons, strict=True):
            claim_score(
                questions[claim.question],
                by=by,
                value=value,
                reason=reason,
                now=sample.now - SCORED_AGO,
            )
