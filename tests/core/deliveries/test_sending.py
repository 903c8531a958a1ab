"""A pass over what is due, and the message that leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.activity import log
from core.deliveries import (
    deliver_about,
    deliver_due,
    deliver_newest,
    deliver_one,
    dispatch_due,
    plan,
    sending,
)
from core.deliveries.messages import parcel_for
from core.delivery_tasks import deliver, deliver_after, help_out
from core.installation import hold, recognise_database
from core.models import Delivery, Installation
from tests.core.ledger import MINUTE, NOW, State, fresh, outbox, planned
from tests.core.mail_kinds import render

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.django_db
def test_deliver_due_sends_once(house):
    row = planned(payload="geheim")

    first, second = deliver_due(NOW), deliver_due(NOW + MINUTE)

    assert (first, second) == ({"sent": 1, "skipped": 0}, {"sent": 0, "skipped": 0})
    row = fresh(row)
    assert (row.state, row.attempts, row.payload) == (State.SENT, 1, "")
    assert timedelta() <= row.sent_at - NOW < MINUTE
    (mail,) = outbox(house)
    assert mail["Message-ID"] == row.message_id


@pytest.mark.django_db
def test_mail_bears_its_headers_and_both_parts(house):
    row = planned("ana@bücher.example")

    deliver_due(NOW)

    (mail,) = outbox(house)
    assert mail.keys() == [
        "X-Delivery-Key",
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Feedback-ID",
        "MIME-Version",
        "Content-Type",
    ]
    assert mail["X-Delivery-Key"] == row.key
    assert mail["To"] == "ana@xn--bcher-kva.example"
    assert mail["Subject"] == "News for Bcc: ana@bücher.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert mail.get_body(["plain"]).get_content() == "Hello ✓\n"
    assert mail.get_body(["html"]).get_content() == "<p>Hello ✓</p>\n"


@pytest.mark.django_db
def test_message_is_plain_ascii_with_the_key_on_one_line():
    row = planned(period="p" * 30)

    content = parcel_for(row, render(row), NOW).content

    assert content.isascii()
    assert content.startswith(f"X-Delivery-Key: {row.key}\r\n".encode())
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["text", "long"])
def test_html_absent_or_too_long_for_a_mailbox_is_left_out(house, period):
    planned(period=period)

    deliver_due(NOW)

    (mail,) = outbox(house)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content() == "Text.\n"


@pytest.mark.django_db
def test_not_before_is_kept(house):
    row = planned(not_before=NOW + MINUTE)

    assert deliver_due(NOW) == {"sent": 0, "skipped": 0}
    assert deliver_due(NOW + MINUTE) == {"sent": 1, "skipped": 0}
    assert fresh(row).state == State.SENT


@pytest.mark.django_db
def test_limit_takes_the_oldest_first():
    rows = [planned(now=NOW - n * MINUTE) for n in range(3)]

    deliver_due(NOW, limit=2)

    assert [fresh(row).state for row in rows] == ["planned", "sent", "sent"]


@pytest.mark.django_db
def test_one_and_about_leave_the_others():
    one, about, other = planned(), planned(), planned()

    deliver_one(one.pk, NOW)
    deliver_about(about.subject_id, NOW)

    states = [fresh(row).state for row in (one, about, other)]
    assert states == ["sent", "sent", "planned"]


@pytest.mark.django_db
def test_pass_ends_when_its_time_is_over(monkeypatch):
    monkeypatch.setattr(sending, "PASS_SECONDS", -1.0)
    row = planned()

    assert deliver_due(NOW) == {"sent": 0, "skipped": 0}
    assert fresh(row).state == State.PLANNED


@pytest.mark.django_db
def test_mail_follows_a_changed_address(workspace, owner, house):
    plan(kind="note", workspace=workspace, recipient=owner, now=NOW)
    owner.email = "new@example.com"
    owner.save(update_fields=["email"])

    deliver_due(NOW)

    assert [mail["To"] for mail in outbox(house)] == ["new@example.com"]
    assert Delivery.objects.get().address == "new@example.com"


@pytest.mark.django_db(transaction=True)
def test_pass_outlives_a_connection_that_grew_old(house):
    rows = [planned() for _row in range(3)]

    tally = deliver_due(NOW)

    assert tally == {"sent": 3, "skipped": 0}
    assert {fresh(row).state for row in rows} == {State.SENT}


@pytest.mark.django_db
def test_task_delivers_one(house):
    one, _other = planned(), planned()

    deliver(str(one.pk))

    assert [mail["X-Delivery-Key"] for mail in outbox(house)] == [one.key]


@pytest.mark.django_db
def test_task_delivers_what_an_entry_tells_of(house, workspace, owner):
    plan(
        kind="note",
        workspace=workspace,
        recipient=owner,
        subject_id=workspace.pk,
        now=NOW,
    )
    planned()
    entry = log(workspace, by=None, verb="note.written", subject=workspace, now=NOW)

    deliver_after(str(entry.pk))

    assert [mail["To"] for mail in outbox(house)] == ["owner@example.com"]


@pytest.mark.django_db
def test_task_about_nothing_does_nothing(house, workspace):
    planned()
    entry = log(workspace, by=None, verb="note.written", now=NOW)

    deliver_after(str(entry.pk))
    deliver_after(str(uuid4()))
    deliver(str(uuid4()))

    assert outbox(house) == []


@pytest.fixture
def asked(monkeypatch):
    """Hints that were given; nobody takes them."""
    found = []
    for module in ("core.deliveries.sending", "core.delivery_tasks"):
        monkeypatch.setattr(f"{module}.nudge", lambda *hint: found.append(hint))
    monkeypatch.setattr(sending, "MUCH", 2)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "is_asked"), [(2, False), (3, True)])
def test_a_pass_with_much_to_do_asks_another_process(asked, rows, is_asked):
    for _row in range(rows):
        planned()

    dispatch_due(NOW)

    until = (NOW + timedelta(seconds=50)).isoformat()
    hint = ("core.delivery_tasks.help_out", until)
    assert asked == [hint] * is_asked


@pytest.mark.django_db
def test_the_other_begins_at_the_other_end(monkeypatch):
    rows = [planned(now=NOW - n * MINUTE) for n in range(3)]
    monkeypatch.setattr(sending, "PASS_ROWS", 1)

    assert deliver_newest(NOW)

    assert [fresh(row).state for row in rows] == ["sent", "planned", "planned"]
    assert not deliver_newest(NOW - 10 * MINUTE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("later", "sends", "again"), [(1, True, True), (0, False, False)]
)
def test_it_returns_until_the_next_pass_may_ask(
    asked, monkeypatch, time_machine, later, sends, again
):
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setattr(sending, "PASS_ROWS", 1)
    rows = [planned() for _row in range(4)]
    until = (clock.now() + later * MINUTE).isoformat()

    help_out(until)

    assert [fresh(row).state for row in rows].count("sent") == sends
    assert asked == [("core.delivery_tasks.help_out", until)] * again


@pytest.mark.django_db
def test_it_does_not_return_to_a_queue_that_is_held(asked, monkeypatch, time_machine):
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setattr(sending, "MUCH", -1)
    planned()
    recognise_database(NOW)
    hold(Installation.Hold.MANUAL, NOW)

    help_out((NOW + MINUTE).isoformat())

    assert asked == []
