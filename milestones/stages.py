"""PURE. The five stages of a venture: what each expects, and what Fieldproof sees of it.

After Mark Leslie's talk on the sales learning curve, in our own words. A stage is what
founders say of their venture; nothing here moves it. What the product cannot see is said,
so that a list that holds is not taken for the whole.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from milestones.course import (
    ASKED,
    Asked,
    Condition,
    Counted,
    conditions,
    exit_of_discovery,
    exit_of_validation,
)

LEAST_TALKS: Final = 10


class Stage(StrEnum):
    SEED = "seed"
    DEVELOPMENT = "development"
    GO_TO_MARKET = "go_to_market"
    MARKET_EXPANSION = "market_expansion"
    HARVEST = "harvest"


class Leads(StrEnum):
    """Which page would change a line."""

    TALKS = "talks"
    TALKING = "talking"
    CHECKPOINTS = "checkpoints"
    EXIT = "exit"
    QUESTION = "question"
    SETTINGS = "settings"
    REPS = "reps"
    DEALS = "deals"
    CURVES = "curves"


@dataclass(frozen=True)
class Expectation:
    """`not_yet`: what belongs to a later stage. `unseen`: what no page here can show."""

    stage: Stage
    about: str
    expects: tuple[str, ...]
    not_yet: tuple[str, ...]
    unseen: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What is on record. `talks` count as discovery, `led` of them by leadership.
    `reached`: kinds of checkpoints of this version of the model. `hired`: reps who sell
    now and are no founders, `learners` of them are Renaissance reps; `won`: deals won,
    `won_by_others` of them not by founders. `pursued`: segments, `with_curve` of them
    have one. `curves` are open, `ready` of them ready for sale.
    """

    counted: Mapping[int, Counted] = field(default_factory=dict)
    open_stops: int = 0
    talks: int = 0
    led: int = 0
    reached: frozenset[str] = frozenset()
    has_shipped: bool = False
    hired: int = 0
    learners: int = 0
    won: int = 0
    won_by_others: int = 0
    curves: int = 0
    ready: int = 0
    pursued: int = 0
    with_curve: int = 0


@dataclass(frozen=True)
class Seen:
    """One thing the stage expects, as it stands. `number`: of its question."""

    sentence: str
    is_met: bool
    leads: Leads
    number: int | None = None


STAGES: Final = (
    Expectation(
        stage=Stage.SEED,
        about="Is there a problem that somebody would pay to be rid of?",
        expects=(
            "Those who lead the venture ask customers themselves, one at a time.",
            "There is nothing to sell yet, and nobody is sold to.",
            "The problem is written down in words of customers.",
        ),
        not_yet=(
            "Anybody who is paid to sell.",
            "A plan of sales by quarters.",
        ),
        unseen=("Whether the people who began it are those it needs.",),
    ),
    Expectation(
        stage=Stage.DEVELOPMENT,
        about="Can it be built, and does it solve the problem of a few?",
        expects=(
            "A first version for a few customers; the second one waits until it is right.",
            "Each customer of the beta is asked alone what it did for them.",
            "What it takes to buy it is told apart from what would be nice.",
        ),
        not_yet=(
            "Reps: founders sell.",
            "A launch.",
        ),
        unseen=("Whether it holds together when many use it.",),
    ),
    Expectation(
        stage=Stage.GO_TO_MARKET,
        about=(
            "Can it be sold for more than selling costs? Most of what a venture loses, it "
            "loses here."
        ),
        expects=(
            "Founders sell first, then a handful of reps who find out how it is sold.",
            "The whole company learns from each deal: product, price, pitch, target.",
            "The full cost of a rep is known, with the sales engineers who help.",
            "The board is told that this is learning.",
        ),
        not_yet=(
            "Hiring as a plan of capacity would have it.",
            "Quotas.",
            "A head of sales from a large firm.",
        ),
        unseen=("Whether those who sell and those who build talk with each other.",),
    ),
    Expectation(
        stage=Stage.MARKET_EXPANSION,
        about="How fast can it grow while each rep still brings in far more than they cost?",
        expects=(
            "The way of a sale is written down, and new reps take it.",
            "As many reps as can be trained while the yield stays up.",
            "Each new product, segment or channel begins at learning again.",
        ),
        not_yet=("Taking the yield of the first market for that of the next.",),
        unseen=("What others in the market do about it.",),
    ),
    Expectation(
        stage=Stage.HARVEST,
        about="Does it earn money without being changed, and what comes after it?",
        expects=(
            "What is earned and spent comes as it was forecast.",
            "Money goes to what sells, not to finding out how.",
            "The next product begins as a venture of its own, at seed.",
        ),
        not_yet=(),
        unseen=("How long the market will want it.",),
    ),
)
BY_STAGE: Final = {one.stage: one for one in STAGES}


