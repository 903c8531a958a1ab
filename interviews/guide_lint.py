"""PURE. Which words of a question spoil its answer, and what to ask instead.

People are polite about ideas and hopeful about the future, so what they say about
either proves nothing. What they did last time, and what it cost, is on record.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

LEADING: Final = "leading"
HYPOTHETICAL: Final = "hypothetical"
SELLING: Final = "selling"
DOUBLE: Final = "double"
CLOSED: Final = "closed"

SHORTEST_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` as they stand in the question. A mild one may well be right as it is."""

    code: str
    words: str
    why: str
    better: str
    is_mild: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    pattern: re.Pattern[str]
    why: str
    better: str
    is_mild: bool = False


LAST_TIME: Final = "Tell me about the last time that happened."
WHAT_DID_YOU_DO: Final = "What did you do the last time?"
WHAT_DID_IT_COST: Final = "What did it cost you the last time, in money or in hours?"
WHAT_ELSE: Final = "What have you tried so far?"

IT_ANSWERS_ITSELF: Final = "It tells them the answer you hope for."
NOBODY_KNOWS: Final = "It asks about a future nobody knows. People are hopeful there."
PRICE_IS_GUESSED: Final = "A price they only imagine costs them nothing to name."
OPINION: Final = "It asks for an opinion. Opinions are polite; what they did is not."
IT_SELLS: Final = "It speaks of what you make. From here on they will be kind to you."
TWO_AT_ONCE: Final = "It asks two things at once; they will answer the easier one."
YES_OR_NO: Final = "Yes or no is enough to answer it, and you learn no more."


def _rule(
    code: str, pattern: str, why: str, better: str, *, mild: bool = False
) -> Rule:
    return Rule(code, re.compile(pattern, re.IGNORECASE), why, better, mild)


_FEELING = (
    "frustrat(?:ing|ed)|annoy(?:ing|ed)|painful|terrible|awful|bad|hard|difficult|"
    "useful|helpful|great|important|nice|easy"
)
_THING = (
    "solution|product|app|tool|service|platform|software|idea|features?|prototype|"
    "company|offer|start-?up"
)
_PAYING = r"(?:pay|spend|be willing to pay|be prepared to pay)"

_RULES: Final = (
    # --- leading ---
    _rule(
        LEADING,
        r"(?<!why )(?<!what )(?<!which )\b(?:do|did|would|could|should|are|is|was|were"
        r"|have|has|can|wo)n['’]t\s+(?:you|it|that|this|they|we|there)\b"
        r"(?:\s+(?:agree|say|find|think|love|like|be))?",
        IT_ANSWERS_ITSELF,
        LAST_TIME,
    ),
    _rule(
        LEADING,
        r"\bis (?:it|this|that) (?:not )?(?:an? )?(?:good|great|useful|bad) idea\b",
        "It asks for praise, and praise is what you will get.",
        "What do you do about it today?",
    ),
    _rule(LEADING, r"\b(?:do|would) you (?:not )?agree\b", IT_ANSWERS_ITSELF, LAST_TIME),
    _rule(
        LEADING,
        r"\b(?:surely|obviously|of course|clearly)\b|,\s*(?:right|correct|no)\?",
        IT_ANSWERS_ITSELF,
        LAST_TIME,
    ),
    _rule(
        LEADING,
        rf"\bhow (?:very |really )?(?:{_FEELING})\b",
        "It says beforehand how they feel about it.",
        LAST_TIME,
    ),
    # --- hypothetical ---
    _rule(
        HYPOTHETICAL,
        rf"\b(?:how much|what|which price) (?:would|could|might) (?:you|your \w+) "
        rf"{_PAYING}\b",
        PRICE_IS_GUESSED,
        WHAT_DID_IT_COST,
    ),
    _rule(
        HYPOTHETICAL,
        r"\bif (?:we|i|somebody|someone|there (?:was|were)|you (?:had|could))\b"
        r"(?: (?:built|made|had|offered|gave|could))?|\bwhat if\b",
        NOBODY_KNOWS,
        "What have you tried so far to get that?",
    ),
    _rule(
        HYPOTHETICAL,
        r"\b(?:imagine|suppose|hypothetically|in an ideal world|magic wand)\b",
        NOBODY_KNOWS,
        LAST_TIME,
    ),
    _rule(
        HYPOTHETICAL,
        r"(?<!who )(?<!whom )(?<!who else )\bwould (?:you|it|that|this|your \w+|they)\b"
        r"(?! (?:introduce|mind|agree|show me|suggest i)\b)",
        NOBODY_KNOWS,
        WHAT_DID_YOU_DO,
    ),
    _rule(HYPOTHETICAL, r"\b(?:do|did) you (?:think|believe|feel)\b", OPINION, WHAT_DID_YOU_DO),
    _rule(
        HYPOTHETICAL,
        r"\b(?:will|might) you\b|\bhow likely\b|\bare you likely\b|\bin (?:the )?future\b"
        r"|\b(?:could|can) you (?:see|imagine)\b|\bplan(?:ning)? to (?:buy|use|pay)\b",
        NOBODY_KNOWS,
        WHAT_DID_YOU_DO,
    ),
    # --- selling, also to those who know it already ---
    _rule(
        SELLING,
        r"\b(?:let me|can i|may i|i(?:['’]d| would) (?:like|love) to|i want to) "
        r"(?:show|tell|explain|demo|walk)\b",
        IT_SELLS,
        WHAT_ELSE,
    ),
    _rule(
        SELLING,
        r"\b(?<!if )we(?:['’]re| are|['’]ve| have)? (?:built|build|building|made|making|offer|"
        r"offering|developed|developing|sell|selling|can help)\b|\bsign up\b",
        IT_SELLS,
        WHAT_ELSE,
    ),
)  # fmt: skip

