"""PURE. How often rules would have raised an episode, day by day, with other thresholds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from decisions.alerting import Concern
from decisions.records import record_of
from decisions.rules.learning import Asked, learning_gap, signal_contradicts, silence
from decisions.rules.metric import blind, metric_concerns
from decisions.rules.record import Record
from decisions.rules.thresholds import Thresholds
from forecasts.history import History

Look = Callable[[date], Iterable[Concern]]


@dataclass(frozen=True, slots=True)
class Told:
    """A metric's history with what the rules ask of it beside."""

    history: History
    kind: str
    is_vanity: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A venture as it can be asked about any day; talks are days of qualifying ones."""

    metrics: Sequence[Told]
    questions: Sequence[Asked]
    talks: Sequence[date]
    began: date


def count_raised(
    past: Past, limits: Thresholds, first: date, last: date
) -> dict[str, int]:
    """Rule code to the number of episodes opened from `first` to `last`, as things were
    known on each day. One that stood before `first` is not counted.
    """
    looks = [_look_at_metric(told, limits) for told in past.metrics]
    looks += [_look_at_question(asked, limits) for asked in past.questions]
    looks.append(_look_for_silence(past, limits))
    found: dict[str, int] = {}
    for look in looks:
        for code in _openings(look, first, last):
            found[code] = found.get(code, 0) + 1
    return found


def _openings(look: Look, first: date, last: date) -> Iterable[str]:
    """An episode stands until its family says nothing any more."""
    standing: set[str] = set()
    day = first - timedelta(days=1)
    while day <= last:
        said = [(one.rule.family.value, one) for one in look(day)]
        standing &= {family for family, _ in said}
        for family, one in said:
            if one.opens and family not in standing:
                standing.add(family)
                if day >= first:
                    yield one.rule.code
        day += timedelta(days=1)


def _look_at_metric(told: Told, limits: Thresholds) -> Look:
    """The record is read anew only on days after something was entered or planned."""
    history = told.history
    moments = {one.registered_on for one in history.planned}
    moments |= {one.recorded_on for known in history.reported.values() for one in known}
    moments |= {one.period.end + timedelta(days=1) for one in history.planned}
    kept: list[tuple[Record, tuple[Concern, ...]]] = []

    def look(day: date) -> Iterable[Concern]:
        if not kept or day in moments:
            known = record_of(
                _before_decision(history, day),
                day,
                kind=told.kind,
                is_vanity=told.is_vanity,
            )
            kept[:] = [(known, metric_concerns(known, limits))]
        record, concerns = kept[0]
        late = blind(replace(record, as_of=day), limits)
        return concerns if late is None else (*concerns, late)

    return look


def _before_decision(history: History, day: date) -> History:
    """The record that a later decision began was not yet the one that was judged."""
    since = history.process_from
    is_later = since is not None and since > day
    return replace(history, process_from=None) if is_later else history


def _look_at_question(asked: Asked, limits: Thresholds) -> Look:
    def look(day: date) -> Iterable[Concern]:
        steps = [step for step in asked.steps if step.on <= day]
        known = Asked(steps, asked.has_commitment)
        said = (
            learning_gap(known, day, limits),
            signal_contradicts(known, day, limits),
        )
        found = [one for one in said if one is not None]
        return sorted(found, key=lambda one: not one.opens)

    return look


def _look_for_silence(past: Past, limits: Thresholds) -> Look:
    def look(day: date) -> Iterable[Concern]:
        held = [talk for talk in past.talks if talk <= day]
        said = silence(max(held, default=None), past.began, day, limits)
        return () if said is None else (said,)

    return look
