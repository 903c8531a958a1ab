"""Each member says which mails they want; every mail says how to stop its kind."""

from importlib import import_module
from inspect import getsource

import pytest
from django.test import Client

from core.deliveries import deliver_due
from core.deliveries.kinds import topic_of
from core.deliveries.planning import plan
from core.models import ActivityEntry, Delivery, MailChoice, Role
from core.sealing import unseal
from core.tokens import hashed
from decisions.mails import render
from portfolio.mail_topics import OFFERED, WITHOUT
from tests.decisions.cases import stop_on
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.helpers import text_of

pytestmark = pytest.mark.django_db
PAGE = "/w/acme/settings/digest/"
TOPICS = {
    "alert_opened": "alerts",
    "alert_escalated": "escalations",
    "commitment_overridden": "gates",
    "comment_mention": "comments",
    "comment_reply": "comments",
    "follow_up_due": "follow_ups",
}


@pytest.fixture
def mail(workspace, owner):
    """That a stop was raised."""
    stop_on(workspace, owner=owner)
    return Delivery.objects.get(recipient=owner)


def path_off(delivery):
    return f"/mails/{unseal(delivery.payload)}/off/"


def off(user):
    return set(MailChoice.objects.filter(user=user).values_list("topic", flat=True))


# --- which kinds ----------------------------------------------------------------------
def test_every_kind_to_members_has_a_topic_or_a_reason_to_have_none(settings):
    without = {
        # to people who are not in yet, or never: guests have a way off of their own
        *("invitation", "digest_invited", "guest_code", "guest_reply"),
        # has a rhythm of its own
        "digest",
        # to no person
        *("alert_post", "digest_post", "channel_test"),
    }

    assert {kind: topic_of(kind) for kind in settings.DELIVERY_KINDS} == (
        TOPICS | dict.fromkeys(without, "")
    )
    assert set(TOPICS.values()) == set(MailChoice.Topic.values) == set(WITHOUT)


def test_every_role_is_offered_what_it_may_get():
    assert set(OFFERED) == set(Role)


# --- on the page ----------------------------------------------------------------------
def test_what_is_not_ticked_does_not_come(client, workspace, owner):
    client.force_login(owner)
    client.post(f"{PAGE}mails/", {"alerts": "on", "gates": "on"})

    assert off(owner) == {"escalations", "follow_ups", "comments"}
    form = client.get(PAGE).context["mails_form"]
    assert {n for n, f in form.fields.items() if f.initial} == {"alerts", "gates"}

    client.post(f"{PAGE}mails/", dict.fromkeys(MailChoice.Topic.values, "on"))
    assert off(owner) == set()


def test_who_cannot_get_them_is_not_asked(client, observer):
    client.force_login(observer)

    assert list(client.get(PAGE).context["mails_form"].fields) == ["comments"]
    client.post(f"{PAGE}mails/", {"alerts": "on"})
    assert off(observer) == {"comments"}


def test_what_it_means_is_said_and_when_nobody_hears_of_a_stop(
    client, workspace, owner, founder
):
    client.force_login(owner)
    unheard = "Nobody who decides here gets mails about stops"
    assert "A stop still stands on every page of the venture" in text_of(
        client.get(PAGE)
    )
    client.post(f"{PAGE}mails/", {})
    assert unheard not in text_of(client.get(PAGE))
    client.force_login(founder)
    client.post(f"{PAGE}mails/", {})

    assert unheard in text_of(client.get(PAGE))


def test_it_is_for_one_venture(client, workspace, owner):
    other = make_workspace("Other", slug="other")
    make_member(other, Role.OWNER, user=owner)
    client.force_login(owner)
    client.post(f"{PAGE}mails/", {})

    assert not MailChoice.objects.filter(workspace=other).exists()


