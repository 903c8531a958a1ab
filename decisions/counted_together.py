"""PURE. One large commitment cut into many small ones is still one.

Commitments with the same vendor, or with the same title, count together while they are
proposed, and for 30 days after a signature: the class of each is that of their sum.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from decisions.terms import Beside, Terms

SIGNED_WITHIN = timedelta(days=30)
# what tells the parts of one thing apart, and firms from their legal form
_PARTS: Final = frozenset(
    [
        "part",
        "lot",
        "phase",
        "stage",
        "step",
        "tranche",
        "instalment",
        "installment",
        "batch",
        "smaller",
        "no",
        "nr",
        "of",
        "inc",
        "llc",
        "ltd",
        "limited",
        "gmbh",
        "ag",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "sa",
        "sarl",
        "bv",
    ]
)
_ORDER: Final = re.compile(r"\d+(st|nd|rd|th)?|[ivx]+|[a-z]")
# the number of a contract, such as PO-2026-17, is a name; "hall-2" is a part
_WORDS: Final = re.compile(r"[^\W_]+(?:-[^\W_]+){2,}|[^\W_]+")


def folded(text: str) -> str:
    """The words of a name without case, accents, marks, legal form, and what numbers the
    parts of one thing; where nothing is left, all its words."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    words = _WORDS.findall(plain)
    telling = [w for w in words if w not in _PARTS and not _ORDER.fullmatch(w)]
    return " ".join(telling or words)


@dataclass(frozen=True)
class Piece:
    """One commitment as it counts beside others."""

    key: object
    vendor: str
    title: str
    terms: Terms

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """By vendor, by title, by both: what is in both counts once."""
        vendor, title = folded(self.vendor), folded(self.title)
        found = (("vendor", vendor), ("title", title), ("both", vendor, title))
        return tuple(one for one in found if all(one))


def is_alike(one: Piece, other: Piece) -> bool:
    return one.key != other.key and not set(one.groups).isdisjoint(other.groups)


class Pool:
    """All pieces of a venture that count; what counts beside any of them is a sum."""

    def __init__(self, pieces: Iterable[Piece]):
        self.pieces = {piece.key: piece for piece in pieces}
        self._sums: dict[tuple[str, ...], Beside] = {}
        for piece in self.pieces.values():
            for group in piece.groups:
                sum_ = self._sums.get(group, Beside())
                self._sums[group] = sum_ + Beside.of(piece.terms)

    def beside(self, piece: Piece) -> Beside:
        """The sum of its vendor and of its title, less what is in both, less itself."""
        total = Beside()
        for group in piece.groups:
            found = self._sums.get(group, Beside())
            own = self.pieces.get(piece.key)
            if own is not None and group in own.groups:
                found = found - Beside.of(own.terms)
            total = total - found if group[0] == "both" else total + found
        return total

    def alike(self, piece: Piece) -> tuple[object, ...]:
        return tuple(
            key for key, other in self.pieces.items() if is_alike(piece, other)
        )
