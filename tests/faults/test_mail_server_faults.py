"""What mail servers do to a digest: refuse, stall, defer, hang up.

Time is simulated, a pass every minute; the mail server is real. Our patience with one
answer is 0.4 seconds instead of ten.
"""

import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from core.deliveries import dispatch_due
from core.models import Delivery, Installation
from portfolio.actions.digests import plan_due
from portfolio.digest.shape import to_json
from portfolio.models import Digest
from tests.factories import make_workspace
from tests.portfolio.digests import SAID, make_reader
from tests.sharing import make_link
from tests.smtp_sink import HANG_UP, sink

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STEP = 0.4
RECIPIENTS = 600 if os.environ.get("FIELDPROOF_STORM") == "1" else 60

pytestmark = [pytest.mark.faults, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def house(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("core.transport.server.STEP_SECONDS", STEP)
    monkeypatch.setattr("core.transport.smtp.MAIL_SECONDS", 3 * STEP)
    # one process at the work: no other would share the simulated time
    monkeypatch.setattr("core.deliveries.sending.nudge", lambda *asked: None)
    return settings


@pytest.fixture
def digest():
    """For everybody; returns their addresses."""
    return digest_for(RECIPIENTS)


def digest_for(readers):
    """As the tick plans it. What it says is written already: this is about how it goes."""
    addresses = [f"reader{number}@example.com" for number in range(readers)]
    link = make_link(make_workspace("Acme"))
    for address in addresses:
        due = {"next_due": NOW, "next_period": "2026-W45"}
        make_reader(link.workspace, link, address=address, **due)
    plan_due(NOW)
    Digest.objects.update(content=to_json(SAID), since=NOW - 7 * DAY, until=NOW)
    return addresses


def passes(settings, server, *, minutes, after=None):
    """One pass a minute. `after[minute]` is called before that minute's pass."""
    settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
    for minute in range(minutes):
        if after and minute in after:
            after[minute]()
        dispatch_due(NOW + minute * MINUTE)


def copies(server):
    """How often each address has content at the server, acknowledged or not."""
    mails = server.received + server.unacknowledged
    return Counter(mail.recipient for mail in mails)


def states():
    return Counter(Delivery.objects.values_list("state", flat=True))


def share_of(addresses, share):
    chance = random.Random(9)  # noqa: S311  no secret
    return set(chance.sample(addresses, max(1, int(len(addresses) * share))))


def test_server_away_for_ten_minutes(digest, house):
    with sink() as server:
        server.says["EHLO"] = lambda name, count: "421 come back later"
        passes(house, server, minutes=30, after={10: server.says.clear})

    assert states() == {"sent": RECIPIENTS}
    assert copies(server) == dict.fromkeys(digest, 1)
    assert Installation.objects.get().mail_pause_reason == ""


def test_server_that_never_answers_holds_a_pass_for_one_step_only(digest, house):
    with sink() as server:
        server.says["EHLO"] = lambda name, count: 5
        passes(house, server, minutes=3)
        tried = server.seen["EHLO"]
        server.says.clear()
        passes(house, server, minutes=30)

    # two of the three passes try, once; the one between them pauses
    assert tried == 2
    assert states() == {"sent": RECIPIENTS}
    assert copies(server) == dict.fromkeys(digest, 1)


def test_ten_recipients_that_stall_hardly_delay_the_others(digest, house):
    slow = share_of(digest, 10 / RECIPIENTS)
    with sink() as server:
        server.says["RCPT"] = lambda address, count: 5 if address in slow else None
        passes(house, server, minutes=1)

    assert copies(server) == dict.fromkeys(set(digest) - slow, 1)
    assert states() == {"sent": RECIPIENTS - 10, "retry": 10}
    # each cost one step: at full length, 100 of the 120 seconds granted
    assert server.seen["RCPT"] == RECIPIENTS


def test_greylisting_of_a_third(digest, house):
    grey = share_of(digest, 0.3)
    with sink() as server:
        server.says["RCPT"] = lambda address, count: (
            "451 greylisted" if address in grey else None
        )
        passes(house, server, minutes=15, after={1: server.says.clear})

    assert states() == {"sent": RECIPIENTS}
    assert copies(server) == dict.fromkeys(digest, 1)
    deferrals = Counter(Delivery.objects.values_list("deferrals", flat=True))
    assert deferrals == {0: RECIPIENTS - len(grey), 1: len(grey)}


def test_unknown_recipients_bounce_at_once(digest, house):
    unknown = share_of(digest, 0.05)
    with sink() as server:
        server.says["RCPT"] = lambda address, count: (
            "550 unknown here" if address in unknown else None
        )
        passes(house, server, minutes=15)

    assert states() == {"sent": RECIPIENTS - len(unknown), "bounced": len(unknown)}
    assert server.seen["RCPT"] == RECIPIENTS
    bounced = Delivery.objects.filter(state="bounced")
    assert set(bounced.values_list("address", flat=True)) == unknown
    assert set(bounced.values_list("reason", flat=True)) == {"550 unknown here"}


def test_server_that_ends_the_connection_every_twenty_messages(digest, house):
    with sink() as server:
        server.says["MAIL"] = lambda address, count: (
            "421 enough for now" if count % 21 == 20 else None
        )
        passes(house, server, minutes=2)

    assert states() == {"sent": RECIPIENTS}
    assert copies(server) == dict.fromkeys(digest, 1)
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_connections_lost_before_the_answer(digest, house):
    dropped = share_of(digest, 0.05)
    seen = Counter()

    def once(mail, count):
        seen[mail.recipient] += 1
        is_lost = mail.recipient in dropped and seen[mail.recipient] == 1
        return HANG_UP if is_lost else None

    with sink() as server:
        server.says["DATA"] = once
        passes(house, server, minutes=15)

    assert states() == {"sent": RECIPIENTS}
    assert copies(server) == {
        address: 2 if address in dropped else 1 for address in digest
    }
    ambiguous = Delivery.objects.filter(is_ambiguous=True)
    assert set(ambiguous.values_list("address", flat=True)) == dropped
    mails = server.received + server.unacknowledged
    assert len({mail.message_id for mail in mails}) == RECIPIENTS


def test_server_that_takes_its_time(house, monkeypatch):
    """Half of our patience with every answer, for a few readers."""
    monkeypatch.setattr("core.transport.smtp.MAIL_SECONDS", 10 * STEP)
    readers = digest_for(12)

    with sink() as server:
        for command in ("EHLO", "MAIL", "RCPT", "DATA"):
            server.says[command] = lambda *_: STEP / 2
        passes(house, server, minutes=15)

    assert states() == {"sent": 12}
    assert copies(server) == dict.fromkeys(readers, 1)


def test_message_that_is_too_big_fails_alone(digest, house):
    with sink() as server:
        server.says["DATA"] = lambda mail, count: "552 too big" if count == 3 else None
        passes(house, server, minutes=15)

    assert states() == {"sent": RECIPIENTS - 1, "failed": 1}
    assert Delivery.objects.get(state="failed").reason == "552 too big"


def test_handshake_that_fails(digest, house):
    with sink(tls=True) as server:
        house.EMAIL_URL = f"submission://localhost:{server.port}"
        for minute in range(10):
            dispatch_due(NOW + minute * MINUTE)

    assert server.received == []
    assert states()["retry"] + states()["planned"] == RECIPIENTS
    assert Delivery.objects.filter(attempts__gt=0).count() <= 10
    assert "certificate" in Installation.objects.get().mail_pause_reason.lower()
