"""PURE. Kill criteria on a number: "unless it is at least so much by that day we stop"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from decisions.alerting import Concern, Rule, Severity
from decisions.rules.record import Record, Span
from forecasts.drift.sentence import number

AT_LEAST, AT_MOST = "at_least", "at_most"
WORDS = {AT_LEAST: "at least", AT_MOST: "at most"}


class Came(StrEnum):
    """What became of one: its day is still ahead, the mark was met or not, or nobody
    has said what came.
    """

    AHEAD = "ahead"
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Dated:
    """`last_end`: the end of the last period that is over on its day."""

    comparison: str
    mark: float
    by_on: date
    registered_on: date
    last_end: date

    def is_met_by(self, value: float) -> bool:
        if self.comparison == AT_MOST:
            return value <= self.mark
        return value >= self.mark


def came(rule: Dated, record: Record) -> Came:
    """On its day it is still ahead: the day has to be over."""
    if record.as_of <= rule.by_on:
        return Came.AHEAD
    span = last_known(rule, record)
    if span is None or span[1] < rule.last_end:
        return Came.UNKNOWN
    return Came.MET if rule.is_met_by(record.actuals[span]) else Came.NOT_MET


def last_known(rule: Dated, record: Record) -> Span | None:
    spans = (span for span in record.actuals if span[1] <= rule.by_on)
    return max(spans, key=lambda span: (span[1], span[0]), default=None)


def unmet_rules(rules: Sequence[Dated], record: Record) -> Concern | None:
    """Stop: the day has come, and the number is not there. Of several the latest: what
    came due before a decision was answered by it.
    """
    due = [
        rule
        for rule in rules
        if rule.registered_on <= record.as_of
        and came(rule, record) in (Came.NOT_MET, Came.UNKNOWN)
    ]
    if record.is_vanity or not due:
        return None
    latest = max(rule.by_on for rule in due)
    told = [words(rule, record) for rule in due if rule.by_on == latest]
    since = latest + timedelta(days=1)
    return Concern(Rule.STOP_RULE, Severity.STOP, " ".join(told), since)


def words(rule: Dated, record: Record) -> str:
    asked = (
        f"{WORDS[rule.comparison].capitalize()} {number(rule.mark)} by "
        f"{rule.by_on:%-d %B %Y}, or we stop: so it was registered on "
        f"{rule.registered_on:%-d %B %Y}."
    )
    span = last_known(rule, record)
    if span is None:
        return f"{asked} Nobody has said what came."
    value = number(record.actuals[span])
    if span[1] < rule.last_end:
        return (
            f"{asked} Nobody has said what came; the last number is {value}, of the "
            f"period to {span[1]:%-d %B %Y}."
        )
    return f"{asked} It came to {value}."
