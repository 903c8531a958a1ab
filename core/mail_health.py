"""Whether mails would leave: asked by `doctor` alone, since it calls the mail server."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _

from core.transport import mail_domain
from core.transport.server import MailServer

SECONDS = 5.0
LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Asked:
    """`words` is what a person reads; `is_warning` when mails go, but not as they
    should."""

    words: str
    has_failed: bool = False
    is_warning: bool = False


@dataclass(frozen=True)
class Record:
    """A DNS record the sender's domain needs, so that mails are taken for genuine."""

    name: str
    type: str
    value: str
    why: str


def ask_server() -> Asked:
    """Connects, secures the line and signs in, as a mail would; sends nothing."""
    if not settings.EMAIL_URL:
        folder = settings.DATA_DIR / "outbox"
        return Asked(
            _("no EMAIL_URL: mails are written to %s") % folder, is_warning=True
        )
    server = MailServer.from_url(settings.EMAIL_URL, mail_domain())
    where = f"{server.host}:{server.port}"
    try:
        offers_tls = greet(server)
    except smtplib.SMTPAuthenticationError as error:
        words = _("%(where)s refuses the user name or password (%(code)s)")
        said = words % {"where": where, "code": error.smtp_code}
        return Asked(said, has_failed=True)
    except (OSError, smtplib.SMTPException) as error:
        words = _("%(where)s: %(problem)s")
        problem = type(error).__name__
        return Asked(words % {"where": where, "problem": problem}, has_failed=True)
    return answered(server, where, offers_tls=offers_tls)


def greet(server: MailServer) -> bool:
    """Whether a plain line could have been secured."""
    line = server.line()
    line.timeout = SECONDS
    try:
        server.connect(line)
        return bool(line.has_extn("starttls"))
    finally:
        line.close()


def answered(server: MailServer, where: str, *, offers_tls: bool) -> Asked:
    is_plain = server.scheme == "smtp" and server.host not in LOCAL
    if is_plain and server.user:
        words = _("%s answers, but the password travels unencrypted") % where
        return Asked(words, is_warning=True)
    if is_plain and offers_tls:
        words = _("%s answers, and could encrypt: use submission://") % where
        return Asked(words, is_warning=True)
    how = _("signed in") if server.user else _("without signing in")
    return Asked(_("%(where)s answers, %(how)s") % {"where": where, "how": how})


def records_wanted() -> tuple[Record, ...]:
    """For the domain of the sender; none while mails are files. The key of DKIM is made
    by the mail server, which signs."""
    if not settings.EMAIL_URL:
        return ()
    domain, host = mail_domain(), MailServer.from_url(settings.EMAIL_URL).host
    spf = Record(
        domain,
        "TXT",
        f"v=spf1 a:{host} -all",
        _("who may send for you; at a provider, the include: it names instead of a:"),
    )
    dkim = replace(
        spf,
        name=f"<selector>._domainkey.{domain}",
        value="v=DKIM1; k=rsa; p=<public key>",
        why=_("the signature; your mail server names selector and key"),
    )
    dmarc = replace(
        spf,
        name=f"_dmarc.{domain}",
        value=f"v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}",
        why=_("what becomes of mails that are not genuine"),
    )
    return (spf, dkim, dmarc)
