"""PURE. Who of a team is named in a comment: "@Ana Ruiz", or "@Ana" if there is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, TypeVar

Key = TypeVar("Key")
# an address has letters before its @
_AT: Final = re.compile(r"(?<![\w.+-])@(?=\w)")


def mentioned(text: str, team: Iterable[tuple[Key, str]]) -> list[Key]:
    """In the order in which they are named. The longest name that stands there counts;
    what fits two people names neither."""
    forms = forms_of(team)
    found: list[Key] = []
    folded = " ".join(text.split()).casefold()
    for at in _AT.finditer(folded):
        rest = folded[at.end() :]
        key = next((key for form, key in forms if begins(rest, form)), None)
        if key is not None and key not in found:
            found.append(key)
    return found


def forms_of(team: Iterable[tuple[Key, str]]) -> list[tuple[str, Key | None]]:
    """What may stand behind an @, the longest first; None where it fits two."""
    named = [(key, " ".join(name.split()).casefold()) for key, name in team]
    named = [(key, name) for key, name in named if name]
    wholes = Counter(name for _key, name in named)
    firsts = Counter(name.split()[0] for _key, name in named)
    forms: dict[str, Key | None] = {}
    for key, name in named:
        first = name.split()[0]
        if first not in wholes:
            forms[first] = key if firsts[first] == 1 else None
    for key, name in named:
        forms[name] = key if wholes[name] == 1 else None
    return sorted(forms.items(), key=lambda form: -len(form[0]))


def begins(text: str, form: str) -> bool:
    """With a whole word: "@anabel" names no Ana."""
    after = text[len(form) : len(form) + 1]
    return text.startswith(form) and not (after.isalnum() or after == "_")
