"""An open alert is taken up, put off once, and told to more people when it waits."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import Delivery, Role
from decisions.actions import acknowledge, snooze
from decisions.actions.escalating import escalate_due
from decisions.errors import DecidedError, SettledError
from decisions.escalation_mails import recheck, render
from decisions.models import Alert, Escalation, Snooze
from decisions.reports.stops import open_stops_of
from decisions.waiting import latest_day, take_up_by
from tests.decisions.cases import decide, evaluate, stop_on
from tests.decisions.exits import raise_on, raise_watch
from tests.decisions.pages import url
from tests.factories import NOW, TODAY, fresh_key, make_hypothesis, make_member
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db

REASON = "The warehouse was closed by a storm until Thursday; we look on Friday."
DAY = timedelta(days=1)
FRIDAY = date(2026, 11, 6)
TWO_DAYS_ON = NOW + 2 * DAY  # Wednesday
THREE_DAYS_ON = NOW + 3 * DAY
PAST_ITS_DAY = NOW + 15 * DAY


@pytest.fixture
def alert(workspace, owner, second_of_november):
    return stop_on(workspace, owner=owner)


def state_of(alert):
    return Alert.objects.values_list("state", flat=True).get(pk=alert.pk)


def told(level):
    mails = Delivery.objects.filter(kind="alert_escalated", transition=level)
    return sorted(mails.values_list("address", flat=True))


# --- taken up --------------------------------------------------------------------
def test_somebody_answers_for_it(alert, owner, founder):
    acknowledge(alert, by=owner, owner=founder, evaluate_by=FRIDAY, now=NOW)

    alert.refresh_from_db()
    assert (alert.state, alert.owner, alert.evaluate_by) == (
        "acknowledged",
        founder,
        FRIDAY,
    )


@pytest.mark.parametrize("ahead", [-1, 15])
def test_its_day_lies_between_today_and_the_last_one(alert, owner, ahead):
    with pytest.raises(ValidationError) as refusal:
        acknowledge(
            alert, by=owner, owner=owner, evaluate_by=TODAY + ahead * DAY, now=NOW
        )

    assert refusal.value.message_dict["evaluate_by"] == [
        "Choose a day from today to 16 November 2026."
    ]


@pytest.mark.parametrize("who", ["member", "advisor", "stranger"])
def test_only_those_who_decide_answer_for_it(request, alert, owner, who):
    user = request.getfixturevalue(who)
    with pytest.raises(ValidationError):
        acknowledge(alert, by=owner, owner=user, evaluate_by=FRIDAY, now=NOW)


def test_the_state_of_an_evaluation_stays(alert, owner):
    evaluate(alert, by=owner)

    acknowledge(alert, by=owner, owner=owner, evaluate_by=FRIDAY, now=NOW)

    assert state_of(alert) == "evaluating"


# --- put off ---------------------------------------------------------------------
def test_it_lifts_itself_and_the_block_stays_on_every_page(client, alert, owner):
    client.force_login(owner)
    snooze(alert, by=owner, until=FRIDAY, reason=REASON, now=NOW)

    stops = [open_stops_of(alert.workspace, NOW + days * DAY) for days in range(5)]
    block = soup(client.get(reverse("milestones:board", args=["acme"])))

    assert [one.is_snoozed for one in stops] == [True, True, True, True, False]
    assert "is-quiet" in block.select_one("#open-stops")["class"]
    assert "put it off until" in block.select_one("#open-stops").text


def test_another_stop_stands_before_one_that_is_put_off(workspace, alert, owner):
    second = stop_on(workspace, owner=owner, now=NOW + timedelta(minutes=1))
    assert open_stops_of(workspace, NOW).first == alert

    snooze(alert, by=owner, until=FRIDAY, reason=REASON, now=NOW)

    assert open_stops_of(workspace, NOW).first == second
    assert not open_stops_of(workspace, NOW).is_snoozed


def test_once(alert, owner, founder):
    snooze(alert, by=owner, until=FRIDAY, reason=REASON, now=NOW)

    with pytest.raises(SettledError):
        snooze(alert, by=founder, until=FRIDAY + DAY, reason=REASON, now=NOW + 9 * DAY)

    assert Snooze.objects.get().by == owner


@pytest.mark.parametrize("ahead", [-1, 0, 8])
def test_a_week_at_most(alert, owner, ahead):
    with pytest.raises(ValidationError):
        snooze(alert, by=owner, until=TODAY + ahead * DAY, reason=REASON, now=NOW)


def test_nothing_of_it_after_the_decision(alert, owner):
    decide(alert, by=owner)

    with pytest.raises(DecidedError):
        snooze(alert, by=owner, until=FRIDAY, reason=REASON, now=NOW)
    with pytest.raises(DecidedError):
        acknowledge(alert, by=owner, owner=owner, evaluate_by=FRIDAY, now=NOW)


# --- told to more people ----------------------------------------------------------
def test_nobody_took_it_up(alert, owner, founder, advisor):
    assert escalate_due(TWO_DAYS_ON) == {"planned": 0}

    assert escalate_due(THREE_DAYS_ON) == {"planned": 2}
    assert escalate_due(THREE_DAYS_ON) == {"planned": 0}

    assert told("taken_up") == ["founder@example.com", "owner@example.com"]


def test_somebody_did(alert, owner, founder):
    acknowledge(alert, by=owner, owner=founder, evaluate_by=FRIDAY, now=NOW)

    assert escalate_due(THREE_DAYS_ON) == {"planned": 0}


def test_no_decision_by_its_day_is_told_to_advisors_and_the_word_is_over(
    alert, owner, founder, advisor, observer
):
    acknowledge(alert, by=owner, owner=founder, evaluate_by=FRIDAY, now=NOW)

    escalate_due(NOW + 5 * DAY)

    assert told("decided") == [
        "advisor@example.com",
        "founder@example.com",
        "owner@example.com",
    ]
    assert state_of(alert) == "raised"
    assert told("taken_up") == []  # one cause, one message


def test_a_snooze_moves_no_day(alert, owner, advisor):
    until = TODAY + 7 * DAY
    snooze(alert, by=owner, until=until, reason=REASON, now=NOW)

    escalate_due(PAST_ITS_DAY)

    assert [row.level for row in Escalation.objects.all()] == ["decided"]


def test_a_decision_ends_it(alert, owner, advisor):
    escalate_due(PAST_ITS_DAY)
    mail = Delivery.objects.filter(kind="alert_escalated").first()
    words = render(mail)

    assert "nothing was decided by the day named" in words.text
    assert recheck(mail, PAST_ITS_DAY) is None
    decide(alert, by=owner)
    assert recheck(mail, PAST_ITS_DAY) == "decided"
    assert escalate_due(PAST_ITS_DAY + 9 * DAY) == {"planned": 0}


def test_who_left_or_took_it_up_is_told_nothing(alert, owner, founder):
    escalate_due(THREE_DAYS_ON)
    mail = Delivery.objects.get(kind="alert_escalated", recipient=founder)

    acknowledge(alert, by=owner, owner=owner, evaluate_by=FRIDAY, now=NOW)
    assert recheck(mail, THREE_DAYS_ON) == "taken up"


def test_queries_do_not_grow_with_alerts_that_were_told(
    workspace, alert, owner, django_assert_max_num_queries
):
    for _ in range(3):
        stop_on(workspace, owner=owner)
    escalate_due(PAST_ITS_DAY)

    with django_assert_max_num_queries(2):
        escalate_due(PAST_ITS_DAY)


# --- pages -----------------------------------------------------------------------
def test_taking_up_and_putting_off_on_pages(client, alert, owner, founder):
    client.force_login(founder)
    taken = {"owner": owner.pk, "evaluate_by": FRIDAY, "form_key": fresh_key()}
    put_off = {"until": FRIDAY, "reason": REASON, "form_key": fresh_key()}

    short = client.post(url("alert_snooze", alert), put_off | {"reason": "Busy."})
    assert client.post(url("alert_take_up", alert), taken).status_code == 303
    assert client.post(url("alert_snooze", alert), put_off).status_code == 303
    late = client.post(url("alert_snooze", alert), put_off | {"form_key": fresh_key()})

    page = text_of(client.get(url("alert_detail", alert)))
    assert (short.status_code, late.status_code) == (422, 409)
    assert "Olga Owner answers for it until" in page
    assert (
        f"Frida Founder put it off until Fri 6 Nov: {REASON}" in page or REASON in page
    )
    assert REASON in str(soup(late).select("textarea[readonly]"))


def test_advisors_read_the_reason_and_change_nothing(client, alert, owner):
    advisor = make_member(alert.workspace, Role.ADVISOR).user
    snooze(alert, by=owner, until=FRIDAY, reason=REASON, now=NOW)
    client.force_login(advisor)

    assert REASON in text_of(client.get(url("alert_detail", alert)))
    for name in ("alert_take_up", "alert_snooze"):
        assert client.post(url(name, alert)).status_code == 403


def test_a_watch_that_grew_counts_its_days_from_there(workspace, owner, founder):
    """Noticed on Monday the 2nd, a stop since Thursday the 12th."""
    about = make_hypothesis(workspace, by=owner)
    alert = raise_watch(workspace, about)
    grown = NOW + 10 * DAY
    raise_on(workspace, about, grown)
    alert.refresh_from_db()

    assert (alert.raised_at, alert.grown_at) == (NOW, grown)
    assert take_up_by(alert, workspace) == date(2026, 11, 16)
    assert latest_day(alert, workspace) == alert.evaluate_by == date(2026, 11, 26)
    assert escalate_due(NOW + 14 * DAY) == {"planned": 0}  # Monday the 16th
    assert escalate_due(NOW + 15 * DAY) == {"planned": 2}
    assert [row.level for row in Escalation.objects.all()] == ["taken_up"]


def test_an_alert_raised_as_a_stop_has_not_grown(alert):
    assert alert.grown_at is None
    assert take_up_by(alert, alert.workspace) == date(2026, 11, 4)


@pytest.mark.parametrize("reason", ["", "Busy.", "\u2060" * 80, "." + " " * 80 + "."])
def test_a_snooze_says_why(alert, owner, reason):
    """Signs that nobody sees are no reason."""
    with pytest.raises(ValidationError):
        snooze(alert, by=owner, until=FRIDAY, reason=reason, now=NOW)
