"""Who does the talking: of the talks that count, how many did those lead who decide?

Only somebody who can change course on the spot hears a talk as it should be heard, so the
venture's own leadership asks, one customer at a time. Below one half this warns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, QuerySet

from core.models import Membership
from interviews.models import Interview

if TYPE_CHECKING:
    from core.models import Workspace


@dataclass(frozen=True)
class Tally:
    """Talks that count, by how many customers sat in them, and how many of each
    somebody of the leadership asked in."""

    alone: int = 0
    group: int = 0
    alone_led: int = 0
    group_led: int = 0

    @property
    def talks(self) -> int:
        return self.alone + self.group

    @property
    def led(self) -> int:
        return self.alone_led + self.group_led

    @property
    def is_short(self) -> bool:
        """Leadership asked in fewer than half of them."""
        return 2 * self.led < self.talks


@dataclass(frozen=True)
class RoleLine:
    """`role`: its label, empty for people who are on the team no longer."""

    role: str
    alone: int
    group: int

    @property
    def talks(self) -> int:
        return self.alone + self.group


@dataclass(frozen=True)
class PersonLine:
    name: str
    role: str
    leads: bool
    alone: int
    group: int

    @property
    def talks(self) -> int:
        return self.alone + self.group


@dataclass(frozen=True)
class Talking:
    """`unnamed`: talks of the total that name nobody who asked. A talk that two people
    of a role led counts once for the role, and once for each of them."""

    total: Tally
    roles: tuple[RoleLine, ...]
    people: tuple[PersonLine, ...]
    unnamed: int


def talking_of(
    workspace: Workspace, *, since: date | None = None, until: date | None = None
) -> Talking:
    """Talks held from `since` to `until`, both included, in three queries."""
    talks = held_between(
        Interview.objects.in_workspace(workspace).qualifying(), since, until, workspace
    )
    customers = talks.order_by().annotate(n=Count("people"))
    is_group = {pk: n > 1 for pk, n in customers.values_list("pk", "n")}
    asked = askers_of(talks)
    team = Membership.objects.in_workspace(workspace).select_related("user")
    members = {one.user_id: one for one in team}
    leaders = {pk for pk, one in members.items() if one.is_leadership}
    return Talking(
        total=tally_of(is_group, asked, leaders),
        roles=roles_of(is_group, asked, members),
        people=people_of(is_group, asked, members),
        unnamed=sum(pk not in asked for pk in is_group),
    )


def held_between(
    talks: QuerySet[Interview],
    since: date | None,
    until: date | None,
    workspace: Workspace,
) -> QuerySet[Interview]:
    """By the days of the venture's own calendar."""
    if since:
        talks = talks.filter(held_at__gte=midnight(since, workspace))
    if until:
        after = until + timedelta(days=1)
        talks = talks.filter(held_at__lt=midnight(after, workspace))
    return talks


def midnight(day: date, workspace: Workspace) -> datetime:
    return datetime.combine(day, time.min, tzinfo=workspace.zone)


def askers_of(talks: QuerySet[Interview]) -> dict[UUID, set[UUID]]:
    """Talk → who of the team asked in it."""
    pairs = Interview.interviewers.through.objects.filter(
        interview__in=talks.order_by().values("pk")
    )
    found = defaultdict(set)
    for talk, user in pairs.values_list("interview", "user"):
        found[talk].add(user)
    return dict(found)


def tally_of(is_group, asked, leaders) -> Tally:
    counted = Counter(
        (group, bool(asked.get(pk, set()) & leaders)) for pk, group in is_group.items()
    )
    return Tally(
        alone=counted[False, True] + counted[False, False],
        group=counted[True, True] + counted[True, False],
        alone_led=counted[False, True],
        group_led=counted[True, True],
    )


def by_key(is_group, asked, keys_of) -> dict:
    """key → talks with one customer and with several; a talk counts once for a key."""
    found: dict = defaultdict(Counter)
    for talk, users in asked.items():
        for key in {keys_of(user) for user in users}:
            found[key][is_group[talk]] += 1
    return found


def roles_of(is_group, asked, members) -> tuple[RoleLine, ...]:
    def label(user):
        member = members.get(user)
        return str(member.get_role_display()) if member else ""

    found = by_key(is_group, asked, label)
    lines = (RoleLine(role, n[False], n[True]) for role, n in found.items())
    return tuple(most_first(lines, lambda line: line.role))


def people_of(is_group, asked, members) -> tuple[PersonLine, ...]:
    found = by_key(is_group, asked, lambda user: user)
    lines = (
        PersonLine(
            name=str(member.user),
            role=str(member.get_role_display()),
            leads=member.is_leadership,
            alone=found[pk][False],
            group=found[pk][True],
        )
        for pk, member in members.items()
        if pk in found
    )
    return tuple(most_first(lines, lambda line: line.name))


def most_first(lines: Iterable, name) -> list:
    return sorted(lines, key=lambda line: (-line.talks, name(line)))
