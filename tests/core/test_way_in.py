"""Signing in: one-time links, passwords, and ends of sign-ins."""

import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.actions import find_link, issue_link, redeem_link
from core.models import OneTimeLink, User
from tests.factories import NOW, make_user

LOGIN = OneTimeLink.Kind.LOGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(owner):
    return issue_link(LOGIN, user=owner, now=NOW)


@pytest.mark.usefixtures("second_of_november")
class TestLoginLink:
    def test_asks_first_and_signs_in_once(self, client, token, owner):
        for _ in range(5):
            assert client.get(f"/enter/{token}/").status_code == 200

        response = client.post(f"/enter/{token}/")

        assert response.url == reverse("core:home")
        assert client.session["_auth_user_id"] == str(owner.pk)
        assert client.post(f"/enter/{token}/").status_code == 404

    def test_lasts_ten_minutes(self, token):
        assert find_link(LOGIN, token, now=NOW + timedelta(minutes=9))
        assert find_link(LOGIN, token, now=NOW + timedelta(minutes=10)) is None

    def test_only_the_hash_is_kept(self, token):
        assert token not in str(vars(OneTimeLink.objects.get()))

    def test_a_setup_key_does_not_sign_in(self, client):
        token = issue_link(OneTimeLink.Kind.SETUP, now=NOW)

        assert client.post(f"/enter/{token}/").status_code == 404

    def test_of_two_senders_one_wins(self, token):
        link = find_link(LOGIN, token, now=NOW)

        assert [redeem_link(link, now=NOW), redeem_link(link, now=NOW)] == [True, False]

    def test_deactivated_people_stay_out(self, client, token, owner):
        owner.is_active = False
        owner.save(update_fields=["is_active"])

        assert client.post(f"/enter/{token}/").status_code == 404


class TestCommand:
    def test_prints_a_link_that_works(self, owner, settings):
        out = StringIO()

        call_command("login_link", "OWNER@example.com", stdout=out)

        assert out.getvalue().startswith(f"{settings.APP_ORIGIN}/enter/")

    def test_unknown_address_is_a_no(self):
        with pytest.raises(CommandError, match="Nobody here") as refused:
            call_command("login_link", "nobody@example.com")
        assert refused.value.returncode == 1


class TestSession:
    def test_ends_after_thirty_days_in_any_case(self, client, owner, settings):
        client.force_login(owner)
        client.get("/")
        session = client.session
        session["began"] = int(time.time()) - settings.SESSION_LONGEST_SECONDS - 1
        session.save()

        assert client.get("/").status_code == 302
        assert client.get("/ventures/").url.startswith(reverse("account_login"))

    def test_htmx_gets_401_instead_of_the_login_page(self, client, workspace):
        response = client.get("/w/acme/questions/", headers={"HX-Request": "true"})

        assert response.status_code == 401
        assert "session-expired" in response.headers["HX-Trigger"]

    def test_sign_up_is_closed(self, client):
        response = client.post(
            reverse("account_signup"),
            {"email": "new@example.com", "password1": "a quiet long sentence"},
        )

        assert response.status_code == 200
        assert not User.objects.filter(email="new@example.com").exists()

    def test_unknown_and_known_addresses_get_the_same_answer(self, client, owner):
        answers = []
        for email in (owner.email, "nobody@example.com"):
            response = client.post(reverse("account_reset_password"), {"email": email})
            answers.append((response.status_code, response.url))

        assert answers[0] == answers[1]


class TestHostileInput:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_nul_is_refused(self, client, owner, method):
        client.force_login(owner)

        response = getattr(client, method)("/me/", {"name": "a\x00b"})

        assert response.status_code == 400

    def test_headers_on_every_kind_of_answer(self, client):
        for path in ("/healthz", "/ventures/", "/no-such-page/", "/accounts/login/"):
            headers = client.get(path).headers
            assert "default-src 'none'" in headers["Content-Security-Policy"], path
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "no-store" in headers["Cache-Control"]
            assert headers["X-Frame-Options"] == "DENY"


def test_me_is_saved_and_refused_in_place(client):
    user = make_user()
    client.force_login(user)
    fields = {"name": "Ana", "timezone": "Europe/Berlin", "appearance": "dark"}

    assert client.post("/me/", fields | {"timezone": "Mars/One"}).status_code == 422
    assert client.post("/me/", fields).status_code == 303
    user.refresh_from_db()
    assert (user.name, user.timezone, user.appearance, user.shortcuts_enabled) == (
        "Ana",
        "Europe/Berlin",
        "dark",
        False,
    )
