"""Addresses: of the mail server, of the sender, of a recipient."""

import pytest

from core.transport import (
    ascii_address,
    mail_domain,
    mail_from,
)
from core.transport.server import MailServer


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", MailServer("smtp", "mail.example.com", 25)),
        ("submission://m.example", MailServer("submission", "m.example", 587)),
        (
            "smtps://us%40er:p%2Fw@m.example:4650/?from=a+b@x.example",
            MailServer(
                "smtps", "m.example", 4650, "us@er", "p/w", "Fieldproof <a+b@x.example>"
            ),
        ),
        (
            "smtp://m.example/?from=Acme%20%3Cnews@x.example%3E",
            MailServer("smtp", "m.example", 25, sender="Acme <news@x.example>"),
        ),
    ],
)
def test_mail_server_from_url(url, server):
    assert MailServer.from_url(url) == server


def test_mail_server_hides_its_password_when_printed():
    assert "geheim" not in repr(MailServer.from_url("smtp://u:geheim@m.example"))


def test_mail_from_is_the_configured_address_without_another(settings):
    settings.DEFAULT_FROM_EMAIL = "Fieldproof <fieldproof@bücher.example>"

    assert mail_from() == "Fieldproof <fieldproof@bücher.example>"
    assert mail_domain() == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("address", "ascii_form"),
    [("ana@example.com", "ana@example.com"), ("ana@bücher.de", "ana@xn--bcher-kva.de")],
)
def test_ascii_address(address, ascii_form):
    assert ascii_address(address) == ascii_form


@pytest.mark.parametrize(
    "address", ["ána@example.com", "ana@ex..ample", "a@" + "x" * 70]
)
def test_ascii_address_refuses(address):
    with pytest.raises(UnicodeError):
        ascii_address(address)
