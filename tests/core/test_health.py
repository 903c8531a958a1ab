import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.template import Context, Template
from django.test import RequestFactory

from core import broker, health
from core.health import State, banner, check
from core.heartbeats import beat
from core.models import Delivery, Installation, Permission
from core.nudge import Line
from core.views import health as views

NOW = datetime(2026, 11, 23, 12, 34, 56, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=9)
OK, WARNING, FAILURE = State.OK, State.WARNING, State.FAILURE


@pytest.fixture(autouse=True)
def _production(settings, monkeypatch, db):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(Line, "answers", lambda self: True)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(100, 50, 50)
    )
    views.kept.clear()


@pytest.fixture
def nudged(monkeypatch):
    names = []
    monkeypatch.setattr(health, "nudge", names.append)
    return names


def alive(*names, now=NOW):
    for name in names:
        beat(name, now)


def state(name, **kwargs):
    (found,) = check(NOW, only=name, **kwargs).checks
    return found.state


def make_delivery(state, planned_at=NOW):
    return Delivery.objects.create(
        key=f"{state} {planned_at}",
        kind="digest",
        address="a@example.com",
        state=state,
        not_before=planned_at,
        planned_at=planned_at,
    )


def test_all_is_well():
    alive("worker", "beat", "backup")

    found = check(NOW)

    assert {c.name: c.state for c in found.checks} == dict.fromkeys(health.CHECKS, OK)
    assert found.ok
    assert found.is_ready


@pytest.mark.parametrize("name", ["worker", "beat"])
@pytest.mark.parametrize(
    ("seen", "started", "expected"),
    [
        (timedelta(minutes=4), None, OK),
        (timedelta(minutes=6), None, FAILURE),
        (-timedelta(minutes=6), None, FAILURE),
        (None, None, FAILURE),
        (None, timedelta(minutes=4), WARNING),
        (timedelta(days=7), timedelta(minutes=4), WARNING),
        (None, timedelta(minutes=6), FAILURE),
    ],
)
def test_silence_is_a_failure_after_five_minutes(name, seen, started, expected):
    if seen is not None:
        beat(name, NOW - seen)

    assert state(name, started=started and NOW - started) == expected


@pytest.mark.parametrize(
    ("taken_ago", "expected"), [(4, WARNING), (6, FAILURE), (None, FAILURE)]
)
def test_broker_fails_when_away_for_five_minutes(monkeypatch, taken_ago, expected):
    monkeypatch.setattr(Line, "answers", lambda self: False)
    if taken_ago:
        beat("broker", NOW - timedelta(minutes=taken_ago))

    assert state("broker") == expected


def test_installation_without_any_broker_is_slow_not_broken(settings, monkeypatch):
    settings.REDIS_URL = ""
    monkeypatch.setattr(broker, "find_server", lambda: None)
    monkeypatch.setattr(Line, "answers", lambda self: False)
    alive("beat")

    assert state("broker") == WARNING
    assert state("worker") == WARNING
    assert banner(NOW, started=LONG_AGO) is None


@pytest.mark.parametrize(("free", "expected"), [(11, OK), (9, WARNING), (4, FAILURE)])
def test_disk(monkeypatch, free, expected):
    usage = shutil._ntuple_diskusage(100, 100 - free, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)

    assert state("disk") == expected


def test_lost_data_folder_is_a_failure(monkeypatch):
    def lost(folder):
        raise OSError("Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", lost)

    assert state("disk") == FAILURE


@pytest.mark.parametrize(
    ("hours", "expected"), [(None, WARNING), (25, OK), (27, FAILURE)]
)
def test_backups(hours, expected):
    if hours:
        beat("backup", NOW - timedelta(hours=hours))

    assert state("backups") == expected


def test_hold_and_pause_of_mails_are_warnings():
    row, _ = Installation.objects.update_or_create(
        pk=1, defaults={"outbound_hold": Installation.Hold.RESTORED}
    )
    assert state("outbound") == WARNING

    row.outbound_hold, row.mail_paused_until = "", NOW + timedelta(minutes=1)
    row.save()
    assert state("outbound") == WARNING

    row.mail_paused_until = NOW
    row.save()
    assert state("outbound") == OK


