"""Which database this is, and what the clock does to mail."""

import json
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from core.installation import (
    ClockWatch,
    Hold,
    Reading,
    hold,
    read_clocks,
    recognise_database,
    release,
    remember,
    remembered,
)
from core.models import Installation
from tests.core.ledger import NOW

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


@pytest.mark.django_db
def test_database_created_here_is_not_held():
    known = recognise_database(NOW)

    assert known.outbound_hold == Hold.NONE
    assert remembered() == [str(known.database_id)]


@pytest.mark.django_db
def test_database_from_elsewhere_is_held_once(house):
    Installation.objects.create()

    first = recognise_database(NOW)
    release()
    second = recognise_database(NOW)

    assert (first.outbound_hold, first.held_at) == (Hold.UNSEEN, NOW)
    assert (second.outbound_hold, second.held_at) == (Hold.NONE, None)


@pytest.mark.django_db
def test_lost_data_folder_holds_the_database_it_knew(house):
    recognise_database(NOW)
    (house / "installation.json").unlink()

    assert recognise_database(NOW).outbound_hold == Hold.UNSEEN


@pytest.mark.django_db(transaction=True)
def test_new_database_met_by_many_at_once_is_not_held():
    seen, together = [], threading.Barrier(8)

    def start():
        together.wait()
        try:
            seen.append(recognise_database(NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {known.outbound_hold for known in seen} == {Hold.NONE}
    assert len({known.database_id for known in seen}) == 1


def test_memory_keeps_the_newest_fifty(house):
    ids = [uuid4() for _database in range(60)]
    for database_id in ids:
        remember(database_id)
    remember(ids[20])

    assert remembered() == [str(known) for known in [*ids[10:20], *ids[21:], ids[20]]]
    assert json.loads((house / "installation.json").read_text()).keys() == {"databases"}


@pytest.mark.parametrize(
    ("wall", "steady", "jumped"),
    [
        (timedelta(minutes=1), 60, False),
        (timedelta(minutes=1), 0, False),
        # the machine slept: both clocks went on
        (timedelta(hours=9), 9 * 3600, False),
        (timedelta(minutes=61), 60, False),
        (timedelta(minutes=62), 60, True),
        (timedelta(hours=6), 60, True),
        (-timedelta(minutes=58), 60, False),
        (-timedelta(hours=1), 60, True),
        (-timedelta(hours=6), 60, True),
    ],
)
def test_reading_tells_a_jump(wall, steady, jumped):
    earlier = Reading(NOW, 1000.0)

    assert Reading(NOW + wall, 1000.0 + steady).jumped_since(earlier) is jumped


def test_daylight_saving_is_no_jump():
    """Clocks are read in UTC, where no hour is left out."""
    before = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)

    assert not Reading(before + timedelta(minutes=1), 60.0).jumped_since(
        Reading(before, 0.0)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [6 * HOUR, -6 * HOUR, -1.1 * HOUR])
def test_clock_jump_holds_mail_until_three_ticks_were_steady(jump):
    recognise_database(NOW)
    watch, moment = ClockWatch(), NOW
    watch.observe(Reading(moment, 0.0))

    moment += jump
    watch.observe(Reading(moment, 60.0))
    held = [Installation.objects.get().outbound_hold]
    for tick in (2, 3, 4):
        watch.observe(Reading(moment + (tick - 1) * timedelta(minutes=1), tick * 60.0))
        held.append(Installation.objects.get().outbound_hold)

    assert held == [Hold.CLOCK, Hold.CLOCK, Hold.CLOCK, Hold.NONE]


@pytest.mark.django_db
def test_second_jump_starts_the_count_again():
    recognise_database(NOW)
    watch = ClockWatch()
    walls = [0, 400, 401, 402, 0, 1, 2]
    for tick, wall in enumerate(walls):
        watch.observe(Reading(NOW + timedelta(minutes=wall), tick * 60.0))

    row = Installation.objects.get()

    assert (row.outbound_hold, row.steady_ticks) == (Hold.CLOCK, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("reason", [Hold.RESTORED, Hold.UNSEEN, Hold.MANUAL])
def test_other_holds_neither_end_by_themselves_nor_become_the_clocks(reason):
    recognise_database(NOW)
    hold(reason, NOW)
    watch = ClockWatch()

    for tick, wall in enumerate([0, 400, 401, 402, 403, 404]):
        watch.observe(Reading(NOW + timedelta(minutes=wall), tick * 60.0))

    assert Installation.objects.get().outbound_hold == reason


def test_steady_clock_goes_on():
    first, second = read_clocks(NOW), read_clocks(NOW)

    assert first.wall == NOW
    assert first.steady <= second.steady
