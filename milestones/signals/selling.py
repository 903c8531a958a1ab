"""Question 8: does the sale take the same way every time? Deals come with a later
release; until then the talks that a road map is drawn from are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from interviews.models import Grade, Interview
from milestones.known import finished_in
from milestones.signals.proven import voices_with
from milestones.signals.shape import Signal
from milestones.signals.words import voices

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope

Kind = Interview.Kind
KINDS = (Kind.SALES, Kind.WIN_LOSS)


def signals(scope: Scope, now: datetime) -> tuple[Signal, ...]:
    talks = finished_in(scope.segment, now).filter(kind__in=KINDS)
    counted = (
        talks.order_by()
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
    return (
        Signal(
            key="road_map",
            title=_("Does every sale take the same way?"),
            sentence=text
            % {
                "sales": count(found, Kind.SALES),
                "win_loss": count(found, Kind.WIN_LOSS),
                "paid": voices(paid, by_organisation=by_organisation),
            },
            header=(_("Talks"), _("Held"), _("Organisations"), _("People")),
            rows=tuple(talk_row(kind, found) for kind in KINDS),
            lacks=_(
                "Deals with their dated steps, prices and outcome: they are not kept yet. "
                "Six closed ones are wanted."
            ),
        ),
    )


def count(found: dict, kind, name: str = "n") -> int:
    return found[kind][name] if kind in found else 0


def talk_row(kind, found: dict):
    numbers = (count(found, kind, name) for name in ("n", "organisations", "people"))
    return (str(kind.label), *(str(number) for number in numbers))
