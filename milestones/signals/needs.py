"""Question 5: which outcomes matter most and are served worst, and is the order stable?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interviews.models import NeedRating, Survey
from milestones.signals.answers import newest_answered, standing
from milestones.signals.shape import Signal
from milestones.signals.words import DASH, joined, k_of_n, quoted
from milestones.statistics.opportunity import ENOUGH, Band, Rating, opportunities
from milestones.statistics.stability import STABLE_FROM, rank_stability
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope
    from milestones.statistics.opportunity import Opportunity

SUSPECT_BELOW = 0.0


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    answered = newest_answered(scope.segment, Survey.Kind.NEEDS, now)
    ratings, outcomes = ratings_in(answered, now)
    note = answered.note if answered else ""
    return (ranked(ratings, outcomes, note), stable(ratings))


def ratings_in(answered, now) -> tuple[list[Rating], dict]:
    """In the order people answered, and the words of each need."""
    if answered is None:
        return [], {}
    given = NeedRating.objects.filter(
        standing(now, "response__"), response__survey=answered.survey
    )
    rows = given.order_by(
        *("response__asked_on", "response__recorded_at", "response_id"),
        *("need__level", "need__created_at", "need_id"),
    ).values_list(
        *("response_id", "need_id", "importance", "satisfaction", "need__outcome")
    )
    ratings = [Rating(*row[:4]) for row in rows]
    return ratings, {need: outcome for _who, need, _i, _s, outcome in rows}


def people_in(ratings) -> int:
    return len({rating.person for rating in ratings})


# --- the order -------------------------------------------------------------------
def ranked(ratings, outcomes: dict, note: str) -> Signal:
    """The order is a description; whether it can be relied on is said below it."""
    title = _("Opportunity: important and badly served")
    found = opportunities(ratings)
    if not found:
        sentence = _("Nobody has rated the needs of this segment yet.")
        lacks = _("A survey of needs with answers.")
        return Signal("opportunity", title, sentence, lacks=lacks)
    people = people_in(ratings)
    text = ngettext(
        "%(n)s person rated; first comes %(need)s.",
        "%(n)s people rated; first comes %(need)s.",
        people,
    )
    first = text % {"n": people, "need": quoted(outcomes[found[0].need])}
    return Signal(
        key="opportunity",
        title=title,
        sentence=joined(first, few_sentence(people), note),
        header=(
            *(_("Outcome"), _("Rank"), _("Important to")),
            *(_("Satisfied today"), _("Opportunity, 0 to 20"), _("Reading")),
        ),
        rows=tuple(need_row(one, outcomes) for one in found),
        lacks=few_lacks(people),
    )


def need_row(one: Opportunity, outcomes: dict):
    """Below thirty people only the rank: a score would say too much."""
    return (
        outcomes[one.need],
        str(one.rank),
        k_of_n(one.important, one.people),
        k_of_n(one.satisfied, one.people),
        f"{one.score:.1f}" if one.is_enough else DASH,
        band_words(one.band) if one.is_enough else DASH,
    )


def band_words(band: Band) -> str:
    return {
        Band.EXTREME: _("extreme"),
        Band.STRONG: _("strong"),
        Band.WORTH_A_LOOK: _("worth a look"),
        Band.SERVED: _("served, or unimportant"),
    }[band]


def few_sentence(people: int) -> str:
    if people >= ENOUGH:
        return ""
    return _("Of fewer than %(of)s people only the order is shown.") % {"of": ENOUGH}


def few_lacks(people: int) -> str:
    if people >= ENOUGH:
        return ""
    return _("%(n)s more people, to reach %(of)s.") % {
        "n": ENOUGH - people,
        "of": ENOUGH,
    }


# --- stability -------------------------------------------------------------------
def stable(ratings) -> Signal:
    """Whether the later half of people gave the order of the earlier half."""
    people, tau = people_in(ratings), rank_stability(ratings)
    title = _("Is the order stable?")
    if tau is None:
        sentence = _("Two halves that order the needs cannot be compared yet.")
        lacks = few_lacks(people) or _("Needs that people rate differently.")
        return Signal("rank_stability", title, sentence, lacks=lacks)
    is_enough = people >= ENOUGH
    text = _(
        "Between the first and the second half of %(n)s people τ is %(tau)s; from 0.6 on "
        "the order is stable."
    )
    return Signal(
        key="rank_stability",
        title=title,
        verdict=stability_verdict(tau) if is_enough else Verdict.CANNOT_SAY,
        sentence=text % {"n": people, "tau": f"{tau:.2f}"},
        lacks=few_lacks(people),
        is_instrument=is_enough,
    )


def stability_verdict(tau: float) -> Verdict:
    """Under 0 the halves rank rather the other way round."""
    if tau >= STABLE_FROM:
        return Verdict.SUPPORTS
    return Verdict.CONTRADICTS if tau < SUSPECT_BELOW else Verdict.CANNOT_SAY
