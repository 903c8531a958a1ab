"""How many reps may be hired to sell on a curve, as its figures stand."""

from datetime import timedelta

from django.db.models import Q, Sum

from decisions.hiring import NO_ROOM, Room
from decisions.models import Commitment
from decisions.models.commitments import HIRING, OPEN, Status
from forecasts.learning_curve import allowance
from forecasts.models import SalesCurve
from forecasts.selling import curve_of
from milestones.reports.counting import effective_of

QUESTION_8 = 8
# whoever was signed for so long ago stands in the figures of a quarter
SEEN_AFTER = timedelta(days=92)


def room_for(commitment, *, now) -> Room:
    """Without a curve nobody is hired: there is nothing to sell."""
    if commitment.sales_curve_id is None:
        return NO_ROOM
    workspace = commitment.workspace
    rows = SalesCurve.objects.select_related("workspace__selling_settings")
    curve = rows.get(pk=commitment.sales_curve_id)
    loaded = curve_of(
        curve,
        today=workspace.today(now),
        question_8=effective_of(workspace, QUESTION_8, curve.segment_id, now),
        with_names=False,
    )
    found = allowance(loaded.course)
    return Room(
        phase=str(found.phase),
        most=found.most,
        now=found.now,
        others=hired_beside(commitment, now),
    )


def hired_beside(commitment, now) -> int:
    """By other commitments for the same curve: proposed, or signed and too fresh to be
    seen in its figures. Two halves of one plan count together."""
    is_proposed = Q(status__in=OPEN - {Status.IDEA})
    is_fresh = Q(status=Status.SIGNED, signed_at__gt=now - SEEN_AFTER)
    rows = Commitment.objects.filter(
        is_proposed | is_fresh,
        sales_curve=commitment.sales_curve_id,
        kind__in=HIRING,
        hires__isnull=False,
    )
    return rows.exclude(pk=commitment.pk).aggregate(n=Sum("hires"))["n"] or 0
