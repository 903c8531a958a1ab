"""Hundreds of digests planned at once keep nobody else from writing, and nobody is
missed or planned twice, wherever it is cut off."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from core.models import Delivery, Heartbeat
from core.weeks import iso_week
from portfolio.actions import digests
from portfolio.actions.digests import A_TURN, plan_due
from portfolio.models import Digest, DigestSubscription
from tests.factories import NOW, make_workspace
from tests.portfolio.digests import make_reader
from tests.sharing import make_link

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
TURNS = 6


@pytest.fixture
def readers():
    """All due in one minute."""
    link = make_link(make_workspace())
    return [
        make_reader(
            link.workspace,
            link,
            address=f"reader{number}@example.com",
            next_due=NOW - timedelta(minutes=1),
            next_period=iso_week(NOW.date()),
        )
        for number in range(A_TURN * TURNS)
    ]


@pytest.fixture
def turns_taken(monkeypatch):
    """Grows by one when a turn begins."""
    taken, usual = [], digests.plan_turn

    def counted(ids, wrong, *, now):
        taken.append(len(ids))
        return usual(ids, wrong, now=now)

    monkeypatch.setattr(digests, "plan_turn", counted)
    return taken


class Writer(threading.Thread):
    """Writes a row again and again; how many turns began while each write waited."""

    def __init__(self, turns_taken):
        super().__init__(daemon=True)
        self.turns_taken, self.waited, self.stopping = turns_taken, [], False

    def run(self):
        number = 0
        while not self.stopping:
            number += 1
            before = len(self.turns_taken)
            with transaction.atomic():
                at = NOW + timedelta(seconds=number)
                here = {"at": at, "pid": 1, "host": "here"}
                Heartbeat.objects.update_or_create(name="writer", defaults=here)
            self.waited.append(len(self.turns_taken) - before)
            time.sleep(0.005)
        connection.close()


def all_once():
    rows = Delivery.objects.filter(kind="digest")
    assert rows.count() == Digest.objects.count() == A_TURN * TURNS
    assert rows.values("address").distinct().count() == A_TURN * TURNS
    assert not DigestSubscription.objects.filter(next_due__lte=NOW).exists()


def test_who_writes_meanwhile_waits_for_one_turn(readers, turns_taken):
    writer = Writer(turns_taken)
    writer.start()

    planned = plan_due(NOW)["planned"]

    writer.stopping = True
    writer.join()
    assert planned == len(readers)
    assert turns_taken == [A_TURN] * TURNS
    assert len(writer.waited) >= TURNS
    # the turn that ran, and at most one that began as it woke
    assert max(writer.waited) <= 2
    all_once()


class KilledError(BaseException):
    """Stands for a process that is gone: nothing catches it."""


@pytest.mark.parametrize("at", [1, A_TURN, A_TURN + 3, 2 * A_TURN])
def test_what_was_cut_off_is_planned_whole_by_the_next_pass(readers, monkeypatch, at):
    usual, calls = digests.plan_next, []

    def cut_off(pk, *, now):
        calls.append(pk)
        found = usual(pk, now=now)
        if len(calls) == at:
            raise KilledError
        return found

    monkeypatch.setattr(digests, "plan_next", cut_off)
    with pytest.raises(KilledError):
        plan_due(NOW)
    whole = (at - 1) // A_TURN * A_TURN
    assert Delivery.objects.filter(kind="digest").count() == whole
    assert Digest.objects.count() == whole
    monkeypatch.setattr(digests, "plan_next", usual)

    assert plan_due(NOW)["planned"] == len(readers) - whole
    all_once()


def test_one_reader_for_whom_it_fails_keeps_nobody_from_theirs(readers, monkeypatch):
    usual, wrong = digests.kind_of, readers[3]

    def fails(row, now):
        if row.pk == wrong.pk:
            raise ValueError(row.address)
        return usual(row, now)

    monkeypatch.setattr(digests, "kind_of", fails)
    with pytest.raises(ValueError, match=wrong.address):
        plan_due(NOW)

    assert Delivery.objects.filter(kind="digest").count() == len(readers) - 1
    wrong.refresh_from_db()
    assert wrong.next_due <= NOW
    monkeypatch.setattr(digests, "kind_of", usual)
    assert plan_due(NOW)["planned"] == 1
    all_once()
