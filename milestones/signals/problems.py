"""Question 1: who raises which problem unprompted, and do talks still bring news?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from core.charts.column import column_chart
from discovery.models import Person, Problem
from milestones.known import current_at, qualifying_in
from milestones.reports.mentions import asked_of, heard_of, mentions_in, saturation_in
from milestones.reports.problem_words import rate_sentence, saturation_sentences
from milestones.signals.shape import Signal
from milestones.signals.words import (
    bounds,
    half_of,
    joined,
    k_of_n,
    never_against,
    percents,
    quoted,
    share,
    strips,
)
from milestones.statistics.mentions import mostly_prompted
from milestones.statistics.saturation import LAST
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.reports.mentions import Asked
    from milestones.scope import Scope
    from milestones.statistics.mentions import Rate

SHOWN_TALKS = 24
DRAWN_PROBLEMS = 8
LOOKING = (Person.Recognition.ACTIVE, Person.Recognition.VISION)


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    asked = asked_of(scope, now)
    return (
        mentioned(scope.segment, asked, now),
        saturated(scope.segment, asked, now),
        recognised(scope.segment, asked, now),
    )


# --- mentions --------------------------------------------------------------------
def mentioned(segment, asked: Asked, now) -> Signal:
    """The problem that most raise by themselves decides."""
    rates = rates_of(segment, asked, now)
    title = _("Raised without being asked")
    if not rates:
        sentence = _("No problem of this segment is written down yet.")
        return Signal("unprompted_mentions", title, sentence, lacks=_("A problem."))
    statement, top = rates[0]
    is_led = mostly_prompted([rate for _name, rate in rates])
    verdict = Verdict(top.verdict)
    if is_led and verdict != Verdict.SUPPORTS:
        verdict = Verdict.CONTRADICTS
    return Signal(
        key="unprompted_mentions",
        title=title,
        verdict=verdict,
        sentence=joined(
            _("Raised most: %(problem)s.") % {"problem": quoted(statement)},
            rate_sentence(top, by_organisation=asked.by_organisation),
            led_sentence(is_led=is_led),
        ),
        header=(
            *(_("Problem"), _("Unprompted"), _("Only when we named it")),
            *(_("Against"), _("95 % interval")),
        ),
        rows=tuple(mention_row(*one) for one in rates),
        figure=strips(
            [share(name, rate.raised, rate.asked) for name, rate in drawn(rates)]
        ),
        lacks="" if top.asked else _("Talks that qualify."),
        is_instrument=any(rate.raised or rate.prompted for _name, rate in rates),
    )


def rates_of(segment, asked, now) -> list[tuple[str, Rate]]:
    """Every problem that was not dropped, the one most raise first."""
    said = mentions_in(segment, asked, now)
    rows = Problem.objects.filter(current_at(now), segment=segment)
    alive = rows.exclude(status=Problem.Status.DROPPED)
    rates = [(row.statement, heard_of(said[row.pk], asked).voices) for row in alive]
    return sorted(rates, key=lambda one: -one[1].raised)


def drawn(rates):
    return [one for one in rates if one[1].asked][:DRAWN_PROBLEMS]


def mention_row(statement, rate: Rate):
    return (
        statement,
        k_of_n(rate.raised, rate.asked),
        str(rate.prompted),
        str(rate.against),
        percents(rate.interval),
    )


def led_sentence(*, is_led: bool) -> str:
    if not is_led:
        return ""
    return _("Seven in ten of all who agreed to a problem did so when we named it.")


# --- saturation ------------------------------------------------------------------
def saturated(segment, asked: Asked, now) -> Signal:
    found = saturation_in(segment, asked, now)
    shown = found.new[-SHOWN_TALKS:]
    first = found.talks - len(shown) + 1
    sentence = joined(*saturation_sentences(found))
    return Signal(
        key="saturation",
        title=_("Do talks still bring news?"),
        verdict=Verdict.SUPPORTS if found.is_saturated else Verdict.CANNOT_SAY,
        sentence=sentence,
        header=(_("Talk"), _("New tags")),
        rows=tuple((str(first + n), str(new)) for n, new in enumerate(shown)),
        figure=column_chart(
            shown,
            label=_("New tags of the last %(n)s talks") % {"n": len(shown)},
            marked=min(LAST, len(shown)),
            places=SHOWN_TALKS,
        )
        if any(shown)
        else None,
        lacks="" if found.tags else _("Tags on quotes of talks that qualify."),
    )


# --- recognition -----------------------------------------------------------------
def recognised(segment, asked: Asked, now) -> Signal:
    """How far those we talked to see the problem, where we wrote it down."""
    people = Person.objects.filter(interviews__in=qualifying_in(segment, now))
    counted = (
        people.order_by().values("recognition").annotate(n=Count("pk", distinct=True))
    )
    found = {row["recognition"]: row["n"] for row in counted}
    placed = sum(n for level, n in found.items() if level)
    met = len(asked.people)
    looking = sum(found.get(level, 0) for level in LOOKING)
    return Signal(
        key="recognition",
        title=_("How far they see the problem"),
        verdict=never_against(half_of(placed, met)),
        sentence=recognition_sentence(placed, met, looking),
        header=(_("They"), _("People")),
        rows=recognition_rows(found, met - placed) if met else (),
        lacks="" if placed else _("How far each person sees the problem."),
    )


def recognition_rows(found, unknown: int):
    levels = Person.Recognition.choices
    known = [(str(label), str(found.get(level, 0))) for level, label in levels]
    return (*known, (_("not written down"), str(unknown)))


def recognition_sentence(placed, asked, looking) -> str:
    if not asked:
        return _("No talk of this segment counts yet.")
    if not placed:
        return _("Of nobody we talked to it is written down.")
    text = _(
        "Of %(asked)s people we talked to we know it of %(placed)s; %(looking)s of these "
        "look for a solution, and who never looked will hardly buy one."
    )
    said = text % {"asked": asked, "placed": placed, "looking": looking}
    return joined(said, bounds(placed, asked))