# --- asked when it leaves ---------------------------------------------------------------
@pytest.mark.parametrize("kind", TOPICS)
@pytest.mark.django_db(transaction=True)
def test_switched_off_after_it_was_planned_it_does_not_leave(
    client, kind, workspace, owner, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    plan(kind=kind, workspace=workspace, recipient=owner, period="from-1", now=NOW)
    delivery = Delivery.objects.get()
    client.post(path_off(delivery), {"List-Unsubscribe": "One-Click"})

    deliver_due(NOW)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("skipped", "unsubscribed")
    assert not (tmp_path / "outbox").exists()


def test_others_of_the_venture_and_other_topics_still_come(mail, workspace, owner):
    somebody = make_member(workspace, Role.FOUNDER, user=make_user()).user
    MailChoice.objects.create(
        workspace=workspace, user=somebody, topic="alerts", off_at=NOW
    )
    MailChoice.objects.create(
        workspace=workspace, user=owner, topic="gates", off_at=NOW
    )
    MailChoice.objects.create(
        workspace=make_workspace("Other", slug="other"),
        user=owner,
        topic="alerts",
        off_at=NOW,
    )
    deliver_due(NOW)

    mail.refresh_from_db()
    assert mail.state == "sent"


# --- by the mail ------------------------------------------------------------------------
def test_each_mail_says_how(mail, settings):
    found = render(mail)

    address = settings.APP_ORIGIN + path_off(mail)
    assert found.unsubscribe == address
    assert f"Switch these mails off: {address}" in found.text
    assert f'href="{address}"' in found.html
    assert mail.off_hash == hashed(unseal(mail.payload))


@pytest.mark.parametrize("kind", TOPICS)
def test_each_kind_of_a_topic_hands_its_mail_over_with_the_way_off(kind, settings):
    """Whoever forgets the third argument forgets the way off."""
    module = import_module(settings.DELIVERY_KINDS[kind])
    assert ", delivery" in getsource(module.render)


def test_looking_changes_nothing(client, mail, owner):
    for _scanner in range(5):
        assert client.get(path_off(mail)).status_code == 200
        client.head(path_off(mail))

    page = client.get(path_off(mail))
    assert off(owner) == set()
    assert "Switch these mails off?" in text_of(page)
    assert "Off, no mail tells you of it." in text_of(page)
    assert page["Referrer-Policy"] == "no-referrer"


def test_one_press_in_the_mail_reader_is_enough(mail, owner, workspace):
    """RFC 8058: no cookie, no CSRF token, no redirect; again does no harm."""
    strict = Client(enforce_csrf_checks=True)
    for _again in range(2):
        response = strict.post(
            path_off(mail), {"List-Unsubscribe": "One-Click"}, HTTP_ORIGIN="null"
        )
        assert response.status_code == 200

    assert off(owner) == {"alerts"}
    assert ActivityEntry.objects.filter(verb="mails.switched_off").count() == 1


def test_it_works_after_the_mail_has_left(client, mail, owner):
    path = path_off(mail)
    deliver_due(NOW)
    mail.refresh_from_db()
    assert mail.payload == ""

    client.post(path)
    assert off(owner) == {"alerts"}


def test_a_slip_is_mended(client, mail, owner):
    client.post(path_off(mail))
    page = client.post(path_off(mail).replace("/off/", "/on/"))

    assert off(owner) == set()
    assert "Switch these mails off?" in text_of(page)
    verbs = ActivityEntry.objects.filter(verb__startswith="mails.")
    assert list(verbs.order_by("at").values_list("by", flat=True)) == [owner.pk] * 2


@pytest.mark.parametrize("token", ["x" * 43, "short"])
@pytest.mark.parametrize("way", ["off", "on"])
def test_a_wrong_token_is_nobody(client, mail, token, way):
    assert client.post(f"/mails/{token}/{way}/").status_code == 404
    assert not MailChoice.objects.exists()


def test_no_token_stands_in_the_database(mail):
    token = unseal(mail.payload)

    kept = Delivery.objects.values().get(pk=mail.pk)
    assert token not in str(kept)
