"""The verdict on whole series: what each night's evidence was, and what follows."""

from collections.abc import Iterable, Iterator, Sequence

from forecasts.drift import constants as fixed
from forecasts.drift.record import Unrolled, unroll
from forecasts.drift.replay import Readings, evaluate
from forecasts.drift.series import Cadence, Series
from forecasts.drift.verdict import (
    Finding,
    Night,
    Rule,
    Verdict,
    conclude,
    is_enough,
)


def judge(
    series: Series, *, alpha: float = fixed.DEFAULT_ALPHA, guaranteed: bool = False
) -> Verdict:
    """The verdict on one series, evaluated every night with what was known then.

    `alpha` is the probability, over the metric's whole life, of ever stopping a plan
    that holds. `guaranteed` asks for the theorem-backed threshold.
    """
    return judge_many([series], alpha=alpha, guaranteed=guaranteed)[0]


def judge_many(
    series: Iterable[Series],
    *,
    alpha: float = fixed.DEFAULT_ALPHA,
    guaranteed: bool = False,
) -> list[Verdict]:
    """`judge` for many series, evaluated side by side; same verdicts, in order."""
    rule = Rule(alpha, guaranteed)
    unrolled = [unroll(one) for one in series]
    readings = evaluate([(one.series, run) for one in unrolled for run in one.runs])
    verdicts, first = [], 0
    for one in unrolled:
        last = first + len(one.runs)
        verdicts.append(_verdict(one, readings[first:last], rule))
        first = last
    return verdicts


def _verdict(unrolled: Unrolled, readings: Sequence[Readings], rule: Rule) -> Verdict:
    trace = tuple(nights(unrolled, readings, rule))
    alert_at = first_alert(trace, rule)
    run = unrolled.runs[-1] if unrolled.runs else None
    held = run is not None and is_held(unrolled.series.cadence, readings[-1], rule)
    finding = Finding(
        night=trace[-1] if trace else None,
        alert_at=alert_at,
        withdrawn=alert_at is not None and not held,
        indices=run.indices if run else (),
        values=run.values if run else (),
    )
    return conclude(unrolled.series, finding, rule, trace)


def first_alert(trace: Iterable[Night], rule: Rule) -> int | None:
    stop_at = rule.stop_at
    scored = ((night.index, night.score) for night in trace if night.score is not None)
    return next((index for index, score in scored if score >= stop_at), None)


def is_held(cadence: Cadence, readings: Readings, rule: Rule) -> bool:
    """Would the record as it stands have raised the alert at one of its points?"""
    return any(
        is_enough(known, cadence) and rule.score(log_e, known) >= rule.stop_at
        for known, log_e in enumerate(readings.adverse, start=1)
    )


def nights(
    unrolled: Unrolled, readings: Sequence[Readings], rule: Rule
) -> Iterator[Night]:
    """The evaluation of every night, with what was known then."""
    for index, (run, known) in enumerate(unrolled.nights):
        if is_enough(known, unrolled.series.cadence):
            reading = readings[run]
            score = rule.score(reading.adverse[known - 1], known)
            favourable = rule.score(reading.favourable[known - 1], known)
            yield Night(index, known, score, favourable)
        else:
            yield Night(index, known, None, None)
