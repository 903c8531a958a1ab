"""The second sample is told in days that lie back: it must load on whatever day it is."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from forecasts.models import Actual, Metric
from milestones.models import Question
from portfolio.samples import building, linenfold
from portfolio.samples.linenfold import turning
from portfolio.samples.linenfold.scores import JUDGED

DAYS = [
    # the night in Vienna is a day ahead, and summer time has ended since the plan
    "2026-11-27 22:56",
    "2027-03-28 00:30",  # the clocks go forward
    "2027-10-31 00:30",  # the clocks go back
]
ZONE = ZoneInfo(linenfold.ZONE)


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS)
def test_it_loads(day, monkeypatch):
    """Where its questions stand is not noted: that takes a third of the time, and no day
    of the calendar decides about it."""
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


def test_on_every_day_its_weeks_are_over_before_they_prove_anything():
    """Only weeks and months depend on the day: two years of days, no database."""
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)

    for number in range(731):
        sample = empty_sample(noon + timedelta(days=number))
        turning.add_deliveries(sample, {})
        counted = {}
        for ago, step in sample.steps:
            if step.func is turning.count_week:
                _sample, _numbers, week, period, _value, _ago = step.args
                assert period.end < sample.on(ago), sample.now
                counted[f"week {week}"] = ago
        assert len(counted) == 6
        assert min(counted.values()) >= 0, sample.now
        for proof in JUDGED.proofs:
            if proof.number in counted:
                assert proof.ago <= counted[proof.number], (sample.now, proof)
        month = turning.month_before(sample.on(turning.ENDED_AGO))
        assert month.end < sample.on(turning.ENDED_AGO)


def empty_sample(now):
    """A builder without people or rows: it knows the days, and collects steps."""
    days = SimpleNamespace(zone=ZONE, today=lambda at: at.astimezone(ZONE).date())
    return building.Builder(days, None, None, None, now)
