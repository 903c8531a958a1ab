"""Overrides: reasoned, told once to each, co-signed in class D, and never gone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from core.models import ActivityEntry, Delivery, Membership
from core.revisions import OutdatedError
from decisions import mails as alert_mails
from decisions.actions import (
    check_gate,
    cosign,
    edit_commitment,
    override_gate,
    sign_commitment,
)
from decisions.actions.alerts import open_alert
from decisions.alerting import Concern, Rule, Severity
from decisions.errors import HeldError
from decisions.models import Alert, Commitment, CoSignature, Override
from decisions.override_mails import recheck, render
from decisions.reports.gates import commitment_rows, gate_of
from tests.decisions.cases import stop_on
from tests.decisions.commitments import (
    LATER,
    WHY,
    WRONG,
    counting,
    large,
    make_commitment,
    scaling,
    with_cash,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


def override(commitment, by, **changes):
    fields = {"reasons": WHY, "wrong_if": WRONG, "by_when": LATER, "rev": 1}
    return override_gate(commitment, by=by, now=NOW, **fields | changes)


def stand_for(commitment, by, **changes):
    fields = {"reasons": "We looked for a year.", "rev": 1} | changes
    return cosign(commitment, by=by, now=NOW, **fields)


def sign(commitment, by):
    commitment.refresh_from_db()
    return sign_commitment(commitment, by=by, now=NOW, rev=commitment.rev)


def money_first():
    entries = ActivityEntry.objects.filter(verb="commitment.money_first")
    return [entry.data["why"] for entry in entries.order_by("at", "pk")]


def test_of_class_c_it_is_in_force_at_once(venture, owner):
    site = scaling(venture)

    made = override(site, owner)

    site.refresh_from_db()
    assert (site.status, made.needs_cosign) == ("overridden", False)
    assert made.gate_check.result == "held"
    assert sign(site, owner).status == "signed"
    assert site.overrides.count() == 1


def test_of_class_d_it_waits_for_an_advisor(venture, owner, advisor):
    deal = large(venture)
    made = override(deal, owner)
    deal.refresh_from_db()
    assert (deal.status, made.needs_cosign) == ("held", True)
    with pytest.raises(HeldError):
        sign(deal, owner)

    kept = stand_for(deal, advisor)

    deal.refresh_from_db()
    assert (deal.status, kept.override, kept.by) == ("overridden", made, advisor)
    assert sign(deal, owner).status == "signed"


def test_one_that_became_class_d_since_needs_the_advisor_too(venture, owner, advisor):
    site = scaling(venture)
    override(site, owner)
    with_cash(venture, cash_in_hand_minor=10)

    with pytest.raises(HeldError):
        sign(site, owner)

    stand_for(site, advisor)
    assert sign(site, owner).status == "signed"


@pytest.mark.parametrize(
    "role", ["owner", "founder", "member", "observer", "left", "stranger"]
)
def test_nobody_but_an_advisor_co_signs(venture, owner, advisor, role, request):
    deal = large(venture)
    override(deal, owner)
    if role == "left":
        Membership.objects.filter(user=advisor).update(left_on=NOW.date())
    who = advisor if role == "left" else request.getfixturevalue(role)

    with pytest.raises(ValidationError, match="Only an advisor"):
        stand_for(deal, who)

    assert not CoSignature.objects.exists()


def test_a_co_signature_of_the_terms_is_one_of_their_conditions(
    venture, owner, advisor
):
    deal = large(venture)
    kept = stand_for(deal, advisor)

    check = check_gate(deal, by=owner, now=NOW)

    met = [one["sentence"] for one in check.conditions if one["is_met"]]
    assert "An advisor has co-signed" in met
    assert (kept.override, check.result) == (None, "held")
    with pytest.raises(ValidationError, match="Nothing here waits"):
        stand_for(deal, advisor)
    # and does not stand for an override
    assert override(deal, owner).needs_cosign
    with pytest.raises(HeldError):
        sign(deal, owner)


def test_other_terms_need_another_co_signature_and_override(venture, owner, advisor):
    deal = large(venture)
    override(deal, owner)
    stand_for(deal, advisor)

    edited = edit_commitment(deal, by=owner, now=NOW, amount_minor=9 * 10**9)

    assert edited.status == "proposed"
    with pytest.raises(HeldError):
        sign(deal, owner)
    assert override(deal, owner, rev=edited.rev).terms == 2
    with pytest.raises(HeldError):
        sign(deal, owner)


def test_small_things_need_no_co_signature(venture, advisor):
    with pytest.raises(ValidationError, match="Nothing here waits"):
        stand_for(make_commitment(venture), advisor)


@pytest.mark.parametrize(
    ("status", "make", "changes", "why"),
    [
        ("proposed", make_commitment, {}, "does not hold it"),
        ("idea", scaling, {}, "Only what is proposed"),
        ("staged", scaling, {}, "Only what is proposed"),
        ("proposed", scaling, {"reasons": WHY[:199]}, "at least 200"),
        ("proposed", scaling, {"reasons": " " * 300}, "at least 200"),
    ],
)
def test_what_cannot_be_overridden(venture, owner, status, make, changes, why):
    row = make(venture, status=status)

    with pytest.raises(ValidationError, match=why):
        override(row, owner, **changes)

    assert not Override.objects.exists()
    assert not Delivery.objects.exists()


def test_the_same_terms_are_overridden_once(venture, owner):
    site = scaling(venture)
    override(site, owner)

    with pytest.raises(ValidationError, match="already"):
        override(site, owner)
    with pytest.raises(OutdatedError):
        override(site, owner, rev=7)


def test_it_is_never_rewritten(venture, owner, advisor):
    deal = large(venture)
    made = override(deal, owner)
    kept = stand_for(deal, advisor)

    for row in (made, kept):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")


def test_a_check_afterwards_takes_nothing_away(venture, owner):
    site = scaling(venture)
    override(site, owner)

    check_gate(site, by=owner, now=NOW)

    assert Commitment.objects.get(pk=site.pk).status == "overridden"


def test_the_mark_stays(venture, owner):
    site = scaling(venture)
    override(site, owner)
    edit_commitment(site, by=owner, now=NOW, amount_minor=1)

    (listed,) = Commitment.objects.in_workspace(venture).with_marks()

    assert (listed.status, listed.is_marked) == ("proposed", True)


# --- money first -----------------------------------------------------------------
def test_it_is_said_when_money_goes_ahead_of_a_stop(venture, owner):
    stop_on(venture, owner=owner)
    site = scaling(venture)

    override(site, owner)
    assert money_first() == [["open_stop"]]
    sign(site, owner)

    assert money_first() == [["open_stop"]] * 2


def test_it_raises_one_stop_and_tells_all_but_observers(
    venture, owner, founder, member, advisor, observer
):
    stop_on(venture, owner=owner)
    site = scaling(venture, questions=[1, 2, 6])

    override(site, owner)
    sign(site, owner)

    (alert,) = Alert.objects.filter(family="money_first")
    assert (alert.severity, alert.subject_name) == ("stop", site.title)
    assert alert.reason == (
        "Its gate was overridden while a stop is open and while questions 1, 2 and 6, "
        "on which it rests, count under 3."
    )
    mails = Delivery.objects.filter(kind="alert_opened", subject_id=alert.pk)
    assert sorted(mails.values_list("recipient__name", flat=True)) == [
        "Ada Advisor",
        "Frida Founder",
        "Malik Member",
        "Olga Owner",
    ]
    assert {alert_mails.recheck(mail, NOW) for mail in mails} == {None}
    assert set(mails.values_list("not_before", flat=True)) == {NOW}


def test_any_open_stop_holds_the_gate(venture, owner):
    """Also one that is about no metric."""
    concern = Concern(Rule.SILENCE, Severity.STOP, "Nobody asked.", NOW.date())
    open_alert(venture, about={}, concern=concern, now=NOW)

    found = gate_of(commitment_rows(venture).get(pk=scaling(venture).pk), now=NOW)

    assert [name for _pk, name in found.stops] == [
        "silence: nobody talked to customers"
    ]
    assert "No open stop (silence: nobody talked to customers)" in [
        one.sentence for one in found.gate.unmet
    ]


def test_it_is_said_of_what_rests_on_too_little(venture, owner):
    small = make_commitment(venture, questions=[2, 6, 7])
    with counting(3, q6=2):
        check_gate(small, by=owner, now=NOW)
        assert money_first() == []
        sign(small, owner)

    assert money_first() == [["question_6"]]


def test_an_override_that_waits_is_no_money_yet(venture, owner, advisor):
    deal = large(venture, questions=[1])
    override(deal, owner)
    assert money_first() == []

    stand_for(deal, advisor)

    assert money_first() == [["question_1"]]


def test_nothing_is_said_where_enough_is_known(venture, owner):
    small = make_commitment(venture, questions=[2])
    with counting(3):
        check_gate(small, by=owner, now=NOW)
        sign(small, owner)

    assert money_first() == []


# --- mails -----------------------------------------------------------------------
@pytest.fixture
def told(venture, owner, founder, member, advisor, observer):
    deal = large(venture, title="Hall <2>", counterparty="Bechtel", notes="for Dana")
    return override(deal, owner)


def test_owners_founders_and_advisors_are_told_once(told, owner, founder, advisor):
    mails = Delivery.objects.filter(kind="commitment_overridden")

    assert {mail.recipient for mail in mails} == {owner, founder, advisor}
    assert mails.count() == 3


def test_the_mail_names_its_title_and_nothing_else(told, advisor, owner, settings):
    settings.APP_ORIGIN = "https://fieldproof.example"
    mail = render(Delivery.objects.get(recipient=advisor))

    assert mail.subject == "Override waits for an advisor: Hall <2>"
    page = f"https://fieldproof.example/w/acme/commitments/{told.commitment_id}/"
    for part in (mail.text, mail.html):
        assert page in part
        assert "until one of you co-signs it" in part
        for word in ("Bechtel", "2,000,000", "Dana", "Olga", "landlord", "<2> "):
            assert word not in part
    assert (
        "until an advisor co-signs"
        in render(Delivery.objects.get(recipient=owner)).text
    )


def test_once_in_force_it_says_so(told, advisor, owner):
    stand_for(told.commitment, advisor)

    mail = render(Delivery.objects.get(recipient=owner))

    assert mail.subject == "Gate overridden: Hall <2>"
    assert "It may now be signed." in mail.text


def test_who_left_is_not_told(told, advisor):
    mail = Delivery.objects.get(recipient=advisor)
    assert recheck(mail, NOW) is None

    Membership.objects.filter(user=advisor).update(left_on=NOW.date())
    assert recheck(mail, NOW + timedelta(minutes=1)) == "role"
    mail.subject_id = mail.pk
    assert recheck(mail, NOW) == "gone"
