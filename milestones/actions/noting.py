"""States of questions are noted whenever they change, by the scheduler.

A state is worked out without holding the database, and written only if nobody else
noted the same venture meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from core.models import ActivityEntry, Workspace
from milestones.actions.challenges import settle_challenges
from milestones.models import BoardPulse, QuestionState
from milestones.noted import to_json
from milestones.reports.noting import Found, states_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# What was written by a slow transaction may bear an earlier time than our last look.
SLOWEST_WRITE = timedelta(minutes=1)
# After a longer standstill the days in between are not worked out one by one.
MOST_DAYS = 31


def note_due(now: datetime) -> dict[str, int]:
    """Notes every venture in which something happened, or a new day began.

    One that cannot be worked out does not keep the others from being noted.
    """
    failed = []
    for workspace in due(now):
        try:
            note_states(workspace, now=now)
        except Exception as error:
            error.add_note(f"venture {workspace.pk}")
            failed.append(error)
    if failed:
        raise ExceptionGroup("states could not be noted", failed)
    return {}


def due(now: datetime) -> list[Workspace]:
    known = ActivityEntry.objects.filter(workspace=OuterRef("pk"), at__lte=now)
    latest = known.order_by("-at")
    ventures = Workspace.objects.select_related("board_pulse").annotate(
        last_at=Subquery(latest.values("at")[:1])
    )
    return [venture for venture in ventures if is_due(venture, now)]


def is_due(venture: Any, now: datetime) -> bool:
    """Also when the last look bears a later time: the clock was set back since."""
    pulse = pulse_of(venture)
    if pulse is None or pulse.noted_on < venture.today(now) or pulse.noted_at > now:
        return True
    return bool(venture.last_at and venture.last_at >= pulse.noted_at - SLOWEST_WRITE)


def pulse_of(workspace: Workspace) -> BoardPulse | None:
    return getattr(workspace, "board_pulse", None)


def note_states(workspace: Workspace, *, now: datetime) -> int:
    """How many questions stood elsewhere than noted; each day at its end, then now."""
    pulse = pulse_of(workspace)
    moments = [now] if pulse is None else moments_between(pulse, workspace, now)
    count = 0
    for moment in moments:
        found = list(states_of(workspace, moment))
        rows = changed(found, moment)
        if not keep(workspace, pulse, rows, moment):
            return count
        count += len(rows)
    settle(found, now)
    return count


def note_moment(workspace: Workspace, moment: datetime) -> None:
    """As if the scheduler had come by then: for history that is written afterwards."""
    BoardPulse.objects.update_or_create(
        workspace=workspace,
        defaults={"noted_at": moment, "noted_on": workspace.today(moment)},
    )
    found = list(states_of(workspace, moment))
    QuestionState.objects.bulk_create(changed(found, moment))


def settle(found: list[Found], now: datetime) -> None:
    """Rounds run out without anybody writing: what waited for that happens here."""
    for one in found:
        if one.facts.scores:
            settle_challenges(one.question, one.facts, now=now)


def moments_between(
    pulse: BoardPulse, workspace: Workspace, now: datetime
) -> Iterator[datetime]:
    """The ends of the days since the last look, and now.

    Talks and people are read as they are now. So a day's end is left out when all that
    happened since the last look came after it: what was noted then says it better.
    """
    today, since = workspace.today(now), pulse.noted_at
    day = max(pulse.noted_on, today - timedelta(days=MOST_DAYS))
    while day < today:
        end = last_moment(day, workspace.zone)
        if has_activity(workspace, since, end) or not has_activity(workspace, end, now):
            yield end
            since = end
        day += timedelta(days=1)
    yield now


def has_activity(workspace: Workspace, after: datetime, until: datetime) -> bool:
    entries = ActivityEntry.objects.filter(workspace=workspace)
    return entries.filter(at__gt=after, at__lte=until).exists()


def last_moment(day: Any, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return midnight - timedelta(microseconds=1)


def changed(found: list[Found], moment: datetime) -> list[QuestionState]:
    return [
        QuestionState(
            workspace=one.question.workspace,
            question=one.question,
            at=moment,
            supported=one.noted.support.level,
            state=plain(one.noted),
        )
        for one in found
        if one.before is None or plain(one.noted) != plain(one.before)
    ]


def plain(noted: Any) -> Any:
    return json.loads(json.dumps(to_json(noted)))


@transaction.atomic
def keep(
    workspace: Workspace,
    pulse: BoardPulse | None,
    rows: list[QuestionState],
    moment: datetime,
) -> bool:
    """False when somebody else noted the venture since `pulse` was read; None where
    nobody had noted it yet."""
    noted = {"noted_at": moment, "noted_on": workspace.today(moment)}
    if pulse is None:
        same = {"workspace": workspace, "defaults": noted}
        _pulse, is_mine = BoardPulse.objects.get_or_create(**same)
    else:
        known = BoardPulse.objects.filter(pk=pulse.pk, noted_at=pulse.noted_at)
        is_mine = bool(known.update(**noted))
        pulse.noted_at, pulse.noted_on = noted["noted_at"], noted["noted_on"]
    if is_mine:
        QuestionState.objects.bulk_create(rows)
    return is_mine
