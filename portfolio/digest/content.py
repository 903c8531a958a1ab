"""What one reader is told, from what the dashboard is drawn from and what is to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.template.defaultfilters import date as in_words
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.eleven import ATTRIBUTION
from portfolio.digest import wording
from portfolio.digest.news import headline, preheader
from portfolio.digest.reading import (
    Reading,
    alert_name,
    alert_reason,
    curve_name,
    gate_name,
)
from portfolio.digest.shape import Content, Item, Section
from portfolio.reports.changes import SharedAlert, SharedGate, SharedQuestion

if TYPE_CHECKING:
    from portfolio.reports.changes import Changes, SharedPhase, SharedSegment
    from portfolio.reports.chores import Chores, Number

MOST = 12


def content_of(seen: Changes, chores: Chores, reading: Reading) -> Content:
    stops, rest = stop_items(seen, reading)
    parts = (
        rest,
        moved_section(seen, chores, reading),
        talks_section(seen, reading),
        due_section(chores, reading),
        asked_section(seen, reading),
        coming_section(chores, reading),
        gates_section(seen, reading),
        selling_section(seen, reading),
        tests_section(chores, reading),
    )
    subject = headline(seen, chores, reading)
    nothing = _("No score moved, no stop was raised, nothing was decided.")
    return Content(
        subject=subject,
        preheader=preheader(seen, chores, reading),
        title=title_of(seen),
        stops=tuple(stops),
        sections=tuple(part for part in parts if part.items),
        closing=nothing if seen.is_quiet else _("Nothing else changed."),
        attribution=ATTRIBUTION,
    )


def title_of(seen: Changes) -> str:
    dates = {"first": day(seen.since), "last": day(seen.until)}
    words = _("%(venture)s, %(first)s to %(last)s")
    return words % {"venture": seen.venture, **dates}


def day(when: date) -> str:
    """As the venture's calendar has it."""
    return in_words(localtime(when) if isinstance(when, datetime) else when, "j M")


# --- sections ----------------------------------------------------------------------
def stop_items(seen: Changes, reading: Reading) -> tuple[list[Item], Section]:
    """New ones first, and how many more there are: mailboxes cut off what is long."""
    alerts = sorted(seen.stops, key=lambda one: not one.is_new)
    more = len(alerts[MOST:])
    words = ngettext(
        "%d more stop waits for a decision", "%d more stops wait for a decision", more
    )
    rest = Item(words % more, "", reading.path("decisions:alert_list"))
    section = Section("stops", _("More to stop and evaluate"), (rest,) * bool(more))
    return [stop_item(one, reading) for one in alerts[:MOST]], section


def stop_item(alert: SharedAlert, reading: Reading) -> Item:
    said = [
        alert_reason(alert, reading),
        _("Decide by %s.") % day(alert.decide_by),
        _("Nothing was decided by then.") if alert.is_late else "",
        wording.PASSED if alert.has_recovered else "",
    ]
    text = _("Stop and evaluate: %s") % alert_name(alert, reading)
    path = reading.path("decisions:alert_detail", alert.key)
    return Item(text, " ".join(filter(None, said)), path)


def moved_section(seen: Changes, chores: Chores, reading: Reading) -> Section:
    moves = sorted(seen.moved, key=lambda pair: (pair[1].change, pair[1].number))
    several = len(seen.segments) > 1 and not reading.is_wordless
    items = [
        *(decided_item(one, reading) for one in seen.decided),
        *(question_item(one, of, reading, named=several) for of, one in moves),
        *(override_item(one, reading) for one in seen.new_overrides),
        *settled_items(chores, reading),
    ]
    return Section("moved", _("What moved"), tuple(items[:MOST]))


def decided_item(alert: SharedAlert, reading: Reading) -> Item:
    words = {"name": alert_name(alert, reading), "kind": alert.decided.kind}
    text = _("Decided: %(kind)s, on %(name)s") % words
    path = reading.path("decisions:alert_detail", alert.key)
    return Item(text, f"{alert.decided.by}, {day(alert.decided.at)}", path)


def question_item(
    question: SharedQuestion, segment: SharedSegment, reading: Reading, *, named: bool
) -> Item:
    said = [wording.was(question)]
    if question.new_against > 0:
        said.append(wording.against(question.new_against))
    if named and segment.name and question.number < 9:
        said.append(segment.name)
    query = f"?segment={segment.key}" if segment.key else ""
    path = reading.path("milestones:question_detail", question.number, query=query)
    text = f"{question.number} {question.wording}"
    return Item(text, ". ".join(said) + ".", path, question.now.counts)


def override_item(gate: SharedGate, reading: Reading) -> Item:
    text = _("Gate overridden: %s") % gate_name(gate, reading)
    detail = f"{gate.overridden.by}, {day(gate.overridden.at)}. {gate.money}"
    return Item(text, detail, reading.path("decisions:commitment_detail", gate.key))


