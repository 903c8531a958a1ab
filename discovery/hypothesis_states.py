"""PURE. Where a hypothesis may go from where it stands, and what the step asks for."""

from typing import Final

DRAFT: Final = "draft"
REGISTERED: Final = "registered"
TESTING: Final = "testing"
VALIDATED: Final = "validated"
INVALIDATED: Final = "invalidated"
INCONCLUSIVE: Final = "inconclusive"
ABANDONED: Final = "abandoned"

MOVES: Final = {
    DRAFT: (REGISTERED,),
    REGISTERED: (TESTING, VALIDATED, INVALIDATED, INCONCLUSIVE, ABANDONED),
    TESTING: (VALIDATED, INVALIDATED, INCONCLUSIVE, ABANDONED),
    # nothing was learned: it may be tried again
    INCONCLUSIVE: (TESTING, ABANDONED),
    # for these a new version is the only way on
    VALIDATED: (),
    INVALIDATED: (),
    ABANDONED: (),
}
# a verdict about customers rests on words of customers
ASK_QUOTES: Final = (VALIDATED, INVALIDATED)
ASK_REASON: Final = (VALIDATED, INVALIDATED, INCONCLUSIVE, ABANDONED)
OPEN: Final = (REGISTERED, TESTING)
MARK_MET: Final = {VALIDATED: "pass", INVALIDATED: "fail"}


def refusal(state: str, to: str, *, reason: str = "", quotes: int = 0) -> str:
    """Why the step is refused: `no_way`, `no_reason`, `no_quote`; empty if it may go.

    `quotes` counts the standing quotes linked to the hypothesis.
    """
    if to not in MOVES[state]:
        return "no_way"
    if to in ASK_REASON and not reason.strip():
        return "no_reason"
    if to in ASK_QUOTES and quotes < 1:
        return "no_quote"
    return ""
