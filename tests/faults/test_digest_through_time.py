"""Digests through clocks that jump, zones that change their hour, and long absences.

Time is simulated: a pass of the scheduler is called with the moment it is said to be.
"""

import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core import ticking
from core.activity import log
from core.installation import ClockWatch, Reading, recognise_database
from core.models import Delivery, Installation, Role
from core.weeks import iso_week
from portfolio.actions.digest_readers import set_rhythm
from portfolio.actions.digests import plan_due
from portfolio.models import DigestSubscription
from portfolio.reports.digests import sent_of
from tests.factories import make_member, make_user

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
STORM = os.environ.get("FIELDPROOF_STORM") == "1"
State = Delivery.State
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Pacific/Apia",
)
SETTLED = {State.SENT, State.SKIPPED, State.BOUNCED, State.FAILED, State.UNKNOWN}


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.EMAIL_URL = ""
    settings.TICK_STEPS = [
        "portfolio.actions.digests.plan_due",
        "core.deliveries.dispatch_due",
    ]
    recognise_database(MONDAY)
    return tmp_path


@pytest.fixture
def readers(workspace, owner):
    """One in each zone, of a venture that is worked on all the time."""
    members = [
        make_member(workspace, Role.MEMBER, user=make_user(timezone=zone))
        for zone in ZONES
    ]
    log(
        workspace,
        by=owner,
        verb="venture.changed",
        subject=workspace,
        now=MONDAY + 400 * DAY,
    )
    owner.memberships.all().delete()
    return [member.user for member in members]


def digests():
    return Delivery.objects.filter(kind="digest").select_related("recipient")


def weeks_between(first, last):
    """The ISO week of each Monday from one day to another."""
    days = (first + n * timedelta(weeks=1) for n in count())
    found = []
    for day in days:
        if day > last:
            return found
        found.append(iso_week(day))
    return found


# --- F10: zones ---------------------------------------------------------------------
def test_a_year_around_the_world_has_one_a_week_at_the_readers_own_hour(readers):
    """ISO week 53, and every change of the clocks of 2027 in six zones."""
    now, end = datetime(2026, 12, 12, tzinfo=UTC), datetime(2027, 11, 20, tzinfo=UTC)
    plan_due(now)
    while now < end:
        plan_due(now)
        soonest = DigestSubscription.objects.order_by("next_due").first().next_due
        now = soonest.replace(second=0) + MINUTE

    expected = weeks_between(date(2026, 12, 14), date(2027, 11, 15))
    assert "2026-W53" in expected
    for reader in readers:
        rows = digests().filter(recipient=reader, planned_at__lt=end)
        rows = rows.order_by("planned_at")
        assert [row.period for row in rows] == expected
        hours = {local_hour(row.planned_at, reader.timezone) for row in rows}
        assert min(hours) >= (1, 9, 0)
        assert max(hours) <= (1, 11, 1)


def local_hour(moment, zone):
    local = moment.astimezone(ZoneInfo(zone))
    return local.isoweekday(), local.hour, local.minute


# --- F10: clocks that jump ----------------------------------------------------------
class Clock:
    """A wall clock beside the true time; beat reads both at each tick."""

    def __init__(self, start):
        self.true, self.offset, self.watch = start, timedelta(), ClockWatch()

    @property
    def wall(self):
        return self.true + self.offset

    def run(self, span, *, every=10 * MINUTE):
        end = self.true + span
        while self.true < end:
            with time_machine.travel(self.wall, tick=False):
                steady = (self.true - MONDAY).total_seconds()
                self.watch.observe(Reading(self.wall, steady))
                ticking.tick_once(self.wall)
            self.true += every


@pytest.mark.parametrize("jump", [6, -6, -1])
@pytest.mark.parametrize("at", [4, 9, 13] if STORM else [9])
@pytest.mark.django_db(transaction=True)
def test_a_clock_that_jumps_and_is_set_right_neither_skips_nor_doubles(
    house, readers, at, jump
):
    clock = Clock(MONDAY - 12 * HOUR)
    clock.run(12 * HOUR + at * HOUR, every=HOUR)
    clock.offset = jump * HOUR
    clock.run(3 * HOUR)
    clock.offset = timedelta()
    clock.run(3 * HOUR)
    clock.run(DAY, every=HOUR)

    found = Counter((row.recipient_id, row.period) for row in digests())
    assert found == {(reader.pk, "2026-W45"): 1 for reader in readers}
    assert {row.state for row in digests()} == {State.SENT}
    assert len(list((house / "outbox").glob("*.eml"))) == len(readers)
    assert not Installation.objects.get().outbound_hold


@pytest.mark.django_db(transaction=True)
def test_mail_waits_for_three_steady_ticks_after_a_jump(house, readers):
    clock = Clock(MONDAY + 9 * HOUR)
    clock.run(MINUTE, every=MINUTE)
    DigestSubscription.objects.update(
        next_due=MONDAY + 10 * HOUR, next_period="2026-W45"
    )
    clock.offset = 2 * HOUR

    clock.run(3 * MINUTE, every=MINUTE)
    assert {row.state for row in digests()} == {State.PLANNED}
    clock.run(2 * MINUTE, every=MINUTE)
    assert {row.state for row in digests()} == {State.SENT}


# --- X2 -----------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_hours_after_their_hour_nobody_is_left_without_an_end(house, readers):
    now = MONDAY - 8 * HOUR
    while now < MONDAY + DAY:
        with time_machine.travel(now, tick=False):
            ticking.tick_once(now)
        waiting = DigestSubscription.objects.filter(next_due__lt=now - 2 * HOUR)
        assert not waiting.exists()
        open_rows = digests().filter(planned_at__lt=now - 2 * HOUR)
        assert not open_rows.exclude(state__in=SETTLED).exists()
        now += 30 * MINUTE

    assert Counter(row.state for row in digests()) == {State.SENT: len(readers)}


# --- F12 ----------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_who_wants_one_a_day_gets_one_after_ten_days_away(house, workspace, owner):
    log(workspace, by=owner, verb="venture.changed", subject=workspace, now=MONDAY)
    set_rhythm(workspace, by=owner, now=MONDAY, rhythm="daily")
    back = MONDAY + 10 * DAY + 12 * HOUR
    with time_machine.travel(back, tick=False):
        for minute in range(15):
            ticking.run_tick(back + minute * MINUTE)

    found = Counter((one.state, one.reason) for one in digests())
    assert found == {
        (State.SKIPPED, "late"): 10,
        (State.SENT, "written to the outbox"): 1,
    }
    [told] = digests().filter(state=State.SENT)
    assert told.period == "2026-W46-4"
    assert owner == told.recipient


@pytest.mark.django_db(transaction=True)
def test_what_was_skipped_for_being_late_is_shown(house, workspace, readers):
    plan_due(MONDAY - 2 * DAY)
    back = MONDAY + 8 * DAY + 12 * HOUR
    with time_machine.travel(back, tick=False):
        for minute in range(3):
            ticking.run_tick(back + minute * MINUTE)

    shown = Counter(
        (one.period, str(one.state), str(one.reason))
        for one in sent_of(workspace, now=back)
    )
    assert shown == {
        ("2026-W45", "not sent", "it was late; the next one covers it"): len(ZONES),
        ("2026-W46", "sent", ""): len(ZONES),
    }
