"""Readers of the digest and what they were sent, in one line each."""

from datetime import timedelta

from core.deliveries import plan
from core.deliveries.planning import key_of, whom_of
from core.tokens import hashed
from portfolio.digest.shape import Content, to_json
from portfolio.models import Digest, DigestSubscription
from tests.factories import NOW

TOKEN = "d" * 43
SAID = Content("Acme: quiet week", "Nothing else", "Acme, 26 Oct to 2 Nov")


def make_reader(workspace, link, *, address="kim@board.example", **fields):
    """Somebody without an account who has said yes."""
    defaults = {
        "name": "Kim, board",
        "link": link,
        "confirmed_at": NOW,
        "created_at": NOW,
    }
    return DigestSubscription.objects.create(
        workspace=workspace, address=address, **defaults | fields
    )


def make_digest(row, *, token=TOKEN, period="2026-W45", content=SAID, **fields):
    """With its line in the ledger."""
    whom = whom_of(row.user, row.address)
    defaults = {
        "key": key_of("digest", row.workspace_id, whom, period),
        "due_at": NOW,
        "readable_until": NOW + timedelta(days=14),
        "since": NOW - timedelta(days=7),
        "until": NOW,
        "content": to_json(content) if content else None,
    }
    digest = Digest.objects.create(
        workspace=row.workspace,
        subscription=row,
        period=period,
        token_hash=hashed(token),
        **defaults | fields,
    )
    plan(
        kind="digest",
        workspace=row.workspace,
        recipient=row.user,
        address=row.address,
        period=period,
        payload=token,
        now=NOW,
    )
    return digest


def write_to_readers(workspace, link, number):
    """What the world of the tests holds of it."""
    canary = f"CANARY-{workspace.slug}-{number}"
    address = f"{canary}@board.example".lower()
    row = make_reader(workspace, link, address=address, name=f"{canary}-reader")
    token = f"{workspace.slug[:20]}-{number}".ljust(43, "y")
    make_digest(row, token=token)
