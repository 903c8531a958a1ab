"""Which ventures a tick sweeps: those whose own day has begun, and no others are read."""

from datetime import timedelta

import pytest
from django.db import connection

from core.actions import change_settings
from core.models import Workspace
from decisions.actions import sweeping
from decisions.actions.sweeping import due, note_swept, sweep_due, sweep_plans
from decisions.models import RulePulse
from tests.factories import NOW, TODAY, make_workspace

pytestmark = pytest.mark.django_db


def days(count):
    return NOW + timedelta(days=count)


def test_once_a_day_and_not_for_samples(workspace):
    assert due(NOW) == [workspace]
    sweep_due(NOW)
    assert RulePulse.objects.get().judged_on == TODAY
    assert due(NOW + timedelta(minutes=5)) == []
    assert due(days(1)) == [workspace]
    workspace.is_sample = True
    workspace.save()
    assert due(days(1)) == []
    assert sweep_plans(workspace, now=days(90)) == []


def test_those_that_are_not_due_are_not_read(django_assert_num_queries):
    """Two or two hundred: one question, answered from the index."""
    for number in range(12):
        venture = make_workspace()
        if number > 2:
            note_swept(venture, now=NOW)

    with django_assert_num_queries(1):
        assert len(due(NOW)) == 3
    if connection.vendor == "sqlite":
        reached = Workspace.objects.filter(is_sample=False, rules_due_at__lte=NOW)
        assert "workspace_rules_due" in reached.explain()


@pytest.mark.parametrize(
    ("zone", "hours", "is_due"),
    [
        ("UTC", 10, False),
        ("UTC", 11, True),
        ("Pacific/Kiritimati", 20, False),
        ("Pacific/Kiritimati", 21, True),
        ("America/Los_Angeles", 18, False),
        ("America/Los_Angeles", 19, True),
    ],
)
def test_a_day_begins_by_the_ventures_own_clock(zone, hours, is_due):
    """It is 13:30 in London, 3:30 in the morning of Tuesday in Kiritimati."""
    venture = make_workspace(timezone=zone)
    note_swept(venture, now=NOW)

    assert (due(NOW + timedelta(hours=hours)) == [venture]) == is_due


def test_a_clock_that_was_set_back_and_a_zone_that_changed_ask_again(workspace, owner):
    note_swept(workspace, now=days(3))
    assert due(NOW) == [workspace]
    note_swept(workspace, now=NOW)
    assert due(NOW) == []

    change_settings(workspace, by=owner, now=NOW, timezone="Pacific/Kiritimati")

    assert due(NOW) == [workspace]


def test_one_venture_that_fails_keeps_no_other_from_it(
    workspace, stranger, monkeypatch
):
    real = sweeping.sweep_plans

    def broken(venture, **how):
        if venture == workspace:
            raise ValueError
        return real(venture, **how)

    monkeypatch.setattr(sweeping, "sweep_plans", broken)
    with pytest.raises(ExceptionGroup):
        sweep_due(NOW)
    assert RulePulse.objects.get().workspace != workspace
