"""PURE. Two tracks side by side: what the product reaches, and what we have learned.

Each checkpoint of the product has a learning review. A review asks that certain
questions count at least so much, and says of each condition whether it holds. A new
version of the model asks again what it makes doubtful, and says why.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from milestones.eleven import template

PAIRS: Final = (
    ("concept", "hypotheses_stated"),
    ("alpha", "problem_verified"),
    ("beta", "solution_verified"),
    ("first_customer_ship", "model_verified"),
    ("version_2", "road_map"),
)
# the last review has no product beside it
REPEATABLE: Final = "repeatable"
SHIPPED: Final = "first_customer_ship"
VERSION_2: Final = "version_2"
PRODUCT: Final = tuple(product for product, _ in PAIRS)
LEARNING: Final = (*(review for _, review in PAIRS), REPEATABLE)
REVIEW_OF: Final = dict(PAIRS)
# days after first customer ship on which the venture stops and evaluates
STOPS_AFTER: Final = (30, 90)

Asked = Mapping[int, int]

ALL: Final = tuple(range(1, 12))
DISCOVERY: Final[Asked] = {1: 4, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 11: 3}
VALIDATION: Final[Asked] = dict.fromkeys(ALL, 4)


def highest(*many: Asked) -> dict[int, int]:
    """The sum of several demands: for each question the highest."""
    numbers = sorted({number for asked in many for number in asked})
    return {n: max(asked.get(n, 0) for asked in many) for n in numbers}


# learning review → question → what it must count at least
ASKED: Final[Mapping[str, Asked]] = {
    "hypotheses_stated": dict.fromkeys(ALL, 1),
    "problem_verified": {1: 3, 4: 3, 5: 3},
    "solution_verified": {2: 3, 3: 3, 6: 3},
    "model_verified": highest({7: 3, 9: 3, 11: 3}, DISCOVERY),
    "road_map": {8: 3},
    REPEATABLE: VALIDATION,
}
# who builds version 2 should have learned all this from version 1
BEFORE_VERSION_2: Final = highest(*(ASKED[review] for _, review in PAIRS))


# --- conditions ------------------------------------------------------------------
@dataclass(frozen=True)
class Counted:
    """What a question counts. `is_stale`: one lower for it. `is_hidden`: others have
    scored it, and this reader sees that only after their own score."""

    value: int
    is_stale: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class Condition:
    """`number` is that of the question, None for the condition about open stops."""

    number: int | None
    is_met: bool
    sentence: str

    @property
    def wording(self) -> str:
        """The question itself; empty for the condition about open stops."""
        return template(self.number).wording if self.number else ""


def conditions(asked: Asked, counted: Mapping[int, Counted]) -> tuple[Condition, ...]:
    nothing = Counted(0)
    return tuple(
        _condition(number, needed, counted.get(number, nothing))
        for number, needed in asked.items()
    )


def _condition(number: int, needed: int, found: Counted) -> Condition:
    if found.is_hidden:
        words = f"Question {number} is asked to count {needed}. Score it to see more."
        return Condition(number, is_met=False, sentence=words)
    stale = ", one lower because its score is old" if found.is_stale else ""
    words = f"Question {number} counts {found.value}{stale}; asked is {needed}."
    return Condition(number, is_met=found.value >= needed, sentence=words)


def no_open_stop(open_stops: int) -> Condition:
    words = {0: "No stop is open.", 1: "One stop is open; none may be."}
    some = f"{open_stops} stops are open; none may be."
    return Condition(None, open_stops == 0, words.get(open_stops, some))


def exit_of_discovery(counted: Mapping[int, Counted]) -> tuple[Condition, ...]:
    return conditions(DISCOVERY, counted)


def exit_of_validation(
    counted: Mapping[int, Counted], open_stops: int
) -> tuple[Condition, ...]:
    return (*conditions(VALIDATION, counted), no_open_stop(open_stops))


def conditions_of(
    review: str, counted: Mapping[int, Counted], open_stops: int
) -> tuple[Condition, ...]:
    """Of one learning review; an unknown one raises KeyError."""
    if review == REPEATABLE:
        return exit_of_validation(counted, open_stops)
    return conditions(ASKED[review], counted)


def not_learned(counted: Mapping[int, Counted]) -> tuple[Condition, ...]:
    """What version 1 has not taught us yet: what does not hold before version 2."""
    return tuple(c for c in conditions(BEFORE_VERSION_2, counted) if not c.is_met)


# --- slips -----------------------------------------------------------------------
@dataclass(frozen=True)
class Slippage:
    """How often a date was moved, and by how many days in all. Later is positive."""

    count: int
    days: int

    @property
    def sentence(self) -> str:
        if not self.count:
            return ""
        often = {1: "once", 2: "twice"}.get(self.count, f"{self.count} times")
        days = f"{abs(self.days)} day{'' if abs(self.days) == 1 else 's'}"
        if not self.days:
            return f"Moved {often}, and back to where it was."
        way = "later" if self.days > 0 else "sooner"
        return f"Moved {often}: {days} {way} in all."


def slippage(moves: Iterable[tuple[date, date]]) -> Slippage:
    """`moves`: from which day to which."""
    days = [(to_on - from_on).days for from_on, to_on in moves]
    return Slippage(len(days), sum(days))


# --- what a new version of the model asks again ----------------------------------
_ALWAYS: Final = {
    9: "Its sums were made for the model before.",
    10: "The plans were made for the model before.",
    11: "An alternative was just used up: name the next ones.",
}
# change → question → why what was known before is in doubt
AFFECTS: Final[Mapping[str, Mapping[int, str]]] = {
    "segment": {
        1: "Other customers have other problems.",
        2: "Others have other budgets.",
        3: "What solved it for the former customers may not for these.",
        4: "It is another business.",
        5: "Others put other needs first.",
        6: "The visionaries we found were of the former customers.",
        7: "Others may do well without it.",
        8: "Others advise, decide and pay.",
        **_ALWAYS,
    },
    "problem": {
        1: "It is another problem: when it comes, how often, what they do today.",
        2: "What a remedy is worth depends on what it remedies.",
        3: "Features are judged by the problem they solve.",
        4: "Their work and their gain were drawn around the former problem.",
        5: "Another problem has another place among their needs.",
        6: "Who looked for a way out of the former problem need not look for this one.",
        7: "A must-have for the former problem says nothing of this one.",
        8: "Another problem has another owner and another budget.",
        **_ALWAYS,
    },
    "solution": {
        3: "These are other features.",
        6: "They agreed to buy the former product.",
        7: "Nobody has had to do without this one yet.",
        8: "It was the former product that was sold.",
        **_ALWAYS,
    },
    "price": {
        2: "Nobody has paid this price yet.",
        6: "They agreed to the former price.",
        8: "Who must sign, and how long it takes, depends on the amount.",
        **_ALWAYS,
    },
    "channel": {
        8: "The steps of a sale are others.",
        **_ALWAYS,
    },
}


def affected(changes: Collection[str]) -> dict[int, str]:
    """Question → why it is asked again; of several changes the first one named says
    why. An unknown change raises KeyError."""
    found: dict[int, str] = {}
    for change in changes:
        found = dict(AFFECTS[change]) | found
    return dict(sorted(found.items()))
