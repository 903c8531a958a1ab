"""A mail server as EMAIL_URL names it."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

# for one answer of the server
STEP_SECONDS = 10.0
PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    # how we greet: asking DNS for our own name may take longer than the mail
    our_name: str = "localhost"

    @classmethod
    def from_url(cls, url: str, our_name: str = "localhost") -> MailServer:
        parts = urlsplit(url)
        # a plus is part of many addresses, never a space
        query = parse_qs(parts.query.replace("+", "%2B"))
        sender = query.get("from", [""])[0]
        return cls(
            scheme=parts.scheme,
            host=parts.hostname or "",
            port=parts.port or PORTS.get(parts.scheme, 0),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=sender if "<" in sender or not sender else f"Fieldproof <{sender}>",
            our_name=our_name,
        )

    def connect(self, connection: smtplib.SMTP) -> None:
        """Raises OSError (smtplib's errors are among them) when nobody gets through."""
        code, reply = connection.connect(self.host, self.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, reply)
        connection.ehlo_or_helo_if_needed()
        if self.scheme == "submission":
            # ehlo is said anew on the secured line
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()
        if self.user:
            connection.login(self.user, self.password)

    def line(self) -> smtplib.SMTP:
        """A connection not yet opened."""
        line: smtplib.SMTP
        if self.scheme == "smtps":
            line = smtplib.SMTP_SSL(
                local_hostname=self.our_name,
                timeout=STEP_SECONDS,
                context=ssl.create_default_context(),
            )
        else:
            line = smtplib.SMTP(local_hostname=self.our_name, timeout=STEP_SECONDS)
        # smtplib checks the certificate against this, and sets it only in
        # constructors that connect at once
        line._host = self.host  # type: ignore[attr-defined]
        return line
