"""Curves, reps, quarters, costs and deals in the browser's eyes."""

from datetime import date
from decimal import Decimal

import pytest

from core.models import Role
from forecasts.models import (
    Rep,
    RepKind,
    RepQuarter,
    SalesCurve,
)
from tests.factories import TODAY, fresh_key, make_member
from tests.forecasts.test_plan_pages import inputs, problems
from tests.helpers import body_of, soup, text_of
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_cost,
    make_curve,
    make_deal,
    make_rep,
    make_rep_quarter,
)

pytestmark = pytest.mark.django_db
LAST = QUARTERS[-1]


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota", currency="USD")


@pytest.fixture
def rep(workspace):
    return make_rep(workspace, "Dana Ruiz", pseudonym="Rep 1")


def sent(data):
    return data | {"form_key": fresh_key()}


# --- curves and reps -------------------------------------------------------------
def test_a_curve_is_one_product_through_one_channel(signed_in, workspace, url):
    data = {"product": "Rota", "channel": "Direct", "currency": "USD"}

    first = signed_in.post(url("curve_add"), sent(data))
    second = signed_in.post(url("curve_add"), sent(data))

    assert (first.status_code, second.status_code) == (303, 422)
    assert SalesCurve.objects.get().ready_on is None
    assert "There is a curve for this product and channel already." in text_of(second)
    assert soup(second).find("input", attrs={"name": "product"})["value"] == "Rota"


def test_the_currency_of_a_curve_with_figures_stays(signed_in, curve, rep, url):
    make_rep_quarter(curve, rep)
    data = {"product": "Rota", "channel": "Direct", "currency": "EUR", "rev": 1}

    answer = signed_in.post(url("curve_edit", curve.pk), sent(data))

    assert answer.status_code == 422
    assert "It has figures in USD" in text_of(answer)


def test_two_who_edit_a_curve_both_see_their_words(signed_in, curve, url):
    data = {"product": "Rota 2", "channel": "Direct", "currency": "USD", "rev": 1}
    signed_in.post(url("curve_edit", curve.pk), sent(data))

    answer = signed_in.post(
        url("curve_edit", curve.pk), sent(data | {"product": "Rota 3"})
    )

    assert answer.status_code == 409
    assert "Rota 2" in text_of(answer)
    assert inputs(answer)["product"] == "Rota 3"


def test_a_closed_curve_takes_no_figures(signed_in, curve, url):
    answer = signed_in.post(url("curve_close", curve.pk), sent({"rev": 1}))

    assert answer.status_code == 303
    assert signed_in.get(url("quarter_list", curve.pk)).status_code == 200
    assert signed_in.get(url("quarter_add", curve.pk)).status_code == 404
    assert str(curve) in text_of(signed_in.get(url("curve_list") + "?show=closed"))


def test_a_rep_gets_a_pseudonym_that_others_read(signed_in, workspace, client, url):
    data = {"name": "Dana Ruiz", "kind": "renaissance", "started_on": "2026-01-05"}
    signed_in.post(url("rep_add"), sent(data | {"ramp_months": "4"}))
    rep = Rep.objects.get()
    mine = text_of(signed_in.get(url("rep_list")))
    client.force_login(make_member(workspace, Role.OBSERVER).user)
    theirs = text_of(client.get(url("rep_list")))

    assert (rep.pseudonym, rep.ramp_months) == ("Rep 1", 4)
    assert "Dana Ruiz" in mine
    assert "Rep 1" in theirs
    assert "Dana" not in theirs


def test_a_rep_of_the_team_is_a_pseudonym_in_the_lists_too(
    client, workspace, curve, founder, url, monday
):
    rep = make_rep(workspace, founder.name, user=founder, pseudonym="Rep 1")
    make_rep_quarter(curve, rep)
    make_deal(curve, rep=rep)
    client.force_login(make_member(workspace, Role.ADVISOR).user)
    pages = ["rep_list", "deal_list"]
    asked = [url(page) for page in pages] + [url("quarter_list", curve.pk)]

    for page in asked:
        for query in ("", "?format=csv"):
            body = body_of(client.get(page + query)).decode()
            assert founder.name not in body, page + query
            assert "Rep 1" in body


# --- quarters --------------------------------------------------------------------
def row_of(rep, **cells):
    return {f"{rep.pk.hex}-{name}": text for name, text in cells.items()}


