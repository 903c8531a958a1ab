"""What one question counts today, for those who rest something on it: two queries."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from discovery.models import Segment
from milestones.facts import Facts
from milestones.models import Question, QuestionState, Score
from milestones.noted import from_json
from milestones.reports.loading import by_question, scores_of


def effective_of(workspace, number: int, segment: Any, now: datetime) -> int | None:
    """The lower of claimed and supported; None before both are known. Claims of a round
    that is still open do not count: everybody reads this.

    Of the segment with this id, or of the first one still pursued. What the evidence
    supports is as noted last (milestones/noted.py).
    """
    row = question_of(workspace, number, segment)
    if row is None or not row.noted:
        return None
    noted = from_json(row.noted)
    said = scores_of(Q(question=row.pk, kind=Score.Kind.CLAIMED), workspace)
    claims = by_question(said[Score.Kind.CLAIMED])
    facts = Facts(
        number=number,
        links=(),
        answers=(),
        scores=tuple(claims.get(row.pk, ())),
        reviews=(),
        scorers=dict.fromkeys(noted.scorers, ""),
        noted=noted,
    ).settled(now)
    standing = facts.standing(now, workspace.today(now), noted.support)
    return None if standing.claimed is None else standing.effective


def question_of(workspace, number: int, segment: Any) -> Any:
    """Its newest row, with the state that was noted last."""
    states = QuestionState.objects.filter(question=OuterRef("pk")).order_by(
        "-at", "-pk"
    )
    rows = Question.objects.in_workspace(workspace).filter(number=number)
    if segment is None:
        rows = rows.exclude(segment__status=Segment.Status.DROPPED)
    else:
        rows = rows.filter(segment=segment)
    rows = rows.annotate(noted=Subquery(states.values("state")[:1]))
    rows = rows.select_related("segment", "model_version")
    found = list(rows.order_by("segment__created_at", "segment__pk"))
    first = next((row.segment_id for row in found), None)
    of_segment = [row for row in found if row.segment_id == first]
    return max(of_segment, key=lambda row: row.model_version.number, default=None)
