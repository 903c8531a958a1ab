"""What became of a hypothesis: the verdict needs somebody's words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from discovery.actions import change_state
from interviews.models import Interview, QuoteLink

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import User
    from discovery.models import Hypothesis, HypothesisStatus


@transaction.atomic
def settle_hypothesis(
    hypothesis: Hypothesis, to: str, *, by: User, now: datetime, reason: str = ""
) -> HypothesisStatus:
    """One step of a registered hypothesis: under test, or one of the four ends.

    `validated` says that its pass mark was met, `invalidated` its fail mark: both need
    a standing quote linked to it. `inconclusive` and `abandoned` need the reason only.
    Raises ValidationError when the step is refused.
    """
    quotes = standing_links(hypothesis).count()
    return change_state(hypothesis, to, by=by, now=now, reason=reason, quotes=quotes)


def standing_links(hypothesis: Hypothesis) -> QuerySet[QuoteLink]:
    """Links whose quote stands, of finished talks that are not in the trash."""
    rows = QuoteLink.objects.standing().filter(hypothesis=hypothesis)
    return rows.filter(
        quote__interview__trashed_at__isnull=True,
        quote__interview__state=Interview.State.FINISHED,
    )
