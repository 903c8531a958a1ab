"""The client that calls where users tell it to: what it reaches, and what it makes of
each answer."""

import time
from functools import partial

import pytest

from core.transport import Call, Caller, Verdict, calls
from core.transport.targets import is_public
from tests.channels import caller_to, receiver
from tests.smtp_sink import CERTIFICATES

BODY = b'{"text":"Hello"}'
HEADERS = {"Content-Type": "application/json"}


def yes():
    return True


def send(caller, url, *, before_data=yes):
    return caller.send(Call(url, BODY, HEADERS), before_data=before_data)


# --- where it never goes --------------------------------------------------------------
HOSTILE = [
    # plainly there
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://0.0.0.0:{port}/",
    "http://127.1.2.3:{port}/",
    # written otherwise
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.0.0.01:{port}/",
    "http://017700000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.1:{port}/",
    "http://127.0.0.0x1:{port}/",
    "http://127.000.000.001:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://１２７.0.0.1:{port}/",  # noqa: RUF001
    "http://①②⑦.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    # as IPv6
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[::1%25lo]:{port}/",
    # read differently by two parsers
    "http://1.1.1.1#@127.0.0.1:{port}/",
    "http://1.1.1.1@127.0.0.1:{port}/",
    "http://1.1.1.1:80@127.0.0.1:{port}/",
    "http://1.1.1.1\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@1.1.1.1/",
    "http://1.1.1.1 @127.0.0.1:{port}/",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1:{port}#@1.1.1.1/",
    "http://user:pass@localhost:{port}/",
    "//127.0.0.1:{port}/",
    "http:\\\\127.0.0.1:{port}\\",
    "http:127.0.0.1:{port}/",
    "file://127.0.0.1:{port}/etc/passwd",
    "gopher://127.0.0.1:{port}/_POST",
    # names that stand for it
    "http://inside.example:{port}/",
    "http://both.example:{port}/",
    "http://mapped.example:{port}/",
    "http://zone.example:{port}/",
]
NAMES = {
    "inside.example": ["127.0.0.1"],
    "both.example": ["1.1.1.1", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "zone.example": ["::1%lo"],
}


def known(host, port):
    return NAMES.get(host) or calls.resolved(host, port)


@pytest.mark.parametrize("url", HOSTILE)
def test_no_hostile_address_reaches_the_loopback(url):
    with receiver() as server:
        caller = Caller(resolve=known, ports=(server.port, 80, 443))
        outcome = send(caller, url.format(port=server.port))

    assert outcome.verdict in (Verdict.REJECTED, Verdict.DEFERRED)
    assert server.connections == 0


def test_there_are_enough_of_them_and_the_receiver_would_have_noticed():
    with receiver() as server:
        outcome = send(caller_to(server), f"http://hooks.example:{server.port}/")

    assert len(HOSTILE) >= 40
    assert outcome.verdict == Verdict.ACCEPTED
    assert server.connections == 1


def test_a_name_that_changes_its_mind_is_asked_once(monkeypatch):
    """DNS rebinding: public when it is looked at, the loopback a moment later."""
    asked, opened = [], []

    def resolve(host, port):
        asked.append(host)
        return ["1.1.1.1"] if len(asked) == 1 else ["127.0.0.1"]

    def connection(place, timeout):
        opened.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(calls.socket, "create_connection", connection)
    outcome = send(Caller(resolve=resolve), "https://rebinding.example/")

    assert outcome.verdict == Verdict.DEFERRED
    assert asked == ["rebinding.example"]
    assert opened == [("1.1.1.1", 443)]


def test_a_redirect_is_not_followed():
    with receiver() as inside, receiver() as server:
        server.status = 302
        server.headers = {"Location": f"http://127.0.0.1:{inside.port}/"}
        outcome = send(caller_to(server), f"http://hooks.example:{server.port}/")

    assert (outcome.verdict, outcome.reason) == (Verdict.REJECTED, "answered 302")
    assert inside.connections == 0


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    with receiver() as proxy, receiver() as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        send(caller_to(server), f"http://hooks.example:{server.port}/")

    assert (proxy.connections, server.connections) == (0, 1)


def test_production_reaches_the_public_internet_alone():
    assert calls.Caller() == Caller(
        resolve=calls.resolved, may_reach=is_public, ports=(443, 80)
    )


# --- what it says ---------------------------------------------------------------------
def test_the_message_arrives_under_the_name_it_was_meant_for():
    with receiver() as server:
        outcome = send(caller_to(server), f"http://hooks.example:{server.port}/a?b=c")

    assert outcome == calls.Outcome(Verdict.ACCEPTED, "answered 200")
    [request] = server.requests
    assert (request.path, request.body) == ("/a?b=c", BODY)
    assert request.headers["Host"] == f"hooks.example:{server.port}"
    assert request.headers["Content-Type"] == "application/json"


def trusting():
    context = calls.ssl.create_default_context()
    context.load_verify_locations(CERTIFICATES / "hooks.pem")
    return context


def test_a_secured_line_checks_the_name_and_not_the_address():
    with receiver(secure=True) as server:
        known = caller_to(server, make_context=trusting)
        here = send(known, f"https://hooks.example:{server.port}/")
        elsewhere = send(known, f"https://other.example:{server.port}/")
        unknown = send(caller_to(server), f"https://hooks.example:{server.port}/")

    assert here.verdict == Verdict.ACCEPTED
    assert elsewhere.verdict == unknown.verdict == Verdict.DEFERRED
    assert elsewhere.reason == "no connection: its certificate is not valid"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.ACCEPTED),
        (204, Verdict.ACCEPTED),
        (301, Verdict.REJECTED),
        (308, Verdict.REJECTED),
        (400, Verdict.REJECTED),
        (404, Verdict.REJECTED),
        (410, Verdict.REJECTED),
        (408, Verdict.DEFERRED),
        (429, Verdict.DEFERRED),
        (500, Verdict.DEFERRED),
        (503, Verdict.DEFERRED),
    ],
)
def test_each_answer_is_told_apart(status, verdict):
    with receiver() as server:
        server.status = status
        outcome = send(caller_to(server), f"http://hooks.example:{server.port}/")

    assert outcome == calls.Outcome(verdict, f"answered {status}")


