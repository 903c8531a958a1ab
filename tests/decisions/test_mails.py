"""The mail of an opened alert: the news in the subject, and nobody's personal data."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.actions import change_role
from core.deliveries import deliver_due
from core.models import Delivery, Membership, Role
from decisions.mails import recheck, render
from tests.decisions.cases import decide, stop_on
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(workspace, owner):
    return stop_on(workspace, owner=owner, name="Orders & <returns>")


def the_mail(user):
    return Delivery.objects.get(recipient=user)


def test_the_subject_carries_the_news(alert, owner):
    mail = render(the_mail(owner))

    assert mail.subject == (
        "Stop and evaluate: Orders & <returns>. Week 3: 2,000 against 8,000 forecast "
        "(25%)."
    )


def test_the_text_is_complete_and_links_to_the_alert(alert, owner, settings):
    mail = render(the_mail(owner))

    link = f"{settings.APP_ORIGIN}/w/acme/alerts/{alert.pk}/"
    for part in (mail.text, mail.html):
        assert link in part
        assert "16 November 2026" in part
    assert alert.reason in mail.text
    assert "Orders & <returns> has left its forecast (Acme)." in mail.text
    assert "Orders &amp; &lt;returns&gt;" in mail.html
    assert "<returns>" not in mail.html


def test_it_names_nobody(alert, owner, founder):
    mail = render(the_mail(owner))

    for part in (mail.subject, mail.text, mail.html):
        for person in ("Olga", "Frida", "owner@", "founder@"):
            assert person not in part


def test_it_goes_while_the_alert_is_open(alert, owner):
    assert recheck(the_mail(owner), NOW) is None


def test_it_stays_after_a_decision(alert, owner):
    decide(alert, by=owner)

    assert recheck(the_mail(owner), NOW) == "decided"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"role": Role.FOUNDER}, None),
        ({"role": Role.MEMBER}, "role"),
        ({"role": Role.ADVISOR}, "role"),
        ({"left_on": TODAY}, "role"),
    ],
)
def test_it_goes_only_to_those_who_decide(alert, owner, changes, reason):
    Membership.objects.filter(user=owner).update(**changes)

    assert recheck(the_mail(owner), NOW) == reason


def test_it_is_nothing_once_the_alert_is_gone(alert, owner):
    delivery = the_mail(owner)
    delivery.subject_id = None

    assert recheck(delivery, NOW) == "gone"


@pytest.mark.django_db(transaction=True)
def test_a_founder_made_advisor_before_it_leaves_gets_none(workspace, owner, founder):
    with transaction.atomic():  # its mails start when it commits
        stop_on(workspace)
        membership = Membership.objects.get(user=founder)
        change_role(membership, by=owner, role=Role.ADVISOR, now=NOW)
    deliver_due(NOW + timedelta(minutes=1))

    states = {
        mail.recipient: (mail.state, mail.reason) for mail in Delivery.objects.all()
    }
    assert states == {
        owner: ("sent", "written to the outbox"),
        founder: ("skipped", "role"),
    }


@pytest.mark.django_db(transaction=True)
def test_a_sample_venture_mails_nobody(workspace, owner):
    workspace.is_sample = True
    workspace.save(update_fields=["is_sample"])

    stop_on(workspace)
    deliver_due(NOW + timedelta(minutes=1))

    [mail] = Delivery.objects.all()
    assert (mail.state, mail.reason) == ("skipped", "sample")
