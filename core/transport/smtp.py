"""Mail over SMTP, with every answer told apart: smtplib returns refusals of MAIL, RCPT
and DATA, it does not raise them."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from socket import SHUT_RDWR
from threading import Timer
from time import monotonic

from core.transport.parcels import Outcome, Parcel, Verdict, ascii_address, in_words
from core.transport.server import STEP_SECONDS, MailServer

MAIL_SECONDS = 30.0
MAILS_PER_CONNECTION = 50
TOO_BIG = 552


class HungUpError(Exception):
    """The server hung up before it had anything of the message."""


class AnsweredError(Exception):
    """The server's answer, or its silence, ends this message."""

    def __init__(self, verdict: Verdict, reason: str):
        super().__init__(reason)
        self.outcome = Outcome(verdict, reason)


@contextmanager
def ended_after(seconds: float, connection: smtplib.SMTP) -> Iterator[None]:
    """Hangs up after so long. Timeouts of single reads do not stop a server that
    gives one byte every nine seconds."""

    def hang_up() -> None:
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def answer_within(seconds: float, connection: smtplib.SMTP) -> None:
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


class SmtpTransport:
    """Keeps one connection for up to 50 messages; each message has one recipient."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self._line: smtplib.SMTP | None = None
        self._carried = 0

    def send(self, parcel: Parcel, before_data: Callable[[], bool]) -> Outcome:
        if self._carried >= MAILS_PER_CONNECTION:
            self.close()
        if self._line is not None:
            # A server may hang up on an idle or long-used connection at any time.
            # Nothing of this message has left then, so a new connection may try it.
            with suppress(HungUpError):
                return self._carry(self._line, parcel, before_data)
        opened = self._connect()
        if isinstance(opened, Outcome):
            return opened
        self._line = opened
        try:
            return self._carry(opened, parcel, before_data)
        except HungUpError as gone:
            return Outcome(Verdict.DEFERRED, str(gone))

    def close(self) -> None:
        line, self._line, self._carried = self._line, None, 0
        if line is not None:
            with suppress(OSError), ended_after(STEP_SECONDS, line):
                line.quit()
            line.close()

    def _connect(self) -> smtplib.SMTP | Outcome:
        """A connection ready for mail, or why nobody gets through."""
        line = self.server.line()
        try:
            with ended_after(MAIL_SECONDS, line):
                self.server.connect(line)
        except smtplib.SMTPResponseException as error:
            line.close()
            reason = in_words(error.smtp_code, error.smtp_error)
            lasting = error.smtp_code >= 500
            return Outcome(
                Verdict.MISCONFIGURED if lasting else Verdict.UNAVAILABLE, reason
            )
        except smtplib.SMTPServerDisconnected as error:
            line.close()
            return Outcome(Verdict.UNAVAILABLE, str(error))
        except smtplib.SMTPException as error:
            # no STARTTLS offered, no way to sign in that both sides know
            line.close()
            return Outcome(Verdict.MISCONFIGURED, str(error))
        except OSError as error:
            line.close()
            return Outcome(Verdict.UNAVAILABLE, f"no connection: {error}")
        return line

    def _carry(
        self,
        line: smtplib.SMTP,
        parcel: Parcel,
        before_data: Callable[[], bool],
    ) -> Outcome:
        ends_at = monotonic() + MAIL_SECONDS
        self._carried += 1
        try:
            with ended_after(MAIL_SECONDS, line):
                self._address(line, parcel)
                if not before_data():
                    self.close()
                    return Outcome(Verdict.WITHDRAWN)
                self._begin_data(line)
                return self._hand_over(line, parcel.content, ends_at)
        except AnsweredError as answer:
            self._reset(line)
            return answer.outcome
        except HungUpError:
            if monotonic() < ends_at:
                raise
            # we hung up ourselves: no second half minute for this one
            return Outcome(Verdict.DEFERRED, "no answer in time")

    def _address(self, line: smtplib.SMTP, parcel: Parcel) -> None:
        options = [f"size={len(parcel.content)}"] if line.has_extn("size") else []
        if not parcel.content.isascii() and line.has_extn("8bitmime"):
            options.append("body=8bitmime")
        sender = ascii_address(parseaddr(parcel.sender)[1])
        code, reply = self._say(lambda: line.mail(sender, options))
        if code == TOO_BIG:
            raise AnsweredError(Verdict.REJECTED, in_words(code, reply))
        if code >= 500:
            raise AnsweredError(Verdict.MISCONFIGURED, in_words(code, reply))
        if code >= 400:
            raise AnsweredError(Verdict.UNAVAILABLE, in_words(code, reply))
        code, reply = self._say(lambda: line.rcpt(parcel.recipient))
        if code >= 500:
            raise AnsweredError(Verdict.BOUNCED, in_words(code, reply))
        if code >= 400:
            raise AnsweredError(Verdict.DEFERRED, in_words(code, reply))

    def _begin_data(self, line: smtplib.SMTP) -> None:
        """Up to here nothing has left, so that a lost connection costs no copy."""
        try:
            code, reply = self._say(lambda: line.docmd("DATA"))
        except HungUpError as gone:
            # not tried again at once: the ledger has noted the hand-over
            raise AnsweredError(Verdict.DEFERRED, str(gone)) from gone
        if code >= 500:
            raise AnsweredError(Verdict.REJECTED, in_words(code, reply))
        if code != 354:
            raise AnsweredError(Verdict.DEFERRED, in_words(code, reply))

    def _hand_over(self, line: smtplib.SMTP, content: bytes, ends_at: float) -> Outcome:
        """From here on a silent end may mean that the message has arrived."""
        try:
            # the last answer may take long, since servers look into the message
            answer_within(max(1.0, ends_at - monotonic()), line)
            line.send(on_the_wire(content))
            code, reply = line.getreply()
            answer_within(line.timeout, line)
        except OSError as error:
            self.close()
            return Outcome(Verdict.LOST, f"connection ended in the message: {error}")
        if 200 <= code < 300:
            return Outcome(Verdict.ACCEPTED, in_words(code, reply))
        if 400 <= code < 600:
            verdict = Verdict.REJECTED if code >= 500 else Verdict.DEFERRED
            raise AnsweredError(verdict, in_words(code, reply))
        self.close()
        return Outcome(Verdict.LOST, in_words(code, reply))

    def _say(self, command: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        """One command and its answer. smtplib returns 4xx and 5xx, it does not raise."""
        try:
            code, reply = command()
        except OSError as error:
            self.close()
            if isinstance(error.__context__, TimeoutError):
                raise AnsweredError(Verdict.DEFERRED, "no answer in time") from error
            raise HungUpError(str(error)) from error
        if code == 421 or code < 0:
            self.close()
            raise HungUpError(in_words(code, reply))
        return code, reply

    def _reset(self, line: smtplib.SMTP) -> None:
        """Clears the table for the next message, or gives the connection up."""
        if self._line is None:
            return
        try:
            code, _reply = line.rset()
        except OSError:
            code = 421
        if code != 250:
            self.close()


def on_the_wire(content: bytes) -> bytes:
    """CRLF line ends, a leading dot doubled, a lone dot as the end (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines + (b".\r\n" if lines.endswith(b"\r\n") else b"\r\n.\r\n")
