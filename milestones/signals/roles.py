"""Question 4: whom of each organisation we met."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import show
from discovery.models import BuyingRole
from milestones.known import stood
from milestones.reports.mentions import asked_of
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
)
from milestones.statistics.wilson import wilson

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.reports.mentions import Asked
    from milestones.scope import Scope

ENOUGH_ROLES = 3
ROLES = gettext_lazy("What each person is in the purchase.")


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    asked = asked_of(scope, now)
    met = roles_met(scope, asked, now)
    buyers = sum(BuyingRole.Role.ECONOMIC_BUYER in roles for roles in met.values())
    return (
        roles_per_organisation(asked, met),
        share_of_organisations(
            asked,
            buyers,
            key="economic_buyer_met",
            title=_("The economic buyer was met"),
            text=_("In %(k)s of %(n)s organisations we met who signs."),
        ),
    )


def roles_of(scope: Scope, now):
    """Of people who are not in the trash; archived ones still count."""
    kept = stood(now, since="created_at", until="trashed_at", path="person__")
    return BuyingRole.objects.in_workspace(scope.workspace).filter(kept)


def organisations_with(scope: Scope, role, now) -> set:
    """Those somebody of whom has the role, met or not."""
    rows = roles_of(scope, now).filter(role=role, person__organisation__isnull=False)
    return set(rows.values_list("person__organisation_id", flat=True))


def roles_met(scope: Scope, asked: Asked, now) -> dict:
    """Every organisation with a qualifying talk → the roles of those who were there."""
    met = {organisation: set() for organisation in asked.organisations}
    for person, role in roles_of(scope, now).values_list("person_id", "role"):
        organisation = asked.organisation_of.get(person)
        if organisation is not None:
            met[organisation].add(role)
    return met


def roles_per_organisation(asked: Asked, met: dict) -> Signal:
    title = _("Roles met in each organisation")
    if not (asked.by_organisation and met):
        return without_organisations("roles_met", title, asked)
    counts = [len(roles) for roles in met.values()]
    if not any(counts):
        sentence = _(
            "Of nobody we met it is written down what they are in the purchase."
        )
        return Signal("roles_met", title, sentence, lacks=str(ROLES))
    enough, n = sum(count >= ENOUGH_ROLES for count in counts), len(met)
    text = _(
        "A median of %(median)s roles in %(n)s organisations; in %(k)s of them three or more."
    )
    said = text % {"median": show(median(counts)), "n": n, "k": enough}
    return Signal(
        key="roles_met",
        title=title,
        verdict=half_of(enough, n),
        sentence=joined(said, bounds(enough, n)),
        header=(_("Role"), _("Organisations where we met one"), _("95 % interval")),
        rows=role_rows(met),
        figure=strips([share(_("Three roles or more"), enough, n)]),
        is_instrument=True,
    )


def role_rows(met: dict):
    holders = defaultdict(int)
    for roles in met.values():
        for role in roles:
            holders[role] += 1
    n = len(met)
    return tuple(
        (str(label), k_of_n(holders[role], n), percents(wilson(holders[role], n)))
        for role, label in BuyingRole.Role.choices
    )


def share_of_organisations(asked: Asked, k: int, *, key, title, text) -> Signal:
    """k of all organisations we talked to. None written down says nothing."""
    n = len(asked.organisations)
    if not (asked.by_organisation and n):
        return without_organisations(key, title, asked)
    verdict = half_of(k, n)
    return Signal(
        key=key,
        title=title,
        verdict=verdict if k else never_against(verdict),
        sentence=joined(text % {"k": k, "n": n}, bounds(k, n)),
        figure=strips([share(title, k, n)]),
        lacks="" if k else str(ROLES),
    )


def without_organisations(key, title, asked: Asked) -> Signal:
    if not asked.by_organisation:
        sentence = _("Customers of this venture are people, not organisations.")
        return Signal(key, title, sentence)
    sentence = _("No talk with somebody of an organisation counts yet.")
    return Signal(key, title, sentence, lacks=_("Talks that qualify."))
