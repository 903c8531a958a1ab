"""PURE. Names in a quote, for readers who see pseudonyms.

What somebody said may name a colleague or a firm. Readers without names get the
pseudonym in its place.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

SHORTEST: Final = 2


def mask(text: str, names: Mapping[str, str]) -> str:
    """`names`: name → pseudonym. Whole words, whatever their capitals and gaps; of two
    names that begin alike the longer one."""
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
    return " ".join(name.split()).casefold()


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    forms = (r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
