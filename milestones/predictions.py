"""PURE. Did a hypothesis come true on new customers, or on those who gave us the idea?

A hypothesis counts as a prediction that came true when its marks were registered first,
it was settled as held, and at least three voices (organisations; people, where they
have none) support it at E3 or better in talks held after it was registered, none of
whom had spoken to the question before.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from milestones.support import Piece, Stance

NEW_VOICES = 3


@dataclass(frozen=True)
class Prediction:
    """One hypothesis settled as held. `pieces` are what it was settled on."""

    registered_on: date
    pieces: tuple[Piece, ...]


def came_true(prediction: Prediction, evidence: Iterable[Piece]) -> bool:
    """`evidence` is everything linked to the question, whenever it was said."""
    known = {p.voice for p in evidence if p.on <= prediction.registered_on} - {None}
    return len(_new_voices(prediction) - known) >= NEW_VOICES


def _new_voices(prediction: Prediction) -> set[Hashable]:
    earlier = {p.voice for p in prediction.pieces if p.on <= prediction.registered_on}
    later = {
        p.voice
        for p in prediction.pieces
        if p.on > prediction.registered_on
        and p.stance == Stance.SUPPORTS
        and p.strength >= 3
        and p.qualifies
        and not p.is_related
    }
    return later - earlier - {None}