def settled_items(chores: Chores, reading: Reading) -> Iterator[Item]:
    """How many, never what they say: that was learned from customers."""
    said = (
        (
            chores.held,
            ngettext("%d hypothesis held", "%d hypotheses held", chores.held),
        ),
        (
            chores.failed,
            ngettext(
                "Learned: %d hypothesis is wrong",
                "Learned: %d hypotheses are wrong",
                chores.failed,
            ),
        ),
        (
            chores.open_ended,
            ngettext(
                "%d test settled nothing", "%d tests settled nothing", chores.open_ended
            ),
        ),
    )
    path = reading.path("discovery:hypothesis_list")
    for count, words in said:
        if count:
            yield Item(words % count, "", path)


def talks_section(seen: Changes, reading: Reading) -> Section:
    talks, path = seen.talks, ""
    if reading.plans:
        path = reading.path("interviews:interview_list")
    counted, _stop, rest = wording.talks(talks).partition(". ")
    if not talks.qualifying:
        rest = f"{rest} {wording.silence(talks.silent_days)}".strip()
    items = (Item(counted.removesuffix("."), rest, path),)
    return Section("talks", _("Conversations"), items)


def number_words(numbers: Iterable[Number], reading: Reading) -> str:
    if reading.is_wordless:
        return ""
    said = [f"{one.metric} ({one.period})" for one in numbers]
    more = len(said) - MOST
    rest = [_("and %d more") % more] if more > 0 else []
    return ", ".join(said[:MOST] + rest)


def due_section(chores: Chores, reading: Reading) -> Section:
    count = len(chores.overdue)
    words = ngettext("%d number is due", "%d numbers are due", count) % count
    page = "portfolio:today" if reading.plans else "forecasts:metric_list"
    item = Item(words, number_words(chores.overdue, reading), reading.path(page))
    return Section("due", _("Numbers due"), (item,) if count else ())


def coming_section(chores: Chores, reading: Reading) -> Section:
    count = len(chores.coming)
    words = ngettext("%d number", "%d numbers", count) % count
    path = reading.path("forecasts:metric_list")
    items = [Item(words, number_words(chores.coming, reading), path)]
    if chores.ranges.sentence:
        place = reading.path("milestones:question_detail", 10)
        items.append(Item(_("Do our ranges hold?"), chores.ranges.sentence, place))
    return Section("coming", _("Due within a week"), tuple(items) if count else ())


def selling_section(seen: Changes, reading: Reading) -> Section:
    items = (phase_item(one, reading) for one in seen.phases)
    return Section("selling", _("Selling"), tuple(items))


def phase_item(phase: SharedPhase, reading: Reading) -> Item:
    query = f"?curve={phase.key}"
    path = reading.path("decisions:sales_curve", query=query)
    return Item(wording.phase(phase, curve_name(phase, reading)), "", path)


def asked_section(seen: Changes, reading: Reading) -> Section:
    items = []
    if reading.ask and not reading.founds:
        said = _("The founders ask for something.") if reading.is_wordless else ""
        text = said or _("The founders ask: %s") % reading.ask
        items.append(Item(text, "", reading.path("portfolio:shared", query="#asked")))
    waiting = partial(challenge_item, reading=reading)
    items += [waiting(one) for one in seen.questions if one.asked]
    return Section("asked", _("Asked of you"), tuple(items[:MOST]))


def challenge_item(question: SharedQuestion, reading: Reading) -> Item:
    asked = question.asked
    words = ngettext(
        "%(who)s asks for evidence on question %(number)d (%(days)d day)",
        "%(who)s asks for evidence on question %(number)d (%(days)d days)",
        asked.days,
    )
    text = words % {"who": asked.by, "number": question.number, "days": asked.days}
    path = reading.path("milestones:question_detail", question.number)
    return Item(text, "", path)


def gates_section(seen: Changes, reading: Reading) -> Section:
    items = [gate_item(one, reading) for one in seen.gates if needs_somebody(one)]
    return Section("gates", _("At the gate"), tuple(items[:MOST]))


def needs_somebody(gate: SharedGate) -> bool:
    return gate.is_waiting or gate.is_held


def gate_item(gate: SharedGate, reading: Reading) -> Item:
    said = [gate.money]
    if gate.asked:
        kept = {"met": gate.met, "asked": gate.asked}
        said.append(_("%(met)d of %(asked)d conditions hold") % kept)
    if gate.is_waiting:
        said.append(_("it waits for an advisor’s signature"))
    path = reading.path("decisions:commitment_detail", gate.key)
    return Item(gate_name(gate, reading), "; ".join(filter(None, said)) + ".", path)


def tests_section(chores: Chores, reading: Reading) -> Section:
    count = chores.tests
    words = ngettext(
        "%d hypothesis has to be decided", "%d hypotheses have to be decided", count
    )
    item = Item(words % count, "", reading.path("discovery:hypothesis_list"))
    return Section("tests", _("Tests of the next week"), (item,) if count else ())
