"""Mails that Django and allauth send themselves: sign-in codes and links to reset.

They pass the same transport as the ledger's, one recipient a message, but no ledger: a
code is worth nothing after ten minutes, and its owner asks for another. With a mail
server they leave from a background thread, so that neither a slow server nor the
question whether an address is known shows in the time a page takes. The outbox is
written at once.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email.utils import make_msgid, parseaddr
from functools import cache
from threading import BoundedSemaphore
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core.transport import (
    Outcome,
    Parcel,
    Verdict,
    ascii_address,
    mail_domain,
    mail_from,
    open_transport,
)

logger = logging.getLogger(__name__)

WAITING_MOST = 100


class LedgerFreeBackend(BaseEmailBackend):
    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        """How many messages were taken on. Refusals of the mail server are logged."""
        taken = 0
        for message in email_messages:
            try:
                parcels = list(parcels_of(message))
            except UnicodeError:
                # a form takes some addresses that no mail can carry
                logger.warning("account mail dropped: its address cannot be written")
                continue
            posted = [post(parcel) for parcel in parcels]
            taken += bool(posted) and all(posted)
        return taken


def parcels_of(message: EmailMessage) -> Iterator[Parcel]:
    """The same content once for each recipient; Bcc stays out of the headers."""
    message.from_email = mail_from()
    message.extra_headers |= {
        "Auto-Submitted": "auto-generated",
        "Message-ID": make_msgid(domain=mail_domain()),
    }
    content = message.message().as_bytes(linesep="\r\n")
    for recipient in dict.fromkeys(message.recipients()):
        key = uuid4()
        yield Parcel(
            sender=message.from_email,
            recipient=ascii_address(parseaddr(recipient)[1]),
            content=b"X-Delivery-Key: account:%s\r\n" % str(key).encode() + content,
            name=f"account-{key}",
        )


def post(parcel: Parcel) -> bool:
    """False when too many are waiting already."""
    if not settings.EMAIL_URL:
        return deliver(parcel).verdict is Verdict.ACCEPTED
    clerk = office(os.getpid())
    return clerk.take(parcel)


class Clerk:
    """One thread and a short queue. What waits when the process ends is still sent."""

    def __init__(self) -> None:
        self._room = BoundedSemaphore(WAITING_MOST)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="account-mail")

    def take(self, parcel: Parcel) -> bool:
        if not self._room.acquire(blocking=False):
            logger.error("account mail dropped: %s are waiting", WAITING_MOST)
            return False
        self._thread.submit(deliver, parcel).add_done_callback(
            lambda _done: self._room.release()
        )
        return True


@cache
def office(_pid: int) -> Clerk:
    """The clerk of this process: threads do not survive a fork."""
    return Clerk()


def deliver(parcel: Parcel) -> Outcome:
    with closing(open_transport()) as transport:
        outcome = transport.send(parcel, before_data=lambda: True)
    if outcome.verdict is not Verdict.ACCEPTED:
        # the server's words may quote the address: the log gets the verdict only
        logger.error("account mail %s: %s", parcel.name, outcome.verdict)
    return outcome
