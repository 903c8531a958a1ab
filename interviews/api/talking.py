"""Who does the talking, over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from core.api import PolicyRouter, cleaned, token_may
from core.models import Permission
from interviews.forms.periods import PeriodForm
from interviews.reports.talking import Tally, talking_of

router = PolicyRouter(tags=["interviews"])


class TalkedOut(Schema):
    """Talks that count: `alone` with one customer, `group` with several."""

    talks: int
    alone: int
    group: int


class RoleTalkedOut(TalkedOut):
    """`role` is empty for people who are on the team no longer."""

    role: str


class AskerOut(TalkedOut):
    """`leads`: whether this member leads the venture."""

    name: str
    role: str
    leads: bool


class TalkingOut(TalkedOut):
    """`led`: in how many of them somebody of the leadership asked; `led_percent` of all,
    rounded down, null before any talk counts. `is_short`: that is fewer than half.
    `unnamed`: talks that name nobody who asked. A talk that two people led counts once
    for each, and once for a role."""

    since: date | None
    until: date | None
    led: int
    alone_led: int
    group_led: int
    led_percent: int | None
    is_short: bool
    unnamed: int
    roles: list[RoleTalkedOut]
    people: list[AskerOut]


@router.get("/talking", response=TalkingOut, auth=token_may(Permission.VIEW))
def talking(request, since: date | None = None, until: date | None = None):
    """Of all talks that count, or of those held from `since` to `until`, both included
    and of the venture's calendar. It names the team, and nobody who was asked."""
    days = cleaned(PeriodForm({"since": since, "until": until}))
    found = talking_of(request.workspace, **days)
    return (
        days
        | counted(found.total)
        | {
            "unnamed": found.unnamed,
            "roles": list(found.roles),
            "people": list(found.people),
        }
    )


def counted(total: Tally) -> dict[str, Any]:
    names = ("talks", "alone", "group", "led", "alone_led", "group_led", "is_short")
    percent = 100 * total.led // total.talks if total.talks else None
    return {name: getattr(total, name) for name in names} | {"led_percent": percent}
