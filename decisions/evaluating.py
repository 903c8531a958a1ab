"""PURE. The five steps from an alert to a decision, and what each of them asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from core.written import is_written, length_written
from decisions.following import Task
from decisions.following import lacking as lacking_tasks

SHORTEST_REASONS = 200
PERSEVERE, ADJUST, PIVOT, FIX, STOP = (
    "persevere",
    "adjust_forecast",
    "pivot",
    "fix_execution",
    "stop",
)
KINDS = (PERSEVERE, ADJUST, PIVOT, FIX, STOP)
# From this share of the first forecast down, in percent, something else must change.
LOWERED_TO = 75
# The fields of a draft that are kept as they are.
TEXTS = (
    *("kind", "reasons", "dissent", "prediction", "change"),
    *("rule_metric", "rule_comparison"),
)
# Decisions that mean nothing without saying what will be different.
CHANGING = (PIVOT, FIX)


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    title: str
    heading: str


STEPS = (
    Step(1, "What we said", "What did we say, when, and on what belief?"),
    Step(2, "What happened", "What happened, and is the number right?"),
    Step(3, "What customers say", "What do customers say about it?"),
    Step(4, "What depends on it", "What depends on it?"),
    Step(5, "Decide", "What do we decide?"),
)


def step(number: int) -> Step:
    """1 to 5; any other raises KeyError."""
    if not 1 <= number <= len(STEPS):
        raise KeyError(number)
    return STEPS[number - 1]


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision before it is recorded."""

    kind: str = ""
    reasons: str = ""
    dissent: str = ""
    prediction: str = ""
    predict_by: date | None = None
    change: str = ""
    review_on: date | None = None
    follow_ups: tuple[Task, ...] = ()
    # a change of forecast: the new sum as a share of the first promise, in percent
    new_share: int | None = None
    # the next checkpoint: unless this metric is so far by that day we stop again
    rule_metric: str = ""
    rule_comparison: str = ""
    rule_mark: Decimal | None = None
    rule_by: date | None = None

    @property
    def has_rule(self) -> bool:
        """Is anything of a stop rule written?"""
        return bool(self.rule_metric or self.rule_by) or self.rule_mark is not None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Draft":
        """From what is kept as JSON; days are ISO texts."""
        texts = {name: str(kept.get(name) or "") for name in TEXTS}
        mark = kept.get("rule_mark")
        return cls(
            **texts,
            predict_by=_day(kept.get("predict_by")),
            review_on=_day(kept.get("review_on")),
            follow_ups=tuple(map(Task.of, kept.get("follow_ups") or ())),
            new_share=kept.get("new_share"),
            rule_mark=None if mark is None else Decimal(mark),
            rule_by=_day(kept.get("rule_by")),
        )

    def parts(self) -> dict[str, Any]:
        """Its fields by name, as `record_decision` takes them."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def as_kept(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in TEXTS},
            "predict_by": self.predict_by.isoformat() if self.predict_by else None,
            "review_on": self.review_on.isoformat() if self.review_on else None,
            "new_share": self.new_share,
            "rule_mark": None if self.rule_mark is None else str(self.rule_mark),
            "rule_by": self.rule_by.isoformat() if self.rule_by else None,
            "follow_ups": [task.as_kept() for task in self.follow_ups if task.is_begun],
        }

    def problems(self, today: date) -> dict[str, str]:
        """Field → what it lacks; empty for a decision that can be recorded."""
        found = {
            "kind": "" if self.kind in KINDS else "Choose one of the five.",
            "reasons": self._lacking_reasons(),
            "review_on": _lacking_day(self.review_on, today, "the next stop"),
            "follow_ups": lacking_tasks(self.follow_ups, today),
        }
        if self.kind == PERSEVERE:
            found["prediction"] = (
                "" if is_written(self.prediction) else "Say what you predict instead."
            )
            found["predict_by"] = _lacking_day(self.predict_by, today, "the prediction")
        if self.kind in CHANGING and not is_written(self.change):
            found["change"] = "Say what changes."
        if self.kind == ADJUST:
            found |= self._lacking_share()
        if self.has_rule:
            found |= self._lacking_rule(today)
        return {name: words for name, words in found.items() if words}

    def _lacking_rule(self, today: date) -> dict[str, str]:
        """Half a stop rule is none."""
        return {
            "rule_metric": "" if self.rule_metric else "Choose the metric it looks at.",
            "rule_comparison": "" if self.rule_comparison else "At least, or at most?",
            "rule_mark": "" if self.rule_mark is not None else "Name the mark.",
            "rule_by": _lacking_day(self.rule_by, today, "the stop rule"),
        }

    def _lacking_share(self) -> dict[str, str]:
        """Lowering a forecast by a quarter or more is no decision by itself."""
        if self.new_share is None:
            return {
                "new_share": "Say how much of the first forecast the new one keeps."
            }
        if self.new_share <= LOWERED_TO and not is_written(self.change):
            return {
                "change": f"At {self.new_share}% of the first forecast, a new number "
                "alone is not enough: say what else changes."
            }
        return {}

    def _lacking_reasons(self) -> str:
        written = length_written(self.reasons)
        if written >= SHORTEST_REASONS:
            return ""
        return (
            f"Give your reasons in at least {SHORTEST_REASONS} characters; "
            f"there are {written}."
        )


def _lacking_day(day: date | None, today: date, what: str) -> str:
    if day is None:
        return f"Name a day for {what}."
    return "" if day > today else f"The day for {what} must lie ahead."


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


@dataclass(frozen=True, slots=True)
class Paper:
    """An evaluation as far as it is written. `talks` counts qualifying talks held
    since the alert; `explanations` maps each one that is named to (for, against).
    `has_number`: the alert is about one, which may be wrong.
    """

    belief: str = ""
    happened: str = ""
    is_actual_right: bool | None = None
    has_number: bool = True
    questions: int = 0
    talks: int = 0
    customers_say: str = ""
    no_talk_reason: str = ""
    explanations: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    depends: str = ""
    runway: str = ""
    # questions whose scores change; or it is said that none does
    rescored: int = 0
    keeps_scores: bool = False
    # is there a metric that the next stop rule can stand on?
    can_measure: bool = False
    draft: Draft = field(default_factory=Draft)
    # the same cause was answered with "keep going" not long ago
    is_second_time: bool = False
    is_cosigned: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What a step still lacks."""

    step: int
    words: str


