from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from forecasts.actions import (
    Entry,
    close_metric,
    correct_actual,
    record_actual,
    record_actuals,
)
from forecasts.errors import Conflict
from forecasts.models import Actual
from tests.factories import (
    NOW,
    make_actual,
    make_forecast,
    make_metric,
    make_workspace,
    weeks,
)

pytestmark = pytest.mark.django_db
WEEK_43, WEEK_44, WEEK_45 = weeks(date(2026, 10, 19), 3)
JUNE = (date(1999, 6, 2), date(1999, 6, 30))


@pytest.fixture
def metric(workspace):
    return make_metric(workspace)


def record(metric, by, period=WEEK_44, value=5, now=NOW, **fields):
    return record_actual(
        metric,
        by=by,
        now=now,
        period_start=period[0],
        period_end=period[1],
        value=Decimal(value),
        **fields,
    )


def test_recording_writes_bumps_and_logs(metric, founder):
    actual = record(metric, founder, value_kind="estimated", source="Stripe")

    assert (actual.value, actual.value_kind, actual.source) == (
        5,
        "estimated",
        "Stripe",
    )
    assert (actual.by, actual.recorded_at) == (founder, NOW)
    metric.refresh_from_db()
    assert metric.evidence_rev == 1
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.subject_id) == ("actual.recorded", metric.pk)
    assert entry.data == {"actual": str(actual.pk), "period": "2026-10-26"}


def test_two_numbers_are_two_revisions_of_the_evidence(metric, founder):
    stale = type(metric).objects.get(pk=metric.pk)

    record(metric, founder, WEEK_43)
    record(stale, founder, WEEK_44)

    metric.refresh_from_db()
    assert metric.evidence_rev == 2


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (WEEK_45, "W45 is not over: its number can be entered from 2026-11-09 on"),
        (weeks(date(2027, 1, 4), 1)[0], "W01 is not over"),
        ((date(2026, 10, 27), date(2026, 11, 1)), "is not one week"),
        ((date(2026, 11, 1), date(2026, 10, 26)), "ends on or after"),
    ],
)
def test_periods_that_are_refused(metric, founder, period, words):
    with pytest.raises(ValidationError) as refused:
        record(metric, founder, period)

    assert words in refused.value.messages[0]
    assert not Actual.objects.exists()


@pytest.mark.parametrize(
    ("zone", "is_refused"), [("America/Los_Angeles", True), ("Asia/Tokyo", False)]
)
def test_a_period_ends_in_the_zone_of_the_venture(founder, zone, is_refused):
    metric = make_metric(make_workspace(timezone=zone))
    sunday_evening = datetime(2026, 11, 1, 18, tzinfo=UTC)

    if is_refused:
        with pytest.raises(ValidationError, match="W44 is not over"):
            record(metric, founder, now=sunday_evening)
    else:
        record(metric, founder, now=sunday_evening)


@pytest.mark.parametrize("way", ["imported", "planned"])
def test_irregular_periods_are_history(metric, founder, way):
    if way == "planned":
        make_forecast(metric, [(*JUNE, 8000)])

    actual = record(metric, founder, JUNE, 2000, imported=way == "imported")

    assert actual.period_end == JUNE[1]


def test_a_period_has_one_first_number(metric, founder):
    record(metric, founder)

    with pytest.raises(ValidationError) as refused:
        record(metric, founder, value=6)

    assert refused.value.messages == [
        "There is a number for W44 already: 5 orders/day. Correct it there."
    ]


def test_a_correction_is_a_further_row(metric, founder):
    first = record(metric, founder)

    second = correct_actual(
        first, by=founder, now=NOW, value=Decimal(7), reason="Two were missing."
    )

    first.refresh_from_db()
    assert (first.value, second.value, second.supersedes) == (5, 7, first)
    assert (second.period_start, second.value_kind) == (WEEK_44[0], "measured")
    assert list(Actual.objects.current()) == [second]
    metric.refresh_from_db()
    assert metric.evidence_rev == 2
    entry = ActivityEntry.objects.get(verb="actual.corrected")
    assert entry.data["supersedes"] == str(first.pk)
    assert entry.subject_id == metric.pk


def test_a_correction_may_say_how_it_is_known(metric, founder):
    first = record(metric, founder)

    second = correct_actual(
        first,
        by=founder,
        now=NOW,
        value=Decimal(5),
        reason="From the books.",
        value_kind="reported",
        source="Books",
    )

    assert (second.value, second.value_kind, second.source) == (5, "reported", "Books")


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        (7, " ", "Say why the number changes"),
        (5, "x", "This is the number already on record"),
    ],
)
def test_corrections_that_are_refused(metric, founder, value, reason, words):
    first = record(metric, founder)

    with pytest.raises(ValidationError, match=words):
        correct_actual(first, by=founder, now=NOW, value=Decimal(value), reason=reason)


def test_two_corrections_of_one_row_conflict(metric, founder):
    first = record(metric, founder)
    second = correct_actual(first, by=founder, now=NOW, value=Decimal(7), reason="x")

    with pytest.raises(Conflict) as conflict:
        correct_actual(first, by=founder, now=NOW, value=Decimal(8), reason="y")

    assert conflict.value.current == second
    assert Actual.objects.count() == 2


def test_a_closed_metric_takes_no_number(metric, founder):
    first = record(metric, founder)
    close_metric(metric, by=founder, now=NOW)

    with pytest.raises(ValidationError, match="This metric is closed"):
        record(metric, founder, WEEK_43)
    with pytest.raises(ValidationError, match="This metric is closed"):
        correct_actual(first, by=founder, now=NOW, value=Decimal(7), reason="x")


def entries(metric, *periods, value=3):
    return [Entry(metric, *period, Decimal(value)) for period in periods]


def test_many_numbers_at_once(workspace, founder, metric):
    other = make_metric(workspace)
    many = [*entries(metric, WEEK_43, WEEK_44), *entries(other, JUNE)]

    rows = record_actuals(workspace, many, by=founder, now=NOW)

    assert len(rows) == Actual.objects.count() == 3
    logged = ActivityEntry.objects.filter(verb="actuals.imported")
    assert {(entry.subject_id, entry.data["count"]) for entry in logged} == {
        (metric.pk, 2),
        (other.pk, 1),
    }
    for one in (metric, other):
        one.refresh_from_db()
        assert one.evidence_rev == 1


def test_many_numbers_are_all_or_none(workspace, founder, metric):
    make_actual(metric, *WEEK_43, 9)
    many = entries(metric, WEEK_43, WEEK_44, WEEK_44, WEEK_45)

    with pytest.raises(ValidationError) as refused:
        record_actuals(workspace, many, by=founder, now=NOW)

    assert [words[:22] for words in refused.value.messages] == [
        *("There is a number for ", "There is a number for ", "W45 is not over: its n"),
    ]
    assert Actual.objects.count() == 1


def test_no_numbers_leave_no_trace(workspace, founder):
    assert record_actuals(workspace, [], by=founder, now=NOW) == []
    assert not ActivityEntry.objects.exists()


def test_recorded_rows_cannot_be_changed(metric, founder):
    actual = record(metric, founder)

    with pytest.raises(TypeError, match="append-only"):
        actual.save()
    with pytest.raises(TypeError, match="append-only"):
        Actual.objects.filter(pk=actual.pk).update(value=0)
    assert actual.recorded_at - NOW == timedelta(0)
