"""PURE. Names in a quote, for readers who see pseudonyms.

What somebody said may name a colleague or a firm. Readers without names get the
pseudonym in its place.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from core.removing import plain, spelled

SHORTEST: Final = 2
_JOINTS: Final = ("%20", "\u200b", ".", "_", "+", "-")


def mask(text: str, names: Mapping[str, str]) -> str:
    """`names`: name → pseudonym. Whole words, whatever their capitals, accents and
    gaps; of two names that begin alike the longer one."""
    if not text:
        return text
    folded = _folded(text)
    # a venture knows thousands of names, a quote holds one or two of them
    known = {
        key: alias
        for name, alias in names.items()
        if len(name) >= SHORTEST and (key := _folded(name)) in folded
    }
    if not known:
        return text
    return _pattern(known).sub(lambda found: known[_folded(found.group())], text)


def with_parts(names: Mapping[str, str]) -> dict[str, str]:
    """Also each part of a name of three letters and more; of whole names none is lost."""
    parts = {
        part: alias
        for name, alias in names.items()
        for part in name.split()
        if len(part) > SHORTEST and len(name.split()) > 1
    }
    return parts | dict(names)


def _folded(name: str) -> str:
    text = plain(name)
    for joint in _JOINTS:
        text = text.replace(joint, " ")
    return " ".join(text.split())


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    forms = "|".join(map(spelled, longest_first))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