# What a quiet alert asks for: what happened, and what follows.
SHORT = (2, 5)


def missing(
    paper: Paper, today: date, *, is_short: bool = False
) -> tuple[Missing, ...]:
    """Everything that stands between this paper and a decision, in order.

    `is_short`: only what a watch or a review asks for.
    """
    found = [
        (1, not is_written(paper.belief) and "Say what we believed."),
        (2, not is_written(paper.happened) and "Say what happened."),
        (2, _lacking_check(paper) and "Say whether the number is right."),
        (3, paper.questions < 1 and "Choose at least one question it contradicts."),
        (3, _lacking_talk(paper)),
        (3, _lacking_explanation(paper)),
        (4, not is_written(paper.depends) and "Say what depends on it."),
        (
            4,
            not is_written(paper.runway) and "Say how much cash there is for how long.",
        ),
        (4, _lacking_scores(paper)),
        (5, not is_short and _lacking_rule(paper)),
    ]
    found += [(5, words) for words in paper.draft.problems(today).values()]
    found.append((5, _lacking_cosign(paper)))
    asked = SHORT if is_short else tuple(one.number for one in STEPS)
    return tuple(
        Missing(number, words) for number, words in found if words and number in asked
    )


def _lacking_check(paper: Paper) -> bool:
    return paper.has_number and paper.is_actual_right is None


def _lacking_scores(paper: Paper) -> str:
    is_said = paper.rescored or paper.keeps_scores
    return "" if is_said else "Say which scores change, or that none does."


def _lacking_rule(paper: Paper) -> str:
    """Whoever goes on says beforehand when to stop again. A line that ends needs none."""
    lacks = paper.can_measure and needs_rule(paper.draft)
    return "Set the next stop rule." if lacks else ""


def needs_rule(draft: Draft) -> bool:
    return draft.kind not in ("", STOP) and not draft.has_rule


def _lacking_talk(paper: Paper) -> str:
    if is_written(paper.no_talk_reason):
        return ""
    if paper.talks < 1:
        return "Have one qualifying talk since the alert, or say why there was none."
    return "" if is_written(paper.customers_say) else "Say what customers told you."


def needs_cosignature(paper: Paper) -> bool:
    is_needed = paper.is_second_time and paper.draft.kind == PERSEVERE
    return is_needed and not paper.is_cosigned


def _lacking_cosign(paper: Paper) -> str:
    """Iridium's lenders waived the same covenant three times. Here a second time needs
    somebody who has no stake in going on."""
    if not needs_cosignature(paper):
        return ""
    return (
        "To keep going a second time for the same cause, an advisor has to sign the "
        "evaluation as it stands."
    )


def _lacking_explanation(paper: Paper) -> str:
    """An explanation counts when it also says what speaks, or would speak, against it."""
    sides = paper.explanations.values()
    if any(is_written(one) and is_written(other) for one, other in sides):
        return ""
    return "Weigh at least one explanation: what speaks for it, and what against."


def done_steps(lacking: tuple[Missing, ...]) -> frozenset[int]:
    open_ones = {one.step for one in lacking}
    return frozenset(one.number for one in STEPS) - open_ones