FULL = {
    "fte": "100",
    "bookings": "120,000",
    "revenue": "100 000,50",
    "margin": "80.000,00",
    "refunds": "",
}


def test_all_reps_of_a_quarter_in_one_form(signed_in, workspace, curve, rep, url):
    other = make_rep(workspace, "Lee Park")
    make_rep(workspace, "Gone", left_on=date(2026, 6, 30))
    page = signed_in.get(url("quarter_add", curve.pk))
    data = row_of(rep, **FULL) | row_of(other, fte="50")

    answer = signed_in.post(
        url("quarter_add", curve.pk) + "?quarter=2026-Q3", sent(data)
    )

    assert "Gone" not in text_of(page)
    assert answer.status_code == 303, text_of(answer)
    row = RepQuarter.objects.get()
    assert (row.rep, row.quarter_start, row.fte) == (rep, LAST, 1)
    amounts = (row.bookings_minor, row.revenue_minor, row.margin_minor)
    assert amounts == (120 * THOUSAND, 100 * THOUSAND + 50, 80 * THOUSAND)
    assert row.refunds_minor == 0
    listed = text_of(signed_in.get(url("quarter_list", curve.pk)))
    assert "$100,000.50" in listed
    left = text_of(signed_in.get(url("quarter_add", curve.pk)))
    assert "Lee Park" in left
    assert "Dana Ruiz" not in left


def test_an_empty_margin_is_not_known(signed_in, curve, rep, url):
    data = row_of(rep, **FULL | {"margin": "", "refunds": "500"})

    signed_in.post(url("quarter_add", curve.pk) + "?quarter=2026-Q3", sent(data))

    row = RepQuarter.objects.get()
    assert (row.margin_minor, row.refunds_minor) == (None, 500_00)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (
            {"revenue": "much"},
            "Dana Ruiz, Recognised revenue: Enter a number, such as 2,000.5.",
        ),
        ({"revenue": ""}, "Dana Ruiz, Recognised revenue: Enter the revenue."),
        ({"bookings": "1.200"}, "two readings"),
        ({"fte": "3"}, "greater than or equal to 5"),
        ({"margin": "200,000"}, "The margin cannot be more than the revenue."),
        ({"refunds": "-5"}, "Less than nothing is no amount."),
        ({"revenue": "10.123"}, "two readings"),
        ({"revenue": "0.123"}, "at most 2 digits"),
    ],
)
def test_what_is_wrong_stands_at_its_field(signed_in, curve, rep, url, wrong, words):
    data = row_of(rep, **FULL | wrong)

    answer = signed_in.post(
        url("quarter_add", curve.pk) + "?quarter=2026-Q3", sent(data)
    )

    assert answer.status_code == 422
    found = problems(answer)
    assert len(found) == 1
    assert words in found[0]
    shown = inputs(answer)
    assert {name: shown[name] for name in data} == data
    assert not RepQuarter.objects.exists()


def test_an_unfinished_quarter_waits(signed_in, curve, rep, url):
    answer = signed_in.get(url("quarter_add", curve.pk) + "?quarter=2026-Q4")

    assert answer.status_code == 422
    assert "Q4 2026 is not over: it ends on 2026-12-31." in text_of(answer)


def test_figures_somebody_entered_meanwhile_are_not_dropped(signed_in, curve, rep, url):
    make_rep_quarter(curve, rep, LAST)

    answer = signed_in.post(
        url("quarter_add", curve.pk) + "?quarter=2026-Q3", sent(row_of(rep, **FULL))
    )

    assert answer.status_code == 422
    assert "120,000" in problems(answer)[0]


def test_nobody_works_more_than_full_time(signed_in, workspace, curve, rep, url):
    other = make_curve(workspace, "Audit", currency="USD")
    make_rep_quarter(other, rep, LAST, fte=Decimal("0.6"))

    answer = signed_in.post(
        url("quarter_add", curve.pk) + "?quarter=2026-Q3", sent(row_of(rep, **FULL))
    )

    assert answer.status_code == 422
    assert "more than full time" in problems(answer)[0]


def test_a_correction_keeps_the_earlier_figure(signed_in, curve, rep, url):
    row = make_rep_quarter(curve, rep, LAST)
    page = signed_in.get(url("quarter_correct", row.pk))
    data = inputs(page) | {"kind": "renaissance", "value_kind": "measured"}
    data |= {"revenue": "90,000", "margin": "", "reason": ""}

    without = signed_in.post(url("quarter_correct", row.pk), sent(data))
    answer = signed_in.post(
        url("quarter_correct", row.pk), sent(data | {"reason": "A refund came late."})
    )

    assert without.status_code == 422
    assert answer.status_code == 303, text_of(answer)
    latest = RepQuarter.objects.current().get()
    assert (latest.supersedes, latest.revenue_minor) == (row, 90 * THOUSAND)
    listed = text_of(signed_in.get(url("quarter_list", curve.pk)))
    assert "A refund came late." in listed
    assert "$100,000" in listed


def test_a_quarter_is_taken_back(signed_in, curve, rep, url):
    row = make_rep_quarter(curve, rep, LAST)
    data = {"fte": "0", "kind": "renaissance", "reason": "Another rep sold it."}

    answer = signed_in.post(url("quarter_correct", row.pk), sent(data))

    assert answer.status_code == 303, text_of(answer)
    assert not RepQuarter.objects.current().exists()
    assert "taken back" in text_of(signed_in.get(url("quarter_list", curve.pk)))


def test_two_who_correct_one_figure_both_see_their_words(signed_in, curve, rep, url):
    row = make_rep_quarter(curve, rep, LAST)
    make_rep_quarter(curve, rep, LAST, 90 * THOUSAND, supersedes=row, reason="Late.")
    data = {
        "fte": "100",
        "bookings": "1",
        "revenue": "80,000",
        "kind": "renaissance",
        "reason": "Mine.",
    }

    answer = signed_in.post(url("quarter_correct", row.pk), sent(data))

    assert answer.status_code == 409
    assert "90,000" in text_of(answer)
    assert inputs(answer)["revenue"] == "80,000"
    again = soup(answer).main.find("form")["action"]
    assert signed_in.post(again, sent(data)).status_code == 303


def test_another_kind_of_rep_changes_no_earlier_quarter(signed_in, curve, rep, url):
    make_rep_quarter(curve, rep, QUARTERS[0])
    data = {
        "name": rep.name,
        "kind": "enlightened",
        "started_on": "2025-04-01",
        "ramp_months": "3",
        "rev": 1,
    }
    signed_in.post(url("rep_edit", rep.pk), sent(data))
    signed_in.post(
        url("quarter_add", curve.pk) + "?quarter=2026-Q3", sent(row_of(rep, **FULL))
    )

    kinds = RepQuarter.objects.order_by("quarter_start").values_list("kind", flat=True)
    assert [*kinds] == [RepKind.RENAISSANCE, RepKind.ENLIGHTENED]


def test_an_amount_being_typed_is_echoed(signed_in, curve, url):
    def echo(text):
        address = url("amount_echo", curve.pk) + f"?x-revenue={text}"
        return text_of(signed_in.get(address, headers={"HX-Request": "true"}))

    assert "120,000" in echo("120.000,00")
    assert "two readings" in echo("1.200")


def test_readers_enter_nothing(client, workspace, curve, rep, url, monday):
    client.force_login(make_member(workspace, Role.ADVISOR).user)
    make_rep_quarter(curve, rep, LAST)
    make_cost(curve, LAST)
    make_deal(curve, opened_on=TODAY)

    for page in ("quarter_list", "cost_list"):
        answer = client.get(url(page, curve.pk))
        assert answer.status_code == 200
        assert "/new/" not in answer.content.decode()
    assert client.get(url("quarter_add", curve.pk)).status_code == 403
    assert client.get(url("deal_list")).status_code == 200


def test_a_large_team_is_read_quarter_by_quarter(signed_in, workspace, curve, url):
    """So that no page holds a thousand rows; a small one sees a year at once."""
    make_rep_quarter(curve, make_rep(workspace), LAST, 5 * THOUSAND)
    for start in QUARTERS[:-1]:
        make_rep_quarter(curve, make_rep(workspace), start, 5 * THOUSAND)
    page = url("quarter_list", curve.pk)
    year = len(soup(signed_in.get(page)).main.select("section.group"))

    for _number in range(60):
        rep = make_rep(workspace)
        for start in QUARTERS:
            make_rep_quarter(curve, rep, start, 5 * THOUSAND)
    first = signed_in.get(page)

    assert year == 4
    assert len(soup(first).main.select("section.group")) == 1
    assert f"Page 1 of {len(QUARTERS)}" in text_of(first)