def test_failed_mails_count_for_a_week():
    make_delivery(Delivery.State.SENT)
    make_delivery(Delivery.State.FAILED, LONG_AGO)
    assert state("deliveries") == OK

    make_delivery(Delivery.State.FAILED)

    assert state("deliveries") == FAILURE


def test_pending_migration_is_a_failure():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    assert state("migrations") == FAILURE


def test_lost_database_is_a_failure_of_each_check_that_needs_it(monkeypatch):
    def lost(*args):
        raise OperationalError("gone")

    monkeypatch.setitem(health.CHECKS, "database", lost)

    assert state("database") == FAILURE


def test_only_vital_failures_turn_visitors_away():
    alive("worker", "beat")
    make_delivery(Delivery.State.FAILED)

    found = check(NOW)

    assert not found.ok
    assert found.is_ready


# --- pages and command -------------------------------------------------------------
def test_probes_say_one_bit(client, time_machine, monkeypatch):
    time_machine.move_to(NOW)
    alive("worker", "beat")

    assert client.get("/healthz").content == b"ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True})

    views.kept.clear()
    monkeypatch.setattr(views, "STARTED", LONG_AGO)
    alive("beat", now=LONG_AGO)
    broken = client.get("/readyz")
    assert (broken.status_code, broken.json()) == (503, {"ready": False})


def test_readyz_does_not_work_on_every_call(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(0):
        client.get("/readyz")
        client.get("/healthz")


def test_doctor_prints_json_and_exits_by_the_answer(capsys, time_machine):
    time_machine.move_to(NOW)
    alive("worker", "beat")
    call_command("doctor", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    assert {tuple(found) for found in answer["checks"]} == {("name", "state", "detail")}
    assert {found["name"]: found["state"] for found in answer["checks"]} == (
        dict.fromkeys(health.CHECKS, "ok") | {"backups": "warning", "mail": "warning"}
    )

    alive("worker", now=LONG_AGO)
    with pytest.raises(SystemExit, match="1"):
        call_command("doctor")
    assert "FAILURE worker" in capsys.readouterr().out
    call_command("doctor", "--only", "beat")
    assert "beat" in capsys.readouterr().out


# --- banner ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("silent", "word"),
    [("worker", "worker has been silent"), ("beat", "scheduler has")],
)
def test_banner_names_the_silent_part(nudged, silent, word):
    alive(*{"worker", "beat"} - {silent})

    assert word in banner(NOW, started=LONG_AGO)
    assert banner(NOW, started=NOW - timedelta(minutes=4)) is None


def test_banner_is_one_query(nudged, django_assert_num_queries):
    alive("worker", "beat", "broker")

    with django_assert_num_queries(1):
        assert banner(NOW, started=LONG_AGO) is None

    assert nudged == []


def test_visit_stands_in_for_a_silent_scheduler(nudged):
    alive("worker")
    beat("beat", NOW - timedelta(minutes=4))

    assert banner(NOW, started=LONG_AGO) is None
    assert nudged == ["core.tasks.tick"]


def test_banner_speaks_of_old_backups_and_failed_mails(nudged):
    alive("worker", "beat")
    make_delivery(Delivery.State.UNKNOWN)
    assert "could not be delivered" in banner(NOW, started=LONG_AGO)

    beat("backup", NOW - timedelta(hours=27))
    assert "26 hours" in banner(NOW, started=LONG_AGO)


def test_eager_tasks_need_no_worker(settings, django_assert_num_queries):
    settings.CELERY_TASK_ALWAYS_EAGER = True

    with django_assert_num_queries(0):
        assert banner(NOW, started=LONG_AGO) is None


@pytest.mark.parametrize(
    ("may", "is_told"),
    [({Permission.MANAGE}, True), ({Permission.VIEW}, False), (None, False)],
)
def test_only_those_who_can_act_are_told(monkeypatch, nudged, may, is_told):
    monkeypatch.setattr("core.templatetags.health.STARTED", LONG_AGO)
    request = RequestFactory().get("/")
    if may is not None:
        request.may = may
    page = Template("{% load health %}{% health_banner request %}")

    shown = page.render(Context({"request": request}))

    assert ('role="alert"' in shown) is is_told
