"""Sweeps killed at any moment: each episode opens once, recovers once, is told once.

`make storm` (FIELDPROOF_STORM=1) runs the full counts and prints what it saw.
"""

import json
import os
import random
import subprocess
import sys
import time

import pytest

from core.models import ActivityEntry, Delivery, Role
from decisions.actions import judge_metric
from decisions.actions.judging import due_ids
from decisions.actions.sweeping import note_swept
from decisions.models import Alert, AlertObservation
from forecasts.models import Forecast, Metric
from tests.decisions.cases import BAD, GOOD, correct, follow, report
from tests.factories import NOW, make_member, make_workspace
from tests.faults.test_delivery_storm import database_url
from tests.processes import ROOT

STORM = os.environ.get("FIELDPROOF_STORM") == "1"
OPENING, RECOVERING, KILLS = (500, 300, 50) if STORM else (100, 25, 6)
METRICS_IN_A_VENTURE = 5
# owner, founder and advisor
TOLD = 3
NO_REACTIONS = {}

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def metrics(settings):
    """Those whose numbers went bad, and those with an open episode that came back."""
    settings.REACTIONS = "tests.faults.test_sweep_storm.NO_REACTIONS"
    followed = []
    while len(followed) < OPENING + RECOVERING:
        workspace = make_workspace()
        for role in (Role.OWNER, Role.FOUNDER, Role.MEMBER, Role.ADVISOR):
            make_member(workspace, role)
        # the rules that ask the calendar have been asked: this is about the judge
        note_swept(workspace, now=NOW)
        followed += [follow(workspace) for _number in range(METRICS_IN_A_VENTURE)]
    for metric in followed:
        report(metric, [BAD, BAD, BAD])
    opening, recovering = followed[RECOVERING:], followed[:RECOVERING]
    for metric in recovering:
        judge_metric(metric.pk, now=NOW)
        for number in range(3):
            correct(metric, number, GOOD)
    return opening, recovering


def start_sweep(folder):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(folder),
        "DEBUG": "1",
        "FIELDPROOF_NOW": NOW.isoformat(),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "tick", "--json"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def judged():
    return OPENING + RECOVERING - Metric.objects.with_unjudged_evidence().count()


def kill_within(sweep, chance, share):
    """After some of the work is done, at a moment nobody chose; False if it was too late."""
    wanted = judged() + chance.randint(1, share)
    while judged() < wanted and sweep.poll() is None:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.02))
    was_at_work = sweep.poll() is None
    sweep.kill()
    sweep.communicate()
    return was_at_work


def test_storm_of_kills_opens_each_episode_once(metrics, tmp_path, capsys):
    opening, recovering = metrics
    chance, kills = random.Random(46), 0  # noqa: S311  no secret
    share = max(1, (OPENING + RECOVERING) // KILLS - 4)

    for _attempt in range(2 * KILLS):
        if kills < KILLS and due_ids(NOW):
            kills += kill_within(start_sweep(tmp_path), chance, share)
    left = len(due_ids(NOW))
    # what is left is done by two at once, and then there is nothing to do
    together = [start_sweep(tmp_path), start_sweep(tmp_path)]
    ended = [sweep.communicate(timeout=300) and sweep.returncode for sweep in together]
    last, _ = start_sweep(tmp_path).communicate(timeout=300)

    if STORM:
        with capsys.disabled():
            sys.stdout.write(
                f"\n{OPENING} opening, {RECOVERING} recovering, {kills} kills, "
                f"{left} left to the last two: {Alert.objects.count()} episodes, "
                f"{Delivery.objects.count()} mails planned\n"
            )
    assert kills >= 5
    assert ended == [0, 0]
    assert json.loads(last)["judged"] == json.loads(last)["raised"] == 0
    assert due_ids(NOW) == []
    assert_each_opened_once(opening, recovering)
    assert_those_that_came_back_are_open_and_marked(recovering)


def assert_each_opened_once(opening, recovering):
    alerts = Alert.objects.all()
    assert {alert.metric_id for alert in alerts} == {m.pk for m in opening + recovering}
    assert len(alerts) == OPENING + RECOVERING
    assert ActivityEntry.objects.filter(verb="alert.raised").count() == len(alerts)
    assert Forecast.objects.filter(held_since=None).count() == 0
    mails = Delivery.objects.filter(kind="alert_opened")
    told = {(mail.subject_id, mail.recipient_id) for mail in mails}
    assert len(mails) == len(told) == TOLD * len(alerts)
    assert {subject for subject, _ in told} == {alert.pk for alert in alerts}
    first = AlertObservation.objects.filter(alert__metric__in=opening)
    assert first.count() == OPENING


def assert_those_that_came_back_are_open_and_marked(recovering):
    back = Alert.objects.filter(metric__in=recovering)
    assert back.filter(recovered_at=None).count() == 0
    assert back.filter(closed_at__isnull=False).count() == 0
    assert ActivityEntry.objects.filter(verb="alert.recovered").count() == RECOVERING
    assert AlertObservation.objects.filter(alert__in=back).count() == 2 * RECOVERING
