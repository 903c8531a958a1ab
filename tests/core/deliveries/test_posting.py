"""Posts to channels go by the same ledger as mails, and do not stand in their way."""

import hmac
import json
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest

from core.actions.channels import remove_channel
from core.deliveries import (
    Post,
    call_due,
    deliver_about,
    deliver_due,
    dispatch_due,
    plan,
    sending,
)
from core.deliveries.attempts import attempts_of, channels_of, failing_channels
from core.health import check as check_all
from core.installation import hold
from core.models import Channel, Delivery, Installation
from core.sealing import seal
from core.transport import open_caller
from tests.channels import caller_to, make_channel, receiver
from tests.core.ledger import MINUTE, NOW, State, fresh, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
SECRET = "whsec_" + b64encode(b"k" * 32).decode()


@pytest.fixture
def server(monkeypatch, settings):
    settings.DELIVERY_KINDS["post"] = "tests.core.deliveries.test_posting"
    with receiver() as server:
        caller = caller_to(server)
        monkeypatch.setattr(sending, "open_caller", lambda: caller)
        yield server


@pytest.fixture
def channel(server, workspace):
    url = f"http://hooks.example:{server.port}/secret-part"
    return make_channel(workspace, url=url, secret=SECRET)


def render(delivery):
    """This module is a kind of its own."""
    if delivery.transition == "poison":
        raise ValueError("secret words")
    text = f"<!channel> & @all: {delivery.transition}"
    return Post("thing.happened", text, "/w/acme/", {"number": 1})


def recheck(delivery, now):
    return "late" if delivery.transition == "late" else None


def post(channel, transition="raised", **fields):
    defaults = {"kind": "post", "workspace": channel.workspace, "now": NOW}
    plan(channel=channel, transition=transition, **defaults | fields)
    return Delivery.objects.get(channel=channel, transition=transition)


def test_one_for_each_channel_and_happening(channel, workspace):
    for _again in range(3):
        post(channel, subject_id=workspace.pk)

    row = post(channel, subject_id=workspace.pk)
    assert Delivery.objects.count() == 1
    assert row.key == f"post:{workspace.pk}:channel-{channel.pk}:raised"


def test_a_program_can_tell_that_it_is_ours(channel, server):
    row = post(channel)

    assert call_due(NOW) == {"sent": 1, "skipped": 0}

    [request] = server.requests
    assert request.path == "/secret-part"
    assert request.headers["webhook-id"] == row.key
    stamp = request.headers["webhook-timestamp"]
    assert 0 <= int(stamp) - NOW.timestamp() < 60
    content = f"{row.key}.{stamp}.".encode() + request.body
    known = hmac.digest(b64decode(SECRET.removeprefix("whsec_")), content, sha256)
    signature = request.headers["webhook-signature"]
    assert signature == f"v1,{b64encode(known).decode()}"
    assert json.loads(request.body) == {
        "version": 1,
        "id": row.key,
        "event": "thing.happened",
        "at": NOW.isoformat(),
        "venture": {"slug": "acme", "name": "Acme"},
        "text": "<!channel> & @all: raised",
        "link": "http://127.0.0.1:8000/w/acme/",
        "data": {"number": 1},
    }
    row = fresh(row)
    assert (row.state, row.reason, row.attempts) == (State.SENT, "answered 200", 1)


def test_a_chat_gets_words_that_call_nobody(channel, server):
    channel.kind = Channel.Kind.CHAT
    channel.save(update_fields=["kind"])
    post(channel)

    call_due(NOW)

    [request] = server.requests
    assert json.loads(request.body) == {
        "text": "&lt;!channel&gt; &amp; @\u200ball: raised\nhttp://127.0.0.1:8000/w/acme/"
    }
    assert not [name for name in request.headers if name.startswith("webhook")]


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (500, State.RETRY, "answered 500"),
        (429, State.RETRY, "answered 429"),
        (404, State.FAILED, "answered 404"),
        (302, State.FAILED, "answered 302"),
    ],
)
def test_what_the_receiver_says_decides(channel, server, status, state, reason):
    server.status = status
    row = post(channel)

    call_due(NOW)

    row = fresh(row)
    assert (row.state, row.reason) == (state, reason)
    if state == State.RETRY:
        assert MINUTE <= row.not_before - NOW <= MINUTE * 1.3


def test_a_failing_receiver_is_asked_eight_times_in_more_than_a_day(channel, server):
    server.status = 503
    row, now = post(channel), NOW
    for _try in range(8):
        call_due(now)
        now = max(now, fresh(row).not_before)

    row = fresh(row)
    assert (row.state, row.deferrals) == (State.FAILED, 8)
    assert len(server.requests) == 8
    assert (now - NOW).total_seconds() > 24 * 3600
    assert {request.headers["webhook-id"] for request in server.requests} == {row.key}


def test_an_end_without_an_answer_is_repeated_once(channel, server):
    server.status = lambda handler: handler.connection.shutdown(2)
    row = post(channel)

    call_due(NOW)
    assert (fresh(row).state, fresh(row).is_ambiguous) == (State.RETRY, True)
    call_due(NOW + 11 * MINUTE)

    assert fresh(row).state == State.UNKNOWN
    assert len(server.requests) == 2


