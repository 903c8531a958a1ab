"""The mail that carries an invitation."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.deliveries import (
    deliver_due,
    plan,
)
from core.mails.invitation import recheck
from core.models import Delivery, Invitation, Role
from tests.core.ledger import NOW, outbox
from tests.factories import make_member, make_user, make_workspace

pytestmark = pytest.mark.usefixtures("house")


def make_invitation(**fields):
    workspace = make_workspace("Acme & <b>Sons</b>", slug="sons")
    by = make_user("olga@example.com", name="Olga Owner")
    make_member(workspace, Role.OWNER, user=by)
    return Invitation.objects.create(
        workspace=workspace,
        email="ana@example.com",
        role=Role.ADVISOR,
        token_hash=uuid4().hex,
        created_by=by,
        created_at=NOW,
        expires_at=NOW + timedelta(days=7),
        **fields,
    )


def plan_invitation(invitation):
    plan(
        kind="invitation",
        workspace=invitation.workspace,
        address=invitation.email,
        subject_id=invitation.pk,
        transition="invited",
        payload="the-token",
        now=NOW,
    )


@pytest.mark.django_db
def test_invitation_carries_link_role_and_end(house, settings):
    settings.DELIVERY_KINDS = {"invitation": "core.mails.invitation"}
    settings.APP_ORIGIN = "https://fp.example"
    plan_invitation(make_invitation())

    tally = deliver_due(NOW)

    assert tally["sent"] == 1
    (mail,) = outbox(house)
    text = mail.get_body(["plain"]).get_content()
    html = mail.get_body(["html"]).get_content()
    link = "https://fp.example/invitations/the-token/"
    assert mail["Subject"] == "Olga Owner invites you to Acme & <b>Sons</b>"
    assert f"\n{link}\n" in text
    (file,) = (house / "outbox").glob("*.eml")
    assert f"\r\n{link}\r\n".encode() in file.read_bytes()
    assert "Your role: Advisor" in text
    assert "until 9 November 2026, 09:00 UTC" in text
    assert "Acme & <b>Sons</b>" in text
    assert html.count(f'href="{link}"') == 2
    assert "Acme &amp; &lt;b&gt;Sons&lt;/b&gt;" in html
    assert "<b>Sons" not in html


@pytest.mark.django_db
def test_html_mail_is_small_loads_nothing_and_has_its_styles_in_the_tags(
    house, settings
):
    settings.DELIVERY_KINDS = {"invitation": "core.mails.invitation"}
    plan_invitation(make_invitation())

    deliver_due(NOW)

    html = outbox(house)[0].get_body(["html"]).get_content()
    assert len(html.encode()) < 60_000
    for loading in ("<img", "<link", "<script", "url(", "@import"):
        assert loading not in html
    assert 'lang="en"' in html
    assert "line-height:44px" in html
    assert "@media (prefers-color-scheme: dark)" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "days", "reason"),
    [
        ({}, 0, None),
        ({"accepted_at": NOW}, 0, "accepted"),
        ({"revoked_at": NOW}, 0, "revoked"),
        ({}, 7, "expired"),
    ],
)
def test_invitation_is_checked_again(fields, days, reason):
    invitation = make_invitation(**fields)
    delivery = Delivery(subject_id=invitation.pk)

    assert recheck(delivery, NOW + timedelta(days=days)) == reason


@pytest.mark.django_db
def test_invitation_that_is_gone_is_not_mailed():
    assert recheck(Delivery(subject_id=uuid4()), NOW) == "withdrawn"
