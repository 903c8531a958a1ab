"""Question 8: does the sale take the same way every time, for the same price, and by
others than the founders? From the last deals that were closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import show
from discovery.models import BuyingRole
from interviews.models import Grade, Interview
from milestones.known import finished_in
from milestones.signals.deals import closed_deals
from milestones.signals.proven import voices_with
from milestones.signals.shape import Signal
from milestones.signals.words import (
    bounds,
    half_of,
    joined,
    k_of_n,
    never_against,
    share,
    strips,
    voices,
)
from milestones.statistics import road_map
from milestones.statistics.road_map import LEAST_DEALS, ClosedDeal, Spread
from milestones.statistics.verdict import verdict_of
from milestones.statistics.wilson import wilson
from milestones.support import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from milestones.scope import Scope

Kind = Interview.Kind
KINDS = (Kind.SALES, Kind.WIN_LOSS)
ROLES = dict(BuyingRole.Role.choices)


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    deals = closed_deals(scope, now)
    return (
        same_way(deals),
        cycle(deals),
        won(deals),
        prices(deals),
        sold_by_others(deals),
        foreseen(deals),
        champion(deals),
        talks(scope, now),
    )


def enough(n: int) -> str:
    """What is lacking: six are wanted before anything is said."""
    missing = LEAST_DEALS - n
    if missing <= 0:
        return ""
    return ngettext(
        "%(n)s more deal; six are wanted.", "%(n)s more deals; six are wanted.", missing
    ) % {"n": missing}


# --- the way ---------------------------------------------------------------------
def same_way(deals: Sequence[ClosedDeal]) -> Signal:
    """Instrument from six closed deals on."""
    title = _("Does every sale take the same way?")
    path = road_map.path_of(deals)
    if path is None:
        sentence = _("No deal was won whose steps are known.")
        lacks = _("Closed deals with their dated steps; six are wanted.")
        return Signal("road_map", title, sentence, lacks=lacks)
    k, n = path.share.hits, path.share.asked
    is_enough = n >= LEAST_DEALS
    text = _("%(k)s closed deals took the way of most: %(way)s.")
    told = text % {"k": k_of_n(k, n), "way": " → ".join(path.steps)}
    return Signal(
        key="road_map",
        title=title,
        sentence=joined(told, bounds(k, n)),
        verdict=path_verdict(k, n) if is_enough else Verdict.CANNOT_SAY,
        header=(_("Step"), _("Place")),
        rows=tuple((step, str(n)) for n, step in enumerate(path.steps, start=1)),
        figure=strips([share(_("Way of most"), k, n)], threshold=road_map.PATH_FROM),
        lacks=joined(enough(n), stepless(path.without)),
        is_instrument=is_enough,
    )


def path_verdict(k: int, n: int) -> Verdict:
    found = verdict_of(
        wilson(k, n), at_least=road_map.PATH_FROM, below=road_map.PATH_UNDER
    )
    return Verdict(found)


def stepless(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "The steps of %(n)s closed deal.", "The steps of %(n)s closed deals.", n
    ) % {"n": n}


def cycle(deals: Sequence[ClosedDeal]) -> Signal:
    """Instrument from six deals won on."""
    title = _("Does it take about as long every time?")
    found = road_map.cycle_of(deals)
    if found is None:
        sentence = _("No deal was won yet.")
        return Signal("sales_cycle", title, sentence, lacks=enough(0))
    is_enough = found.count >= LEAST_DEALS
    ratio = found.ratio
    is_even = is_enough and ratio is not None and ratio <= road_map.SPREAD_UP_TO
    text = _("Half of the deals won took %(low)s to %(high)s days, the middle %(m)s.")
    told = text % {**days_of(found), "m": show(found.middle)}
    return Signal(
        key="sales_cycle",
        title=title,
        sentence=joined(told, spread_words(ratio)),
        verdict=Verdict.SUPPORTS if is_even else Verdict.CANNOT_SAY,
        lacks=enough(found.count),
        is_instrument=is_enough,
    )


def days_of(found: Spread) -> dict[str, str]:
    return {"low": show(found.low), "high": show(found.high)}


def spread_words(ratio: float | None) -> str:
    if ratio is None:
        return ""
    text = _("Spread over middle: %(ratio)s; up to %(mark)s they are alike.")
    return text % {"ratio": show(ratio), "mark": show(road_map.SPREAD_UP_TO)}


def won(deals: Sequence[ClosedDeal]) -> Signal:
    title = _("How many deals are won?")
    found = road_map.win_rate(deals)
    k, n = found.hits, found.asked
    if not n:
        sentence = _("No deal is closed yet.")
        return Signal("win_rate", title, sentence, lacks=enough(0))
    told = _("%(k)s closed deals were won, counted from the day they were opened.")
    return Signal(
        key="win_rate",
        title=title,
        sentence=joined(told % {"k": k_of_n(k, n)}, bounds(k, n)),
        figure=strips([share(_("Won"), k, n)], threshold=None),
        lacks=enough(n),
    )


# --- price, people, days ---------------------------------------------------------
def prices(deals: Sequence[ClosedDeal]) -> Signal:
    title = _("Is it sold at its price?")
    percents = road_map.discounts(deals)
    near = road_map.near_list(percents)
    spread = road_map.spread_of([float(one) for one in percents])
    if spread is None:
        sentence = _("No deal was won whose list price and price paid are known.")
        return Signal("price_variance", title, sentence, lacks=enough(0))
    text = _(
        "%(k)s deals won were paid within %(near)s %% of the list price. Half were paid "
        "at %(low)s to %(high)s %% of it, the middle at %(m)s %%."
    )
    told = text % {
        "k": k_of_n(near.hits, near.asked),
        "near": road_map.NEAR_LIST,
        **days_of(spread),
        "m": show(spread.middle),
    }
    is_enough = near.asked >= LEAST_DEALS
    verdict = half_of(near.hits, near.asked) if is_enough else Verdict.CANNOT_SAY
    return Signal(
        key="price_variance",
        title=title,
        sentence=told,
        verdict=verdict,
        figure=strips([share(_("Near the list price"), near.hits, near.asked)]),
        lacks=enough(near.asked),
    )


def sold_by_others(deals: Sequence[ClosedDeal]) -> Signal:
    """That founders sell first is right: it never speaks against the claim."""
    title = _("Do others than founders sell it?")
    found = road_map.by_others(deals)
    k, n = found.hits, found.asked
    if not n:
        sentence = _("No deal was won that names who sold it.")
        return Signal("sold_by_others", title, sentence, lacks=enough(0))
    told = _("%(k)s deals won were sold by somebody who is no founder.")
    is_enough = n >= LEAST_DEALS
    return Signal(
        key="sold_by_others",
        title=title,
        sentence=joined(told % {"k": k_of_n(k, n)}, bounds(k, n)),
        verdict=never_against(half_of(k, n)) if is_enough else Verdict.CANNOT_SAY,
        figure=strips([share(_("By others"), k, n)]),
        lacks=enough(n),
    )


def foreseen(deals: Sequence[ClosedDeal]) -> Signal:
    title = _("Do deals close when they are expected to?")
    found = road_map.lateness(deals)
    if found is None:
        sentence = _("No closed deal has a day on which its close was expected.")
        return Signal("close_date_error", title, sentence, lacks=enough(0))
    text = _(
        "Of %(n)s closed deals half closed %(low)s to %(high)s days after the day "
        "expected, the middle %(m)s; below zero is sooner."
    )
    told = text % {"n": found.count, **days_of(found), "m": show(found.middle)}
    return Signal("close_date_error", title, told, lacks=enough(found.count))


def champion(deals: Sequence[ClosedDeal]) -> Signal:
    title = _("Is it the same role that fights for it?")
    found = road_map.champions(deals)
    k, n = found.hits, found.asked
    if not n:
        sentence = _("No deal was won whose champion has a known role.")
        return Signal("champions", title, sentence, lacks=enough(0))
    if road_map.differ_every_time(deals):
        sentence = _("Each of %(n)s deals won had a champion of another role.")
        told, verdict = sentence % {"n": n}, Verdict.CONTRADICTS
    else:
        text = _("In %(k)s deals won it was the same role: %(role)s.")
        told = text % {"k": k_of_n(k, n), "role": ROLES[found.name]}
        is_enough = n >= LEAST_DEALS
        verdict = never_against(half_of(k, n)) if is_enough else Verdict.CANNOT_SAY
    return Signal(
        key="champions",
        title=title,
        sentence=told,
        verdict=verdict,
        lacks=enough(n),
    )


# --- talks about sales -----------------------------------------------------------
def talks(scope: Scope, now: datetime) -> Signal:
    held = finished_in(scope.segment, now).filter(kind__in=KINDS)
    counted = (
        held.order_by()
        .values("kind")
        .annotate(
            n=Count("pk", distinct=True),
            organisations=Count("people__organisation", distinct=True),
            people=Count("people", distinct=True),
        )
    )
    found = {row["kind"]: row for row in counted}
    paid = len(voices_with(scope, 8, now, grade=Grade.MONEY))
    text = _(
        "%(sales)s sales talks and %(win_loss)s about a win or a loss were held; "
        "%(paid)s put down money."
    )
    by_organisation = scope.workspace.sells_to_businesses
    return Signal(
        key="sales_talks",
        title=_("Talks that a road map is drawn from"),
        sentence=text
        % {
            "sales": count(found, Kind.SALES),
            "win_loss": count(found, Kind.WIN_LOSS),
            "paid": voices(paid, by_organisation=by_organisation),
        },
        header=(_("Talks"), _("Held"), _("Organisations"), _("People")),
        rows=tuple(talk_row(kind, found) for kind in KINDS),
    )


def count(found: dict, kind, name: str = "n") -> int:
    return found[kind][name] if kind in found else 0


def talk_row(kind, found: dict):
    numbers = (count(found, kind, name) for name in ("n", "organisations", "people"))
    return (str(kind.label), *(str(number) for number in numbers))
