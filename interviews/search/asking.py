"""PURE. What somebody typed into a search box, understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from interviews.search.words import BREAK, Word, folded, is_unspaced

MOST_WORDS = 20
SHORTEST = 2
# Quotation marks of several countries; a phrase may still be open.
PIECE = re.compile(
    r'["“”„«»](?P<phrase>[^"“”„«»]*)(?P<close>["“”„«»]\*?)?|[^\s"“”„«»]+'
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that stand one after the other; the last may be only begun."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def length_at(self, text: list[Word], at: int) -> int:
        """How many words of `text` it takes from there; 0 where it does not stand."""
        size = len(self.words)
        if at + size > len(text):
            return 0
        *whole, last = self.words
        if any(text[at + n].text != word for n, word in enumerate(whole)):
            return 0
        there = text[at + size - 1].text
        is_it = there.startswith(last) if self.is_prefix else there == last
        return size if is_it else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """All clauses must be met. `is_cut`: more was typed than is searched."""

    clauses: tuple[Clause, ...] = field(default=())
    is_cut: bool = False

    @property
    def is_too_short(self) -> bool:
        """Nothing, or so little that almost everything would match."""
        letters = "".join(word for clause in self.clauses for word in clause.words)
        if any(is_unspaced(letter) for letter in letters):
            return False
        return max((longest(clause) for clause in self.clauses), default=0) < SHORTEST


def longest(clause: Clause) -> int:
    return max(len(word) for word in clause.words)


def understood(typed: str) -> Asked:
    """Words, "phrases" and beg*. The last word counts as begun: it may go on.

    A word that falls into several, as follow-up or 1.234, is a phrase of them.
    """
    clauses: list[Clause] = []
    left = MOST_WORDS
    for tokens, is_prefix in pieces(typed):
        if len(tokens) > left:
            if left:
                clauses.append(Clause(tuple(tokens[:left])))
            return Asked(tuple(clauses), is_cut=True)
        left -= len(tokens)
        clause = Clause(tuple(tokens), is_prefix)
        if clause not in clauses:
            clauses.append(clause)
    return Asked(tuple(clauses))


def pieces(typed: str) -> Iterator[tuple[list[str], bool]]:
    found = list(PIECE.finditer(typed))
    for number, piece in enumerate(found, 1):
        is_last = number == len(found)
        phrase = piece["phrase"]
        found_here = folded(piece[0] if phrase is None else phrase)
        tokens = [word for word in found_here if word != BREAK]
        if not tokens:
            continue
        if phrase is None:
            yield tokens, is_last or piece[0].endswith("*")
        else:
            close = piece["close"]
            yield tokens, close is None or close.endswith("*")
