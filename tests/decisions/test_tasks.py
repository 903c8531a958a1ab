"""Hints from the activity log: ids in, nothing when they are gone, safe twice."""

from uuid import uuid4

import pytest

from config.celery import app
from core.activity import log
from core.models import ActivityEntry, Delivery
from decisions.models import Alert
from decisions.tasks import judge_after
from forecasts.models import Standing
from tests.decisions.cases import BAD, decide, follow, report, stop_on
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


def last_entry(verb):
    return str(ActivityEntry.objects.filter(verb=verb).first().pk)


def test_an_actual_is_judged_once_however_often_it_is_asked_for(workspace, owner):
    report(follow(workspace), [BAD, BAD, BAD])

    for _time in range(3):
        judge_after(last_entry("actual.recorded"))

    assert Alert.objects.count() == Delivery.objects.count() == 1


def test_what_is_gone_or_is_no_metric_is_left_alone(workspace, owner):
    entry = log(workspace, by=owner, verb="venture.changed", subject=workspace, now=NOW)

    judge_after(str(entry.pk))
    judge_after(str(uuid4()))

    assert Standing.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_actual_reaches_the_judge_when_it_commits(workspace, owner):
    report(follow(workspace), [BAD, BAD, BAD])

    assert Alert.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_decision_has_the_metric_judged_anew(workspace, owner):
    decide(stop_on(workspace, owner=owner), by=owner)

    assert Standing.objects.get().state == "unjudged"


def test_no_task_may_run_longer_than_two_minutes():
    assert (judge_after.time_limit or app.conf.task_time_limit) <= 120
