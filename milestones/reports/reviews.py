"""What those who advise think is known. Shown beside the claims, never mixed with them."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from core.models import Permission
from interviews.aliases import aliases
from interviews.masking import mask
from milestones.models import Score


@dataclass(frozen=True)
class Review:
    """The standing score of one reviewer; `supported` as it was at that moment."""

    key: Hashable
    author: str
    name: str
    value: int
    supported: int
    reason: str
    at: datetime


def reviews_of(workspace, question_ids, moment, *, sees_people):
    """`{id of the question: reviews}`, newest first, of everybody who still reviews.

    Two queries; two more for readers without names.
    """
    rows = list(
        Score.objects.in_workspace(workspace)
        .filter(question__in=question_ids, kind=Score.Kind.REVIEWED)
        .filter(recorded_at__lte=moment, by__in=reviewers_of(workspace))
        .select_related("by")
        .order_by("-recorded_at", "pk")
    )
    names = {} if sees_people or not rows else aliases(workspace.pk)
    replaced = {row.supersedes_id for row in rows}
    found = defaultdict(list)
    for row in rows:
        if row.pk not in replaced:
            found[row.question_id].append(review_from(row, names))
    return {pk: tuple(found[pk]) for pk in question_ids}


def reviewers_of(workspace):
    """The accounts of those who review and do not score."""
    members = workspace.memberships.current()
    scoring = members.with_permission(Permission.SCORE).values("user")
    reviewing = members.with_permission(Permission.REVIEW)
    return reviewing.exclude(user__in=scoring).values("user")


def review_from(row, names):
    return Review(
        key=row.pk,
        author=str(row.by_id),
        name=str(row.by),
        value=row.value,
        supported=row.supported,
        reason=mask(row.reason, names),
        at=row.recorded_at,
    )
