"""A mark and a day that are set beforehand: judged once, on that day, by what is known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from decisions.actions import judge_metric, register_stop_rule
from decisions.actions.sweeping import sweep, sweep_metrics
from decisions.alerting import Severity
from decisions.errors import IncompleteError
from decisions.models import Alert, Decision, StopRule
from decisions.rules.dated import AT_LEAST, AT_MOST, Came, Dated, came, unmet_rules
from decisions.rules.record import Record
from forecasts.drift import Cadence, Direction
from tests.decisions.cases import (
    BAD,
    GOOD,
    LATER,
    correct,
    decide,
    evaluate,
    follow,
    follow_up,
    next_rule,
    report,
    stop_on,
)
from tests.decisions.pages import step_data, url
from tests.factories import NOW, TODAY, fresh_key, make_workspace
from tests.helpers import soup, text_of

DAY = timedelta(days=1)
# The week to Sunday the 1st is over; the next two end on the 8th and the 15th.
EIGHTH = date(2026, 11, 8)
ON_NINTH = NOW + 7 * DAY


# --- the rule ------------------------------------------------------------------------
def record(as_of=date(2026, 11, 9), *, is_vanity=False, **actuals):
    """Weeks by the day of November, or of October where negative, on which they end."""
    spans = {}
    for name, value in actuals.items():
        end = date(2026, 11, int(name[1:]))
        spans[(end - 6 * DAY, end)] = float(value)
    return Record(
        kind="flow",
        direction=Direction.HIGHER,
        cadence=Cadence.WEEKLY,
        plan=(),
        actuals=spans,
        as_of=as_of,
        is_vanity=is_vanity,
    )


def rule(comparison=AT_LEAST, mark=4000, by_on=EIGHTH, last_end=EIGHTH):
    return Dated(comparison, mark, by_on, date(2026, 10, 1), last_end)


@pytest.mark.parametrize(
    ("dated", "known", "found"),
    [
        (rule(), record(_8=4000), Came.MET),
        (rule(), record(_8=3999), Came.NOT_MET),
        (rule(AT_MOST), record(_8=4000), Came.MET),
        (rule(AT_MOST), record(_8=4001), Came.NOT_MET),
        (rule(), record(_1=9000), Came.UNKNOWN),
        (rule(), record(), Came.UNKNOWN),
        (rule(), record(EIGHTH, _8=1), Came.AHEAD),
        # what came after the day says nothing about it
        (rule(), record(date(2026, 11, 30), _8=3000, _15=9000), Came.NOT_MET),
        (rule(), record(date(2026, 11, 30), _8=5000, _15=1), Came.MET),
        # a day within a week asks for the week before
        (
            rule(by_on=EIGHTH + 3 * DAY),
            record(date(2026, 11, 12), _8=5000, _15=1),
            Came.MET,
        ),
    ],
)
def test_what_came_of_one(dated, known, found):
    assert came(dated, known) == found
    assert (unmet_rules((dated,), known) is None) == (found in (Came.MET, Came.AHEAD))


def test_it_says_the_mark_the_day_and_the_number():
    concern = unmet_rules((rule(),), record(_8=2000))

    assert concern.severity is Severity.STOP
    assert concern.since == date(2026, 11, 9)
    assert concern.reason == (
        "At least 4,000 by 8 November 2026, or we stop: so it was registered on "
        "1 October 2026. It came to 2,000."
    )


def test_a_missing_number_is_said():
    late = unmet_rules((rule(),), record(_1=9000)).reason
    never = unmet_rules((rule(),), record()).reason

    assert late.endswith(
        "Nobody has said what came; the last number is 9,000, of the period to "
        "1 November 2026."
    )
    assert never.endswith("Nobody has said what came.")


def test_of_several_the_latest_tells_and_vanity_tells_nothing():
    first = rule(by_on=date(2026, 11, 1), last_end=date(2026, 11, 1), mark=9000)
    known = record(_1=1, _8=1)

    assert unmet_rules((first, rule()), known).since == date(2026, 11, 9)
    assert unmet_rules((rule(),), record(_8=1, is_vanity=True)) is None


# --- in the database -----------------------------------------------------------------
@pytest.fixture
def metric(workspace, owner, second_of_november):
    """On plan, with a rule on the week to the 8th."""
    metric = follow(workspace, owner=owner)
    report(metric, [GOOD] * 6)
    return metric


def register(metric, owner, *, mark=9000, by_on=EIGHTH, now=NOW, **fields):
    return register_stop_rule(
        metric,
        by=owner,
        comparison="at_least",
        mark=Decimal(mark),
        by_on=by_on,
        now=now,
        **fields,
    )


def stops():
    return Alert.objects.filter(rule="stop_rule")


@pytest.mark.django_db
def test_it_fires_on_its_day_and_once(metric, owner):
    register(metric, owner)
    report(metric, [GOOD], now=ON_NINTH)
    sweep(metric.workspace, now=NOW + 6 * DAY)
    assert not stops().exists()

    sweep(metric.workspace, now=ON_NINTH)
    judge_metric(metric.pk, now=ON_NINTH)
    sweep(metric.workspace, now=ON_NINTH + DAY)

    alert = stops().get()
    assert (alert.metric, alert.severity, alert.state) == (metric, "stop", "raised")
    assert "It came to 8,100." in alert.reason
    decide(alert, by=owner, now=ON_NINTH + DAY)
    for days in range(2, 9):
        sweep(metric.workspace, now=ON_NINTH + days * DAY)
        judge_metric(metric.pk, now=ON_NINTH + days * DAY)
    assert stops().count() == 1


@pytest.mark.django_db
def test_it_is_asked_when_the_number_comes_in(metric, owner):
    register(metric, owner)
    report(metric, [GOOD], now=ON_NINTH)

    judge_metric(metric.pk, now=ON_NINTH)

    assert stops().get().raised_at == ON_NINTH


@pytest.mark.django_db
def test_without_a_number_it_fires_and_says_so_and_a_late_one_recovers(metric, owner):
    register(metric, owner, mark=8000)

    sweep(metric.workspace, now=ON_NINTH)

    alert = stops().get()
    assert "Nobody has said what came" in alert.reason
    report(metric, [GOOD], now=ON_NINTH + DAY)
    for days in (1, 2):
        judge_metric(metric.pk, now=ON_NINTH + days * DAY)
        sweep_metrics(metric.workspace, now=ON_NINTH + days * DAY)
    alert.refresh_from_db()
    assert alert.recovered_at is not None
    assert alert.closed_at is None


@pytest.mark.django_db
def test_a_corrected_number_asks_again(metric, owner):
    register(metric, owner, mark=8000)
    report(metric, [GOOD], now=ON_NINTH)
    judge_metric(metric.pk, now=ON_NINTH)
    assert not stops().exists()

    correct(metric, 6, BAD, now=ON_NINTH + DAY)
    judge_metric(metric.pk, now=ON_NINTH + DAY)

    assert "It came to 2,000." in stops().get().reason


@pytest.mark.django_db
def test_days_on_which_nobody_swept_cost_no_rule_its_day(metric, owner):
    register(metric, owner)
    report(metric, [GOOD], now=ON_NINTH)
    sweep(metric.workspace, now=NOW)

    sweep(metric.workspace, now=ON_NINTH + 20 * DAY)

    assert stops().exists()


@pytest.mark.django_db
def test_the_next_rule_fires_after_the_decision_on_the_last(metric, owner):
    register(metric, owner)
    report(metric, [GOOD], now=ON_NINTH)
    sweep(metric.workspace, now=ON_NINTH)
    decide(stops().get(), by=owner, now=ON_NINTH)

    register(metric, owner, by_on=date(2026, 11, 15), now=ON_NINTH)
    sweep(metric.workspace, now=ON_NINTH + 7 * DAY)

    assert stops().count() == 2
    assert stops().get(closed_at=None).follows is not None


@pytest.mark.django_db
@pytest.mark.parametrize("by_on", [TODAY, TODAY - DAY])
def test_its_day_lies_ahead(metric, owner, by_on):
    with pytest.raises(ValidationError):
        register(metric, owner, by_on=by_on)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"is_vanity": True}, {"closed_at": NOW}], ids=["vanity", "closed"]
)
def test_not_on_what_raises_nothing(metric, owner, fields):
    type(metric).objects.update(**fields)

    with pytest.raises(ValidationError):
        register(metric, owner)


@pytest.mark.django_db
def test_it_is_never_changed(metric, owner):
    row = register(metric, owner)

    for attempt in (row.save, row.delete, StopRule.objects.all().delete):
        with pytest.raises(TypeError, match="append-only"):
            attempt()


# --- with a decision -----------------------------------------------------------------
@pytest.mark.django_db
def test_whoever_goes_on_sets_the_next_one(workspace, owner):
    alert = stop_on(workspace, owner=owner)
    going_on = {"kind": "fix_execution", "change": "Two more vans."}
    none = dict.fromkeys(next_rule(alert), "") | {"rule_mark": None, "rule_by": None}

    with pytest.raises(IncompleteError) as refusal:
        decide(alert, by=owner, **going_on, **none)
    assert [one.words for one in refusal.value.missing] == ["Set the next stop rule."]

    decision = decide(alert, by=owner, now=NOW + DAY, **going_on)
    row = StopRule.objects.get()
    assert (row.decision, row.metric, row.mark, row.by_on) == (
        decision,
        alert.metric,
        4000,
        LATER,
    )
    assert (row.registered_by, row.registered_at) == (owner, NOW + DAY)


@pytest.mark.django_db
def test_a_line_that_ends_needs_none_and_half_of_one_is_refused(workspace, owner):
    alert = stop_on(workspace, owner=owner)

    with pytest.raises(IncompleteError):
        decide(alert, by=owner, rule_metric=str(alert.metric_id))

    decide(alert, by=owner, now=NOW + DAY)
    assert not StopRule.objects.exists()


@pytest.mark.django_db
def test_another_ventures_metric_takes_no_rule(workspace, owner):
    alert = stop_on(workspace, owner=owner)
    foreign = follow(make_workspace(), owner=owner)
    rule = next_rule(alert) | {"rule_metric": str(foreign.pk)}

    with pytest.raises(IncompleteError):
        decide(alert, by=owner, **rule)

    assert Alert.objects.get().closed_at is None
    assert not Decision.objects.exists()


# --- pages ---------------------------------------------------------------------------
def page(name, metric, *args):
    return reverse(f"decisions:{name}", args=[metric.workspace.slug, *args])


@pytest.mark.django_db
def test_registering_on_its_page(client, metric, owner, advisor):
    client.force_login(owner)
    add = f"{page('stop_rule_add', metric)}?metric={metric.pk}"
    chosen = soup(client.get(add)).select_one("[name=metric] option[selected]")
    data = {
        "metric": metric.pk,
        "comparison": "at_least",
        "mark": "9,000",
        "by_on": EIGHTH.isoformat(),
    }

    early = client.post(
        add, data | {"by_on": TODAY.isoformat(), "form_key": fresh_key()}
    )
    done = client.post(add, data | {"form_key": fresh_key()})

    assert chosen["value"] == str(metric.pk)
    assert (early.status_code, done.status_code) == (422, 303)
    client.force_login(advisor)
    assert "at least 9,000" in text_of(client.get(page("stop_rule_list", metric)))
    part = client.get(
        page("metric_stop_rules", metric, metric.pk), headers={"HX-Request": "true"}
    )
    assert "at least 9,000" in text_of(part)
    assert client.post(add, data).status_code == 403


@pytest.mark.django_db
def test_a_day_whose_week_cannot_be_counted_is_refused(client, metric, owner):
    """Kept, it would break the list of rules, and every verdict on the metric."""
    client.force_login(owner)
    data = {"metric": metric.pk, "comparison": "at_least", "mark": "9,000"}
    data |= {"by_on": "9999-12-31", "form_key": fresh_key()}

    answer = client.post(page("stop_rule_add", metric), data)

    assert answer.status_code == 422
    assert "Enter a day between 1990 and 2199." in text_of(answer)
    assert not StopRule.objects.exists()


@pytest.mark.django_db
def test_foreign_metrics_are_not_offered(client, metric, owner):
    foreign = follow(make_workspace(), owner=owner)
    client.force_login(owner)
    data = {
        "metric": foreign.pk,
        "comparison": "at_least",
        "mark": "9",
        "by_on": EIGHTH.isoformat(),
        "form_key": fresh_key(),
    }

    assert client.post(page("stop_rule_add", metric), data).status_code == 422
    assert not StopRule.objects.exists()


@pytest.mark.django_db
def test_queries_do_not_grow_with_rules(
    client, metric, owner, django_assert_max_num_queries
):
    client.force_login(owner)
    for number in range(30):
        register(metric, owner, mark=number)

    with django_assert_max_num_queries(12):
        client.get(page("stop_rule_list", metric))


@pytest.mark.django_db
def test_a_rule_is_written_in_the_last_step_and_told_with_the_decision(
    client, workspace, owner
):
    alert = stop_on(workspace, owner=owner)
    client.force_login(owner)
    rev = evaluate(alert, by=owner).rev
    data = step_data(5, rev, kind="fix_execution", change="Two more vans.")

    assert client.post(url("evaluation_step", alert, 5), data).status_code == 303
    summary = client.get(url("decision_add", alert))
    rev = soup(summary).select_one("main [name=rev]")["value"]
    assert f"{alert.metric.name}: at least 4,000" in text_of(summary)
    client.post(url("decision_add", alert), {"rev": rev, "form_key": fresh_key()})

    detail = text_of(client.get(url("alert_detail", alert)))
    assert f"{alert.metric.name}: at least 4,000" in detail
    assert follow_up(owner).what in detail
