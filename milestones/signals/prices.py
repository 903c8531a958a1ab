"""Question 2: which prices they call acceptable, and whether anybody holds a budget."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import money
from core.charts.curve import Curve, CurveChart, Mark, curve_chart
from discovery.models import BuyingRole
from interviews.models import Grade, PriceAnswer, Survey
from milestones.reports.mentions import asked_of
from milestones.signals.answers import newest_answered, standing
from milestones.signals.proven import voices_with
from milestones.signals.roles import organisations_with, share_of_organisations
from milestones.signals.shape import Signal
from milestones.signals.words import DASH, joined
from milestones.statistics.price_sensitivity import (
    ENOUGH,
    Prices,
    Sensitivity,
    sensitivity,
)

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope
    from milestones.signals.answers import Answered
    from milestones.statistics.price_sensitivity import Crossing

FIELDS = (
    *("too_cheap_minor", "cheap_minor"),
    *("expensive_minor", "too_expensive_minor"),
)


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    answered = newest_answered(scope.segment, Survey.Kind.PRICE, now)
    prices = prices_in(answered, now)
    found = sensitivity(prices)
    return (
        price_range(answered, found, len(prices)),
        stated_against_paid(scope, answered, prices, now),
        budget_named(scope, now),
    )


def prices_in(answered: Answered | None, now) -> list[Prices]:
    if answered is None:
        return []
    rows = PriceAnswer.objects.filter(
        standing(now, "response__"), response__survey=answered.survey
    )
    return [Prices(*row) for row in rows.values_list(*FIELDS)]


# --- the range -------------------------------------------------------------------
def price_range(answered, found: Sensitivity | None, given: int) -> Signal:
    """Stated prices alone never say what somebody will pay."""
    title = _("Prices they call acceptable (Van Westendorp)")
    if found is None:
        sentence = _("Nobody has answered the four price questions in order yet.")
        if given:
            sentence = _("None of the %(n)s answers has its prices in order.") % {
                "n": given
            }
        lacks = _("A price survey with answers.")
        return Signal("price_range", title, sentence, lacks=lacks)
    currency = answered.survey.currency
    return Signal(
        key="price_range",
        title=title,
        sentence=joined(range_sentence(found, currency), answered.note),
        header=(_("Price"), _("At"), _("Where the curves cross")),
        rows=range_rows(found, currency),
        figure=price_chart(found, currency),
        lacks=few_answers(found),
    )


def range_sentence(found: Sensitivity, currency: str) -> str:
    low, high = found.narrow
    text = _(
        "%(n)s ordered answers call prices from %(low)s to %(high)s acceptable (narrow "
        "range); fewest object at %(optimal)s. Stated prices are no paid ones."
    )
    said = text % {
        "n": found.counted,
        "low": amount(low.middle, currency),
        "high": amount(high.middle, currency),
        "optimal": at(found.optimal, currency),
    }
    return joined(
        said,
        _("Directional only.") if found.is_directional else "",
        dropped_sentence(found.dropped),
    )


def dropped_sentence(dropped: int) -> str:
    if not dropped:
        return ""
    text = ngettext(
        "%(n)s answer was not in order and is left out.",
        "%(n)s answers were not in order and are left out.",
        dropped,
    )
    return text % {"n": dropped}


def few_answers(found: Sensitivity) -> str:
    if not found.is_directional:
        return ""
    return _("%(n)s more ordered answers, to reach %(of)s.") % {
        "n": ENOUGH - found.counted,
        "of": ENOUGH,
    }


def range_rows(found: Sensitivity, currency: str) -> tuple[tuple[str, ...], ...]:
    narrow, original = found.narrow, found.original
    crossings = (
        (_("Optimal price point"), found.optimal, _("too cheap × too expensive")),
        (_("Indifference price"), found.indifference, _("cheap × expensive")),
        (_("Narrow range, from"), narrow[0], _("too cheap × expensive")),
        (_("Narrow range, to"), narrow[1], _("cheap × too expensive")),
        (_("Original range, from"), original[0], _("too cheap × not cheap")),
        (_("Original range, to"), original[1], _("not expensive × too expensive")),
    )
    return tuple((name, at(one, currency), how) for name, one, how in crossings)


def at(crossing: Crossing, currency: str) -> str:
    """A stretch shows both ends, since the curves are equal all along."""
    middle = amount(crossing.middle, currency)
    if not crossing.is_flat:
        return middle
    return _("%(middle)s (flat from %(low)s to %(high)s)") % {
        "middle": middle,
        "low": amount(crossing.low, currency),
        "high": amount(crossing.high, currency),
    }


def amount(minor, currency: str) -> str:
    """As in €24.50, or CHF 24.50."""
    shown, sign = money.show_amount(round(minor), currency), money.sign(currency)
    return f"{sign}{shown}" if len(sign) == 1 else f"{sign} {shown}"


def price_chart(found: Sensitivity, currency: str) -> CurveChart:
    def curve(name, field, *, is_strong, is_second=False):
        points = [
            (whole(step.price, currency), getattr(step, field)) for step in found.steps
        ]
        return Curve(name, tuple(points), is_strong=is_strong, is_second=is_second)

    low, high = (whole(end.middle, currency) for end in found.narrow)
    optimal = found.optimal.middle
    return curve_chart(
        [
            curve(_("Too cheap"), "too_cheap", is_strong=False),
            curve(_("Cheap"), "cheap", is_strong=True),
            curve(_("Expensive"), "expensive", is_strong=True, is_second=True),
            curve(_("Too expensive"), "too_expensive", is_strong=False, is_second=True),
        ],
        key="prices",
        title=_("Share of people by price, in %(currency)s") % {"currency": currency},
        description=_("Four curves over the price. The table below has the crossings."),
        caption=_(
            "Too cheap: dashed. Cheap: solid. Expensive: long dashes. Too expensive: "
            "dotted. Shaded: the narrow range."
        ),
        unit=money.sign(currency),
        shade=(low, high),
        mark=Mark(
            whole(optimal, currency),
            _("Optimal %(price)s") % {"price": amount(optimal, currency)},
        ),
    )


def whole(minor, currency: str) -> float:
    """In units of the currency, for the scale of a picture."""
    return float(minor) / 10 ** money.places(currency)


# --- stated and paid -------------------------------------------------------------
def stated_against_paid(scope, answered, prices: list[Prices], now) -> Signal:
    ordered = [one for one in prices if one.is_ordered]
    paid = len(voices_with(scope, 2, now, grade=Grade.MONEY))
    text = ngettext(
        "%(n)s independent customer has put down money.",
        "%(n)s independent customers have put down money.",
        paid,
    )
    said = joined(
        text % {"n": paid}, _("What they paid cannot be compared with what was said.")
    )
    rows = ()
    if ordered:
        currency = answered.survey.currency
        cheap = median(one.cheap for one in ordered)
        expensive = median(one.expensive for one in ordered)
        rows = (
            (_("Stated: cheap, median"), amount(cheap, currency)),
            (_("Stated: expensive, median"), amount(expensive, currency)),
            (_("Paid, median"), DASH),
        )
    return Signal(
        key="stated_against_paid",
        title=_("Stated against paid prices"),
        sentence=said,
        header=(_("Price"), _("At")),
        rows=rows,
        lacks=_("Paid prices: they belong to deals, which are not kept yet."),
    )


# --- the budget ------------------------------------------------------------------
def budget_named(scope, now) -> Signal:
    asked = asked_of(scope, now)
    holders = organisations_with(scope, BuyingRole.Role.ECONOMIC_BUYER, now)
    return share_of_organisations(
        asked,
        len(asked.organisations & holders),
        key="budget_owner_named",
        title=_("Somebody with the budget is named"),
        text=_("In %(k)s of %(n)s organisations we know who holds the budget."),
    )
