"""The saved process of a metric: what the next night needs to know, and as bytes."""

import math
import struct
from dataclasses import dataclass

import numpy as np

from forecasts.drift.process import Evidence, evidence_shapes, sides
from forecasts.drift.record import WeekendsSeen, unroll
from forecasts.drift.series import Cadence, Direction, Series
from forecasts.drift.verdict import Finding, Night, Rule, Verdict, conclude, is_enough

_FORMAT = b"FPD1"
# Head: format, direction, cadence, flags, weekend forecasts held; then numbers.
_HEAD = struct.Struct("<4s4B5q9d")
_DIRECTIONS, _CADENCES = tuple(Direction), tuple(Cadence)


@dataclass(frozen=True, slots=True)
class ProcessState:
    """Everything the next night needs; `periods` have ended, `known` were reported.

    `log_against` and `log_for` are ln E on both sides; `is_held` says whether the
    record as it stands would have raised the alert.
    """

    direction: Direction
    cadence: Cadence
    tolerance: float | None
    rule: Rule
    against: Evidence
    in_favour: Evidence
    weekends: WeekendsSeen
    periods: int = 0
    known: int = 0
    is_whole: bool = True
    last_known: int = -1
    last_ratio: float = 0.0
    last_is_weekend: bool = False
    alert_at: int | None = None
    is_held: bool = False
    log_against: float = 0.0
    log_for: float = 0.0

    @property
    def asks_weekends(self) -> bool:
        return self.asks(self.weekends)

    def asks(self, weekends: WeekendsSeen) -> bool:
        """With these weekends seen, may a weekend pattern hide in the actuals?"""
        return self.cadence is Cadence.DAILY and weekends.may_be_missing

    @property
    def night(self) -> Night | None:
        """The evaluation of the last period; None before the first."""
        if not self.periods:
            return None
        if not is_enough(self.known, self.cadence):
            return Night(self.periods - 1, self.known, None, None)
        return Night(
            self.periods - 1,
            self.known,
            self.rule.score(self.log_against, self.known),
            self.rule.score(self.log_for, self.known),
        )

    def verdict(self, series: Series) -> Verdict:
        """The verdict of the last night; `series` is the record, for the sentence.

        Its trace holds the last night alone, all else equals `judge(series)`.
        """
        runs = unroll(series).runs
        finding = Finding(
            night=self.night,
            alert_at=self.alert_at,
            withdrawn=self.alert_at is not None and not self.is_held,
            indices=runs[-1].indices if runs else (),
            values=runs[-1].values if runs else (),
        )
        trace = () if finding.night is None else (finding.night,)
        return conclude(series, finding, self.rule, trace)

    def to_bytes(self) -> bytes:
        """Under 10 kB; the layout is private to this class."""
        flags = (
            self.rule.guaranteed,
            self.is_whole,
            self.last_is_weekend,
            self.is_held,
        )
        run = self.weekends.run
        head = _HEAD.pack(
            _FORMAT,
            _DIRECTIONS.index(self.direction),
            _CADENCES.index(self.cadence),
            sum(flag << place for place, flag in enumerate(flags)),
            len(run),
            *(self.periods, self.known, self.last_known),
            -1 if self.alert_at is None else self.alert_at,
            self.weekends.last_day << 32 | self.weekends.count,
            math.nan if self.tolerance is None else self.tolerance,
            *(self.rule.alpha, self.last_ratio, self.log_against, self.log_for),
            self.weekends.total,
            *(*run, 0.0, 0.0, 0.0)[:3],
        )
        arrays = (
            *(self.against.log_base, self.against.effects),
            *(self.in_favour.log_base, self.in_favour.effects),
        )
        return head + b"".join(array.tobytes() for array in arrays)

    @classmethod
    def from_bytes(cls, data: bytes) -> "ProcessState":
        """The state `to_bytes` wrote; ValueError for anything else."""
        if len(data) < _HEAD.size or data[: len(_FORMAT)] != _FORMAT:
            raise ValueError("not a saved process")
        head = _HEAD.unpack_from(data)
        direction, cadence = _DIRECTIONS[head[1]], _CADENCES[head[2]]
        flags = [bool(head[3] >> place & 1) for place in range(4)]
        tolerance, alpha, last_ratio, log_against, log_for, total, *run = head[10:]
        weekends = WeekendsSeen(
            total, head[9] & 0xFFFFFFFF, tuple(run[: head[4]]), head[9] >> 32
        )
        asks = cadence is Cadence.DAILY and weekends.may_be_missing
        against, in_favour = _unpacked(data, direction, weekends=asks)
        return cls(
            direction=direction,
            cadence=cadence,
            tolerance=None if math.isnan(tolerance) else tolerance,
            rule=Rule(alpha, flags[0]),
            against=against,
            in_favour=in_favour,
            weekends=weekends,
            periods=head[5],
            known=head[6],
            is_whole=flags[1],
            last_known=head[7],
            last_ratio=last_ratio,
            last_is_weekend=flags[2],
            alert_at=None if head[8] < 0 else head[8],
            is_held=flags[3],
            log_against=log_against,
            log_for=log_for,
        )


def _unpacked(
    data: bytes, direction: Direction, *, weekends: bool
) -> tuple[Evidence, Evidence]:
    place, processes = _HEAD.size, []
    for side, asks in zip(sides(direction), (weekends, False), strict=True):
        bases, effects = evidence_shapes(side, 1, weekends=asks)
        cells, ratios = math.prod(bases), math.prod(effects)
        if len(data) < place + 8 * cells + 4 * ratios:
            raise ValueError("a saved process was cut short")
        log_base = np.frombuffer(data, np.float64, cells, place)
        begun = np.frombuffer(data, np.float32, ratios, place + 8 * cells)
        processes.append(Evidence(log_base.reshape(bases), begun.reshape(effects)))
        place += 8 * cells + 4 * ratios
    return processes[0], processes[1]
