"""The second sample is told in days that lie back: it must load on whatever day it is."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from forecasts.models import Actual, Metric
from milestones.models import Question
from portfolio.samples import building, linenfold

DAYS = [
    # the night in Vienna is a day ahead, and summer time has ended since the plan
    "2026-11-27 22:56",
    "2026-12-31 23:30",
    "2027-01-01 12:00",
    "2027-03-28 00:30",  # the clocks go forward
    "2027-03-31 12:00",  # a Wednesday, at the end of a month
    "2027-04-26 22:10",  # already Tuesday there
    "2028-02-29 12:00",
    "2027-10-31 00:30",  # the clocks go back
]


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS)
def test_it_loads(day, monkeypatch):
    """Where its questions stand is noted on the first of them alone: that takes a third
    of the time, and no day of the calendar decides about it."""
    if day != DAYS[0]:
        monkeypatch.setattr(building, "note_moment", lambda _workspace, _moment: None)
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)

    with transaction.atomic():
        workspace = linenfold.load(now=now)

    today = workspace.today(now)
    actuals = Actual.objects.in_workspace(workspace)
    assert actuals.count() == 7
    assert all(actual.period_end < today for actual in actuals)
    assert all(actual.recorded_at <= now for actual in actuals)
    assert Metric.objects.in_workspace(workspace).count() == 2
    questions = Question.objects.in_workspace(workspace)
    assert questions.filter(evidence__isnull=False).distinct().count() >= 11