def seen_of(stage: Stage, facts: Facts) -> tuple[Seen, ...]:
    """In the order in which they would be mended."""
    return tuple(_SEEN[stage](facts))


def _seed(facts: Facts) -> Iterator[Seen]:
    words = f"{LEAST_TALKS} talks that count (there are {facts.talks})"
    yield Seen(words, facts.talks >= LEAST_TALKS, Leads.TALKS)
    yield _leadership(facts)
    yield from _questions(ASKED["problem_verified"], facts)
    yield _nobody_hired(facts)


def _development(facts: Facts) -> Iterator[Seen]:
    is_met = "beta" in facts.reached
    words = f"The beta is done ({'it is' if is_met else 'not reached'})"
    yield Seen(words, is_met, Leads.CHECKPOINTS)
    yield _leadership(facts)
    yield from _questions(ASKED["solution_verified"], facts)
    yield _nobody_hired(facts)


def _go_to_market(facts: Facts) -> Iterator[Seen]:
    words = "The first customer got it"
    words += "" if facts.has_shipped else " (no day of first shipping is given)"
    yield Seen(words, facts.has_shipped, Leads.SETTINGS)
    yield _exit("discovery", exit_of_discovery(facts.counted))
    words = f"A sales curve that is ready for sale ({facts.ready} of {facts.curves})"
    yield Seen(words, facts.ready > 0, Leads.CURVES)
    by_founders = facts.won - facts.won_by_others
    words = f"Founders have sold it themselves (deals they won: {by_founders})"
    yield Seen(words, by_founders > 0, Leads.DEALS)
    found = f"{facts.learners} of {facts.hired}" if facts.hired else "there is none yet"
    words = f"Reps are such as find out by themselves how it is sold ({found})"
    yield Seen(words, facts.learners == facts.hired, Leads.REPS)
    yield from _questions({8: 3}, facts)


def _market_expansion(facts: Facts) -> Iterator[Seen]:
    yield from _questions({8: 4}, facts)
    yield _exit("validation", exit_of_validation(facts.counted, facts.open_stops))
    words = f"Others than founders sell it (deals they won: {facts.won_by_others})"
    yield Seen(words, facts.won_by_others > 0, Leads.DEALS)
    words = (
        "Each segment pursued has a sales curve of its own "
        f"({facts.with_curve} of {facts.pursued})"
    )
    yield Seen(words, 0 < facts.pursued == facts.with_curve, Leads.CURVES)


def _harvest(facts: Facts) -> Iterator[Seen]:
    yield from _questions({9: 4, 10: 4, 11: 4}, facts)
    words = f"No open stop ({facts.open_stops or 'none'})"
    yield Seen(words, not facts.open_stops, Leads.EXIT)


_SEEN: Final[Mapping[Stage, Callable[[Facts], Iterator[Seen]]]] = {
    Stage.SEED: _seed,
    Stage.DEVELOPMENT: _development,
    Stage.GO_TO_MARKET: _go_to_market,
    Stage.MARKET_EXPANSION: _market_expansion,
    Stage.HARVEST: _harvest,
}


def _leadership(facts: Facts) -> Seen:
    words = (
        "Leadership asks in half of the talks that count, or more "
        f"({facts.led} of {facts.talks})"
    )
    return Seen(words, 0 < facts.talks <= 2 * facts.led, Leads.TALKING)


def _nobody_hired(facts: Facts) -> Seen:
    words = f"Nobody but founders sells (reps: {facts.hired or 'none'})"
    return Seen(words, not facts.hired, Leads.REPS)


def _questions(asked: Asked, facts: Facts) -> Iterator[Seen]:
    for one in conditions(asked, facts.counted):
        yield Seen(one.sentence, one.is_met, Leads.QUESTION, one.number)


def _exit(name: str, asked: tuple[Condition, ...]) -> Seen:
    met = sum(one.is_met for one in asked)
    words = f"The exit of {name} ({met} of {len(asked)} conditions hold)"
    return Seen(words, met == len(asked), Leads.EXIT)
