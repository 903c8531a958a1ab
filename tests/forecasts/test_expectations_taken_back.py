"""What was noted wrongly of investors is taken back by a further row, and counts no more."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.models import ActivityEntry
from core.revisions import EndedError
from forecasts.actions import tell_investors, withdraw_expectation
from forecasts.models import InvestorExpectation, Metric
from forecasts.told import (
    expectations_in,
    is_taken_back_last,
    latest_told,
    tellings_of,
    with_told,
)
from milestones.reports.stage import counts_of
from milestones.scope import scope_of
from tests.factories import (
    NOW,
    TODAY,
    fresh_key,
    make_forecast,
    make_metric,
    weeks,
)
from tests.helpers import soup, text_of
from tests.selling import make_expectation

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders", unit="orders")


@pytest.fixture
def plan(metric, founder):
    spans = weeks(TODAY - timedelta(weeks=2), 6)
    return make_forecast(metric, [(*span, 5000) for span in spans], by=founder)


@pytest.fixture
def telling(plan):
    return make_expectation(plan.revisions.get(), told_to="A fund")


def taken_back(telling, founder, reason="It was another fund.", now=LATER):
    return withdraw_expectation(telling, by=founder, now=now, reason=reason)


def latest(metric):
    [row] = with_told(Metric.objects.filter(pk=metric.pk))
    return row


# --- rows ------------------------------------------------------------------------
def test_it_counts_no_more_and_stays_on_record(telling, founder, workspace):
    row = taken_back(telling, founder)

    assert (row.supersedes, row.told_to, row.told_on) == (
        telling,
        telling.told_to,
        telling.told_on,
    )
    assert not InvestorExpectation.objects.current().exists()
    [one] = tellings_of(expectations_in(workspace), workspace)
    assert one.key == telling.pk
    assert one.taken_back.reason == "It was another fund."
    assert not one.is_behind
    entry = ActivityEntry.objects.get(verb="investors.telling_withdrawn")
    assert entry.subject_id == telling.pk


def test_what_was_told_before_it_is_the_newest_again(metric, plan, telling, founder):
    earlier = telling.told_on - timedelta(days=5)
    make_expectation(plan.revisions.get(), told_to="The board", told_on=earlier)
    assert latest(metric).told_to == "A fund"

    taken_back(telling, founder)

    row = latest(metric)
    assert row.told_to == "The board"
    assert latest_told(row).promises
    assert is_taken_back_last(row)
    assert row.back_to == "A fund"


def test_told_anew_the_withdrawal_is_past(metric, plan, telling, founder):
    taken_back(telling, founder)
    later = LATER + timedelta(minutes=1)
    revision = plan.revisions.get()

    tell_investors(revision, by=founder, now=later, told_to="B", told_on=TODAY)

    assert not is_taken_back_last(latest(metric))


def test_nobody_takes_it_back_twice_or_without_a_reason(telling, founder):
    with pytest.raises(ValidationError, match="Say why"):
        taken_back(telling, founder, reason=" ")
    row = taken_back(telling, founder)

    with pytest.raises(EndedError, match="taken back already"):
        taken_back(telling, founder)
    with pytest.raises(InvestorExpectation.DoesNotExist):
        taken_back(row, founder)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_expectation(telling.revision, supersedes=row, reason="")


def test_the_stage_of_the_venture_counts_it_no_more(telling, founder, workspace):
    scope = scope_of(workspace)
    assert counts_of(scope).told == 1

    taken_back(telling, founder)

    assert counts_of(scope).told == 0


# --- pages -----------------------------------------------------------------------
def test_a_founder_takes_it_back_and_list_and_metric_mark_it(
    signed_in, metric, telling, url
):
    page = url("expectation_withdraw", telling.pk)
    assert page in str(soup(signed_in.get(url("expectation_list"))))
    assert page in str(soup(signed_in.get(url("metric_detail", metric.pk))))
    assert "A fund was told" in text_of(signed_in.get(page))

    answer = signed_in.post(
        page, {"reason": "It was another fund.", "form_key": fresh_key()}
    )

    for place in (answer["Location"], url("metric_detail", metric.pk)):
        shown = signed_in.get(place)
        assert "Taken back." in text_of(shown)
        assert "It was another fund." in text_of(shown)
        assert page not in str(soup(shown))


@pytest.mark.parametrize("reason", ["", "\u200b"])
def test_a_reason_is_asked_for(signed_in, telling, url, reason):
    page = url("expectation_withdraw", telling.pk)

    answer = signed_in.post(page, {"reason": reason, "form_key": fresh_key()})

    assert answer.status_code == 422
    assert "Say why it is taken back." in text_of(answer)
    assert InvestorExpectation.objects.count() == 1


def test_somebody_was_faster_and_nothing_typed_is_lost(
    signed_in, telling, founder, url
):
    taken_back(telling, founder)

    answer = signed_in.post(
        url("expectation_withdraw", telling.pk),
        {"reason": "Typed twice.", "form_key": fresh_key()},
    )

    assert answer.status_code == 409
    assert "This was taken back already." in text_of(answer)
    assert "It was another fund." in text_of(answer)
    typed = soup(answer).find("textarea", attrs={"name": "reason"})
    assert typed.text.strip() == "Typed twice."


def test_who_plans_does_not_take_back_for_the_founders(client, member, telling, url):
    client.force_login(member)
    page = url("expectation_withdraw", telling.pk)

    assert client.get(page).status_code == 403
    assert page not in str(soup(client.get(url("expectation_list"))))


def test_the_file_marks_it(signed_in, telling, founder, url):
    taken_back(telling, founder)

    file = signed_in.get(url("expectation_list") + "?format=csv").content.decode()

    assert file.splitlines()[0].endswith("taken_back_on,why")
    last = file.splitlines()[-1].split(",")
    assert last[-2:] == ["2026-11-02", "It was another fund."]


def test_dashboard_and_report_say_so_and_count_what_stands(
    client, advisor, plan, telling, founder
):
    earlier = telling.told_on - timedelta(days=5)
    make_expectation(plan.revisions.get(), told_to="The board", told_on=earlier)
    taken_back(telling, founder)
    client.force_login(advisor)

    pages = ("portfolio:shared", "portfolio:report")
    for page in pages:
        text = text_of(client.get(reverse(page, args=[telling.workspace.slug])))
        assert "The board was told" in text
        assert "A fund was told" not in text
        assert "What A fund was said to be told, 13 Oct 2026, was taken back" in text
        assert "It was another fund." in text
