"""PURE. Reps that a commitment would hire, against what the phase of selling allows.

Before the product is ready for sale nobody is hired. While the company learns: Renaissance
reps, up to a cap. In transition enlightened ones, half as many again as two quarters ago.
In execution any, as many as can be trained. `forecasts/learning_curve/allowing.py` says how
many; here stands which kind, and what counts beside what is hired.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from core.numbers import show

PRE: Final = "pre"
PHASES: Final = {
    PRE: "before sale",
    "initiation": "while learning",
    "transition": "in transition",
    "execution": "in execution",
}
# how reps are called in a sentence
KINDS: Final = {
    "renaissance": "Renaissance",
    "enlightened": "enlightened",
    "coin_operated": "coin-operated",
}
ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    PRE: (),
    "initiation": ("renaissance",),
    "transition": ("renaissance", "enlightened"),
    "execution": ("renaissance", "enlightened", "coin_operated"),
}


@dataclass(frozen=True)
class Room:
    """What the phase of a curve allows. `most` and `now` by full time, founders left
    out; `most` None: no bound. `others`: reps that other commitments would hire, or that
    were signed for and cannot be seen in the figures yet."""

    phase: str
    most: Decimal | None
    now: Decimal
    others: int = 0

    def as_kept(self) -> dict[str, Any]:
        return {
            "phase": self.phase,
            "most": None if self.most is None else str(self.most),
            "now": str(self.now),
            "others": self.others,
        }

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> "Room":
        most = kept["most"]
        return cls(
            phase=kept["phase"],
            most=None if most is None else Decimal(most),
            now=Decimal(kept["now"]),
            others=kept["others"],
        )


NO_ROOM: Final = Room(PRE, Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Hiring:
    """`reps` of `kind` would be hired on top of those there are."""

    reps: int
    kind: str
    room: Room = NO_ROOM

    @property
    def is_before_sale(self) -> bool:
        return self.room.phase == PRE

    @property
    def then(self) -> Decimal:
        return self.room.now + self.room.others + self.reps

    @property
    def is_within(self) -> bool:
        if self.is_before_sale:
            return False
        return self.room.most is None or self.then <= self.room.most

    @property
    def is_kind(self) -> bool:
        return self.kind in ALLOWED[self.room.phase]

    @property
    def is_allowed(self) -> bool:
        return self.is_within and self.is_kind

    @property
    def count_sentence(self) -> str:
        """`At most 4 reps by full time while learning (2 now, 3 hired: 5)`"""
        room, phase = self.room, PHASES[self.room.phase]
        if self.is_before_sale:
            return f"No rep is hired {phase} (would be: {self.reps})"
        others = f", {room.others} by other commitments" if room.others else ""
        sum_ = f"{show(room.now)} now{others}, {self.reps} hired: {show(self.then)}"
        if room.most is None:
            return f"No bound on reps {phase} ({sum_})"
        return f"At most {show(room.most)} reps by full time {phase} ({sum_})"

    @property
    def kind_sentence(self) -> str:
        """Of which kind; empty before sale, when none is hired."""
        if self.is_before_sale:
            return ""
        allowed = " or ".join(KINDS[kind] for kind in ALLOWED[self.room.phase])
        phase = PHASES[self.room.phase]
        return f"Of reps, {allowed} ones {phase} (would be: {KINDS[self.kind]})"
