"""Deals and their steps in the browser's eyes."""

from datetime import date

import pytest

from core.models import Role
from forecasts.models import (
    Deal,
    DealStep,
)
from tests.factories import (
    fresh_key,
    make_member,
    make_organisation,
    make_person,
)
from tests.forecasts.test_plan_pages import inputs
from tests.helpers import body_of, soup, text_of
from tests.selling import (
    THOUSAND,
    make_curve,
    make_deal,
    make_rep,
    make_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota", currency="USD")


@pytest.fixture
def rep(workspace):
    return make_rep(workspace, "Dana Ruiz", pseudonym="Rep 1")


def sent(data):
    return data | {"form_key": fresh_key()}


DEAL = {
    "title": "Two sites",
    "organisation_name": "Acme Clinic",
    "currency": "USD",
    "list_price": "20,000",
    "outcome": "won",
    "paid": "18,000",
    "opened_on": "2026-06-01",
    "closed_on": "2026-10-01",
    "champion": "user",
}


def test_a_deal_is_written_down_with_its_organisation(signed_in, curve, rep, url):
    data = DEAL | {"curve": curve.pk, "rep": rep.pk}

    answer = signed_in.post(url("deal_add"), sent(data))

    assert answer.status_code == 303, text_of(answer)
    deal = Deal.objects.get()
    assert (deal.list_minor, deal.paid_minor) == (20 * THOUSAND, 18 * THOUSAND)
    assert (deal.rep, deal.organisation.name) == (rep, "Acme Clinic")
    page = text_of(signed_in.get(answer["Location"]))
    assert "after 122 days" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": "open"}, "closed_on"),
        ({"outcome": "lost"}, "paid"),
        ({"closed_on": ""}, "closed_on"),
        ({"closed_on": "2026-05-01"}, "closed_on"),
        ({"opened_on": "2027-01-01", "closed_on": "2027-02-01"}, "opened_on"),
        ({"currency": "dollars"}, "currency"),
        ({"paid": "1.234"}, "paid"),
        ({"champion": "boss"}, "champion"),
    ],
)
def test_a_deal_that_cannot_be_says_where(signed_in, curve, url, wrong, field):
    data = DEAL | {"curve": curve.pk} | wrong

    answer = signed_in.post(url("deal_add"), sent(data))

    assert answer.status_code == 422
    links = [one["href"] for one in soup(answer).main.select(".problem a")]
    assert f"#id_{field}" in {link.removesuffix("_0") for link in links}
    assert not Deal.objects.exists()


def test_a_day_of_two_readings_is_asked_back_and_stays_typed(signed_in, curve, url):
    data = DEAL | {"curve": curve.pk, "opened_on": "02/03/2026"}

    answer = signed_in.post(url("deal_add"), sent(data))

    assert answer.status_code == 422
    assert "2026-03-02 or 2026-02-03" in text_of(answer)
    field = soup(answer).find("input", attrs={"name": "opened_on"})
    assert field["value"] == "02/03/2026"
    assert not Deal.objects.exists()


def test_deals_in_another_currency_are_in_no_sum(signed_in, workspace, curve, url):
    euro = make_curve(workspace, "Audit", currency="EUR")
    make_deal(curve, "Ours", outcome="won", paid_minor=18 * THOUSAND)
    make_deal(curve, "Theirs", outcome="won", currency="EUR", paid_minor=7 * THOUSAND)
    make_deal(euro, "Other", outcome="won", paid_minor=5 * THOUSAND)

    page = text_of(signed_in.get(url("deal_list")))
    table = body_of(signed_in.get(url("deal_list") + "?format=csv")).decode()

    assert "Won: €5,000 · $18,000" in page
    assert "1 deal is in another currency than its curve" in page
    assert page.index("Ours") < page.index("Theirs")
    counted = [line.split(",")[10] for line in table.splitlines()[1:]]
    assert sorted(counted) == ["no", "yes", "yes"]


def test_deals_are_found_by_outcome_curve_and_words(signed_in, workspace, curve, url):
    make_deal(curve, "Ours", outcome="won")
    make_deal(curve, "Lost cause", outcome="lost")
    make_deal(make_curve(workspace), "Elsewhere")

    def found(query):
        page = soup(signed_in.get(url("deal_list") + query)).main
        return [one.a.text for one in page.select(".row-main")]

    assert found("?outcome=lost") == ["Lost cause"]
    assert sorted(found(f"?curve={curve.pk}")) == ["Lost cause", "Ours"]
    assert found("?q=else") == ["Elsewhere"]
    assert len(found("?outcome=nonsense")) == 3


