"""What a `Changes` looks like over the API: for the report and for the dashboard.

It bears no names of customers, whoever asks: see portfolio.reports.changes.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ninja import Schema

from portfolio.digest import wording

if TYPE_CHECKING:
    from portfolio.reports.changes import (
        Changes,
        SharedForecast,
        SharedGate,
        SharedQuestion,
        SharedSegment,
        Stood,
    )


class ToldStandingOut(Schema):
    """`effective` is the lower of `claimed` and `supported`."""

    claimed: int | None
    supported: int
    effective: int
    status: str


class ToldChallengesOut(Schema):
    """Challenges that wait for an answer; `by` asked the oldest of them."""

    count: int
    since: datetime
    by: str
    days: int
    is_new: bool


class ToldQuestionOut(Schema):
    """`was` is how it stood at the earlier moment. `owes_score`: others have scored in
    the open round, this member has not. `id` is what threads name as their subject, null
    before the venture has opened its questions."""

    id: UUID | None
    number: int
    wording: str
    now: ToldStandingOut
    was: ToldStandingOut
    sentence: str
    supporting: int
    against: int
    new_against: int
    asked: ToldChallengesOut | None
    owes_score: bool


class ToldSegmentOut(Schema):
    """The eleven of one segment. `interviews`: talks of it that count; `scored`: how
    many of the eleven. `id` is null before there is any segment."""

    id: UUID | None
    name: str
    interviews: int
    scored: int
    questions: list[ToldQuestionOut]


class SegmentNamedOut(Schema):
    id: UUID | None
    name: str


class ToldMoveOut(Schema):
    """A question that stands elsewhere than at the earlier moment, and `moved` in the
    words of the page."""

    segment: UUID | None
    segment_name: str
    number: int
    wording: str
    moved: str
    now: ToldStandingOut
    was: ToldStandingOut
    new_against: int


class ToldDecisionOut(Schema):
    kind: str
    by: str
    at: datetime


class ToldAlertOut(Schema):
    """`is_late`: nobody decided by the day named. `decided` within the time looked at."""

    id: UUID
    about: str
    name: str
    reason: str
    raised_at: datetime
    decide_by: date
    is_new: bool
    is_late: bool
    has_recovered: bool
    put_off_until: date | None
    put_off_because: str
    decided: ToldDecisionOut | None


class ToldOverrideOut(Schema):
    by: str
    at: datetime
    is_new: bool
    is_cosigned: bool


class ToldCommitmentOut(Schema):
    """`money` in words; `met` of `asked` conditions when it was last checked, null
    before. `is_waiting` for an advisor's signature."""

    id: UUID
    title: str
    money: str
    gate_class: str
    state: str
    met: int | None
    asked: int | None
    is_waiting: bool
    is_new: bool
    overridden: ToldOverrideOut | None


class ToldInvestorsOut(Schema):
    """What investors were told of a number last, and how it stands."""

    to: str
    on: date
    sentence: str
    is_behind: bool


class ToldForecastOut(Schema):
    """`sentence`: its last number against the forecast, in the words of the page."""

    id: UUID
    name: str
    provenance: str
    sentence: str
    state: str
    told: ToldInvestorsOut | None


class ToldPhaseOut(Schema):
    """Where a sales curve stands. `was`: the phase before, empty where it is the same."""

    id: UUID
    name: str
    phase: str
    figure: str
    was: str


class ToldReasonOut(Schema):
    sentence: str
    count: int


class ToldTalksOut(Schema):
    """Held within the time looked at. `silent_days` since the last one that counts,
    null when there never was one."""

    qualifying: int
    not_counted: int
    reasons: list[ToldReasonOut]
    silent_days: int | None


class ToldAskOut(Schema):
    """What the founders ask of those who advise."""

    text: str
    by: str
    at: datetime | None


class ToldCountsOut(Schema):
    """`up` and `down`: questions that count as more and as less. `waiting_gates` for an
    advisor's signature."""

    new_stops: int
    up: int
    down: int
    contradicted: int
    decided: int
    overridden: int
    waiting_gates: int
    open_challenges: int


