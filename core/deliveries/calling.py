"""From what a channel is told to the request that travels.

A program gets one JSON document and three headers by the Standard Webhooks scheme
(standardwebhooks.com): `webhook-id` is the key of the delivery, the same at every try;
`webhook-timestamp` the second of this try; `webhook-signature` is `v1,` and the base64 of
HMAC-SHA256 over "id.timestamp.body" under the secret of the channel. A chat gets
`{"text": …}`, which Slack, Mattermost and others understand.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from django.conf import settings

from core.deliveries.kinds import Post
from core.models import Delivery
from core.sealing import unseal
from core.transport import Call

VERSION = 1
SECRET_PREFIX = "whsec_"  # noqa: S105  how the scheme marks one
LONGEST_TEXT = 4000
AGENT = f"Fieldproof/{settings.VERSION}"


def call_for(delivery: Delivery, post: Post, now: datetime) -> Call:
    """Raises ValueError when address or secret were sealed with another key."""
    channel = delivery.channel
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "X-Delivery-Key": delivery.key,
    }
    if not channel.is_signed:
        body = as_bytes({"text": chat_text(post)})
        return Call(unseal(channel.url), body, headers)
    body = as_bytes(document(delivery, post))
    headers |= signed(unseal(channel.secret), delivery.key, now, body)
    return Call(unseal(channel.url), body, headers)


def document(delivery: Delivery, post: Post) -> dict[str, Any]:
    """docs/webhooks.md names every key. More may follow, none goes away."""
    workspace = delivery.workspace
    return {
        "version": VERSION,
        "id": delivery.key,
        "event": post.event,
        "at": delivery.planned_at.isoformat(),
        "venture": {"slug": workspace.slug, "name": workspace.name},
        "text": post.text,
        "link": settings.APP_ORIGIN + post.path,
        "data": post.data,
    }


def as_bytes(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# --- a chat ----------------------------------------------------------------------
def chat_text(post: Post) -> str:
    """Slack reads `&`, `<` and `>` as marks of its own, and an "@" calls people: titles
    that somebody typed must do neither."""
    text = post.text[:LONGEST_TEXT]
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(mark, written)
    text = text.replace("@", "@\N{ZERO WIDTH SPACE}")
    return f"{text}\n{settings.APP_ORIGIN}{post.path}"


# --- a program -------------------------------------------------------------------
def new_secret() -> str:
    """256 random bits, as the scheme writes them."""
    return SECRET_PREFIX + b64encode(token_bytes(32)).decode()


def signed(secret: str, key: str, now: datetime, body: bytes) -> dict[str, str]:
    stamp = str(int(now.timestamp()))
    known = b64decode(secret.removeprefix(SECRET_PREFIX))
    content = f"{key}.{stamp}.".encode() + body
    signature = b64encode(hmac.digest(known, content, sha256)).decode()
    return {
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }
