"""Who stands behind the evidence of a question, from a grade up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from milestones.reports.pieces import links_of
from milestones.support import Stance, counts

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from milestones.scope import Scope


def grades_of(
    scope: Scope, number: int, now: datetime, *, least: int
) -> dict[Hashable, int]:
    """The best supporting grade of each independent voice, of pieces that count and
    reach `least`: only those are read."""
    asked_for = Q(stance=Stance.SUPPORTS, grade__gte=least)
    best: dict[Hashable, int] = {}
    for link in links_of(scope.of_question(number) & asked_for):
        piece = link.piece
        voice = voice_of(piece, scope.workspace)
        if counts(piece, number) and voice is not None and link.stood(now):
            best[voice] = max(best.get(voice, 0), piece.grade)
    return best


def voices_with(scope: Scope, number: int, now: datetime, *, grade: int) -> set:
    return set(grades_of(scope, number, now, least=grade))


def voice_of(piece, workspace) -> Hashable | None:
    """Consumers speak for themselves."""
    if workspace.sells_to_businesses:
        return piece.voice
    return piece.person or piece.series
