"""Sign-in codes and forgotten passwords: true words, and a way on from every page."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import make_user
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db

FILES = "This server has no mail server"


@pytest.fixture(autouse=True)
def kept_mails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask(client, name, email):
    return client.post(reverse(name), {"email": email}, follow=True)


def test_a_code_signs_in(client, owner):
    page = ask(client, "account_request_login_code", owner.email)
    code = re.search(r"^\d{6}$", mail.outbox[0].body, re.MULTILINE)[0]

    answer = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "Type the code" in text_of(page)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(owner.pk)


@pytest.mark.parametrize(
    "name", ["account_request_login_code", "account_reset_password"]
)
@pytest.mark.parametrize(("url", "says"), [("", True), ("smtp://mail:25", False)])
def test_pages_say_when_mails_are_files(client, owner, settings, name, url, says):
    settings.EMAIL_URL = url

    before = client.get(reverse(name))
    after = ask(client, name, owner.email)

    assert [FILES in text_of(page) for page in (before, after)] == [says, says]


@pytest.mark.parametrize("name", ["account_email", "portfolio:inbox"])
@pytest.mark.parametrize(("url", "says"), [("", True), ("smtp://mail:25", False)])
def test_pages_that_promise_a_mail_say_where_it_is(client, settings, name, url, says):
    settings.EMAIL_URL = url
    given = {"login": make_user().email, "password": "correct horse staple"}
    client.post(reverse("account_login"), given)

    page = client.get(reverse(name))

    assert ("mails are written into the folder outbox" in text_of(page)) is says


def test_a_new_password_ends_at_sign_in(client, owner):
    ask(client, "account_reset_password", owner.email)
    link = re.search(r"http\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    action = form.redirect_chain[-1][0]

    words = dict.fromkeys(("password1", "password2"), "a boat on the quiet river")
    done = client.post(action, words, follow=True)

    assert soup(done).h1.get_text() == "Your password is changed"
    ways = [a["href"] for a in soup(done).select("main a")]
    assert ways == [reverse("account_login")]
    owner.refresh_from_db()
    assert owner.check_password("a boat on the quiet river")


def test_a_used_link_offers_another(client):
    page = client.get(
        reverse("account_reset_password_from_key", args=["0" * 32, "used-up"])
    )

    ways = [a["href"] for a in soup(page).select("main a")]
    assert ways == [reverse("account_reset_password")]


def test_mails_are_ours_and_lead_home(client, owner, settings):
    settings.APP_ORIGIN = "https://proof.example"
    ask(client, "account_request_login_code", owner.email)
    ask(client, "account_reset_password", owner.email)
    ask(client, "account_reset_password", "stranger@nowhere.test")

    subjects = [message.subject for message in mail.outbox]
    assert subjects == [
        "Your sign-in code for Fieldproof",
        "Choose a new password for Fieldproof",
        "No Fieldproof account has this address",
    ]
    for message in mail.outbox:
        assert message.body.endswith("Sent by Fieldproof at https://proof.example")
    assert "sign up" not in mail.outbox[2].body
