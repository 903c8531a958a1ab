"""Where a question stands: what is claimed, what is supported, and what counts.

What counts is the lower of the two. Of several founders the lowest claim is the
venture's: there is no mean, and no total over questions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from milestones.support import Verdict

STALE_AFTER = timedelta(days=45)


class Status(StrEnum):
    """The closed list. One holds at a time, the first that applies in `_status`."""

    NOT_ANSWERED = "not_answered"
    CONTRADICTED = "contradicted"
    STALE = "stale"
    CLAIM_AHEAD = "claim_ahead"
    SUPPORTED = "supported"


@dataclass(frozen=True)
class Claim:
    """The current claim of one founder."""

    author: str
    value: int
    on: date


@dataclass(frozen=True)
class Standing:
    """`claimed` is None before anybody scored. `for_gates` is one lower when stale."""

    claimed: int | None
    supported: int
    effective: int
    for_gates: int
    status: Status
    is_stale: bool
    claims: tuple[Claim, ...]

    @property
    def gap(self) -> int:
        """How far the claim runs ahead of the evidence; 0 when it does not."""
        return max(0, (self.claimed or 0) - self.supported)

    @property
    def spread(self) -> int:
        values = [claim.value for claim in self.claims]
        return max(values) - min(values) if values else 0

    @property
    def sentence(self) -> str:
        return _SENTENCES[self.status].format(
            claimed=self.claimed, supported=self.supported, days=STALE_AFTER.days
        )


_SENTENCES = {
    Status.NOT_ANSWERED: "Nobody has scored it. Evidence supports {supported}.",
    Status.CONTRADICTED: "Claimed {claimed}, but the evidence speaks against it.",
    Status.STALE: "Claimed {claimed}, more than {days} days ago: score it again.",
    Status.CLAIM_AHEAD: "Claimed {claimed}, but evidence supports only {supported}.",
    Status.SUPPORTED: "Claimed {claimed}, and evidence supports {supported}.",
}


def stand(
    claims: Iterable[Claim],
    *,
    supported: int,
    verdict: Verdict,
    is_outweighed: bool,
    today: date,
) -> Standing:
    """`claims` holds at most one claim of each founder.

    `is_outweighed`: more voices speak against it, unanswered, than for it.
    """
    ordered = tuple(sorted(claims, key=lambda claim: (-claim.value, claim.author)))
    claimed = min((claim.value for claim in ordered), default=None)
    is_stale = claimed is not None and _is_stale(ordered, claimed, today)
    against = (is_outweighed or verdict == Verdict.CONTRADICTS) and bool(claimed)
    effective = min(claimed or 0, supported)
    return Standing(
        claimed=claimed,
        supported=supported,
        effective=effective,
        for_gates=max(0, effective - int(is_stale)),
        status=_status(claimed, supported, against=against, is_stale=is_stale),
        is_stale=is_stale,
        claims=ordered,
    )


def _is_stale(claims: tuple[Claim, ...], claimed: int, today: date) -> bool:
    """Stale when the claim that counts is: the newest of the lowest ones."""
    newest = max(claim.on for claim in claims if claim.value == claimed)
    return today - newest > STALE_AFTER


def _status(
    claimed: int | None, supported: int, *, against: bool, is_stale: bool
) -> Status:
    if claimed is None:
        return Status.NOT_ANSWERED
    if against:
        return Status.CONTRADICTED
    if is_stale:
        return Status.STALE
    if claimed > supported:
        return Status.CLAIM_AHEAD
    return Status.SUPPORTED
