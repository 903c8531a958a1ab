"""Every way in which a mail server may answer, by a real one on the loopback."""

import socket
import threading
import time
from contextlib import closing, contextmanager

import pytest

from core.transport import (
    Parcel,
    Verdict,
    open_transport,
    smtp,
)
from core.transport.smtp import on_the_wire
from tests.smtp_sink import CERTIFICATES, HANG_UP, sink

CONTENT = b"Subject: Hello\r\nMessage-ID: <1@example.com>\r\n\r\nHello.\r\n"


def parcel(recipient="ana@example.com", content=CONTENT, name="one"):
    return Parcel("Fieldproof <from@example.com>", recipient, content, name)


def yes():
    return True


@pytest.fixture
def post(settings):
    """post(server, parcel…, scheme=…) → the verdicts, over one transport."""

    def post(server, *parcels, scheme="smtp", login="", before_data=yes):
        host = "localhost" if scheme != "smtp" else "127.0.0.1"
        settings.EMAIL_URL = f"{scheme}://{login}{host}:{server.port}"
        with closing(open_transport()) as transport:
            return [
                transport.send(one, before_data=before_data).verdict for one in parcels
            ]

    return post


def test_smtp_delivers_the_content_as_it_is(post):
    content = CONTENT + b".a leading dot\r\n..two\r\nunended"
    with sink() as server:
        verdicts = post(server, parcel(content=content))

    assert verdicts == ["accepted"]
    (mail,) = server.received
    assert mail.recipient == "ana@example.com"
    assert mail.content == content + b"\r\n"


@pytest.mark.parametrize(
    ("command", "says", "verdict"),
    [
        ("MAIL", "451 busy", "unavailable"),
        ("MAIL", "550 sender refused", "misconfigured"),
        ("MAIL", "530 authenticate first", "misconfigured"),
        ("MAIL", "552 too big", "rejected"),
        ("MAIL", "421 closing", "deferred"),
        ("MAIL", HANG_UP, "deferred"),
        ("RCPT", "450 greylisted", "deferred"),
        ("RCPT", "550 unknown here", "bounced"),
        ("RCPT", "552 mailbox full", "bounced"),
        ("RCPT", "421 closing", "deferred"),
        ("RCPT", HANG_UP, "deferred"),
        ("354", "451 later", "deferred"),
        ("354", "554 no", "rejected"),
        ("354", "250 strange", "deferred"),
        ("354", HANG_UP, "deferred"),
        ("DATA", "451 later", "deferred"),
        ("DATA", "552 too big", "rejected"),
        ("DATA", "354 strange", "lost"),
        ("DATA", HANG_UP, "lost"),
    ],
)
def test_smtp_answer_becomes_verdict(post, command, says, verdict):
    with sink() as server:
        server.says[command] = lambda *_: says

        verdicts = post(server, parcel())

    assert verdicts == [verdict]
    assert server.received == []


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("RCPT", "550 unknown here"),
        ("RCPT", "450 later"),
        ("354", "451 later"),
        ("DATA", "451 later"),
        ("DATA", HANG_UP),
    ],
)
def test_smtp_next_message_goes_after_a_refused_one(post, command, says):
    with sink() as server:
        server.says[command] = lambda *args: says if args[-1] == 0 else None

        verdicts = post(
            server, parcel("first@example.com"), parcel("second@example.com")
        )

    assert verdicts[1] == "accepted"
    assert [mail.recipient for mail in server.received] == ["second@example.com"]


@pytest.mark.parametrize("says", ["421 enough for now", HANG_UP])
def test_smtp_connection_that_ends_between_messages_is_opened_again(post, says):
    with sink() as server:
        server.says["MAIL"] = lambda address, count: says if count == 2 else None

        verdicts = post(server, *[parcel()] * 4)

    assert verdicts == ["accepted"] * 4
    assert len(server.received) == 4
    assert server.seen["EHLO"] == 2


def test_smtp_opens_a_new_connection_every_fifty_messages(post):
    with sink() as server:
        verdicts = post(server, *[parcel()] * 101)

    assert verdicts == ["accepted"] * 101
    assert server.seen["EHLO"] == 3


def test_smtp_sends_nothing_when_the_ledger_says_no(post):
    with sink() as server:
        verdicts = post(server, parcel(), before_data=lambda: False)

    assert verdicts == [Verdict.WITHDRAWN]
    assert server.seen["354"] == 0


def test_ledger_is_asked_after_rcpt_and_before_data(post):
    seen = []

    with sink() as server:
        post(
            server,
            parcel(),
            before_data=lambda: seen.append(dict(server.seen)) is None,
        )

    assert seen == [{"EHLO": 1, "MAIL": 1, "RCPT": 1}]


def test_smtp_refused_port_is_unavailable(post):
    with sink() as server:
        pass

    assert post(server, parcel()) == ["unavailable"]


@pytest.mark.parametrize(
    ("says", "verdict"), [("421 busy", "unavailable"), ("554 not you", "misconfigured")]
)
def test_smtp_greeting_that_refuses(post, says, verdict):
    with plain_server(says.encode() + b"\r\n") as server:
        assert post(server, parcel()) == [verdict]


