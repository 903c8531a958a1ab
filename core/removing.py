"""PURE. Taking what identifies somebody out of a text.

A name is found whatever its capitals and gaps, also turned round ("Ruiz, Dana"); a
telephone number in any formatting, with or without its country code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

REMOVED: Final = "[removed]"
SHORTEST: Final = 3
FEWEST_DIGITS: Final = 7
LONGEST_COUNTRY_CODE: Final = 3
_GAP: Final = r"[\s(/.)\u00a0-]*"
# Titles and particles say nothing about anybody.
_PARTICLES: Final = frozenset(
    [
        "mrs",
        "miss",
        "prof",
        "and",
        "the",
        "von",
        "van",
        "der",
        "den",
        "del",
        "della",
        "los",
        "las",
        "dos",
        "san",
        "bin",
        "ibn",
    ]
)
# Names that are words as well count only with the capital of a name.
_WORDS_TOO: Final = frozenset(
    [
        "april",
        "art",
        "baker",
        "banks",
        "best",
        "bill",
        "black",
        "bond",
        "brown",
        "case",
        "chase",
        "cook",
        "day",
        "drew",
        "fall",
        "faith",
        "field",
        "fox",
        "france",
        "frank",
        "good",
        "grace",
        "grant",
        "gray",
        "green",
        "grey",
        "guy",
        "hall",
        "hill",
        "hope",
        "hunter",
        "jack",
        "june",
        "joy",
        "king",
        "lane",
        "long",
        "love",
        "mark",
        "may",
        "miles",
        "mills",
        "noble",
        "old",
        "page",
        "park",
        "pat",
        "pearl",
        "penny",
        "perry",
        "pope",
        "price",
        "ray",
        "reed",
        "rich",
        "rob",
        "rock",
        "rose",
        "sharp",
        "short",
        "sky",
        "small",
        "smith",
        "stone",
        "strong",
        "sue",
        "summer",
        "sunny",
        "victor",
        "violet",
        "wall",
        "ward",
        "weeks",
        "west",
        "white",
        "will",
        "wise",
        "wolf",
        "wood",
        "work",
        "young",
    ]
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a person is known by. `also`: words that whoever erases them typed."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def everywhere(self, *, has_names: bool = True) -> re.Pattern[str] | None:
        """What points to this person wherever it stands. Without names where somebody
        else bears the same."""
        names = self.names if has_names else ()
        return _any_of(
            [
                *(_literal(email) for email in _kept(self.emails)),
                *(form for phone in self.phones for form in _phone(phone)),
                *(_phrase(text) for text in _kept(self.also)),
                *(form for name in _kept(names) for form in _name(name)),
            ]
        )

    def nearby(self, others: Iterable[str] = ()) -> re.Pattern[str] | None:
        """Also each part of the name, for texts in which this person speaks; not the
        parts that are also in the names of `others` who are there."""
        theirs = {word.casefold() for name in others for word in name.split()}
        wide = self.everywhere()
        forms = [_part(word) for word in self.parts() if word.casefold() not in theirs]
        return _any_of([*([wide.pattern] if wide else []), *forms])

    def parts(self) -> list[str]:
        words = [word.strip(",.;()\"'") for name in self.names for word in name.split()]
        return list(
            dict.fromkeys(
                word
                for word in words
                if len(word) >= SHORTEST and word.casefold() not in _PARTICLES
            )
        )


def remove(text: str, pattern: re.Pattern[str] | None) -> str:
    return pattern.sub(REMOVED, text) if pattern and text else text


def remove_within(value: Any, pattern: re.Pattern[str] | None) -> Any:
    """The same for lists and mappings, keys included."""
    if isinstance(value, str):
        return remove(value, pattern)
    if isinstance(value, list):
        return [remove_within(item, pattern) for item in value]
    if isinstance(value, dict):
        return {
            remove(key, pattern): remove_within(item, pattern)
            for key, item in value.items()
        }
    return value


def _kept(texts: Iterable[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts if text.strip()]


def _any_of(forms: list[str]) -> re.Pattern[str] | None:
    """The longest first, so that no rest of a longer one is left."""
    if not forms:
        return None
    longest_first = sorted(dict.fromkeys(forms), key=len, reverse=True)
    return re.compile("|".join(longest_first), re.IGNORECASE)


def _bounded(form: str) -> str:
    return rf"(?<!\w){form}(?!\w)"


def _literal(text: str) -> str:
    return _bounded(re.escape(text))


def _phrase(text: str) -> str:
    return _bounded(r"\s+".join(re.escape(word) for word in text.split()))


def _name(name: str) -> list[str]:
    words = [word.strip(",") for word in name.split()]
    forms = [_phrase(" ".join(words))]
    if len(words) > 1:
        last, first = re.escape(words[-1]), r"\s+".join(map(re.escape, words[:-1]))
        forms.append(_bounded(rf"{last}\s*,?\s+{first}"))
    return forms


def _part(word: str) -> str:
    if word.casefold() in _WORDS_TOO:
        return rf"(?-i:{_bounded(re.escape(word[:1].upper() + word[1:]))})"
    return _bounded(re.escape(word))


def _phone(phone: str) -> list[str]:
    digits = re.sub(r"\D", "", phone).lstrip("0")
    if len(digits) < FEWEST_DIGITS:
        return []
    has_code = phone.strip().startswith(("+", "00"))
    cuts = range(LONGEST_COUNTRY_CODE + 1) if has_code else range(1)
    tails = [digits[cut:].lstrip("0") for cut in cuts]
    before = rf"(?:[(]?(?:\+|00)?\d{{1,3}}[)]?{_GAP})?(?:[(]?0+[)]?{_GAP})?[(]?"
    return [
        rf"(?<!\d){before}{_GAP.join(tail)}(?!\d)"
        for tail in tails
        if len(tail) >= FEWEST_DIGITS
    ]
