"""PURE. How much somebody wrote: what can be seen of it."""

import unicodedata
from typing import Final

# Signs without an image of their own: joiners, marks of direction, controls.
_UNSEEN: Final = frozenset(("Cc", "Cf"))


def length_written(text: str) -> int:
    """Characters that can be seen, and one for each gap between words."""
    seen = (
        sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )
    return len(" ".join("".join(seen).split()))


def is_written(text: str) -> bool:
    """Is there anything in it that can be seen?"""
    return length_written(text) > 0
