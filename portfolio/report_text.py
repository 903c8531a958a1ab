"""The report as plain text, for a mail or a chat: written, not what is left of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.template.defaultfilters import date as in_words
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.chips import CHIPS
from milestones.eleven import ATTRIBUTION
from portfolio.digest import wording

if TYPE_CHECKING:
    from datetime import date, datetime

    from portfolio.reports.changes import (
        SharedAlert,
        SharedForecast,
        SharedGate,
        SharedQuestion,
    )
    from portfolio.reports.weekly import WeekReport


def text_of(report: WeekReport) -> str:
    """In the zone that is active. It ends with a line break."""
    seen, week = report.changes, report.week
    name = report.segment.name
    sections = [
        (
            _("In that week") if week.is_over else _("This week so far"),
            happened(report),
        ),
        (
            f"{_('The eleven questions')} ({name})"
            if name
            else _("The eleven questions"),
            questions(report),
        ),
        (_("Forecasts"), map(forecast, seen.forecasts)),
        (_("Selling"), (wording.phase(one, one.name) for one in seen.phases)),
        (_("Commitments"), map(commitment, seen.gates)),
        (_("What the founders ask of you"), [asked(report)]),
    ]
    blocks = ["\n".join(heading(report)), *map(stop, seen.stops)]
    for title, lines in sections:
        told = [f"* {line}" for line in lines]
        if told:
            blocks.append("\n".join([title.upper(), *told]))
    blocks.append(_("Questions quoted from %s.") % ATTRIBUTION)
    return "\n\n".join(blocks) + "\n"


def heading(report: WeekReport) -> Iterator[str]:
    week, until = report.week, localtime(report.as_of)
    names = {"venture": report.changes.venture, "n": week.number}
    yield _("%(venture)s, week %(n)d") % names
    when = {"day": day(until), "clock": f"{until:%H:%M}", "zone": until.tzname()}
    as_of = _("As of %(day)s, %(clock)s (%(zone)s).") % when
    yield f"{week.dates}. {as_of}"


def day(when: date | datetime) -> str:
    return in_words(when, "j M Y")


def on(when: datetime) -> str:
    return day(localtime(when))


def word(state: str) -> str:
    return str(CHIPS[state].word)


def stop(alert: SharedAlert) -> str:
    said = [
        alert.reason,
        _("Decide by %s.") % day(alert.decide_by),
        _("Nothing was decided by then.") if alert.is_late else "",
        str(wording.PASSED) if alert.has_recovered else "",
    ]
    title = _("Stop and evaluate:").upper()
    return f"{title} {alert.name}\n{' '.join(filter(None, said))}"


def happened(report: WeekReport) -> Iterator[str]:
    seen = report.changes
    if seen.is_quiet:
        yield _("No score moved, no stop was raised, nothing was decided.")
    for alert in seen.decided:
        if alert.decided:
            kind, who = alert.decided.kind, alert.decided.by
            when = on(alert.decided.at)
            yield f"{_('Decided: %s') % kind}, {alert.name} ({who}, {when})"
    several = len(seen.segments) > 1
    for segment, question in seen.moved:
        is_named = several and segment.name and question.number < 9
        whose = f" ({segment.name})" if is_named else ""
        moved = wording.was(question)
        yield f"{question.number} {question.wording}{whose}: {moved}"
    for gate in seen.new_overrides:
        if gate.overridden:
            told = f"{gate.overridden.by}, {on(gate.overridden.at)}"
            yield f"{_('Gate overridden: %s') % gate.title}, {gate.money} ({told})"
    silence = "" if seen.talks.qualifying else wording.silence(seen.talks.silent_days)
    yield f"{wording.talks(seen.talks)} {silence}".strip()


def questions(report: WeekReport) -> Iterator[str]:
    for question in report.segment.questions:
        yield f"{question.number} {question.wording}\n  {standing(question)}"


def standing(question: SharedQuestion) -> str:
    """A claim of an open round is not told to who still owes theirs."""
    if question.is_hidden:
        return _("Score it to see your co-founder’s")
    said = [f"{word(question.now.status)}."]
    said.append(_("Counts as %d of 5.") % question.now.counts)
    if question.supporting or question.against:
        counts = {"supporting": question.supporting, "against": question.against}
        said.append(_("%(supporting)d for, %(against)d against.") % counts)
    return " ".join(said)


def forecast(one: SharedForecast) -> str:
    said = [f"{one.name}: {word(one.state)}. {one.sentence}"]
    if one.told:
        said.append(wording.told(one.told))
    if one.taken_back:
        said.append(wording.taken_back(one.taken_back))
    return " ".join(said)


def commitment(gate: SharedGate) -> str:
    said = [f"{gate.title}, {gate.money}: {word(gate.chip)}"]
    if gate.asked:
        kept = {"met": gate.met, "asked": gate.asked}
        said.append(_("%(met)d of %(asked)d conditions met") % kept)
    if gate.is_waiting:
        said.append(_("waits for an advisor’s signature"))
    return "; ".join(said)


def asked(report: WeekReport) -> str:
    if not report.ask or report.asked_at is None:
        return _("Nothing at the moment.")
    by = f"{report.asked_by}, " if report.asked_by else ""
    return f"“{report.ask}” ({by}{on(report.asked_at)})"