def test_nothing_of_the_answer_is_kept_or_waited_for():
    """Its body may be without end."""

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"secret" * 1000)
        except OSError:
            pass

    with receiver() as server:
        server.status = endless
        outcome = send(caller_to(server), f"http://hooks.example:{server.port}/")

    assert outcome == calls.Outcome(Verdict.ACCEPTED, "answered 200")


def test_who_hangs_up_after_the_message_may_have_it():
    with receiver() as server:
        server.status = lambda handler: handler.connection.shutdown(2)
        outcome = send(caller_to(server), f"http://hooks.example:{server.port}/")

    assert (outcome.verdict, outcome.reason) == (Verdict.LOST, "no answer: it hung up")


def test_nobody_there_is_tried_again_and_costs_no_copy():
    with receiver() as server:
        caller = caller_to(server)
    handed = []
    outcome = send(
        caller,
        f"http://hooks.example:{server.port}/",
        before_data=lambda: handed.append(1) or True,
    )

    assert (outcome.verdict, handed) == (Verdict.DEFERRED, [])


def test_who_has_lost_the_row_says_nothing():
    with receiver() as server:
        url = f"http://hooks.example:{server.port}/"
        outcome = send(caller_to(server), url, before_data=lambda: False)

    assert outcome.verdict == Verdict.WITHDRAWN
    assert server.requests == []


def test_a_name_nobody_knows_is_tried_again():
    def resolve(host, port):
        raise OSError("no such name")

    outcome = send(Caller(resolve=resolve), "https://nowhere.example/")

    assert outcome == calls.Outcome(Verdict.DEFERRED, "the name was not found")


# --- how long it takes ----------------------------------------------------------------
def drip(handler, line=b"HTTP/1.1 200 OK\r\n"):
    """One byte in a while: no single read takes too long."""
    try:
        while True:
            for byte in line:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(0.1)
            line = b"X-More: and more\r\n"
    except OSError:
        pass


@pytest.mark.parametrize(
    "line", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"]
)
def test_a_tarpit_is_left_in_time(monkeypatch, line):
    monkeypatch.setattr(calls, "CALL_SECONDS", 1.0)
    with receiver() as server:
        server.status = partial(drip, line=line)
        started = time.monotonic()
        outcome = send(caller_to(server), f"http://hooks.example:{server.port}/")
        took = time.monotonic() - started

    assert outcome.verdict == Verdict.LOST
    assert took < 3


def test_silence_in_the_handshake_is_left_in_time(monkeypatch):
    monkeypatch.setattr(calls, "CALL_SECONDS", 0.5)
    silent = calls.socket.create_server(("127.0.0.1", 0))
    with silent:
        port = silent.getsockname()[1]
        caller = Caller(
            resolve=lambda *_: ["127.0.0.1"], may_reach=lambda _: True, ports=(port,)
        )
        started = time.monotonic()
        outcome = send(caller, f"https://hooks.example:{port}/")
        took = time.monotonic() - started

    assert outcome.verdict == Verdict.DEFERRED
    assert took < 3


def test_a_resolver_that_says_nothing_is_left_in_time(monkeypatch):
    monkeypatch.setattr(calls, "NAME_SECONDS", 0.2)

    def resolve(host, port):
        time.sleep(2)
        return ["1.1.1.1"]

    started = time.monotonic()
    outcome = send(Caller(resolve=resolve), "https://slow.example/")

    assert outcome.verdict == Verdict.DEFERRED
    assert time.monotonic() - started < 1


def test_the_limits_are_those_that_were_promised():
    assert calls.STEP_SECONDS <= 10
    assert calls.NAME_SECONDS + calls.CALL_SECONDS <= 30