def test_steps_are_added_and_corrected(signed_in, curve, url):
    deal = make_deal(curve)
    step = {"name": "Demo", "on": "2026-09-01"}
    signed_in.post(url("step_add", deal.pk), sent(step))
    twice = signed_in.post(url("step_add", deal.pk), sent(step))
    late = signed_in.post(url("step_add", deal.pk), sent(step | {"on": "2027-01-01"}))
    row = DealStep.objects.get()

    answer = signed_in.post(
        url("step_correct", row.pk),
        sent({"name": "Pilot", "on": "2026-09-02", "reason": "Wrong column."}),
    )

    assert (twice.status_code, late.status_code) == (422, 422)
    assert answer.status_code == 303, text_of(answer)
    assert DealStep.objects.current().get().name == "Pilot"
    page = text_of(signed_in.get(url("deal_detail", deal.pk)))
    assert "Before: Demo" in page
    assert "Wrong column." in page


def test_a_step_is_taken_back(signed_in, curve, url):
    step = make_step(make_deal(curve), "Demo", date(2026, 9, 1))
    data = {"name": "", "on": "2026-09-01", "reason": "It was another deal."}

    answer = signed_in.post(url("step_correct", step.pk), sent(data))

    assert answer.status_code == 303, text_of(answer)
    assert not DealStep.objects.current().exists()


def test_a_step_corrected_meanwhile_shows_both(signed_in, curve, url):
    step = make_step(make_deal(curve), "Demo", date(2026, 9, 1))
    make_step(step.deal, "Pilot", date(2026, 9, 1), supersedes=step, reason="Wrong.")
    data = {"name": "Trial", "on": "2026-09-01", "reason": "Mine."}

    answer = signed_in.post(url("step_correct", step.pk), sent(data))

    assert answer.status_code == 409
    assert "Pilot" in text_of(answer)
    assert inputs(answer)["name"] == "Trial"
    again = soup(answer).main.find("form")["action"]
    assert signed_in.post(again, sent(data)).status_code == 303


def test_a_deal_that_was_none_counts_nowhere(signed_in, curve, url):
    deal = make_deal(curve, "Twice", outcome="won", outside_id="7")

    answer = signed_in.post(url("deal_withdraw", deal.pk), sent({"rev": 1}))

    assert answer.status_code == 303
    assert soup(signed_in.get(url("deal_list"))).main.select(".row-main") == []
    assert signed_in.get(url("deal_edit", deal.pk)).status_code == 404
    # its id is free again
    data = DEAL | {"curve": curve.pk, "outside_id": "7"}
    assert signed_in.post(url("deal_add"), sent(data)).status_code == 303


def test_two_who_edit_a_deal_both_see_their_words(signed_in, curve, url):
    deal = make_deal(curve, "Two sites")
    data = DEAL | {"curve": curve.pk, "rev": 1}
    signed_in.post(url("deal_edit", deal.pk), sent(data | {"title": "Three sites"}))

    answer = signed_in.post(
        url("deal_edit", deal.pk), sent(data | {"title": "Four sites"})
    )

    assert answer.status_code == 409
    assert "Three sites" in text_of(answer)
    assert inputs(answer)["title"] == "Four sites"


def test_readers_without_names_find_no_deal_by_a_name_in_it(
    client, workspace, curve, rep, url, monday
):
    make_person(workspace, "Paula Verwey")
    make_deal(curve, "Pilot of Paula Verwey, by Dana Ruiz")
    make_deal(curve, "Two sites", outside_id="verwey-7")

    def found(query):
        page = soup(client.get(url("deal_list") + f"?q={query}")).main
        return len(page.select(".row-main"))

    words = ("Verwey", "erwe", "ruiz", "pilot of", "sites")
    counts = {}
    for role in (Role.MEMBER, Role.OBSERVER):
        client.force_login(make_member(workspace, role).user)
        counts[role] = [found(word) for word in words]

    assert counts[Role.MEMBER] == [2, 2, 1, 1, 1]
    assert counts[Role.OBSERVER] == [0, 0, 0, 1, 1]


def test_readers_without_names_find_no_deal_by_its_organisation(
    client, workspace, curve, rep, url, monday
):
    zeph = make_organisation(workspace, "Zeph Dental")
    reasons = "Dana Ruiz knew Zeph Dental."
    deal = make_deal(curve, "Two sites", organisation=zeph, rep=rep, reasons=reasons)
    found = {}
    for role in (Role.MEMBER, Role.OBSERVER):
        client.force_login(make_member(workspace, role).user)
        page = soup(client.get(url("deal_list") + "?q=zeph")).main
        told = text_of(client.get(url("deal_detail", deal.pk)))
        found[role] = (len(page.select(".row-main")), "Dana" in told, "Zeph" in told)
        assert "Rep 1 knew" in told or role == Role.MEMBER

    assert found == {
        Role.MEMBER: (1, True, True),
        Role.OBSERVER: (0, False, False),
    }
