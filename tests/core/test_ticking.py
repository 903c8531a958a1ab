import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from core import tasks
from core.models import Heartbeat, Tick
from core.tasks import tick
from core.ticking import TickResult, claim_minute, run_tick, tick_once

NOW = datetime(2026, 11, 23, 12, 34, 56, tzinfo=UTC)


def two_judged(now):
    return {"judged": 2, "raised": 1}


def one_planned(now):
    return {"judged": 1, "planned": 1, "sent": 3, "skipped": 4, "unknown": 9}


def broken(now):
    raise ZeroDivisionError("on purpose")


def held(now):
    raise OperationalError("database is locked")


def steps(*functions):
    return [f"{function.__module__}.{function.__name__}" for function in functions]


@pytest.fixture(autouse=True)
def _steps(settings):
    settings.TICK_STEPS = steps(two_judged, one_planned)


def test_sums_what_the_steps_return():
    assert run_tick(NOW) == TickResult(judged=3, raised=1, planned=1, sent=3, skipped=4)


def test_broken_step_is_named_and_does_not_stop_the_others(settings, caplog):
    settings.TICK_STEPS = [*steps(broken, two_judged), "no.such.module"]

    result = run_tick(NOW)

    assert result.judged == 2
    assert result.failed == (*steps(broken), "no.such.module")
    # the kind of trouble, and not what it says: that may quote a customer
    assert "builtins.ZeroDivisionError" in caplog.text
    assert "on purpose" not in caplog.text


def test_a_step_that_finds_the_database_held_is_left_to_the_next_pass(settings, caplog):
    settings.TICK_STEPS = steps(held, two_judged)

    result = run_tick(NOW)

    assert (result.judged, result.failed) == (2, tuple(steps(held)))
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_minute_is_claimed_once(db):
    assert claim_minute("tick", NOW)
    assert not claim_minute("tick", NOW.replace(second=0))
    assert claim_minute("tick", NOW + timedelta(minutes=1))
    assert claim_minute("other", NOW)
    assert tick_once(NOW) is None
    assert tick_once(NOW + timedelta(minutes=2)).judged == 3


@pytest.mark.django_db(transaction=True)
def test_one_of_many_processes_gets_the_minute():
    won = []

    def claim():
        won.append(claim_minute("tick", NOW))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(won) == [False] * 7 + [True]


@pytest.mark.parametrize("jump", [timedelta(minutes=-20), timedelta(hours=-6)])
def test_clock_set_back_silences_at_most_two_minutes(db, jump):
    for minute in range(30):
        claim_minute("tick", NOW + timedelta(minutes=minute - 29))

    later = [claim_minute("tick", NOW + jump + timedelta(minutes=m)) for m in range(3)]

    assert later[2]


def test_old_minutes_are_forgotten_on_the_hour(db):
    claim_minute("tick", NOW - timedelta(days=3))

    claim_minute("tick", NOW.replace(minute=0))

    assert Tick.objects.count() == 1


def test_task_proves_a_worker_even_when_the_minute_is_taken(db, time_machine):
    time_machine.move_to(NOW, tick=False)
    claim_minute("tick", NOW)

    tick()

    assert Heartbeat.objects.get().name == "worker"
    assert Heartbeat.objects.get().at == NOW
    assert Tick.objects.count() == 1


def test_task_that_finds_the_database_held_leaves_the_minute(monkeypatch, caplog):
    monkeypatch.setattr(tasks, "beat", lambda _name, now: held(now))

    tick()

    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_task_says_any_other_trouble_with_the_database(monkeypatch):
    def full(*args):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(tasks, "beat", full)

    with pytest.raises(OperationalError, match="full"):
        tick()


def test_command_runs_a_pass_at_any_time(db, capsys):
    claim_minute("tick", NOW)

    call_command("tick", "--json")
    call_command("tick")

    first, second = capsys.readouterr().out.splitlines()
    counts = {"judged": 3, "raised": 1, "planned": 1, "sent": 3, "skipped": 4}
    assert json.loads(first) == counts | {"failed": []}
    assert second == "3 judged, 1 raised, 1 planned, 3 sent, 4 skipped"


def test_command_fails_when_a_step_failed(db, settings):
    settings.TICK_STEPS = steps(broken)

    with pytest.raises(CommandError, match="broken"):
        call_command("tick")
