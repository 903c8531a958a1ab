"""PURE. Taking what identifies somebody out of a text.

A name is found whatever its capitals, accents and gaps, also turned round ("Ruiz,
Dana") and in the address of a page ("dana-ruiz"); a telephone number in any
formatting, with or without its country code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

REMOVED: Final = "[removed]"
SHORTEST: Final = 3
FEWEST_DIGITS: Final = 7
LONGEST_COUNTRY_CODE: Final = 3
_GAP: Final = r"[\s(/.)\u00a0-]*"
# Between the words of a name: spaces, or what joins them in an address.
_JOINT: Final = r"(?:[\s\u200b]+|[._+-]|%20)"
_WORDS: Final = re.compile(r"[\s-]+")
_MARKS: Final = "[\u0300-\u036f]*"
_ACCENTED: Final = (*range(0x00DF, 0x0250), *range(0x1E00, 0x1F00))
# letters that Unicode does not take apart
_ALIKE: Final = {"ø": "o", "ł": "l", "đ": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
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
WORDS_TOO: Final = frozenset(
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
        return _any_of(self._words(has_names=has_names), self._phones())

    def nearby(self, others: Iterable[str] = ()) -> re.Pattern[str] | None:
        """Also each part of the name, for texts in which this person speaks; not the
        parts that are also in the names of `others` who are there."""
        theirs = {word.casefold() for name in others for word in name.split()}
        parts = [word for word in self.parts() if word.casefold() not in theirs]
        return _any_of(
            [*self._words(), *map(_part, _longest_first(parts))], self._phones()
        )

    def _words(self, *, has_names: bool = True) -> list[str]:
        """Of two that begin alike the longer one first, so that no rest is left."""
        names = _longest_first(_kept(self.names if has_names else ()))
        return [
            *map(_address, _longest_first(_kept(self.emails))),
            *map(spelled, _longest_first(_kept(self.also))),
            *(form for name in names for form in _name(name)),
        ]

    def _phones(self) -> list[str]:
        return [form for phone in self.phones for form in _phone(phone)]

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


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=len, reverse=True)


def _any_of(words: list[str], phones: list[str]) -> re.Pattern[str] | None:
    """Whole words, or whole numbers. What begins neither is passed over quickly."""
    forms = []
    if words:
        forms.append(rf"(?<!\w)(?:{'|'.join(dict.fromkeys(words))})(?!\w)")
    if phones:
        forms.append(rf"(?=[\d+(])(?<!\d)(?:{'|'.join(dict.fromkeys(phones))})(?!\d)")
    return re.compile("|".join(forms), re.IGNORECASE) if forms else None


def _address(email: str) -> str:
    """Also as it stands in the address of a page."""
    return re.escape(email).replace("@", "(?:@|%40)")


def spelled(text: str) -> str:
    """A pattern of these words, whatever accents and joints they are written with."""
    words = [word for word in _WORDS.split(text) if word]
    return _JOINT.join("".join(map(_letter, plain(word))) for word in words)


def plain(text: str) -> str:
    """Without accents and capitals."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    letters = (_ALIKE.get(c, c) for c in apart if not unicodedata.combining(c))
    return "".join(letters)


def _letter(letter: str) -> str:
    accented = _ACCENTS.get(letter, "")
    one = f"[{letter}{accented}]" if accented else re.escape(letter)
    return one + _MARKS if letter.isalpha() else one


def _accents() -> dict[str, str]:
    """Letter → all that are written with an accent above or below it."""
    found: dict[str, str] = {}
    for letter in map(chr, _ACCENTED):
        base = plain(letter)
        if len(base) == 1 and base != letter and letter.islower():
            found[base] = found.get(base, "") + letter
    return found


_ACCENTS: Final = _accents()


def _name(name: str) -> list[str]:
    words = [word.strip(",") for word in name.split()]
    forms = [spelled(" ".join(words))]
    if len(words) > 1:
        last, first = spelled(words[-1]), spelled(" ".join(words[:-1]))
        forms.append(rf"{last}(?:\s*,\s*|{_JOINT}){first}")
    return forms


def _part(word: str) -> str:
    if word.casefold() in WORDS_TOO:
        return rf"(?-i:{re.escape(word[:1].upper() + word[1:])})"
    return spelled(word)


def _phone(phone: str) -> list[str]:
    digits = re.sub(r"\D", "", phone).lstrip("0")
    if len(digits) < FEWEST_DIGITS:
        return []
    has_code = phone.strip().startswith(("+", "00"))
    cuts = range(LONGEST_COUNTRY_CODE + 1) if has_code else range(1)
    tails = [digits[cut:].lstrip("0") for cut in cuts]
    before = rf"(?:[(]?(?:\+|00)?\d{{1,3}}[)]?{_GAP})?(?:[(]?0+[)]?{_GAP})?[(]?"
    return [
        rf"{before}{_GAP.join(tail)}" for tail in tails if len(tail) >= FEWEST_DIGITS
    ]
