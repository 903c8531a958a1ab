"""Rows for tests: plain functions with sensible defaults."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile

from core.files import store_file
from core.models import (
    ImportRow,
    ImportRun,
    Membership,
    Role,
    User,
    Workspace,
)
from discovery.models import (
    Feature,
    Hypothesis,
    ModelVersion,
    Need,
    Organisation,
    Person,
    Problem,
    Segment,
)
from forecasts.models import Actual, Forecast, Metric, Point, Revision
from interviews.models import (
    Guide,
    Interview,
    Quote,
    QuoteLink,
)

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


def make_problem(segment, statement=None, **fields):
    return Problem.objects.create(
        workspace=segment.workspace,
        segment=segment,
        statement=statement or f"The rota breaks when somebody is ill {next(numbers)}",
        created_at=NOW,
        **fields,
    )


def make_feature(workspace, name=None, *, problems=(), **fields):
    feature = Feature.objects.create(
        workspace=workspace,
        name=name or f"Swap board {next(numbers)}",
        created_at=NOW,
        **fields,
    )
    feature.problems.set(problems)
    return feature


def make_hypothesis(workspace, statement=None, *, by=None, **fields):
    """A draft."""
    defaults = {
        "measure": "who raises it unprompted",
        "pass_mark": "7 of 12 raise it",
        "fail_mark": "fewer than 4 of 12 do",
        "decide_by": TODAY + timedelta(days=30),
    }
    return Hypothesis.objects.create(
        workspace=workspace,
        statement=statement or f"Clinics lose three hours a week {next(numbers)}",
        created_by=by or make_user(),
        created_at=NOW,
        **defaults | fields,
    )


def make_need(segment, outcome=None, **fields):
    return Need.objects.create(
        workspace=segment.workspace,
        segment=segment,
        outcome=outcome or f"Fewer calls on Friday {next(numbers)}",
        created_at=NOW,
        **fields,
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


def make_quote_link(quote, *, stance="supports", grade=3, **target):
    """`target`: problem, need, feature, hypothesis or rung."""
    defaults = {"by": quote.created_by, "linked_at": NOW}
    return QuoteLink.objects.create(
        workspace=quote.workspace,
        quote=quote,
        stance=stance,
        grade=grade,
        **defaults | target,
    )


def make_stored_file(workspace, name="invoice.pdf", data=b"%PDF-1.7 x", *, by=None):
    upload = SimpleUploadedFile(name, data)
    return store_file(workspace, upload, by=by or make_user(), now=NOW)


def make_guide(workspace, name=None, *, questions=None, by=None, **fields):
    """`questions`: (text, numbers it tests)."""
    guide = Guide.objects.create(
        workspace=workspace,
        name=name or f"Guide {next(numbers)}",
        created_by=by or make_user(),
        created_at=NOW,
        **fields,
    )
    asked = questions or [("Tell me about the last time.", [1, 4])]
    for position, (text, tests) in enumerate(asked, 1):
        guide.questions.create(
            workspace=workspace, position=position, text=text, tests=tests
        )
    return guide


def make_import_run(workspace, rows, *, by=None, header=("Name", "E-mail"), **fields):
    """`rows` are lists of cells; the first stands in line 2."""
    defaults = {"kind": "people", "total": len(rows), "created_at": NOW}
    run = ImportRun.objects.create(
        workspace=workspace,
        by=by or make_user(),
        header=list(header),
        **defaults | fields,
    )
    ImportRow.objects.bulk_create(
        ImportRow(workspace=workspace, run=run, line=line, cells=cells)
        for line, cells in enumerate(rows, start=2)
    )
    return run


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
