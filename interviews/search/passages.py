"""PURE. Long texts, cut so that a database can keep the place of every word.

PostgreSQL keeps at most 255 places of one word, and none beyond 16,383. A text that
stays within is one passage. The others are cut, with an overlap as long as the longest
phrase that can be asked for.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from interviews.search.asking import MOST_WORDS
from interviews.search.words import BREAK, Word, folded, words

MOST = 2000
MOST_OF_ONE = 255
OVERLAP = MOST_WORDS - 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in order, and which characters of the text they are."""

    words: tuple[str, ...]
    start: int
    end: int


def joined(fields: list[str]) -> str:
    """One text of several; what is empty is left out."""
    return f"\n{BREAK}\n".join(text for text in fields if text)


def passages(text: str) -> list[Passage]:
    """One, or several for what is long; none for what has no word."""
    whole = folded(text)
    if fits(whole):
        return [Passage(tuple(whole), 0, len(text))] if whole else []
    return list(cut(words(text)))


def fits(found: list[str]) -> bool:
    if len(found) > MOST:
        return False
    return max(Counter(found).values(), default=0) <= MOST_OF_ONE


def cut(found: list[Word]) -> Iterator[Passage]:
    begin = 0
    while begin < len(found):
        end = end_of(found, begin)
        part = found[begin:end]
        yield Passage(tuple(w.text for w in part), part[0].start, part[-1].end)
        if end == len(found):
            return
        begin = end - OVERLAP


def end_of(found: list[Word], begin: int) -> int:
    seen: Counter[str] = Counter()
    end = begin
    while end < len(found) and end - begin < MOST:
        seen[found[end].text] += 1
        if seen[found[end].text] > MOST_OF_ONE:
            break
        end += 1
    return end
