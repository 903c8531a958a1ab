"""PURE. The shapes a sample is written in.

Days count back from the day the sample is loaded, unless they are dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


# --- what was said ---------------------------------------------------------------
@dataclass(frozen=True)
class Link:
    """`to`: the number of a question, or a kind and a key such as "problem/evening",
    "hypothesis/window", "rung/1"."""

    to: int | str
    grade: int
    stance: str


def speaks_for(*targets: int | str, grade: int = 3) -> tuple[Link, ...]:
    return tuple(Link(to, grade, "supports") for to in targets)


def speaks_against(*targets: int | str, grade: int = 3) -> tuple[Link, ...]:
    return tuple(Link(to, grade, "contradicts") for to in targets)


@dataclass(frozen=True)
class Said:
    """Exact words of a talk. Without links they wait in the inbox.

    `answer`: what we say to words that speak against us.
    """

    words: str
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    is_prompted: bool = False
    answer: str = ""


@dataclass(frozen=True)
class Who:
    """`step_in`: days from the loading to the step agreed; None leaves it undated."""

    name: str
    role_title: str
    roles: tuple[str, ...] = ("user",)
    source: str = "cold"
    referred_by: str = ""
    recognition: str = ""
    consent: str = "quote"
    is_related: bool = False
    step_in: int | None = None
    organisation: str = ""


@dataclass(frozen=True)
class Talk:
    """`told`: paragraphs; `{0}`, `{1}` … stand for the words that became quotes.

    `again`: somebody of an earlier talk is met once more.
    """

    who: Who
    days_ago: int
    told: str
    said: tuple[Said, ...] = ()
    kind: str = "problem"
    pitched: str = "never"
    channel: str = "in_person"
    has_guide: bool = True
    by_founder: bool = False
    next_step: str = ""
    mark: str = "Illustrative talk, not historical."

    @property
    def notes(self) -> str:
        """Each paragraph in one line, with the words as they were said."""
        words = [said.words for said in self.said]
        parts = [" ".join(part.split()) for part in self.told.split("\n\n")]
        return "\n\n".join([self.mark, *(part.format(*words) for part in parts)])


# --- what was supposed -----------------------------------------------------------
@dataclass(frozen=True)
class Belief:
    """A hypothesis with the marks it was registered with, and where it went."""

    key: str
    fields: dict[str, object]
    decide_in: int
    registered_ago: int
    # state, days ago, reason
    steps: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class Supposed:
    """Everything believed about the market. Parents stand before their parts.

    `guide_questions`: the text, and the questions it tests. `tags`: name, meaning, the
    one above. `needs`: outcome, problems, the one above. `features`: name, what it
    does, stage, problems.
    """

    began_ago: int
    segment: Mapping[str, str]
    guide: Mapping[str, str]
    guide_questions: tuple[tuple[str, tuple[int, ...]], ...]
    tags: tuple[tuple[str, str, str], ...]
    problems: Mapping[str, Mapping[str, str]]
    needs: Mapping[str, tuple[str, tuple[str, ...], str]]
    emotional: tuple[str, ...]
    features: Mapping[str, tuple[str, str, str, tuple[str, ...]]]
    beliefs: tuple[Belief, ...]

    @property
    def began(self) -> timedelta:
        """How long ago."""
        return timedelta(days=self.began_ago)


@dataclass(frozen=True)
class Sheet:
    """A survey and its answers, one a day from the day after it was opened on."""

    kind: str
    fields: Mapping[str, Any]
    opened_ago: int
    # label, what record_response takes as answers
    rows: tuple[tuple[str, Mapping[str, Any]], ...]
    needs: tuple[str, ...] = ()


PRICES = ("too_cheap", "cheap", "expensive", "too_expensive")
HUNDREDTHS = 100


def in_cents(prices: tuple[int, int, int, int]) -> dict[str, int]:
    """The four prices of one answer, as a survey keeps them."""
    pairs = zip(PRICES, prices, strict=True)
    return {f"{name}_minor": price * HUNDREDTHS for name, price in pairs}


# --- what is claimed, and what bounds it -----------------------------------------
@dataclass(frozen=True)
class Written:
    question: int
    ago: int
    statement: str
    looked_against: str = ""


@dataclass(frozen=True)
class Proof:
    """Evidence that nobody said in a talk: a document, a survey or a number by its key.

    `on`: the day of a document. From E4 up somebody saw it.
    """

    question: int
    ago: int
    stance: str
    grade: int
    document: str = ""
    survey: str = ""
    number: str = ""
    on: date | int | None = None


@dataclass(frozen=True)
class Claim:
    """What owner and founder claim; the reasons are their own."""

    question: int
    ago: int
    values: tuple[int, int]
    reasons: tuple[str, str]


@dataclass(frozen=True)
class Review:
    question: int
    ago: int
    value: int
    reason: str


@dataclass(frozen=True)
class Asked:
    """An advisor asks for evidence. `answered_ago` is None while it is open."""

    question: int
    ago: int
    text: str
    answered_ago: int | None = None
    answer: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment of `who` (owner, founder or advisor) on a question by its number, or on
    a series by its key; the owner answers, or nobody did yet."""

    about: int | str
    ago: int
    who: str
    text: str
    answered_ago: int | None = None
    answer: str = ""
    is_resolved: bool = False
    is_founders_only: bool = False


