"""How long an open alert may wait, and until when it is put off."""

from datetime import date, datetime, timedelta

from decisions.working_days import working_days_after

DAYS_TO_TAKE_UP = 2
DAYS_TO_DECIDE = {"stop": 10, "watch": 21, "review": 21}


def latest_day(alert, workspace) -> date:
    """By which it is to be decided. A watch that grew into a stop counts from there."""
    since = workspace.today(alert.stands_since)
    return working_days_after(since, DAYS_TO_DECIDE[alert.severity])


def take_up_by(alert, workspace) -> date:
    since = workspace.today(alert.stands_since)
    return working_days_after(since, DAYS_TO_TAKE_UP)


def is_snoozed(snooze, today: date) -> bool:
    """It lifts itself on the day that it names."""
    return snooze is not None and today < snooze.until


def earliest_overdue(now: datetime) -> datetime:
    """No alert that is younger can be overdue, anywhere on Earth."""
    return now - timedelta(days=DAYS_TO_TAKE_UP)
