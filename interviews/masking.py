"""PURE. Names in a text, for readers who see pseudonyms.

What the team writes down may name anybody a venture knows: people, parts of their
names, their addresses and numbers, firms. `Names` finds them word by word, whatever
their capitals, accents and joints, however many there are. What two people share
becomes `[name]`, since a pseudonym would say the wrong thing of one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from core.removing import FEWEST_DIGITS, LONGEST_COUNTRY_CODE, WORDS_TOO, Identity
from interviews.search.words import Word, folded, words

SHARED: Final = "[name]"
SHORTEST: Final = 2
# between two words of a name: spaces and at most two other characters
WIDEST_GAP: Final = 2
_MONTHS: Final = frozenset(
    re.findall(
        r"\w+",
        "january february march april may june july august september october "
        "november december jan feb mar apr jun jul aug sep oct nov dec",
    )
)
_PLAIN_WORD: Final = re.compile("[a-z0-9]+")
_NEED_A_CAPITAL: Final = WORDS_TOO | _MONTHS
_NUMBER: Final = re.compile(r"(?<!\w)[+(]*\d(?:[\s(/.)\u00a0-]*\d){6,}(?!\w)")

K = TypeVar("K")


class Known(NamedTuple):
    """Somebody or a firm, and the pseudonym; without `alias` a name that stays."""

    name: str
    email: str = ""
    phone: str = ""
    alias: str = ""
    has_parts: bool = False


@dataclass
class Names:
    """What a venture knows, ready to be found. Make it with `names_of`.

    `forms`: words of a name → pseudonym, empty where it stays; `sizes`: first word →
    how many words such names have, the longest first. `own_words` of the product are a
    name with a capital alone; a text that is one of its `own_phrases` names nobody.
    """

    forms: dict[tuple[str, ...], str]
    sizes: dict[str, list[int]]
    phones: dict[str, str]
    own_words: frozenset[str] = frozenset()
    own_phrases: frozenset[str] = frozenset()

    def mask(self, text: str) -> str:
        """The text with pseudonyms; a pseudonym that stands there already stays."""
        plain = text.replace("%20", " ").replace("%40", "@") if "%" in text else text
        masked = self._masked(plain)
        is_own = masked != plain and " ".join(plain.split()) in self.own_phrases
        return text if masked == plain or is_own else masked

    def _masked(self, text: str) -> str:
        if self.phones:
            text = _NUMBER.sub(lambda found: self._number(found.group()), text)
        if self.sizes.keys().isdisjoint(folded(text)):
            return text
        done, kept = [], 0
        for start, end, alias in self._found(text):
            done += [text[kept:start], alias]
            kept = end
        return "".join([*done, text[kept:]])

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        run = _words(text)
        at = 0
        while at < len(run):
            size, alias = 1, ""
            if run[at].text in self.sizes:
                size, alias = self._form_at(text, run, at)
            if alias:
                yield run[at].start, run[at + size - 1].end, alias
            at += size

    def _form_at(self, text: str, run: list[Word], at: int) -> tuple[int, str]:
        """The longest that begins with this word."""
        for size in self.sizes[run[at].text]:
            here = run[at : at + size]
            alias = self.forms.get(tuple(word.text for word in here))
            if alias is None or len(here) < size or not _is_together(text, here):
                continue
            if size > 1 or not alias or self._is_name(text, run, at):
                return size, alias
        return 1, ""

    def _is_name(self, text: str, run: list[Word], at: int) -> bool:
        """A name that is a word as well counts with a capital, and beside no number
        where it is a month."""
        word = run[at]
        is_word = word.text in _NEED_A_CAPITAL or word.text in self.own_words
        if is_word and not text[word.start].isupper():
            return False
        beside = run[max(at - 1, 0) : at] + run[at + 1 : at + 2]
        is_date = word.text in _MONTHS and any(one.text.isdigit() for one in beside)
        return not is_date

    def _number(self, written: str) -> str:
        """Telephone numbers in a row of digits, in any formatting."""
        groups = list(re.finditer(r"\d+", written))
        done, kept, at = [], 0, 0
        while at < len(groups):
            before = written[kept : groups[at].start()]
            has_code = before.endswith("+") or groups[at].group().startswith("00")
            digits = [group.group() for group in groups[at:]]
            size, alias = self._phone_at(digits, has_code=has_code)
            if alias:
                done += [before.rstrip("+("), alias]
                kept = groups[at + size - 1].end()
            at += size
        return "".join([*done, written[kept:]])

    def _phone_at(self, groups: list[str], *, has_code: bool) -> tuple[int, str]:
        """A group of its own is a country code only where it is written as one."""
        for size in range(len(groups), 0, -1):
            digits = "".join(groups[:size])
            for cut in range(LONGEST_COUNTRY_CODE + 1):
                alias = self.phones.get(_national(digits, cut))
                if alias and (has_code or cut < len(groups[0])):
                    return size, alias
        return 1, ""


def names_of(
    people: Iterable[Known],
    *,
    own_words: frozenset[str] = frozenset(),
    own_phrases: frozenset[str] = frozenset(),
) -> Names:
    """What stays is stronger than a whole name, and that than a part of one."""
    stays: dict[tuple[str, ...], str] = {}
    wholes: dict[tuple[str, ...], str] = {}
    parts: dict[tuple[str, ...], str] = {}
    phones: dict[str, str] = {}
    for one in people:
        if not one.alias:
            stays[tuple(folded(one.name))] = ""
            continue
        stays[tuple(folded(one.alias))] = ""
        for whole in _wholes(one):
            _put(wholes, whole, one.alias)
        for part in _parts(one):
            _put(parts, part, one.alias)
        for tail in _tails(one.phone):
            _put(phones, tail, one.alias)
    forms = parts | wholes | stays
    forms.pop((), None)
    return Names(forms, _sizes(forms), phones, own_words, own_phrases)


def _put(known: dict[K, str], key: K, alias: str) -> None:
    known[key] = alias if known.get(key, alias) == alias else SHARED


def _wholes(one: Known) -> Iterator[tuple[str, ...]]:
    """The name, also turned round ("Ruiz, Dana"), and the address. A name of digits
    alone would take numbers for it."""
    name = tuple(folded(one.name))
    if len(one.name) >= SHORTEST and not all(word.isdigit() for word in name):
        yield name
        if one.has_parts and len(name) > 1:
            yield (name[-1], *name[:-1])
    if one.email:
        yield tuple(folded(one.email))


def _parts(one: Known) -> Iterator[tuple[str, ...]]:
    if one.has_parts and len(one.name.split()) > 1:
        for part in Identity(names=(one.name,)).parts():
            yield tuple(folded(part))


def _tails(phone: str) -> set[str]:
    """The digits with and without the country code."""
    digits = re.sub(r"\D", "", phone)
    has_code = phone.strip().startswith(("+", "00"))
    digits = digits.lstrip("0")
    cuts = range(LONGEST_COUNTRY_CODE + 1) if has_code else range(1)
    tails = {_national(digits, cut) for cut in cuts}
    return {tail for tail in tails if len(tail) >= FEWEST_DIGITS}


def _national(digits: str, cut: int) -> str:
    return digits.lstrip("0")[cut:].lstrip("0")


def _sizes(forms: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for form in forms:
        found.setdefault(form[0], set()).add(len(form))
    return {first: sorted(sizes, reverse=True) for first, sizes in found.items()}


def _words(text: str) -> list[Word]:
    if not text.isascii():
        return words(text)
    return [
        Word(found.group(), found.start(), found.end())
        for found in _PLAIN_WORD.finditer(text.lower())
    ]


def _is_together(text: str, run: list[Word]) -> bool:
    gaps = (text[before.end : word.start] for before, word in pairwise(run))
    return all(len(gap.strip()) <= WIDEST_GAP for gap in gaps)
