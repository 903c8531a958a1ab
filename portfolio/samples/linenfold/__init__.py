"""Linenfold: a small venture that learned. Invented from end to end, and says so.

It asked, found the trouble to be real and its price to be wrong, stopped on a sign it
had written down before, changed the price, and predicted what new customers would say.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import join_workspace
from core.models import Role
from decisions.actions.phases import note_phases
from interviews.search.upkeep import all_at_once
from portfolio.actions import open_venture
from portfolio.samples.building import Builder
from portfolio.samples.judging import add_judgement
from portfolio.samples.learning import add_talks, settle_beliefs
from portfolio.samples.linenfold.market import CONSENT, SHEETS, SUPPOSED
from portfolio.samples.linenfold.plans import PLANNED, PLANNED_ANEW
from portfolio.samples.linenfold.scores import JUDGED
from portfolio.samples.linenfold.selling import SOLD
from portfolio.samples.linenfold.talks import TALKS
from portfolio.samples.linenfold.turning import add_deliveries, add_turn
from portfolio.samples.people import account
from portfolio.samples.planning import add_course
from portfolio.samples.selling import add_selling
from portfolio.samples.supposing import add_market
from portfolio.samples.surveying import add_surveys

NAME = "Linenfold (sample, invented)"
SAYS = _(
    "A small venture that learned: it stopped, changed its price, and foretold what new "
    "customers would say."
)
ZONE = "Europe/Vienna"
CAST = {
    Role.OWNER: ("owner@linenfold.example", "Lina Sample"),
    Role.FOUNDER: ("founder@linenfold.example", "Jonas Sample"),
    Role.ADVISOR: ("advisor@linenfold.example", "Vera Sample"),
}
# the days on which it is noted where every question stands
NOTED_AGO = (90, 58, 56, 54, 30, 9, 4, 0)


@transaction.atomic
def load(*, now, slug="linenfold"):
    """Builds the venture and returns it. The caller sees to it that it is not there."""
    with all_at_once():
        sample = open_sample(slug, now)
        numbers = {}
        market = add_market(sample, SUPPOSED)
        add_talks(sample, market, TALKS)
        settle_beliefs(sample, market, SUPPOSED.beliefs)
        add_surveys(sample, market, SHEETS, CONSENT)
        add_turn(sample, market, numbers)
        add_deliveries(sample, numbers)
        add_judgement(sample, market, JUDGED, numbers)
        add_course(sample, PLANNED + PLANNED_ANEW)
        add_selling(sample, SOLD)
        sample.play(NOTED_AGO)
        note_phases(sample.workspace, now=now)
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
        currency="EUR",
        market_type="new",
        stage="go_to_market",
        sells_to_businesses=True,
    )
    for role in (Role.FOUNDER, Role.ADVISOR):
        join_workspace(workspace, user=cast[role], role=role, now=began)
    return Builder(workspace, *cast.values(), now)
