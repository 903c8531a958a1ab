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


SHORTEST_TYPO: Final = 5


def is_near(one: str, other: str) -> bool:
    """Folded names that may be the same one mistyped: the words in another order, or
    one letter too many, missing, wrong, or two of them swapped."""
    if sorted(one.split()) == sorted(other.split()):
        return True
    if min(len(one), len(other)) < SHORTEST_TYPO or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (
            at
            for at, pair in enumerate(zip(one, other, strict=False))
            if len({*pair}) > 1
        ),
        min(len(one), len(other)),
    )
    left, right = one[start:], other[start:]
    is_swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    is_one_off = right in (left[1:], left) or left == right[1:] or left[1:] == right[1:]
    return is_swapped or is_one_off
