"""Tokens: shown once, kept as a hash, dead when they should be."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.actions.tokens import issue_token, revoke_token, use_token
from core.models import ActivityEntry, ApiToken, Membership, Role
from core.tokens import hashed
from tests.factories import NOW, TODAY, make_member, make_workspace
from tests.helpers import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership():
    return make_member(make_workspace("Acme", slug="acme"), Role.FOUNDER)


def page(membership):
    return reverse("core:token_list", args=[membership.workspace.slug])


def test_a_token_acts_for_its_membership(membership):
    token, secret = issue_token(membership, by=membership.user, now=NOW, name="Export")

    assert use_token(secret, now=NOW) == membership
    token.refresh_from_db()
    assert (token.token_hash, token.last_used_on) == (hashed(secret), TODAY)
    assert secret not in str(ActivityEntry.objects.values())


def test_the_day_of_use_is_written_once_a_day(membership, django_assert_num_queries):
    _token, secret = issue_token(membership, by=membership.user, now=NOW, name="Export")
    use_token(secret, now=NOW)

    with django_assert_num_queries(1):
        use_token(secret, now=NOW + timedelta(hours=1))


def left(membership):
    Membership.objects.filter(pk=membership.pk).update(left_on=TODAY)


def switched_off(membership):
    membership.user.is_active = False
    membership.user.save(update_fields=["is_active"])


def revoked(membership):
    revoke_token(membership.api_tokens.get(), by=membership.user, now=NOW)


@pytest.mark.parametrize("end", [left, switched_off, revoked])
def test_a_token_ends_with_its_right(membership, end):
    _token, secret = issue_token(membership, by=membership.user, now=NOW, name="Export")

    end(membership)

    assert use_token(secret, now=NOW) is None


def test_a_token_ends_at_its_hour(membership):
    ends_at = NOW + timedelta(days=30)
    _token, secret = issue_token(
        membership, by=membership.user, now=NOW, name="Export", expires_at=ends_at
    )

    assert use_token(secret, now=ends_at - timedelta(seconds=1)) == membership
    assert use_token(secret, now=ends_at) is None


def test_the_page_shows_the_secret_once(client, membership):
    client.force_login(membership.user)
    form = {"name": "Export", "days": "30", "form_key": "one"}

    shown = client.post(page(membership), form)
    again = client.post(page(membership), form)
    later = client.get(page(membership))

    secret = soup(shown).select_one("#new-token").text
    assert use_token(secret, now=NOW) == membership
    assert (again.status_code, ApiToken.objects.count()) == (303, 1)
    assert secret not in later.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]


def test_a_token_without_a_name_is_asked_for_one(client, membership):
    client.force_login(membership.user)

    answer = client.post(page(membership), {"name": "", "days": "30"})

    assert answer.status_code == 422
    assert ApiToken.objects.count() == 0


def test_nobody_revokes_the_token_of_a_colleague(client, membership):
    token, secret = issue_token(membership, by=membership.user, now=NOW, name="Export")
    colleague = make_member(membership.workspace, Role.OWNER).user
    client.force_login(colleague)

    url = reverse("core:token_revoke", args=[membership.workspace.slug, token.pk])

    assert client.post(url).status_code == 404
    assert use_token(secret, now=NOW) == membership


def test_revoking_from_the_page_ends_it(client, membership):
    token, secret = issue_token(membership, by=membership.user, now=NOW, name="Export")
    client.force_login(membership.user)

    url = reverse("core:token_revoke", args=[membership.workspace.slug, token.pk])
    client.post(url)

    assert use_token(secret, now=NOW) is None
