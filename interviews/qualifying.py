"""PURE. Does a talk count as a discovery interview, and if not, why not?

Asking a customer about their problem, without selling, soon written down, with their
own words kept. Whatever fails this is kept and shown, but it is not counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

NOTES_WITHIN: Final = timedelta(hours=72)
SALES: Final = "sales"
PITCHED_FIRST: Final = "before_problem"
NO_CONSENT: Final = "none"


@dataclass(frozen=True, slots=True)
class Participant:
    """`is_related`: a friend, investor or adviser, or from the firm of one."""

    is_related: bool
    consent: str


@dataclass(frozen=True, slots=True)
class Talk:
    """`recorded_at` is when notes were first written down; `quotes` those standing."""

    participants: tuple[Participant, ...]
    kind: str
    pitched: str
    has_segment: bool
    held_at: datetime
    recorded_at: datetime
    quotes: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a talk does not count, and what would mend it; empty where nothing can."""

    code: str
    sentence: str
    mend: str


@dataclass(frozen=True, slots=True)
class Qualifying:
    counts: bool
    reasons: tuple[Reason, ...]


REASONS: Final = (
    Reason(
        "nobody",
        "Nobody is named.",
        "Say who you talked to.",
    ),
    Reason(
        "related_party",
        "A friend, investor or adviser took part.",
        "",
    ),
    Reason(
        "no_consent",
        "Somebody did not agree that you keep notes.",
        "Ask them, and write down their answer.",
    ),
    Reason(
        "sales",
        "It was a sales call.",
        "",
    ),
    Reason(
        "pitched_first",
        "You pitched before you heard the problem.",
        "",
    ),
    Reason(
        "no_segment",
        "It belongs to no segment.",
        "Choose the segment these customers are in.",
    ),
    Reason(
        "late_notes",
        "The notes were written more than 72 hours after the talk.",
        "",
    ),
    Reason(
        "no_quote",
        "None of their own words are kept as a quote.",
        "Select a sentence in the notes and keep it as a quote.",
    ),
)
BY_CODE: Final = {reason.code: reason for reason in REASONS}


def qualify(talk: Talk) -> Qualifying:
    """All eight conditions must hold; a reason for each that does not.

    With several participants one related party, or one without consent, is enough
    to spoil the talk: leaving out a good talk costs less than counting a bad one.
    """
    failed = {
        "nobody": not talk.participants,
        "related_party": any(p.is_related for p in talk.participants),
        "no_consent": any(p.consent == NO_CONSENT for p in talk.participants),
        "sales": talk.kind == SALES,
        "pitched_first": talk.pitched == PITCHED_FIRST,
        "no_segment": not talk.has_segment,
        "late_notes": talk.recorded_at - talk.held_at > NOTES_WITHIN,
        "no_quote": talk.quotes < 1,
    }
    reasons = tuple(reason for reason in REASONS if failed[reason.code])
    return Qualifying(counts=not reasons, reasons=reasons)
