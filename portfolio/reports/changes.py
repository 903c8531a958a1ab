"""What changed in a venture between two moments, and where it stands now.

The dashboard, the digest and the printed report are drawn from this one object, so that
they cannot differ. It is a read model of its own: numbers, the product's own sentences,
and what the team wrote with pseudonyms for every name. No notes, no words of customers,
no addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.charts.bullet import ScoreBar
from core.charts.spark import Spark
from milestones.standing import Status

CONTRADICTED = Status.CONTRADICTED.value


@dataclass(frozen=True)
class Stood:
    """A question at one moment. `claimed` is None before anybody scored it."""

    claimed: int | None
    supported: int
    counts: int
    status: str


@dataclass(frozen=True)
class Asked:
    """Challenges that wait for an answer; `by` asked the oldest of them."""

    count: int
    since: datetime
    by: str
    days: int
    is_new: bool


@dataclass(frozen=True)
class SharedQuestion:
    """`key` is None before the venture has opened its questions. `new_against`: by how many pieces of evidence more speak against it.

    `is_hidden`: this reader has to score it before seeing what others claim."""

    key: UUID | None
    number: int
    wording: str
    now: Stood
    was: Stood
    bar: ScoreBar
    sentence: str
    supporting: int
    against: int
    new_against: int
    asked: Asked | None
    is_hidden: bool

    @property
    def is_changed(self) -> bool:
        return self.now != self.was

    @property
    def change(self) -> int:
        return self.now.counts - self.was.counts


@dataclass(frozen=True)
class SharedSegment:
    """The eleven for one kind of customers. `name` is empty before there is any."""

    key: UUID | None
    name: str
    questions: tuple[SharedQuestion, ...]
    interviews: int

    @property
    def changed(self) -> tuple[SharedQuestion, ...]:
        return tuple(one for one in self.questions if one.is_changed)

    @property
    def scored(self) -> int:
        return sum(one.now.claimed is not None for one in self.questions)


@dataclass(frozen=True)
class Decided:
    kind: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SharedAlert:
    """`is_late`: nobody decided by the day named, and others were told of it.
    `put_off_until`, and why; `decided` in the time looked at."""

    key: UUID
    name: str
    reason: str
    is_stop: bool
    raised_at: datetime
    decide_by: date
    is_new: bool
    is_late: bool
    has_recovered: bool
    put_off_until: date | None
    put_off_because: str
    decided: Decided | None
    # what kind of thing it is about: decisions.subjects.SubjectKind
    about: str = ""

    @property
    def is_open(self) -> bool:
        return self.decided is None


@dataclass(frozen=True)
class Overridden:
    by: str
    at: datetime
    is_new: bool
    is_cosigned: bool


@dataclass(frozen=True)
class SharedGate:
    """A commitment before its gate, or behind it. `is_waiting` for an advisor's
    signature; `met` of `asked` conditions when it was last checked, None before."""

    key: UUID
    title: str
    money: str
    gate_class: str
    chip: str
    met: int | None
    asked: int | None
    is_waiting: bool
    is_held: bool
    overridden: Overridden | None
    is_new: bool


@dataclass(frozen=True)
class SharedTold:
    """What investors were told of a number last, and how it stands today."""

    to: str
    on: date
    sentence: str
    is_behind: bool


@dataclass(frozen=True)
class SharedTakenBack:
    """What investors were said to be told of a number on a day, and were not; `told` is
    what counts."""

    to: str
    told_on: date
    on: date
    reason: str


@dataclass(frozen=True)
class SharedForecast:
    """`provenance`: what kind of number it is, where that has to be said. `told` is None
    where no investor was told of it; `taken_back` is what was taken back since."""

    key: UUID
    name: str
    provenance: str
    sentence: str
    state: str
    spark: Spark | None
    told: SharedTold | None = None
    taken_back: SharedTakenBack | None = None


@dataclass(frozen=True)
class SharedPhase:
    """Where a sales curve stands: `figure` of its last quarter, empty while none is
    known; `was` the phase at the earlier moment, empty where it is the same."""

    key: UUID
    name: str
    phase: str
    figure: str
    was: str


@dataclass(frozen=True)
class Reason:
    """Why talks did not count, and how many."""

    sentence: str
    count: int


@dataclass(frozen=True)
class Talks:
    """Held in the time looked at. `silent_days` since the last one that counts, None
    when there never was one."""

    qualifying: int
    not_counted: int
    reasons: tuple[Reason, ...]
    silent_days: int | None


@dataclass(frozen=True)
class Changes:
    """`is_first`: this reader never was here, so that nothing is told as new.
    `is_noted`: all that is said of evidence has been worked out."""

    venture: str
    since: datetime
    until: datetime
    is_first: bool
    is_noted: bool
    segments: tuple[SharedSegment, ...]
    alerts: tuple[SharedAlert, ...]
    gates: tuple[SharedGate, ...]
    forecasts: tuple[SharedForecast, ...]
    talks: Talks
    phases: tuple[SharedPhase, ...] = ()

    # --- the venture as it is ---------------------------------------------------------
    @property
    def questions(self) -> tuple[SharedQuestion, ...]:
        return tuple(one for segment in self.segments for one in segment.questions)

    @property
    def stops(self) -> tuple[SharedAlert, ...]:
        """Open ones, the longest waiting first."""
        return tuple(one for one in self.alerts if one.is_stop and one.is_open)

    @property
    def loudest(self) -> SharedAlert | None:
        """The stop that has waited longest; those that are put off come after."""
        waiting = (one for one in self.stops if one.put_off_until is None)
        return next(waiting, self.stops[0] if self.stops else None)

    @property
    def late(self) -> tuple[SharedAlert, ...]:
        return tuple(one for one in self.stops if one.is_late)

    @property
    def waiting_gates(self) -> tuple[SharedGate, ...]:
        return tuple(one for one in self.gates if one.is_waiting)

    @property
    def open_challenges(self) -> int:
        return sum(one.asked.count for one in self.questions if one.asked)

    @property
    def is_empty(self) -> bool:
        """Nothing was written down yet."""
        is_scored = any(segment.scored for segment in self.segments)
        has_talks = any(segment.interviews for segment in self.segments)
        has_others = self.forecasts or self.gates or self.alerts or self.phases
        return not (is_scored or has_talks or has_others or self.talks.not_counted)

    # --- what is new --------------------------------------------------------------------
    @property
    def new_stops(self) -> tuple[SharedAlert, ...]:
        return tuple(one for one in self.stops if one.is_new)

    @property
    def decided(self) -> tuple[SharedAlert, ...]:
        return tuple(one for one in self.alerts if one.decided)

    @property
    def moved(self) -> tuple[tuple[SharedSegment, SharedQuestion], ...]:
        """Every question that stands elsewhere, with its segment."""
        return tuple(
            (segment, one) for segment in self.segments for one in segment.changed
        )

    @property
    def ups(self) -> int:
        """How many questions count as more than before; see `downs`."""
        return sum(one.change > 0 for one in self.questions)

    @property
    def downs(self) -> int:
        return sum(one.change < 0 for one in self.questions)

    @property
    def newly_contradicted(self) -> int:
        return sum(
            one.now.status == CONTRADICTED != one.was.status for one in self.questions
        )

    @property
    def against(self) -> tuple[SharedQuestion, ...]:
        """Questions against which more speaks than before."""
        return tuple(one for one in self.questions if one.new_against > 0)

    @property
    def new_overrides(self) -> tuple[SharedGate, ...]:
        return tuple(
            one for one in self.gates if one.overridden and one.overridden.is_new
        )

    @property
    def is_quiet(self) -> bool:
        """Nothing that a reader would miss happened."""
        events = self.new_stops or self.decided or self.moved or self.against
        talked = self.talks.qualifying + self.talks.not_counted
        events = events or any(one.was for one in self.phases)
        return not (events or self.new_overrides or talked or self.new_gates)

    @property
    def new_gates(self) -> tuple[SharedGate, ...]:
        return tuple(one for one in self.gates if one.is_new)
