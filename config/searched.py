"""What search finds, in the order of its page: the name of a kind, and the module whose
KINDS hold it."""

from typing import Final

SEARCHED: Final = {
    **dict.fromkeys(
        ("quote", "interview", "person", "organisation", "problem"),
        "interviews.search.kinds",
    ),
    **dict.fromkeys(("answer", "score", "challenge"), "milestones.searched"),
    **dict.fromkeys(("decision", "alert", "commitment"), "decisions.searched"),
    "metric": "forecasts.searched",
    "comment": "portfolio.searched",
}
