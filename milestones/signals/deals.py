"""The last closed deals of a segment, as `statistics/road_map.py` reads them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from forecasts.models import Deal, DealStep, RepKind
from milestones.known import not_yet
from milestones.statistics.road_map import ClosedDeal

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope

# more than these are another time
LATEST = 20


def closed_deals(scope: Scope, now: datetime) -> list[ClosedDeal]:
    """Of curves of the segment, and of those for all segments; closed by then, and
    known then. Two queries."""
    today = scope.workspace.today(now)
    rows = Deal.objects.in_workspace(scope.workspace).exclude(outcome=Deal.Outcome.OPEN)
    of_segment = Q(curve__segment=None) | Q(curve__segment=scope.segment)
    rows = rows.filter(
        of_segment, not_yet(now, "withdrawn_at"), closed_on__lte=today
    ).filter(created_at__lte=now)
    rows = rows.select_related("rep").order_by("-closed_on", "-created_at", "pk")
    deals = list(rows[:LATEST])
    steps = steps_of(deals, now)
    return [closed(deal, steps[deal.pk]) for deal in deals]


def steps_of(deals, now) -> dict:
    """Deal → its steps in order, as they stood: each once, where it was reached first."""
    later = DealStep.objects.filter(supersedes=OuterRef("pk"), recorded_at__lte=now)
    rows = DealStep.objects.filter(deal__in=deals, recorded_at__lte=now)
    rows = rows.filter(~Exists(later)).exclude(name="")
    found: dict = defaultdict(list)
    for deal, name in rows.order_by("on", "recorded_at", "pk").values_list(
        "deal", "name"
    ):
        known = " ".join(name.casefold().split())
        if known not in found[deal]:
            found[deal].append(known)
    return found


def closed(deal: Deal, steps: list[str]) -> ClosedDeal:
    expected = deal.expected_on
    return ClosedDeal(
        is_won=deal.outcome == Deal.Outcome.WON,
        days=(deal.closed_on - deal.opened_on).days,
        steps=tuple(steps),
        list_price=deal.list_minor,
        paid=deal.paid_minor,
        by_founder=deal.rep.kind == RepKind.FOUNDER if deal.rep else None,
        late_by=None if expected is None else (deal.closed_on - expected).days,
        champion=deal.champion,
    )
