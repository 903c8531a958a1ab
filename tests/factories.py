"""Rows for tests: plain functions with sensible defaults."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from allauth.account.models import EmailAddress

from core.models import Membership, Role, User, Workspace
from discovery.models import ModelVersion, Organisation, Person, Segment
from forecasts.models import Actual, Forecast, Metric, Point, Revision
from interviews.models import Interview, Quote

NOW = datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
TODAY = date(2026, 11, 2)
numbers = count(1)


def make_user(email=None, *, name="Ana Ode", password="correct horse staple", **fields):
    email = email or f"user{next(numbers)}@example.com"
    user = User.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_workspace(name="Acme", *, slug=None, **fields):
    return Workspace.objects.create(
        name=name, slug=slug or f"acme-{next(numbers)}", created_at=NOW, **fields
    )


def make_member(workspace, role=Role.FOUNDER, *, user=None, **fields):
    return Membership.objects.create(
        workspace=workspace,
        user=user or make_user(),
        role=role,
        joined_at=NOW,
        **fields,
    )


def make_model_version(workspace):
    version, _ = ModelVersion.objects.get_or_create(
        workspace=workspace, number=1, defaults={"started_on": TODAY}
    )
    return version


def make_segment(workspace, name=None, **fields):
    return Segment.objects.create(
        workspace=workspace,
        name=name or f"Segment {next(numbers)}",
        model_version=make_model_version(workspace),
        created_at=NOW,
        **fields,
    )


def make_organisation(workspace, name=None, **fields):
    number = next(numbers)
    fields.setdefault("pseudonym", f"Organisation {number}")
    return Organisation.objects.create(
        workspace=workspace, name=name or f"Clinic {number}", created_at=NOW, **fields
    )


def make_person(workspace, name=None, **fields):
    number = next(numbers)
    fields.setdefault("pseudonym", f"Person {number}")
    return Person.objects.create(
        workspace=workspace, name=name or f"Dana {number}", created_at=NOW, **fields
    )


def make_interview(workspace, *, people=(), by=None, **fields):
    by = by or make_user()
    defaults = {
        "held_at": NOW - timedelta(days=1),
        "notes": "She said last Tuesday the rota broke again.\n\nThree hours lost.",
        "state": Interview.State.FINISHED,
        "recorded_at": NOW,
        "saved_at": NOW,
        "created_by": by,
        "saved_by": by,
    }
    interview = Interview.objects.create(workspace=workspace, **defaults | fields)
    interview.people.set(people)
    return interview


def make_quote(interview, text="the rota broke again", **fields):
    defaults = {"created_by": interview.created_by, "created_at": NOW}
    return Quote.objects.create(
        workspace=interview.workspace,
        interview=interview,
        text=text,
        **defaults | fields,
    )


def make_metric(workspace, name=None, **fields):
    defaults = {
        "definition": "Orders delivered and paid, counted by day.",
        "unit": "orders/day",
        "cadence": Metric.Cadence.WEEKLY,
        "created_at": NOW,
    }
    return Metric.objects.create(
        workspace=workspace,
        name=name or f"Orders per day {next(numbers)}",
        **defaults | fields,
    )


def make_forecast(metric, points, *, number=0, registered_at=NOW, by=None):
    """`points`: (start, end, expected) or (start, end, expected, low, high)."""
    workspace = metric.workspace
    forecast = Forecast.objects.create(
        workspace=workspace, metric=metric, number=number, created_at=registered_at
    )
    revision = Revision(
        workspace=workspace,
        forecast=forecast,
        number=0,
        registered_at=registered_at,
        by=by,
    )
    revision.save()
    for start, end, expected, *band in points:
        low, high = band or (None, None)
        Point(
            workspace=workspace,
            revision=revision,
            period_start=start,
            period_end=end,
            expected=Decimal(expected),
            low=None if low is None else Decimal(low),
            high=None if high is None else Decimal(high),
        ).save()
    return forecast


def make_actual(metric, start, end, value, **fields):
    defaults = {"recorded_at": NOW}
    actual = Actual(
        workspace=metric.workspace,
        metric=metric,
        period_start=start,
        period_end=end,
        value=Decimal(value),
        **defaults | fields,
    )
    actual.save()
    return actual


def weeks(first, number):
    """So many (start, end) pairs of seven days."""
    return [
        (first + timedelta(weeks=n), first + timedelta(weeks=n, days=6))
        for n in range(number)
    ]


def fresh_key():
    return str(uuid4())
