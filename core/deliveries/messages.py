"""From what a person reads to the bytes that travel."""

from __future__ import annotations

import logging
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from core.deliveries.kinds import Mail
from core.deliveries.planning import fingerprint
from core.models import Delivery
from core.transport import Parcel, ascii_address, mail_from

logger = logging.getLogger(__name__)

# Any server takes it: quoted-printable or base64 where a text is not plain ASCII. A
# plain text keeps long lines, so that a link stands whole in the file of the outbox.
HEADERS = SMTP.clone(cte_type="7bit")
CONTENT = HEADERS.clone(max_line_length=998)
# mailboxes cut longer parts off; the text part says the same
LONGEST_HTML_BYTES = 60_000
INVISIBLE = dict.fromkeys(range(32), " ") | {127: " "}


def one_line(text: str) -> str:
    """A header holds one line, whatever somebody typed as a name."""
    return " ".join(text.translate(INVISIBLE).split())


def parcel_for(delivery: Delivery, mail: Mail, now: datetime) -> Parcel:
    """Raises UnicodeError or ValueError when the address cannot be written to."""
    recipient = ascii_address(delivery.address)
    message = EmailMessage(policy=CONTENT)
    message["From"] = sender = mail_from()
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = delivery.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Feedback-ID"] = f"{delivery.kind}:fieldproof"
    message.set_content(mail.text)
    if 0 < len(mail.html.encode()) <= LONGEST_HTML_BYTES:
        message.add_alternative(mail.html, subtype="html")
    elif mail.html:
        logger.warning("delivery %s: HTML too long, sent as text", delivery.pk)
    own = {"X-Delivery-Key": delivery.key} | unsubscribing(mail.unsubscribe)
    return Parcel(sender, recipient, headed(own, message), file_name(delivery))


def unsubscribing(address: str) -> dict[str, str]:
    """RFC 8058: one press in the mail reader, one POST, without signing in."""
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{one_line(address)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def headed(own: dict[str, str], message: EmailMessage) -> bytes:
    """Puts these first and unfolded: the folder would encode a long word."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in own.items())
    return lines.encode("ascii") + message.as_bytes(policy=HEADERS)


def file_name(delivery: Delivery) -> str:
    planned = f"{delivery.planned_at:%Y%m%dT%H%M%SZ}"
    return f"{planned}-{delivery.kind}-{fingerprint(delivery.key)}"
