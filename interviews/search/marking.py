"""PURE. The words around the first hit, with every hit among them marked."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from interviews.search.asking import Clause
from interviews.search.words import BREAK, Word, words

BEFORE, LENGTH = 60, 220
# Space of any kind, with the mark of a quoted line.
GAP = re.compile(rf"[\s{BREAK}]*\n> |[\s{BREAK}]+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Pieces of text, each with whether it is marked, in order."""

    pieces: tuple[tuple[str, bool], ...]

    def __str__(self) -> str:
        return "".join(text for text, _is_hit in self.pieces)


def snippet(
    text: str, clauses: tuple[Clause, ...], *, is_part: bool = False
) -> Snippet:
    """`is_part`: text stands before it. Line breaks become spaces."""
    found = words(text)
    spans = list(merged(sorted(hits(found, clauses))))
    begin, end = window(text, found, spans[0][0] if spans else 0)
    pieces = [(tidy(piece), is_hit) for piece, is_hit in cut(text, spans, begin, end)]
    if begin > 0 or is_part:
        pieces.insert(0, ("… ", False))
    if end < len(text):
        pieces.append((" …", False))
    return Snippet(tuple(piece for piece in pieces if piece[0]))


def hits(found: list[Word], clauses: tuple[Clause, ...]) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(found):
        for clause in clauses:
            size = clause.length_at(found, at)
            if size:
                yield word.start, found[at + size - 1].end


def merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Overlapping spans as one."""
    open_at, open_to = -1, -1
    for start, end in spans:
        if start <= open_to and open_at >= 0:
            open_to = max(open_to, end)
            continue
        if open_at >= 0:
            yield open_at, open_to
        open_at, open_to = start, end
    if open_at >= 0:
        yield open_at, open_to


def window(text: str, found: list[Word], first: int) -> tuple[int, int]:
    """From some words before the first hit, between whole words where there are any."""
    starts = [word.start for word in found]
    begin = 0
    if first > BEFORE:
        after = bisect_left(starts, first - BEFORE)
        begin = min(starts[after], first)
    end = begin + LENGTH
    if end >= len(text):
        return begin, len(text)
    fitting = bisect_left(starts, end) - 1
    whole = found[fitting - 1].end if found[fitting].end > end else found[fitting].end
    return begin, whole if fitting > 0 and whole > first else end


def cut(
    text: str, spans: list[tuple[int, int]], begin: int, end: int
) -> Iterator[tuple[str, bool]]:
    at = begin
    for start, stop in spans:
        if start >= end:
            break
        yield text[at:start], False
        yield text[start : min(stop, end)], True
        at = min(stop, end)
    yield text[at:end], False


def tidy(text: str) -> str:
    return GAP.sub(lambda gap: " · " if BREAK in gap[0] else " ", text)
