"""PURE. When two names are the same name: capitals, accents, punctuation aside."""

import re
import unicodedata
from typing import Final

# What firms add to their name, and what people leave out when they type it.
FORMS: Final = frozenset(
    {"ab", "ag", "bv", "co", "corp", "gmbh", "inc", "llc", "ltd", "oy", "plc", "sa"}
)
# Letters that no decomposition takes apart.
LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"}
)


def fold(text: str) -> str:
    """`Émile  O'Brien-Łukasz` and `emile obrien lukasz` become the same words."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    joined = re.sub(r"['’`.]", "", plain)
    return " ".join(re.findall(r"\w+", joined))


def fold_firm(text: str) -> str:
    """As `fold`, without the legal form at the end: Acme, Inc. is Acme."""
    words = fold(text).split()
    while len(words) > 1 and words[-1] in FORMS:
        words.pop()
    return " ".join(words)
