"""Webvan's contract with its builder: held on the day the sample is loaded, and why."""

from datetime import date

import pytest

from core.models import Delivery, Role
from decisions.actions import judge_due, override_gate, sign_commitment
from decisions.errors import HeldError
from decisions.models import Commitment, GateCheck
from tests.decisions.commitments import WHY, WRONG
from tests.factories import NOW
from tests.helpers import soup, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def deal(sample):
    return Commitment.objects.get(workspace=sample)


@pytest.fixture
def owner(sample):
    return sample.memberships.get(role=Role.OWNER).user


def unmet(deal):
    """About what → the sentences that are open, as kept at the last check."""
    found = {}
    for one in deal.gate_checks.first().conditions:
        if not one["is_met"]:
            found.setdefault(one["about"], []).append(one["sentence"])
    return found


def test_it_is_the_contract_of_the_record(deal):
    assert deal.title == "Distribution centres with Bechtel"
    assert (deal.money, deal.starts_on) == ("$1,000,000,000", date(1999, 7, 8))
    assert "26 centres" in deal.notes
    assert "Illustrative" in deal.notes
    amounts = [one["amount_minor"] for one in deal.tranches]
    assert sum(amounts) == deal.amount_minor
    rules = [one["threshold"] for one in deal.tranches if one["threshold"]]
    assert all("illustrative" in rule for rule in rules)


def test_it_is_of_class_d_and_held_on_four_grounds_at_once(deal):
    kept = deal.gate_checks.get()
    assert (deal.status, kept.gate_class, kept.result) == ("held", "D", "held")
    open_ones = unmet(deal)

    # one: what is known of customers, business and plans
    numbers = [sentence.split()[1] for sentence in open_ones["question"]]
    assert {"8", "9", "10", "11"} <= set(numbers)
    # two: the stop, or numbers the worker has still to judge
    assert "not judged yet" in open_ones["stops"][0]
    # three: one month of numbers
    assert open_ones["periods"] == ["4 periods of actuals since first shipping (is 1)"]
    # four: no stop was held, one of two tranches has a rule, nobody stands for it
    assert {"scheduled", "tranches", "cosign"} <= set(open_ones)
    assert "1 of 2 have one" in open_ones["tranches"][0]


def test_once_the_worker_has_judged_the_stop_holds_it(deal, owner):
    judge_due(NOW)

    with pytest.raises(HeldError) as refusal:
        sign_commitment(deal, by=owner, now=NOW, rev=deal.rev)

    (stop,) = [one for one in refusal.value.gate.unmet if one.about == "stops"]
    assert "Orders per day" in stop.sentence
    assert not GateCheck.objects.filter(at_signing=True).exists()


def test_one_centre_with_its_stop_rule_is_allowed_now(client, sample, deal, owner):
    client.force_login(owner)

    said = text_of(client.get(f"/w/{sample.slug}/commitments/{deal.pk}/"))

    assert "$35,000,000: the first tranche alone, with its stop rule" in said
    assert "by 30 Sep 2000" in said


def test_overriding_it_sends_nothing(deal, owner):
    override_gate(
        deal,
        by=owner,
        now=NOW,
        rev=deal.rev,
        reasons=WHY,
        wrong_if=WRONG,
        by_when=date(2027, 1, 1),
    )

    mails = Delivery.objects.filter(kind="commitment_overridden")
    assert mails.count() == 3
    assert set(mails.values_list("state", flat=True)) <= {"planned", "skipped"}


def test_each_open_condition_leads_where_it_can_be_changed(client, sample, deal, owner):
    client.force_login(owner)
    page = client.get(f"/w/{sample.slug}/commitments/{deal.pk}/")

    lines = soup(page).select("#gate .checklist li")
    open_ones = [one for one in lines if one.b.get_text() == "Open."]

    assert len(open_ones) == 16
    leads_to = {one.a["href"].partition("#")[0] for one in open_ones}
    assert len([url for url in leads_to if "/questions/" in url]) == 11
    for part in ("/forecasts/", "/checkpoints/", "/edit/", "/cosign/"):
        assert any(part in url for url in leads_to)
    for url in leads_to:
        assert client.get(url).status_code == 200
