"""Question 6: how far up the ladder of the early customer they stand, and who committed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.models import Person, Source
from interviews.models import Grade, Stance
from interviews.reports.rungs import LEAST_GRADE, WORDS
from milestones.known import finished_in, qualifying_in, standing_links
from milestones.reports.mentions import asked_of
from milestones.signals.proven import grades_of
from milestones.signals.shape import Signal
from milestones.signals.words import (
    bounds,
    half_of,
    joined,
    k_of_n,
    never_against,
    percents,
    share,
    strips,
    voices,
)
from milestones.statistics.wilson import wilson
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.reports.mentions import Asked
    from milestones.scope import Scope

ENOUGH_FULL = 3
ENOUGH_MET = 10
ENOUGH_COMMITTED = 3


@dataclass(frozen=True)
class Step:
    """`reached`: this rung and every one below it is proven."""

    number: int
    words: str
    proven: int
    reached: int


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    asked = asked_of(scope, now)
    rungs = rungs_in(scope, asked, now)
    return (
        ladder(asked, steps_of(rungs)),
        commitments(scope, now),
        sourced_cold(scope, now),
    )


# --- the ladder ------------------------------------------------------------------
def rungs_in(scope: Scope, asked: Asked, now) -> dict[Hashable, set[int]]:
    """The proven rungs of each voice that had a qualifying talk; no related parties."""
    enough = Q()
    for rung, grade in LEAST_GRADE.items():
        enough |= Q(rung=rung, grade__gte=grade)
    links = (
        standing_links(now)
        .filter(
            enough,
            stance=Stance.SUPPORTS,
            quote__interview__in=finished_in(scope.segment, now),
            quote__person__is_related_party=False,
        )
        .exclude(quote__person__organisation__is_related_party=True)
    )
    rungs = defaultdict(set)
    for person, rung in links.values_list("quote__person_id", "rung"):
        if person in asked.people:
            rungs[asked.voice_of(person)].add(rung)
    return rungs


def steps_of(rungs: dict) -> list[Step]:
    steps = []
    for number, words in WORDS.items():
        below = set(range(1, number + 1))
        steps.append(
            Step(
                number,
                str(words),
                sum(number in proven for proven in rungs.values()),
                sum(below <= proven for proven in rungs.values()),
            )
        )
    return steps


def ladder(asked: Asked, steps: list[Step]) -> Signal:
    met = len(asked.voices)
    title = _("The ladder of the early customer")
    if not met:
        sentence = _("No talk of this segment counts yet.")
        lacks = _("Talks that qualify.")
        return Signal("early_customer_ladder", title, sentence, lacks=lacks)
    full = steps[-1].reached
    return Signal(
        key="early_customer_ladder",
        title=title,
        verdict=ladder_verdict(full, met),
        sentence=ladder_sentence(full, met, by_organisation=asked.by_organisation),
        header=(
            *(_("Rung"), _("Proven of"), _("With every rung below")),
            *(_("Lost here"), _("95 % interval")),
        ),
        rows=tuple(ladder_rows(steps, met)),
        figure=strips(
            [
                share(_("Rungs 1 to %(n)s") % {"n": s.number}, s.reached, met)
                for s in steps
            ],
            threshold=None,
        ),
        lacks="" if any(s.proven for s in steps) else _("Quotes linked to rungs."),
    )


def ladder_verdict(full: int, met: int) -> Verdict:
    if full >= ENOUGH_FULL:
        return Verdict.SUPPORTS
    is_against = not full and met >= ENOUGH_MET
    return Verdict.CONTRADICTS if is_against else Verdict.CANNOT_SAY


def ladder_sentence(full: int, met: int, *, by_organisation: bool) -> str:
    of = voices(met, by_organisation=by_organisation)
    if not full:
        return _("Nobody meets all five, of %(of)s we talked to.") % {"of": of}
    text = ngettext(
        "%(n)s meets all five, of %(of)s we talked to.",
        "%(n)s meet all five, of %(of)s we talked to.",
        full,
    )
    return text % {"n": full, "of": of}


def ladder_rows(steps: list[Step], met: int):
    before = met
    for step in steps:
        yield (
            f"{step.number}. {step.words}",
            k_of_n(step.proven, met),
            str(step.reached),
            str(before - step.reached),
            percents(wilson(step.reached, met)),
        )
        before = step.reached


# --- commitments -----------------------------------------------------------------
def commitments(scope: Scope, now) -> Signal:
    """Time, reputation or money given, by independent customers."""
    grades = grades_of(scope, 6, now, least=Grade.COMMITMENT).values()
    committed = sum(grade >= Grade.COMMITMENT for grade in grades)
    paid = sum(grade >= Grade.MONEY for grade in grades)
    is_enough = committed >= ENOUGH_COMMITTED and paid >= 1
    text = _(
        "%(committed)s committed time, reputation or money; %(paid)s of them money. Wanted: "
        "three unrelated ones, one of them with money."
    )
    of = voices(committed, by_organisation=scope.workspace.sells_to_businesses)
    return Signal(
        key="commitments",
        title=_("Who committed something"),
        verdict=Verdict.SUPPORTS if is_enough else Verdict.CANNOT_SAY,
        sentence=text % {"committed": of, "paid": paid},
        header=(_("At best"), _("Independent customers")),
        rows=tuple(
            (str(grade.label), str(sum(found == grade for found in grades)))
            for grade in (Grade.COMMITMENT, Grade.MONEY, Grade.REPEAT)
        ),
        lacks=""
        if committed
        else _("Evidence of grade E5 or better on this question."),
        is_instrument=committed > 0,
    )


# --- how we met them -------------------------------------------------------------
def sourced_cold(scope: Scope, now) -> Signal:
    """Friends say yes; whoever nobody introduced shows where the next are found."""
    people = Person.objects.filter(interviews__in=qualifying_in(scope.segment, now))
    rows = people.values_list("pk", "source").distinct()
    sources = [source for _who, source in rows]
    cold, n = sources.count(Source.COLD), len(sources)
    title = _("Met without an introduction")
    if not n:
        sentence = _("No talk of this segment counts yet.")
        return Signal("sourced_cold", title, sentence, lacks=_("Talks that qualify."))
    said = _("%(k)s of %(n)s people were met cold.") % {"k": cold, "n": n}
    return Signal(
        key="sourced_cold",
        title=title,
        verdict=never_against(half_of(cold, n)),
        sentence=joined(said, bounds(cold, n)),
        header=(_("How we met"), _("People")),
        rows=tuple(
            (str(label), k_of_n(sources.count(s), n)) for s, label in Source.choices
        ),
        figure=strips([share(title, cold, n)]),
    )
