"""PURE. How much somebody wrote: what can be seen of it."""

import unicodedata
from typing import Final

# Signs without an image of their own: joiners, marks of direction, controls.
_UNSEEN: Final = frozenset(("Cc", "Cf"))
# Letters and signs that are drawn as nothing: fillers, an empty braille cell, selectors
# of a shape.
_BLANK: Final = frozenset(
    [
        *"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0",
        *map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))),
    ]
)


def length_written(text: str) -> int:
    """Characters that can be seen, and one for each gap between words."""
    seen = (sign for sign in text if sign.isspace() or is_seen(sign))
    return len(" ".join("".join(seen).split()))


def is_seen(sign: str) -> bool:
    return sign not in _BLANK and unicodedata.category(sign) not in _UNSEEN


def is_written(text: str) -> bool:
    """Is there anything in it that can be seen?"""
    return length_written(text) > 0