def test_a_channel_that_does_not_answer_keeps_back_its_own_alone(
    channel, server, workspace
):
    server.status = 500
    rows = [post(channel, f"number-{n}") for n in range(3)]
    other = make_channel(
        workspace, url=f"http://other.example:{server.port}/", secret=SECRET
    )
    theirs, mail = post(other), planned()

    dispatch_due(NOW)
    call_due(NOW)

    assert fresh(mail).state == State.SENT
    assert fresh(theirs).state == State.RETRY
    assert sorted(fresh(row).state for row in rows) == ["planned", "planned", "retry"]
    assert len(server.requests) == 2
    assert not Installation.objects.exclude(mail_pause_reason="").exists()


def test_mails_do_not_wait_for_channels(channel, server):
    server.status = 500
    row, mail = post(channel), planned()

    assert deliver_due(NOW) == {"sent": 1, "skipped": 0}
    assert (fresh(row).state, fresh(mail).state) == (State.PLANNED, State.SENT)


def test_a_mail_server_that_wants_a_pause_stops_no_channel(channel, server):
    planned()
    deliver_due(NOW)
    Installation.objects.update(mail_paused_until=NOW + MINUTE, mail_pause_reason="x")
    row, mail = post(channel), planned()

    dispatch_due(NOW)
    call_due(NOW)

    assert (fresh(row).state, fresh(mail).state) == (State.SENT, State.PLANNED)
    # the pause is the mail server's to end
    assert Installation.objects.get().mail_pause_reason == "x"


def test_the_hold_keeps_posts_back_too(channel, server):
    planned()
    deliver_due(NOW)
    hold(Installation.Hold.MANUAL, NOW)
    row = post(channel)

    assert call_due(NOW) == {"sent": 0, "skipped": 0}
    assert (fresh(row).state, server.connections) == (State.PLANNED, 0)


def test_both_leave_when_something_happened(channel, server, workspace):
    row = post(channel, subject_id=workspace.pk)

    assert deliver_about(workspace.pk, NOW)["sent"] == 1
    assert fresh(row).state == State.SENT


def test_not_after_it_was_taken_off(channel, server, owner):
    row = post(channel)
    remove_channel(channel, by=owner, now=NOW)

    call_due(NOW)

    assert (fresh(row).state, fresh(row).reason) == (State.SKIPPED, "off")
    assert server.connections == 0


def test_a_sample_tells_nobody(channel, server, workspace):
    type(workspace).objects.update(is_sample=True)
    row = post(channel)

    call_due(NOW)

    assert (fresh(row).state, fresh(row).reason) == (State.SKIPPED, "sample")
    assert server.connections == 0


def test_the_kind_is_asked_again(channel, server):
    row = post(channel, "late")

    call_due(NOW)

    assert (fresh(row).state, fresh(row).reason) == (State.SKIPPED, "late")


def test_our_own_mistakes_cost_one_post_and_say_nothing(channel, server, caplog):
    row, fine = post(channel, "poison"), post(channel)
    now = NOW
    for _start in range(6):
        call_due(now)
        now = max(now, fresh(row).not_before)

    assert (fresh(row).state, fresh(row).attempts) == (State.FAILED, 5)
    assert fresh(fine).state == State.SENT
    assert "secret" not in caplog.text
    assert "secret" not in fresh(row).reason


def test_a_secret_of_another_installation_is_no_secret(channel, server):
    channel.url = "A" * 80
    channel.save(update_fields=["url"])
    row = post(channel)

    call_due(NOW)

    assert fresh(row).state == State.RETRY
    assert fresh(row).reason.startswith("ValueError")


def test_an_address_that_is_not_public_fails_at_once(monkeypatch, channel, server):
    """As production does it."""
    monkeypatch.setattr(sending, "open_caller", open_caller)
    channel.url = seal("http://127.0.0.1/")
    channel.save(update_fields=["url"])
    row = post(channel)

    call_due(NOW)

    assert fresh(row).state == State.FAILED
    assert fresh(row).reason == "not called: not a public address"


# --- what is shown --------------------------------------------------------------------
def test_failures_are_seen_until_one_arrives(channel, server):
    server.status = 404
    post(channel)
    call_due(NOW)

    found = {check.name: check for check in check_all(NOW).checks}
    assert found["channels"].state == "warning"
    said = "1 failing: Our program (acme, hooks.example): answered 404"
    assert found["channels"].detail == said
    assert found["deliveries"].state == "ok"
    [failing] = failing_channels(NOW)
    assert (failing, failing.trouble) == (channel, "answered 404")
    [known] = channels_of(channel.workspace)
    assert (known.is_failing, known.last.reason) == (True, "answered 404")
    [attempt] = attempts_of(channel)
    assert (attempt.state, attempt.tries) == ("given up", 1)

    server.status = 200
    post(channel, "later", now=NOW + MINUTE)
    call_due(NOW + MINUTE)

    assert failing_channels(NOW + MINUTE) == []
    [known] = channels_of(channel.workspace)
    assert (known.is_failing, known.last.state) == (False, "sent")
