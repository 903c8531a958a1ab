"""Whole demonstration ventures, one transaction each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction

from core.models import Workspace
from interviews.search.upkeep import reindex
from portfolio.seeding.comments import seed_comments
from portfolio.seeding.commitments import CASH, seed_commitments
from portfolio.seeding.course import seed_course
from portfolio.seeding.dice import Canaries, Dice
from portfolio.seeding.knowledge import seed_knowledge
from portfolio.seeding.market import Seeder, seed_market
from portfolio.seeding.numbers import seed_numbers
from portfolio.seeding.selling import seed_selling
from portfolio.seeding.sharing import seed_sharing
from portfolio.seeding.sizes import Size, size_of
from portfolio.seeding.talks import seed_talks
from portfolio.seeding.team import CAST, Team, seed_team

SHOWN_IDS = 10


@dataclass(frozen=True)
class SeededVenture:
    """What scripts need to find their way: `ids` are the first ten of each model."""

    slug: str
    users: list[dict[str, str]]
    share_token: str
    api_token: str
    ids: dict[str, list[str]]


def slug_of(number: int) -> str:
    return f"demo-{number + 1:02}"


def seed_ventures(
    tenants: int,
    *,
    seed: int,
    now: datetime,
    scale: int = 1,
    password: str | None = None,
) -> Iterator[SeededVenture]:
    """The first is 25 times as large. The same seed on the same day: the same rows."""
    for number in range(tenants):
        chance = Random(f"{seed}:{number}")  # noqa: S311  demonstration data
        with transaction.atomic():
            yield seed_venture(
                slug_of(number),
                size_of(number, scale),
                Dice(chance),
                now=now.replace(minute=0, second=0, microsecond=0),
                password=password,
            )


def seed_venture(
    slug: str, size: Size, dice: Dice, *, now: datetime, password: str | None
) -> SeededVenture:
    canaries = Canaries(slug)
    workspace = Workspace.objects.create(
        id=dice.id(),
        slug=slug,
        name=canaries.mark("workspace", "name"),
        is_sample=True,
        cash_in_hand_minor=CASH,
        cash_as_of=now.date(),
        created_at=now,
    )
    team = seed_team(workspace, dice, canaries, now=now, password=password)
    seeder = Seeder(workspace, dice, canaries, size, now)
    market = seed_market(seeder, team.founders[0])
    talks = seed_talks(seeder, market, team.loggers)
    seed_knowledge(seeder, talks, team)
    seed_course(seeder, team.founders[0])
    metrics = seed_numbers(seeder, market, team.founders[0])
    committed = seed_commitments(seeder, metrics, team.founders[0], team.advisors[0])
    curves, reps, deals = seed_selling(seeder, market, metrics, team.founders[0])
    share_token = seed_sharing(seeder, team.founders[0], team.advisors[0])
    threads = seed_comments(seeder, metrics, talks.quotes, team)
    reindex(workspace)
    rows = [market.segments, market.organisations, market.people, market.problems]
    rows += [market.needs, market.features, market.hypotheses, talks.guides]
    rows += [talks.interviews, talks.quotes, talks.tags, metrics, committed]
    rows += [threads, curves, reps, deals]
    return described(slug, team, share_token, rows)


def described(
    slug: str, team: Team, share_token: str, rows: list[list]
) -> SeededVenture:
    return SeededVenture(
        slug=slug,
        users=[
            {"email": membership.user.email, "role": str(role)}
            for membership, (_name, role) in zip(team.memberships, CAST, strict=True)
        ],
        share_token=share_token,
        api_token=team.api_token,
        ids={
            one[0]._meta.model_name: [str(row.pk) for row in one[:SHOWN_IDS]]
            for one in rows
            if one
        },
    )
