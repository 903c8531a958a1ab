"""Secrets that must be read again, closed with the installation's own key.

A token is stored as a hash only; while its mail waits in the ledger, the token itself
waits there sealed, so that a copy of the database opens no door. The stream is
HMAC-SHA256 in counter mode under a fresh nonce; a second key signs nonce and body
(encrypt, then authenticate). A replaced SECRET_KEY still opens what is listed in
SECRET_KEY_FALLBACKS.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from secrets import token_bytes

from django.conf import settings

NONCE, TAG = 16, 32


def seal(text: str) -> str:
    nonce = token_bytes(NONCE)
    body = covered(text.encode(), settings.SECRET_KEY, nonce)
    tag = signature(settings.SECRET_KEY, nonce + body)
    return urlsafe_b64encode(nonce + tag + body).decode()


def unseal(sealed: str) -> str:
    """Raises ValueError for anything that no key of this installation has sealed."""
    raw = urlsafe_b64decode(sealed.encode())
    nonce, tag, body = raw[:NONCE], raw[NONCE : NONCE + TAG], raw[NONCE + TAG :]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hmac.compare_digest(tag, signature(secret, nonce + body)):
            return covered(body, secret, nonce).decode()
    raise ValueError("sealed with another key, or altered")


def derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(
        secret.encode(), f"fieldproof.sealing.{purpose}".encode(), sha256
    )


def signature(secret: str, data: bytes) -> bytes:
    return hmac.digest(derived(secret, "signature"), data, sha256)


def covered(data: bytes, secret: str, nonce: bytes) -> bytes:
    """Covers open data, and uncovers what is covered: XOR undoes itself."""
    key = derived(secret, "stream")
    return bytes(a ^ b for a, b in zip(data, stream(key, nonce), strict=False))


def stream(key: bytes, nonce: bytes) -> Iterator[int]:
    for block in count():
        yield from hmac.digest(key, nonce + block.to_bytes(8), sha256)