_OURS = _rule(SELLING, rf"\b(?:our|my) (?:\w+ )?(?:{_THING})\b", IT_SELLS, WHAT_ELSE)

_ASKING = "who|whom|what|when|where|why|how|which"
_BEING = "do|did|does|is|are|was|were|have|has|had|can|could|would|will"
_DOUBLE = _rule(
    DOUBLE,
    rf"\b(?:and|or)\s+(?:(?:{_ASKING})\s+(?:(?:{_BEING}|much|many|long|often|else)\b)"
    rf"|(?:{_BEING})\s+(?:you|they|it|there|your|the|she|he|that|this)\b)"
    r"|(?<=^who )[^?]*\band who\b",
    TWO_AT_ONCE,
    "Ask the first one. Wait. Then ask the second.",
)
_TWO_MARKS = _rule(DOUBLE, r"\?[^?]*\w[^?]*\?", TWO_AT_ONCE, _DOUBLE.better)
_CLOSED = _rule(
    CLOSED,
    rf"^\W*(?:{_BEING}|should|am)\s+(?!you (?:tell|walk|show|describe|give|take|explain"
    r"|introduce|mind)\b)\w+",
    YES_OR_NO,
    LAST_TIME,
    mild=True,
)  # fmt: skip


def lint(
    question: str, *, ours: Collection[str] = (), knows_it: bool = False
) -> tuple[Finding, ...]:
    """What is wrong with the question, at most once for each kind of mistake.

    `ours`: names of the product and its features. `knows_it`: it is asked after they
    saw or used the product, so naming it is no longer selling.
    """
    found: dict[str, Finding] = {}
    naming = () if knows_it else tuple(_naming(ours))
    for finding in _findings(question, naming):
        found.setdefault(finding.code, finding)
    if len(found) > 1:
        found.pop(CLOSED, None)
    return tuple(found.values())


def _findings(question: str, naming: Collection[Rule]) -> Iterator[Finding]:
    for rule in (*_RULES, *naming, _TWO_MARKS, _DOUBLE, _CLOSED):
        match = rule.pattern.search(question)
        if match is not None:
            yield Finding(
                rule.code, _shown(match, question), rule.why, rule.better, rule.is_mild
            )


def _naming(ours: Collection[str]) -> Iterator[Rule]:
    yield _OURS
    names = [name.strip() for name in ours if len(name.strip()) >= SHORTEST_NAME]
    if names:
        either = "|".join(re.escape(name) for name in sorted(names, key=len)[::-1])
        yield _rule(SELLING, rf"(?<!\w)(?:{either})(?!\w)", IT_SELLS, WHAT_ELSE)


def _shown(match: re.Match[str], question: str) -> str:
    """The words found; two marks are shown as the question they belong to."""
    if match.re is _TWO_MARKS.pattern:
        return "? … ?"
    return " ".join(match.group().split()).strip(" ,")
