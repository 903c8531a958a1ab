"""Invitations, roles, and the owner who cannot be lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from core.actions import (
    accept_invitation,
    change_role,
    find_invitation,
    invite_member,
    remove_member,
    revoke_invitation,
)
from core.models import Delivery, Invitation, Membership, Role, User
from tests.factories import NOW, fresh_key, make_member, make_user, make_workspace
from tests.helpers import text_of


@pytest.fixture
def invited(workspace, owner):
    return invite_member(
        workspace, by=owner, email="New@Example.com", role=Role.ADVISOR, now=NOW
    )


@pytest.mark.django_db
class TestInvitation:
    def test_is_stored_hashed_and_mailed_once(self, invited):
        invitation, token = invited

        assert invitation.email == "new@example.com"
        assert token not in str(vars(Invitation.objects.get()))
        assert find_invitation(token, now=NOW) == invitation
        assert Delivery.objects.get().kind == "invitation"

    @pytest.mark.parametrize("days", [0, 6])
    def test_works_for_seven_days(self, invited, days):
        assert find_invitation(invited[1], now=NOW + timedelta(days=days))

    def test_ends_after_seven_days(self, invited):
        assert find_invitation(invited[1], now=NOW + timedelta(days=7)) is None

    def test_ends_when_withdrawn(self, invited, owner):
        revoke_invitation(invited[0], by=owner, now=NOW)

        assert find_invitation(invited[1], now=NOW) is None

    def test_works_once(self, invited):
        user = make_user("new@example.com")
        accept_invitation(invited[0], user=user, now=NOW)

        with pytest.raises(ValidationError, match="used or has ended"):
            accept_invitation(invited[0], user=user, now=NOW)

    def test_refuses_another_address(self, invited):
        with pytest.raises(ValidationError, match="another address"):
            accept_invitation(invited[0], user=make_user("me@example.com"), now=NOW)

    def test_a_second_one_replaces_the_first(self, invited, workspace, owner):
        invite_member(
            workspace, by=owner, email="new@example.com", role=Role.MEMBER, now=NOW
        )

        assert find_invitation(invited[1], now=NOW) is None

    def test_members_are_not_invited_again(self, workspace, owner, founder):
        with pytest.raises(ValidationError, match="already in the team"):
            invite_member(
                workspace, by=owner, email=founder.email, role=Role.MEMBER, now=NOW
            )

    def test_twenty_a_day_are_enough(self, workspace, owner):
        for number in range(20):
            invite_member(
                workspace,
                by=owner,
                email=f"n{number}@x.example",
                role="member",
                now=NOW,
            )

        with pytest.raises(ValidationError, match="Twenty"):
            invite_member(
                workspace, by=owner, email="n@x.example", role="member", now=NOW
            )


@pytest.mark.django_db
@pytest.mark.usefixtures("second_of_november")
class TestJoining:
    def test_looking_changes_nothing(self, client, invited):
        for _ in range(5):
            assert client.get(f"/invitations/{invited[1]}/").status_code == 200

        assert find_invitation(invited[1], now=NOW)
        assert not User.objects.filter(email="new@example.com").exists()

    def test_a_new_person_makes_an_account_and_is_in(self, client, invited, workspace):
        response = client.post(
            f"/invitations/{invited[1]}/",
            {
                "name": "Nora New",
                "password": "a quiet long sentence",
                "form_key": fresh_key(),
            },
        )

        assert response.url == reverse("portfolio:today", args=["acme"])
        membership = Membership.objects.get(user__email="new@example.com")
        assert (membership.workspace, membership.role) == (workspace, Role.ADVISOR)

    @pytest.mark.parametrize("password", ["short", "password1234", "nora new rocks"])
    def test_a_weak_password_is_refused_in_place(self, client, invited, password):
        response = client.post(
            f"/invitations/{invited[1]}/", {"name": "Nora New", "password": password}
        )

        assert response.status_code == 422
        assert "Nora New" in response.content.decode()
        assert not User.objects.filter(email="new@example.com").exists()

    def test_an_existing_account_signs_in_first(self, client, invited):
        make_user("new@example.com")

        response = client.post(f"/invitations/{invited[1]}/")

        assert "has an account" in text_of(response)
        assert not Membership.objects.filter(user__email="new@example.com").exists()

    def test_unknown_token_is_not_found(self, client):
        assert client.get("/invitations/guess/").status_code == 404


@pytest.mark.django_db
class TestLastOwner:
    def test_cannot_leave_or_be_demoted(self, workspace, owner):
        membership = workspace.memberships.get(user=owner)

        for change in (
            lambda: remove_member(membership, by=owner, now=NOW),
            lambda: change_role(membership, by=owner, role=Role.MEMBER, now=NOW),
        ):
            with pytest.raises(ValidationError, match="needs an owner"):
                change()

    def test_a_founder_cannot_remove_an_owner(self, client, workspace, owner, founder):
        client.force_login(founder)
        membership = workspace.memberships.get(user=owner)

        response = client.post(
            reverse("core:member_remove", args=["acme", membership.pk])
        )

        assert response.status_code == 403

    def test_a_founder_cannot_invite_an_owner(self, client, founder):
        client.force_login(founder)

        response = client.post(
            reverse("core:invitation_add", args=["acme"]),
            {"email": "x@example.com", "role": "owner"},
        )

        assert response.status_code == 422
        assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_owners_removing_each_other_leave_one():
    for _ in range(5):
        workspace = make_workspace()
        pair = [make_member(workspace, Role.OWNER) for _ in range(2)]

        def remove(membership, by=pair[0].user):
            try:
                remove_member(membership, by=by, now=NOW)
            except ValidationError:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as pool:
            removed = list(pool.map(remove, pair))

        assert sorted(removed) == [False, True]
        assert workspace.memberships.current().count() == 1
