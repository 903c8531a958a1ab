"""Whoever is to do something after a decision is told of it on its day, once."""

from datetime import UTC, datetime, timedelta

import pytest

from core.deliveries import deliver_due
from core.models import Delivery
from decisions.actions.reminding import remind_due
from decisions.follow_up_mails import recheck, render
from decisions.models import FollowUp
from tests.decisions.cases import decide, follow_up, stop_on
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=10)
MORNING = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def row(workspace, owner, founder):
    alert = stop_on(workspace, owner=owner)
    task = follow_up(founder, what="Tell Quirina Zephyrson.", due_on=DUE)
    decide(alert, by=owner, follow_ups=(task,))
    return FollowUp.objects.get()


def reminders():
    return Delivery.objects.filter(kind="follow_up_due")


def test_on_its_day_and_once(row, founder):
    assert remind_due(MORNING - timedelta(hours=10)) == {"planned": 0}
    assert remind_due(MORNING - timedelta(hours=8)) == {"planned": 1}
    assert remind_due(MORNING) == {"planned": 0}

    [mail] = reminders()
    assert (mail.recipient, mail.not_before) == (founder, MORNING)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Pacific/Apia", -4), ("America/New_York", 14)]
)
def test_by_the_clock_of_the_venture(row, workspace, zone, hour):
    workspace.timezone = zone
    workspace.save(update_fields=["timezone"])
    nine = MORNING - timedelta(hours=9) + timedelta(hours=hour)

    assert remind_due(nine - timedelta(hours=10))["planned"] == 0
    assert remind_due(nine - timedelta(hours=8))["planned"] == 1
    assert reminders().get().not_before == nine


def test_after_an_outage_at_once_but_not_for_ever(row):
    assert remind_due(MORNING + timedelta(days=8)) == {"planned": 0}
    assert remind_due(MORNING + timedelta(days=3)) == {"planned": 1}

    assert reminders().get().not_before == MORNING + timedelta(days=3)


def test_not_when_it_is_done(row, founder):
    remind_due(MORNING)
    [mail] = reminders()
    assert recheck(mail, MORNING) is None

    row.outcome, row.ended_at, row.ended_by = "Told.", NOW, founder
    row.save(update_fields=["outcome", "ended_at", "ended_by"])
    assert recheck(mail, MORNING) == "done"
    reminders().delete()
    assert remind_due(MORNING) == {"planned": 0}


def test_it_repeats_no_word_of_it(row, settings):
    remind_due(MORNING)
    mail = render(reminders().get())

    assert mail.subject == "Acme: a follow-up of yours is due"
    link = f"{settings.APP_ORIGIN}/w/acme/alerts/{row.decision.alert_id}/"
    for part in (mail.text, mail.html):
        assert link in part
        assert "Thursday 12 November 2026" in part
        assert "Quirina" not in part


@pytest.mark.django_db(transaction=True)
def test_it_leaves(house, row):
    remind_due(MORNING)
    deliver_due(MORNING)

    assert reminders().get().state == "sent"