def test_smtp_server_that_hangs_up_at_once_is_unavailable(post):
    with plain_server(None) as server:
        assert post(server, parcel()) == ["unavailable"]


def test_smtp_tarpit_ends_after_one_step(post, monkeypatch):
    monkeypatch.setattr("core.transport.server.STEP_SECONDS", 0.3)
    with plain_server(b"") as server:
        started = time.monotonic()

        verdicts = post(server, parcel())

    assert verdicts == ["unavailable"]
    assert time.monotonic() - started < 5


def test_smtp_recipient_that_hangs_costs_one_step(post, monkeypatch):
    monkeypatch.setattr("core.transport.server.STEP_SECONDS", 0.3)
    with sink() as server:
        server.says["RCPT"] = lambda address, count: 6 if count == 0 else None
        started = time.monotonic()

        verdicts = post(server, parcel(), parcel())

    assert verdicts == ["deferred", "accepted"]
    assert time.monotonic() - started < 5


def test_smtp_recipient_that_outlasts_the_mails_time_is_not_tried_again(
    post, monkeypatch
):
    monkeypatch.setattr(smtp, "MAIL_SECONDS", 0.5)
    with sink() as server:
        server.says["RCPT"] = lambda address, count: 6 if count == 1 else None

        verdicts = post(server, parcel(), parcel(), parcel())

    assert verdicts == ["accepted", "deferred", "accepted"]
    assert server.seen["RCPT"] == 3


def test_smtp_last_answer_may_take_longer_than_a_step(post, monkeypatch):
    monkeypatch.setattr("core.transport.server.STEP_SECONDS", 0.3)
    with sink() as server:
        server.says["DATA"] = lambda mail, count: 0.8

        verdicts = post(server, parcel())

    assert verdicts == ["accepted"]


def test_smtp_server_that_drips_is_cut_off(post, monkeypatch):
    """One byte in time, again and again, would never meet a timeout of reads."""
    monkeypatch.setattr("core.transport.server.STEP_SECONDS", 0.5)
    monkeypatch.setattr(smtp, "MAIL_SECONDS", 0.6)
    with plain_server(b"2", every=0.1) as server:
        started = time.monotonic()

        verdicts = post(server, parcel())

    assert verdicts == ["unavailable"]
    assert time.monotonic() - started < 5


def test_smtp_signs_in(post):
    with sink(password="right") as server:
        verdicts = post(server, parcel(), login="user%40x:right@")

    assert verdicts == ["accepted"]


def test_smtp_wrong_password_is_misconfigured(post):
    with sink(password="right") as server:
        verdicts = post(server, parcel(), login="user:wrong@")

    assert verdicts == ["misconfigured"]


def test_smtp_server_without_sign_in_is_misconfigured(post):
    with sink() as server:
        verdicts = post(server, parcel(), login="user:word@")

    assert verdicts == ["misconfigured"]


def test_submission_speaks_tls_to_a_known_certificate(post, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "server.pem"))
    with sink(tls=True, require_starttls=True) as server:
        verdicts = post(server, parcel(), scheme="submission")

    assert verdicts == ["accepted"]


def test_submission_refuses_an_unknown_certificate(post):
    with sink(tls=True) as server:
        verdicts = post(server, parcel(), scheme="submission")

    assert verdicts == ["unavailable"]
    assert server.received == []


def test_submission_never_falls_back_to_plain(post):
    with sink() as server:
        verdicts = post(server, parcel(), scheme="submission")

    assert verdicts == ["misconfigured"]


def test_smtps_speaks_tls_from_the_first_byte(post, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "server.pem"))
    with sink(implicit_tls=True) as server:
        verdicts = post(server, parcel(), scheme="smtps")

    assert verdicts == ["accepted"]


def test_smtp_message_larger_than_offered_is_refused_before_it_travels(post):
    with sink(data_size_limit=100) as server:
        verdicts = post(server, parcel(content=CONTENT * 10))

    assert verdicts == ["rejected"]
    assert server.seen["354"] == 0


def test_smtp_announces_eight_bit_content(post):
    with sink() as server:
        verdicts = post(server, parcel(content=CONTENT + "Grüße\r\n".encode()))

    assert verdicts == ["accepted"]


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b"a\n.b\rc\r\n", b"a\r\n..b\r\nc\r\n.\r\n"),
        (b".\r\n", b"..\r\n.\r\n"),
        (b"", b"\r\n.\r\n"),
    ],
)
def test_on_the_wire(content, sent):
    assert on_the_wire(content) == sent


class Listener:
    def __init__(self, port):
        self.port = port


@contextmanager
def plain_server(greeting, every=0.0):
    """Takes connections and says `greeting` (None: hangs up), then nothing more; with
    `every`, says it again and again."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()
    taken = []

    def serve():
        while not over.is_set():
            try:
                line, _address = listening.accept()
            except OSError:
                return
            taken.append(line)
            if greeting is None:
                line.close()
                continue
            line.sendall(greeting)
            while every and not over.wait(every):
                try:
                    line.sendall(greeting)
                except OSError:
                    break

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield Listener(listening.getsockname()[1])
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
        for line in taken:
            line.close()
