"""Webvan, 1999-2001: the case that asks for a stop, built only through actions.

Numbers come from the public record in `data/`, each with its kind: as told by Blank,
reported, derived, estimated or modelled. Everything else is illustrative and says so:
talks, people, problems, beliefs, survey answers, scores and what is asked back. Each
number is recorded as of the day it could be known; alerts are left to the worker.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import change_settings, join_workspace
from core.models import Role
from core.money import to_minor
from interviews.search.upkeep import all_at_once
from portfolio.actions import open_venture
from portfolio.samples.building import Builder
from portfolio.samples.commenting import add_comments
from portfolio.samples.committing import add_commitments
from portfolio.samples.judging import add_judgement
from portfolio.samples.learning import add_talks, settle_beliefs
from portfolio.samples.people import account
from portfolio.samples.planning import add_course
from portfolio.samples.sharing import add_sharing
from portfolio.samples.supposing import add_market
from portfolio.samples.surveying import add_surveys
from portfolio.samples.webvan import talks_early, talks_late
from portfolio.samples.webvan.commitments import CASH, CASH_ON, SIGNED_FOR
from portfolio.samples.webvan.market import SUPPOSED
from portfolio.samples.webvan.numbers import SHOWN, add_series
from portfolio.samples.webvan.plans import LAUNCH, PLANNED
from portfolio.samples.webvan.scores import JUDGED
from portfolio.samples.webvan.shared import ASKED, COMMENTS, READ_AGO
from portfolio.samples.webvan.surveys import CONSENT, SHEETS

NAME = "Webvan, 1999–2001 (sample)"
SAYS = _(
    "2,000 orders a day came in against 8,000 forecast. See what stops, and what a "
    "decision takes."
)
ZONE = "America/Los_Angeles"
CAST = {
    Role.OWNER: ("owner@webvan.example", "Olive Sample"),
    Role.FOUNDER: ("founder@webvan.example", "Finn Sample"),
    Role.ADVISOR: ("advisor@webvan.example", "Ada Sample"),
}
TALKS = talks_early.TALKS + talks_late.TALKS
# the days on which it is noted where every question stands
NOTED_AGO = (21, 18, 12, 8, 4, 0)


@transaction.atomic
def load(*, now, slug="webvan"):
    """Builds the venture and returns it. The caller sees to it that it is not there."""
    with all_at_once():
        sample = open_sample(slug, now)
        numbers = {
            row.metric: add_series(sample.workspace, sample.owner, row) for row in SHOWN
        }
        market = add_market(sample, SUPPOSED)
        add_talks(sample, market, TALKS)
        settle_beliefs(sample, market, SUPPOSED.beliefs)
        add_surveys(sample, market, SHEETS, CONSENT)
        add_judgement(sample, market, JUDGED, numbers)
        add_course(sample, PLANNED)
        add_commitments(sample, SIGNED_FOR)
        add_sharing(sample, ASKED, READ_AGO)
        add_comments(sample, COMMENTS, numbers)
        sample.play(NOTED_AGO)
    return sample.workspace


def open_sample(slug, now):
    cast = {role: account(*who, ZONE, now=now) for role, who in CAST.items()}
    began = now - SUPPOSED.began
    workspace = open_venture(
        by=cast[Role.OWNER],
        name=NAME,
        slug=slug,
        now=began,
        is_sample=True,
        timezone=ZONE,
        week_start=7,
        currency="USD",
        market_type="resegmented",
        stage="go_to_market",
        sells_to_businesses=False,
    )
    known = {"cash_in_hand_minor": to_minor(CASH, "USD"), "cash_as_of": CASH_ON}
    change_settings(
        workspace,
        by=cast[Role.OWNER],
        now=began,
        first_shipped_on=LAUNCH,
        **known,
    )
    for role in (Role.FOUNDER, Role.ADVISOR):
        join_workspace(workspace, user=cast[role], role=role, now=began)
    return Builder(workspace, *cast.values(), now)
