"""Which commitments would be of another class under other settings of the gate."""

from dataclasses import dataclass
from datetime import datetime

from decisions.gate_limits import GateLimits
from decisions.models import Commitment
from decisions.models.commitments import OPEN
from decisions.reports.together import COUNTED, gate_limits_of, pool_of, rating_of

# the newest; what waits for a signature is never that many
ASKED = 1000
SHOWN = 20


@dataclass(frozen=True)
class Change:
    commitment: Commitment
    before: str
    after: str


@dataclass(frozen=True)
class GateTrial:
    """`asked`: how many are before their signature; `changes`: the first of `total`."""

    asked: int
    total: int
    changes: tuple[Change, ...]


def gate_trial_of(workspace, limits: GateLimits, *, now: datetime) -> GateTrial:
    """Of what is not signed yet. Saves nothing."""
    current, pool = gate_limits_of(workspace), pool_of(workspace, now)
    rows = Commitment.objects.in_workspace(workspace).filter(status__in=OPEN)
    rows = list(rows.only(*COUNTED).order_by("-created_at", "pk")[:ASKED])
    found = []
    for row in rows:
        row.workspace = workspace
        before, after = (
            rating_of(row, pool, one).gate_class for one in (current, limits)
        )
        if before is not after:
            found.append(Change(row, before, after))
    return GateTrial(len(rows), len(found), tuple(found[:SHOWN]))
