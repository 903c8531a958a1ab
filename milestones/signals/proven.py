"""Who stands behind the evidence of a question, from a grade up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestones.reports.pieces import links_of
from milestones.support import Stance, counts

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from milestones.scope import Scope


def grades_of(scope: Scope, number: int, now: datetime) -> dict[Hashable, int]:
    """The best supporting grade of each independent voice, of pieces that count."""
    best: dict[Hashable, int] = {}
    for link in links_of(scope.of_question(number)):
        piece = link.piece
        voice = voice_of(piece, scope.workspace)
        is_for = piece.stance == Stance.SUPPORTS and counts(piece, number)
        if is_for and voice is not None and link.stood(now):
            best[voice] = max(best.get(voice, 0), piece.grade)
    return best


def voices_with(scope: Scope, number: int, now: datetime, *, grade: int) -> set:
    best = grades_of(scope, number, now)
    return {voice for voice, reached in best.items() if reached >= grade}


def voice_of(piece, workspace) -> Hashable | None:
    """Consumers speak for themselves."""
    if workspace.sells_to_businesses:
        return piece.voice
    return piece.person or piece.series
