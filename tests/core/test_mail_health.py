"""What `doctor` says of the way mails take."""

import json

import pytest
from django.core.management import call_command

from core import mail_health
from core.health import check
from core.mail_health import ask_server, records_wanted
from tests.factories import NOW
from tests.smtp_sink import sink


def answer_of(server, settings, *, scheme="smtp", user=""):
    settings.EMAIL_URL = f"{scheme}://{user}127.0.0.1:{server.port}/?from=a@fp.example"
    return ask_server()


def test_without_a_mail_server_it_says_where_mails_are(settings, tmp_path):
    settings.EMAIL_URL, settings.DATA_DIR = "", tmp_path

    found = ask_server()

    assert (found.has_failed, found.is_warning) == (False, True)
    assert str(tmp_path / "outbox") in found.words
    assert records_wanted() == ()


def test_a_server_that_answers_is_well_and_gets_no_mail(settings):
    with sink() as server:
        found = answer_of(server, settings)

    assert (found.has_failed, found.is_warning) == (False, False)
    assert "answers" in found.words
    assert server.received == []
    assert server.seen["MAIL"] == 0


def test_a_wrong_password_is_a_failure(settings):
    with sink(password="right") as server:
        good = answer_of(server, settings, user="ana:right@")
        bad = answer_of(server, settings, user="ana:wrong@")

    assert not good.has_failed
    assert bad.has_failed
    assert "refuses the user name or password (535)" in bad.words
    assert "wrong" not in bad.words.replace("wrong use", "")


def test_a_certificate_nobody_vouches_for_is_a_failure(settings):
    with sink(tls=True) as server:
        found = answer_of(server, settings, scheme="submission")

    assert found.has_failed
    assert "SSLCertVerificationError" in found.words


def test_nobody_there_is_a_failure(settings):
    with sink() as server:
        port = server.port
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"

    assert ask_server().has_failed


def test_a_silent_server_is_given_up_quickly(settings, monkeypatch):
    monkeypatch.setattr(mail_health, "SECONDS", 0.2)
    with sink() as server:
        server.says["EHLO"] = lambda *_: 3
        found = answer_of(server, settings)

    assert found.has_failed


def test_records_are_of_the_senders_domain(settings):
    settings.EMAIL_URL = "submission://u:p@mail.host.example:587/?from=us@fp.example"

    spf, dkim, dmarc = records_wanted()

    assert (spf.name, spf.value) == ("fp.example", "v=spf1 a:mail.host.example -all")
    assert dkim.name == "<selector>._domainkey.fp.example"
    assert dmarc.name == "_dmarc.fp.example"
    assert dmarc.value.startswith("v=DMARC1; p=quarantine;")


@pytest.mark.django_db
def test_doctor_asks_and_prints_but_probes_do_not(settings, capsys):
    with sink() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}/?from=a@fp.example"
        check(NOW)
        assert server.seen["EHLO"] == 0
        call_command("doctor", "--json", "--only", "mail")
        found = json.loads(capsys.readouterr().out)
        call_command("doctor", "--only", "mail")
        words = capsys.readouterr().out

    assert [one["name"] for one in found["checks"]] == ["mail"]
    assert [record["type"] for record in found["dns"]] == ["TXT"] * 3
    assert "_dmarc.fp.example  TXT  v=DMARC1" in words
