"""Question 7: would they miss it, and do they pay again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from interviews.models import Grade, MustHaveAnswer, Survey
from milestones.signals.answers import newest_answered, standing
from milestones.signals.proven import grades_of
from milestones.signals.shape import Signal
from milestones.signals.words import bounds, joined, k_of_n, share, strips, voices
from milestones.statistics.must_have import ENOUGH, THRESHOLD, Felt, MustHave, must_have
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope

ENOUGH_RETURNED = 5


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    answered = newest_answered(scope.segment, Survey.Kind.MUST_HAVE, now)
    return (missed(answered, now), paid_again(scope, now))


def missed(answered, now) -> Signal:
    title = _("They would miss it (Ellis)")
    found = must_have(felt_in(answered, now))
    if not found.counting:
        return not_asked(title, found)
    return Signal(
        key="must_have",
        title=title,
        verdict=Verdict(found.verdict),
        sentence=joined(missed_sentence(found), dropped(found), answered.note),
        header=(_("If they could no longer use it"), _("People who use it")),
        rows=(
            (_("very disappointed"), k_of_n(found.very, found.counting)),
            (_("somewhat disappointed"), k_of_n(found.somewhat, found.counting)),
            (_("not disappointed"), k_of_n(found.not_at_all, found.counting)),
        ),
        figure=strips(
            [share(_("Very disappointed"), found.very, found.counting)],
            threshold=THRESHOLD,
        ),
        lacks=few(found),
        is_instrument=found.is_enough,
    )


def felt_in(answered, now):
    if answered is None:
        return []
    rows = MustHaveAnswer.objects.filter(
        standing(now, "response__"), response__survey=answered.survey
    )
    return [Felt(*row) for row in rows.values_list("feeling", "uses_last_14_days")]


def not_asked(title, found: MustHave) -> Signal:
    sentence = _(
        "Nobody who uses it was asked. Before there is a product in use, money and the "
        "rank of the problem say more."
    )
    lacks = _("Answers of people who used it twice within 14 days.")
    return Signal("must_have", title, joined(sentence, dropped(found)), lacks=lacks)


def missed_sentence(found: MustHave) -> str:
    text = _(
        "%(very)s of %(n)s people who use it would be very disappointed without it."
    )
    said = text % {"very": found.very, "n": found.counting}
    return joined(
        said,
        bounds(found.very, found.counting),
        _("Wanted are 40 % on its lower bound, of 30 people at least."),
    )


def dropped(found: MustHave) -> str:
    if not found.dropped:
        return ""
    return _("%(n)s of %(of)s answers do not count: too few uses.") % {
        "n": found.dropped,
        "of": found.asked,
    }


def few(found: MustHave) -> str:
    if found.is_enough:
        return ""
    return _("%(n)s more answers that count, to reach %(of)s.") % {
        "n": ENOUGH - found.counting,
        "of": ENOUGH,
    }


def paid_again(scope: Scope, now) -> Signal:
    grades = grades_of(scope, 7, now, least=Grade.MONEY).values()
    paid = sum(grade >= Grade.MONEY for grade in grades)
    again = sum(grade >= Grade.REPEAT for grade in grades)
    text = _("%(paid)s paid; %(again)s of them paid again. Wanted are five who did.")
    by_organisation = scope.workspace.sells_to_businesses
    return Signal(
        key="paid_again",
        title=_("They paid, and paid again"),
        verdict=Verdict.SUPPORTS if again >= ENOUGH_RETURNED else Verdict.CANNOT_SAY,
        sentence=text
        % {"paid": voices(paid, by_organisation=by_organisation), "again": again},
        lacks="" if paid else _("Evidence of grade E6 or better on this question."),
    )
