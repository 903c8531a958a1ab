"""Surveys of a segment, and the answers that stood at a moment. Never pooled: another
wording is another survey, so the newest one that was answered speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext

from interviews.models import Survey, SurveyResponse
from milestones.known import current_at, stood

if TYPE_CHECKING:
    from datetime import datetime

    from discovery.models import Segment


@dataclass(frozen=True)
class Answered:
    """`earlier` surveys of the kind were answered too."""

    survey: Survey
    earlier: int

    @property
    def note(self) -> str:
        """Empty when there is no other."""
        if not self.earlier:
            return ""
        text = ngettext(
            "%(n)s earlier survey is not mixed in.",
            "%(n)s earlier surveys are not mixed in.",
            self.earlier,
        )
        return text % {"n": self.earlier}


def newest_answered(segment: Segment, kind: str, now: datetime) -> Answered | None:
    given = SurveyResponse.objects.filter(standing(now), survey=OuterRef("pk"))
    rows = Survey.objects.filter(current_at(now), segment=segment, kind=kind)
    found = list(rows.filter(Exists(given)).order_by("-created_at", "-pk"))
    return Answered(found[0], len(found) - 1) if found else None


def standing(now: datetime, path: str = ""):
    return stood(now, since="recorded_at", path=path)
