"""manage.py backtest: at which point would this plan have been stopped, and why?"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.alerting import Concern, DueAlert, Rule, Severity, due, judge_plans
from decisions.rules.casefiles import first_raised
from decisions.rules.record import YES_OR_NO
from forecasts.casefile import CaseFileError, CaseSeries, read_case_file, to_series
from forecasts.drift import Series, State, Verdict

RULE_NAMES = {
    Rule.COLLAPSE: "AR1 collapse",
    Rule.DRIFT: "drift",
    Rule.REQUIRED_RATE: "AR4 required rate",
    Rule.STOP_RULE: "AR5 kill criterion",
    Rule.SLIP: "AR6 slip",
    Rule.UPSIDE: "AR8 upside",
}
MEGABYTE = 1 << 20
LARGEST_FILE = 20 * MEGABYTE


@dataclass(frozen=True)
class Other:
    """A rule beside drift and collapse, and the first day on which it would raise."""

    rule: str
    severity: str
    on: str
    why: str


@dataclass(frozen=True)
class Replay:
    """What would have happened to one series; the fields of the JSON answer.

    `alert_at` is the first stop by drift or collapse, or of a goal that is reached or
    not the first by its own rule.
    """

    metric: str
    cadence: str
    points: int
    alert_at: int | None
    period_end: str | None
    rule: str | None
    state: str
    why: str | None
    others: tuple[Other, ...] = ()


class Command(BaseCommand):
    help = (
        "Replays a forecast-and-actual file against its first forecasts and says when "
        "stop-and-evaluate would have been raised, and why. Touches no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            cases = read_case_file(text_of(file)).series
        except CaseFileError as error:
            raise CommandError(f"{file}:\n{error}", returncode=2) from None
        replays = [replay(case) for case in cases if case.baseline]
        if options["json"]:
            document = {"series": [asdict(one) for one in replays]}
            self.stdout.write(json.dumps(document, indent=1, ensure_ascii=False))
        else:
            told = [in_words(one) for one in replays]
            self.stdout.write(
                "\n".join(told) or "No metric of this file has a forecast."
            )


def text_of(file: Path) -> str:
    """The text of the file; wrong use ends with status 2."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            message = f"{file}: larger than {LARGEST_FILE // MEGABYTE} MB."
            raise CommandError(message, returncode=2)
        return file.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{file}: {error.strerror}."
        raise CommandError(message, returncode=2) from None
    except UnicodeDecodeError:
        raise CommandError(f"{file}: not UTF-8 text.", returncode=2) from None


def replay(case: CaseSeries) -> Replay:
    raised = first_raised(case)
    others = tuple(
        Other(RULE_NAMES[one.rule], one.severity.value, day.isoformat(), one.reason)
        for day, one in raised
    )
    return replace(_first_stop(case, [one for _, one in raised]), others=others)


def _first_stop(case: CaseSeries, raised: list[Concern]) -> Replay:
    series = to_series(case)
    if case.unit == YES_OR_NO:
        return _of_goal(case, series, raised)
    (judged,) = judge_plans(series)
    stops = [one for one in due([judged]) if one.severity is Severity.STOP]
    if not stops:
        return _told(series, None, judged.verdict.state, judged.verdict.why)
    first = stops[0]
    return _told(series, first, State.STOP, _reason_then(series, first))


def _of_goal(case: CaseSeries, series: Series, raised: list[Concern]) -> Replay:
    """A share of a goal that is reached or not means nothing: its day decides."""
    missed = next((one for one in raised if one.rule is Rule.STOP_RULE), None)
    if missed is None:
        why = "It is reached or not, and its day has not shown that it was missed."
        return _told(series, None, State.UNJUDGED, why)
    index = [row.period for row in case.baseline].index(missed.period)
    due_alert = DueAlert(missed.rule, missed.severity, index, missed.reason, None)
    return _told(series, due_alert, State.STOP, missed.reason)


def _reason_then(series: Series, alert: DueAlert) -> str | None:
    """The sentence of the night the alert was raised, not of the last one."""
    if alert.rule is Rule.COLLAPSE:
        return alert.reason
    view = replace(series, points=series.points[: alert.period_index + 1])
    verdict: Verdict = judge_plans(view)[0].verdict
    return verdict.why


def _told(
    series: Series, alert: DueAlert | None, state: State, why: str | None
) -> Replay:
    end = series.points[alert.period_index].t.isoformat() if alert else None
    return Replay(
        metric=series.id,
        cadence=series.cadence,
        points=len(series.points),
        alert_at=alert.period_index if alert else None,
        period_end=end,
        rule=RULE_NAMES[alert.rule] if alert else None,
        state=state,
        why=why,
    )


def in_words(told: Replay) -> str:
    head = f"{told.metric} ({told.cadence}, {told.points} forecast): "
    if told.alert_at is None:
        said = f"{head}{told.state.replace('_', ' ')}. {told.why}"
    else:
        said = (
            f"{head}STOP at point {told.alert_at}, {told.period_end}, by {told.rule}. "
            f"{told.why}"
        )
    lines = [f"  {one.severity} by {one.rule} on {one.on}" for one in told.others]
    return "\n".join([said, *lines])
