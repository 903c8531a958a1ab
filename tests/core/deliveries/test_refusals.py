"""Checked again before sending; held, paused, refused."""

from datetime import timedelta

import pytest

from core.deliveries import (
    deliver_due,
    deliver_one,
    dispatch_due,
    plan,
)
from core.deliveries.claiming import claim, due
from core.deliveries.settling import STEPS
from core.installation import Hold, hold, release
from core.models import Delivery, Installation, Membership
from tests.core.ledger import MINUTE, NOW, State, fresh, outbox, planned
from tests.factories import make_user
from tests.smtp_sink import HANG_UP, sink

pytestmark = pytest.mark.usefixtures("house")


def leave(workspace, user):
    Membership.objects.filter(user=user).update(left_on=NOW.date())


def deactivate(workspace, user):
    user.is_active = False
    user.save(update_fields=["is_active"])


def make_sample(workspace, user):
    workspace.is_sample = True
    workspace.save(update_fields=["is_sample"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason"),
    [(leave, "not_member"), (deactivate, "inactive"), (make_sample, "sample")],
)
def test_what_changed_since_the_plan_stops_the_mail(
    workspace, owner, founder, house, change, reason
):
    plan(kind="note", workspace=workspace, recipient=founder, now=NOW, payload="geheim")
    change(workspace, founder)

    tally = deliver_due(NOW)

    assert tally == {"sent": 0, "skipped": 1}
    row = Delivery.objects.get()
    assert (row.state, row.reason, row.attempts) == (State.SKIPPED, reason, 0)
    assert row.payload == ""
    assert outbox(house) == []


@pytest.mark.django_db
def test_account_mail_without_a_venture_needs_no_membership():
    plan(kind="note", recipient=make_user("solo@example.com"), now=NOW)

    assert deliver_due(NOW)["sent"] == 1


@pytest.mark.django_db
def test_check_of_the_kind_stops_the_mail(house):
    row = planned(period="late")

    deliver_due(NOW)

    assert (fresh(row).state, fresh(row).reason) == (State.SKIPPED, "late")
    assert outbox(house) == []


@pytest.mark.django_db
def test_address_that_bounced_three_times_gets_nothing_for_thirty_days(mail_server):
    mail_server.says["RCPT"] = lambda address, count: "550 unknown here"
    rows = [planned("gone@example.com", now=NOW + n * MINUTE) for n in range(4)]

    for n in range(4):
        deliver_due(NOW + n * MINUTE)
    later = NOW + timedelta(days=31)
    new_chance = planned("gone@example.com", now=later)
    deliver_due(later)

    states = [fresh(row).state for row in [*rows, new_chance]]
    assert states == ["bounced", "bounced", "bounced", "skipped", "bounced"]
    assert fresh(rows[0]).reason == "550 unknown here"
    assert fresh(rows[3]).reason == "suppressed"
    assert mail_server.seen["RCPT"] == 4


@pytest.mark.django_db
def test_hold_keeps_everything_back_until_it_is_released(house):
    rows = [planned() for _row in range(3)]
    deliver_one(rows[0].pk, NOW)
    hold(Hold.RESTORED, NOW)

    assert dispatch_due(NOW + 60 * MINUTE) == {"sent": 0, "skipped": 0}
    assert {fresh(row).attempts for row in rows[1:]} == {0}
    release()
    assert dispatch_due(NOW + 60 * MINUTE)["sent"] == 2
    assert len(outbox(house)) == 3


@pytest.mark.django_db
def test_hold_set_during_a_pass_stops_the_next_claim():
    row = planned()
    assert list(due(NOW)) == [row]

    deliver_due(NOW, limit=0)
    hold(Hold.MANUAL, NOW)

    assert claim(row.pk, NOW) is None


@pytest.mark.django_db
def test_refused_sender_pauses_the_queue_and_fails_nobody(mail_server):
    mail_server.says["MAIL"] = lambda address, count: "550 sender refused"
    rows = [planned() for _row in range(60)]

    tally = deliver_due(NOW)
    again = deliver_due(NOW + 14 * MINUTE)

    assert (tally, again) == (
        {"sent": 0, "skipped": 0, "retry": 1},
        {"sent": 0, "skipped": 0},
    )
    assert mail_server.seen["MAIL"] == 1
    row = Installation.objects.get()
    assert row.mail_pause_reason == "550 sender refused"
    assert 15 * MINUTE <= row.mail_paused_until - NOW < 16 * MINUTE
    assert sorted(fresh(row).attempts for row in rows) == [0] * 59 + [1]


@pytest.mark.django_db
def test_pause_ends_with_the_first_mail_taken(mail_server):
    mail_server.says["MAIL"] = lambda address, count: None if count else "450 busy"
    planned(), planned()

    deliver_due(NOW)
    tally = deliver_due(NOW + 2 * MINUTE)

    assert tally["sent"] == 2
    row = Installation.objects.get()
    assert (row.mail_paused_until, row.mail_pause_reason) == (None, "")


@pytest.mark.django_db
def test_server_away_for_ever_ends_in_failed_after_more_than_a_day(settings):
    with sink() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
    row = planned()

    moment, ended_after = NOW, None
    while ended_after is None and moment < NOW + timedelta(days=4):
        dispatch_due(moment)
        if fresh(row).state == State.FAILED:
            ended_after = moment - NOW
        moment += 30 * MINUTE

    row = fresh(row)
    assert timedelta(hours=24) < sum(STEPS, timedelta()) <= ended_after
    assert (row.attempts, row.deferrals) == (8, 8)
    assert row.reason.startswith("no connection")


@pytest.mark.django_db
def test_full_disk_never_says_sent(house):
    (house / "outbox").write_text("a file where the folder should be")
    row = planned()

    tally = deliver_due(NOW)
    (house / "outbox").unlink()
    later = deliver_due(NOW + 2 * MINUTE)

    assert (tally, later["sent"]) == ({"sent": 0, "skipped": 0, "retry": 1}, 1)
    assert fresh(row).deferrals == 1


@pytest.mark.django_db
def test_greylisted_mail_comes_back_with_the_same_message_id(mail_server):
    mail_server.says["RCPT"] = lambda address, count: None if count else "451 later"
    row = planned()

    deliver_due(NOW)
    deliver_due(NOW + 2 * MINUTE)

    row = fresh(row)
    assert (row.state, row.attempts, row.deferrals) == (State.SENT, 2, 1)
    (mail,) = mail_server.received
    assert mail.message_id == row.message_id
    assert mail.key == row.key


@pytest.mark.django_db
def test_answer_lost_after_the_message_is_tried_once_more(mail_server):
    mail_server.says["DATA"] = lambda mail, count: HANG_UP
    row = planned()

    for minute in range(0, 60, 5):
        dispatch_due(NOW + minute * MINUTE)

    row = fresh(row)
    assert (row.state, row.is_ambiguous, row.attempts) == (State.UNKNOWN, True, 2)
    assert len(mail_server.unacknowledged) == 2
    assert {mail.message_id for mail in mail_server.unacknowledged} == {row.message_id}
