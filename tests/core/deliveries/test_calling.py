"""How a program tells that a message is ours, as docs/webhooks.md shows it."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.deliveries.calling import new_secret, signed

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "webhooks.md"
BODY = '{"text":"Orders für Ähren"}'.encode()
KEY = "alert_post:1:channel-2:opened"


@pytest.fixture
def is_ours():
    """The example, as it stands in the document."""
    [code] = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    known = {}
    exec(code, known)  # noqa: S102  our own document
    return known["is_ours"]


def headers(secret, at=None):
    return signed(secret, KEY, at or datetime.now(UTC), BODY)


def test_the_example_knows_our_messages(is_ours):
    secret = new_secret()

    assert is_ours(secret, headers(secret), BODY)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": KEY + "x"},
        {"webhook-timestamp": str(int(time.time()) + 1)},
        {"webhook-signature": "v1,AAAA"},
    ],
)
def test_the_example_refuses_what_was_changed(is_ours, change):
    secret = new_secret()

    assert not is_ours(secret, headers(secret) | change, BODY)
    assert not is_ours(secret, headers(secret), BODY + b" ")
    assert not is_ours(new_secret(), headers(secret), BODY)


def test_the_example_refuses_a_replay(is_ours):
    secret = new_secret()
    old = datetime.now(UTC) - timedelta(minutes=6)

    assert not is_ours(secret, headers(secret, old), BODY)


def test_two_signatures_are_looked_through(is_ours):
    """As the scheme allows it."""
    secret = new_secret()
    given = headers(secret)
    given["webhook-signature"] = f"v1,AAAA {given['webhook-signature']}"

    assert is_ours(secret, given, BODY)


def test_a_signature_of_the_scheme_itself():
    """The example of standardwebhooks.com/spec."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, UTC)
    found = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')

    assert found == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
