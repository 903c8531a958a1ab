"""Codes and links that allauth mails."""

import threading
import time
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail

from core import mail_backend
from core.mail_backend import Clerk, LedgerFreeBackend
from core.transport import Outcome, Parcel, Verdict
from tests.core.ledger import outbox


@pytest.fixture(autouse=True)
def backend(settings):
    settings.EMAIL_BACKEND = "core.mail_backend.LedgerFreeBackend"


def eventually(reached, seconds=10.0):
    ends_at = time.monotonic() + seconds
    while not reached() and time.monotonic() < ends_at:
        time.sleep(0.01)
    assert reached()


def message(*to, **fields):
    return mail.EmailMultiAlternatives("Your code", "123456", to=to, **fields)


def test_outbox_gets_one_file_for_each_recipient_at_once(house):
    taken = message("ana@example.com", "bo@example.com", bcc=["cy@example.com"]).send()

    mails = outbox(house)
    assert taken == 1
    assert len(mails) == 3
    assert {one["To"] for one in mails} == {"ana@example.com, bo@example.com"}
    assert all(one["Bcc"] is None for one in mails)


def test_mail_bears_our_headers(house, settings):
    settings.DEFAULT_FROM_EMAIL = "Fieldproof <fieldproof@fp.example>"

    message("ana@example.com", from_email="somebody@else.example").send()

    (one,) = outbox(house)
    assert one["From"] == "Fieldproof <fieldproof@fp.example>"
    assert one["Message-ID"].strip().endswith("@fp.example>")
    assert one["Auto-Submitted"] == "auto-generated"
    assert one["X-Delivery-Key"].startswith("account:")


def test_backend_counts_what_it_took(house):
    messages = [message("ana@example.com"), message(), message("bo@example.com")]

    assert LedgerFreeBackend().send_messages(messages) == 2


def test_address_no_mail_can_carry_is_logged_and_left(house, caplog):
    assert message(f"ana@{'x' * 70}.example").send() == 0
    assert outbox(house) == []
    assert "cannot be written" in caplog.text


def test_outbox_that_cannot_be_written_is_not_success(house, caplog):
    (house / "outbox").write_text("a file where the folder should be")

    assert message("ana@example.com").send() == 0
    assert "unavailable" in caplog.text


def test_mail_server_gets_one_message_for_each_recipient(mail_server):
    taken = message("ana@example.com", "bo@example.com").send()

    eventually(lambda: len(mail_server.received) == 2)
    assert taken == 1
    recipients = [one.recipient for one in mail_server.received]
    assert recipients == ["ana@example.com", "bo@example.com"]
    assert (
        message_from_bytes(mail_server.received[0].content, policy=default)
        .get_content()
        .strip()
        == "123456"
    )


def test_page_does_not_wait_for_a_slow_mail_server(mail_server):
    mail_server.says["RCPT"] = lambda address, count: 3.0
    started = time.monotonic()

    message("ana@example.com").send()

    assert time.monotonic() - started < 2
    eventually(lambda: len(mail_server.received) == 1)


def test_refusal_is_logged_without_the_address(mail_server, caplog):
    mail_server.says["RCPT"] = lambda address, count: f"550 no {address} here"

    message("ana@example.com").send()

    eventually(lambda: "bounced" in caplog.text)
    ours = [line for line in caplog.messages if line.startswith("account mail")]
    assert len(ours) == 1
    assert "ana@example.com" not in ours[0]


def test_clerk_takes_no_more_than_its_queue_holds(monkeypatch, caplog):
    go = threading.Event()

    def slowly(parcel):
        go.wait(5)
        return Outcome(Verdict.ACCEPTED)

    monkeypatch.setattr(mail_backend, "deliver", slowly)
    monkeypatch.setattr(mail_backend, "WAITING_MOST", 3)
    clerk, parcel = Clerk(), Parcel("a@x.example", "b@x.example", b"", "one")

    taken = [clerk.take(parcel) for _time in range(4)]
    go.set()

    assert taken == [True, True, True, False]
    assert "dropped" in caplog.text
    eventually(lambda: clerk.take(parcel))
