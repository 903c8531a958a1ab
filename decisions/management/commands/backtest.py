"""manage.py backtest: at which point would this plan have been stopped, and why?"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decisions.alerting import DueAlert, Rule, Severity, due, judge_plans
from forecasts.casefile import CaseFileError, CaseSeries, read_case_file, to_series
from forecasts.drift import Series, State, Verdict

RULE_NAMES = {Rule.COLLAPSE: "AR1 collapse", Rule.DRIFT: "drift"}
# A goal that is either reached or not belongs to a dated stop rule: a share of it
# means nothing.
YES_OR_NO = "0 or 1"
MEGABYTE = 1 << 20
LARGEST_FILE = 20 * MEGABYTE


@dataclass(frozen=True)
class Replay:
    """What would have happened to one series; the fields of the JSON answer."""

    metric: str
    cadence: str
    points: int
    alert_at: int | None
    period_end: str | None
    rule: str | None
    state: str
    why: str | None


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
    series = to_series(case)
    if case.unit == YES_OR_NO:
        why = "Reached or not is for a dated stop rule to ask, not for these rules."
        return _told(series, None, State.UNJUDGED, why)
    (judged,) = judge_plans(series)
    stops = [one for one in due([judged]) if one.severity is Severity.STOP]
    if not stops:
        return _told(series, None, judged.verdict.state, judged.verdict.why)
    first = stops[0]
    return _told(series, first, State.STOP, _reason_then(series, first))


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
        return f"{head}{told.state.replace('_', ' ')}. {told.why}"
    return (
        f"{head}STOP at point {told.alert_at}, {told.period_end}, by {told.rule}. "
        f"{told.why}"
    )
