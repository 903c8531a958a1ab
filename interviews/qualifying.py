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
    is_price_negotiated: bool = False
    is_trashed: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a talk does not count.

    `mend` says what would change that, and `field` names the place on the edit page;
    where nothing can, `stays` says so and what the talk is still good for.
    """

    code: str
    sentence: str
    mend: str = ""
    field: str = ""
    stays: str = ""


@dataclass(frozen=True, slots=True)
class Qualifying:
    counts: bool
    reasons: tuple[Reason, ...]


REASONS: Final = (
    Reason(
        "trashed",
        "It is in the trash.",
        mend="Fetch it back from the trash.",
    ),
    Reason(
        "nobody",
        "Nobody is named.",
        mend="Say who you talked to.",
        field="who",
    ),
    Reason(
        "related_party",
        "A friend, investor or adviser took part.",
        stays="They mean well, so this talk stays outside. It is kept.",
    ),
    Reason(
        "no_consent",
        "Somebody did not agree that you keep notes.",
        mend="Ask them, and write down their answer.",
    ),
    Reason(
        "sales",
        "It was a sales call.",
        stays="Selling teaches you something else: this talk is kept, and it counts "
        "for question 8.",
    ),
    Reason(
        "pitched_first",
        "You pitched before you heard the problem.",
        stays="This talk stays outside. It still counts for question 8 if it was a "
        "sales call.",
    ),
    Reason(
        "price_negotiated",
        "You negotiated a price.",
        stays="Whoever bargains does not tell. This talk stays outside; what they paid "
        "is still evidence for question 2.",
    ),
    Reason(
        "no_segment",
        "It belongs to no segment.",
        mend="Choose the segment these customers are in.",
        field="segment",
    ),
    Reason(
        "late_notes",
        "The notes were written more than 72 hours after the talk.",
        stays="Memory has tidied them up by then. The talk is kept; write the next one "
        "down the same day.",
    ),
    Reason(
        "no_quote",
        "None of their own words are kept as a quote.",
        mend="Select a sentence in the notes and keep it as a quote.",
    ),
)
BY_CODE: Final = {reason.code: reason for reason in REASONS}


def qualify(talk: Talk) -> Qualifying:
    """All ten conditions must hold; a reason for each that does not.

    With several participants one related party, or one without consent, is enough
    to spoil the talk: leaving out a good talk costs less than counting a bad one.
    """
    failed = {
        "trashed": talk.is_trashed,
        "nobody": not talk.participants,
        "related_party": any(p.is_related for p in talk.participants),
        "no_consent": any(p.consent == NO_CONSENT for p in talk.participants),
        "sales": talk.kind == SALES,
        "pitched_first": talk.pitched == PITCHED_FIRST,
        "price_negotiated": talk.is_price_negotiated,
        "no_segment": not talk.has_segment,
        "late_notes": talk.recorded_at - talk.held_at > NOTES_WITHIN,
        "no_quote": talk.quotes < 1,
    }
    reasons = tuple(reason for reason in REASONS if failed[reason.code])
    return Qualifying(counts=not reasons, reasons=reasons)
