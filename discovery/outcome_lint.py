"""PURE. Does a need read like an outcome, or like a feature somebody thought of?

It only warns: whoever writes the need decides.
"""

import re
from typing import Final

FEATURE_WORDS: Final = (
    *("app", "button", "chatbot", "dashboard", "export", "feature", "integration"),
    *("notification", "page", "plugin", "pop-up", "portal", "screen", "tool", "widget"),
)
_WORD: Final = re.compile(
    r"\b(" + "|".join(map(re.escape, FEATURE_WORDS)) + r")s?\b", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"\s*(an?|the)\s+\w", re.IGNORECASE)


def feature_signs(outcome: str) -> tuple[str, ...]:
    """What makes it read like a feature: the word found, or the article in front.

    "A dashboard of shifts" gives ("dashboard", "A"); "Fewer calls on Friday" nothing.
    """
    word, article = _WORD.search(outcome), _ARTICLE.match(outcome)
    return tuple(found.group(1) for found in (word, article) if found)
