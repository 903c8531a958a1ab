"""PURE. Days on which people decide: Monday to Friday. Holidays differ and are left in."""

from datetime import date, timedelta

FRIDAY = 5


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() <= FRIDAY
    return day