class ToldOut(Schema):
    """`stops` are open, the longest waiting first; `decided` were in the time looked at.
    `segments`: all that can be asked for, `segment` the one whose questions are told.
    `is_noted`: all that is said of evidence has been worked out. `is_quiet`: nothing
    that a reader would miss happened."""

    venture: str
    is_noted: bool
    is_quiet: bool
    counts: ToldCountsOut
    stops: list[ToldAlertOut]
    decided: list[ToldAlertOut]
    moved: list[ToldMoveOut]
    talks: ToldTalksOut
    segments: list[SegmentNamedOut]
    segment: ToldSegmentOut
    forecasts: list[ToldForecastOut]
    selling: list[ToldPhaseOut]
    commitments: list[ToldCommitmentOut]
    ask: ToldAskOut | None


# --- out of a Changes ------------------------------------------------------------
def told(seen: Changes, segment: SharedSegment) -> dict[str, Any]:
    """All of `ToldOut` but `ask`."""
    return {
        "venture": seen.venture,
        "is_noted": seen.is_noted,
        "is_quiet": seen.is_quiet,
        "counts": counts_of(seen),
        "stops": [with_id(one) for one in seen.stops],
        "decided": [with_id(one) for one in seen.decided],
        "moved": [moved(*one) for one in seen.moved],
        "talks": asdict(seen.talks),
        "segments": [{"id": one.key, "name": one.name} for one in seen.segments],
        "segment": segmented(segment),
        "forecasts": [forecasted(one) for one in seen.forecasts],
        "selling": [with_id(one) for one in seen.phases],
        "commitments": [committed(one) for one in seen.gates],
    }


def asked(text: str, by: str, at: datetime | None) -> dict[str, Any] | None:
    return {"text": text, "by": by, "at": at} if text else None


def counts_of(seen: Changes) -> dict[str, int]:
    return {
        "new_stops": len(seen.new_stops),
        "up": seen.ups,
        "down": seen.downs,
        "contradicted": seen.newly_contradicted,
        "decided": len(seen.decided),
        "overridden": len(seen.new_overrides),
        "waiting_gates": len(seen.waiting_gates),
        "open_challenges": seen.open_challenges,
    }


def segmented(segment: SharedSegment) -> dict[str, Any]:
    names = ("name", "interviews", "scored")
    return {name: getattr(segment, name) for name in names} | {
        "id": segment.key,
        "questions": [questioned(one) for one in segment.questions],
    }


def questioned(one: SharedQuestion) -> dict[str, Any]:
    names = ("number", "wording", "sentence", "supporting", "against", "new_against")
    return {name: getattr(one, name) for name in names} | {
        "id": one.key,
        "now": standing(one.now),
        "was": standing(one.was),
        "asked": one.asked and asdict(one.asked),
        "owes_score": one.is_hidden,
    }


def moved(segment: SharedSegment, one: SharedQuestion) -> dict[str, Any]:
    return {
        "segment": segment.key,
        "segment_name": segment.name,
        "number": one.number,
        "wording": one.wording,
        "moved": wording.was(one),
        "now": standing(one.now),
        "was": standing(one.was),
        "new_against": one.new_against,
    }


def standing(stood: Stood) -> dict[str, Any]:
    names = ("claimed", "supported", "status")
    return {name: getattr(stood, name) for name in names} | {"effective": stood.counts}


def committed(one: SharedGate) -> dict[str, Any]:
    return with_id(one) | {"state": one.chip}


def forecasted(one: SharedForecast) -> dict[str, Any]:
    names = ("name", "provenance", "sentence", "state")
    told = one.told and asdict(one.told)
    return {name: getattr(one, name) for name in names} | {"id": one.key, "told": told}


def with_id(one: Any) -> dict[str, Any]:
    """Every field of a dataclass, its key as the id."""
    return asdict(one) | {"id": one.key}