@dataclass(frozen=True)
class TalkedOver:
    """Founders far apart talked about it."""

    question: int
    ago: int
    answer: str


@dataclass(frozen=True)
class Ticked:
    """The criterion, how far it is met, and how we know."""

    question: int
    ago: int
    ticks: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Judged:
    """Everything said about the eleven questions."""

    written: tuple[Written, ...]
    proofs: tuple[Proof, ...]
    claims: tuple[Claim, ...]
    reviews: tuple[Review, ...]
    asked: tuple[Asked, ...]
    talked_over: tuple[TalkedOver, ...]
    ticked: tuple[Ticked, ...]


# --- what was planned ------------------------------------------------------------
@dataclass(frozen=True)
class Reached:
    ago: int
    on: date | int
    finding: str = ""


@dataclass(frozen=True)
class Moved:
    ago: int
    to: date | int
    reason: str


@dataclass(frozen=True)
class Held:
    """A stop so many `days` after first customer ship."""

    days: int
    ago: int
    on: date | int
    finding: str


@dataclass(frozen=True)
class Planned:
    kind: str
    ago: int
    on: date | int
    moved: tuple[Moved, ...] = ()
    reached: Reached | None = None
    held: tuple[Held, ...] = ()


# --- what was committed ----------------------------------------------------------
@dataclass(frozen=True)
class Tranched:
    """A part of the money; without `number` it has no stop rule."""

    amount: int
    due_on: date
    number: str = ""
    threshold: str = ""
    stop_on: date | None = None


@dataclass(frozen=True)
class Committed:
    """Amounts in whole units of the venture's currency. `fields`: what add_commitment
    takes beside them; `checked_ago`: when its gate was last checked."""

    ago: int
    amount: int
    starts_on: date
    ends_on: date
    metric: str
    tranches: tuple[Tranched, ...]
    fields: Mapping[str, Any]
    checked_ago: int = 0


# --- what was sold ---------------------------------------------------------------
@dataclass(frozen=True)
class Seller:
    """`before`: months before the first quarter, or if negative quarters before today.
    `revenue`: of the last so many quarters, in whole units; `pay`: base, variable,
    burden, travel and tools of each."""

    name: str
    kind: str
    before: int
    revenue: tuple[int, ...]
    pay: tuple[int, ...] = ()
    is_owner: bool = False


@dataclass(frozen=True)
class SharedCost:
    """Of each quarter, in whole units; `people` times `one` instead of an amount."""

    kind: str
    amount: int = 0
    people: str = ""
    one: int = 0
    note: str = ""


@dataclass(frozen=True)
class Dealt:
    """Opened on the fifth day of the `quarter`, counted from 0; `steps`: name, days
    after. Closed after 60 days."""

    title: str
    quarter: int
    seller: str
    listed: int
    outcome: str
    reasons: str
    steps: tuple[tuple[str, int], ...]
    paid: int | None = None
    currency: str = ""


@dataclass(frozen=True)
class Changed:
    """An entry of the learning log, on the tenth day of the `quarter`."""

    quarter: int
    area: str
    changed: str
    expected: str
    learned: str


@dataclass(frozen=True)
class Selling:
    product: str
    channel: str
    sellers: tuple[Seller, ...]
    shared: tuple[SharedCost, ...]
    deals: tuple[Dealt, ...]
    learned: tuple[Changed, ...]
