from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.db import OperationalError

from core import beat as module
from core.beat import SteadyScheduler
from core.heartbeats import beat, was_seen
from core.models import Heartbeat, Tick
from core.nudge import Line

NOW = datetime(2026, 11, 23, 12, 34, 56, tzinfo=UTC)


@pytest.fixture
def scheduler(db, settings, time_machine, monkeypatch):
    settings.TICK_STEPS = []
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setattr(module, "close_old_connections", lambda: None)
    return SteadyScheduler(app=current_app)


@pytest.fixture
def sent(monkeypatch):
    """A broker that takes everything: the network is what is faked."""
    taken = []
    monkeypatch.setattr(
        Line,
        "send",
        lambda self, name, *, expires: taken.append((name, expires)) or True,
    )
    return taken


@pytest.fixture
def nobody_listens(monkeypatch):
    monkeypatch.setattr(Line, "send", lambda self, name, *, expires: False)


@pytest.fixture
def clock(monkeypatch):
    """Seconds of the monotonic clock, set by the test."""
    seconds = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: seconds[0])
    return seconds


def names():
    return set(Heartbeat.objects.values_list("name", flat=True))


def test_ticks_at_once_and_then_every_minute(scheduler, sent, clock):
    assert scheduler.tick() == 5
    clock[0] += 59
    scheduler.tick()
    assert len(sent) == 1

    clock[0] += 1
    scheduler.tick()

    assert sent == [("core.tasks.tick", 50)] * 2


@pytest.mark.parametrize("jump", [timedelta(hours=6), timedelta(hours=-6)])
def test_wall_clock_neither_stops_nor_hurries_it(
    scheduler, sent, clock, time_machine, jump
):
    scheduler.tick()
    time_machine.move_to(NOW + jump, tick=False)
    clock[0] += 30
    scheduler.tick()
    assert len(sent) == 1

    clock[0] += 30
    scheduler.tick()

    assert len(sent) == 2


def test_sleep_of_the_machine_is_not_made_up_for(scheduler, sent, clock):
    scheduler.tick()
    clock[0] += 3600

    scheduler.tick()
    scheduler.tick()

    assert len(sent) == 2


def test_leaves_the_pass_to_a_worker_that_consumes(scheduler, sent):
    beat("worker", NOW - timedelta(seconds=80))

    scheduler.tick()

    assert names() == {"beat", "broker", "worker"}
    assert not Tick.objects.exists()


@pytest.mark.parametrize("age", [100, -100])
def test_does_the_pass_itself_when_the_worker_is_silent(scheduler, sent, age):
    beat("worker", NOW - timedelta(seconds=age))

    scheduler.tick()

    assert Tick.objects.count() == 1


def test_does_the_pass_itself_when_the_broker_takes_nothing(scheduler, nobody_listens):
    beat("worker", NOW)

    scheduler.tick()

    assert Tick.objects.count() == 1
    assert names() == {"beat", "worker"}


@pytest.mark.parametrize(
    ("words", "level"), [("gone", "ERROR"), ("database is locked", "WARNING")]
)
def test_lost_database_is_logged_and_asked_again(
    scheduler, sent, clock, monkeypatch, caplog, words, level
):
    def lost(*args):
        raise OperationalError(words)

    with monkeypatch.context() as broken:
        broken.setattr(module, "beat", lost)
        scheduler.tick()
    assert "could not reach the database" in caplog.text
    assert [record.levelname for record in caplog.records] == [level]

    clock[0] += 60
    scheduler.tick()

    assert names() == {"beat", "broker"}


def test_schedule_is_the_tick_alone(scheduler):
    assert list(scheduler.schedule) == ["tick"]


def test_heartbeat_keeps_the_last_sign_only(db):
    beat("beat", NOW - timedelta(minutes=1))
    beat("beat", NOW)

    assert Heartbeat.objects.get().at == NOW
    assert was_seen("beat", NOW, within=timedelta(0))
    assert not was_seen("worker", NOW, within=timedelta(days=999))
