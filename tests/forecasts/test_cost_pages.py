"""What selling costs, in the browser's eyes."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from forecasts.actions import record_costs
from forecasts.actions.selling import Cost
from forecasts.models import (
    CostLine,
)
from tests.factories import NOW, fresh_key
from tests.helpers import soup, text_of
from tests.selling import (
    THOUSAND,
    make_curve,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota", currency="USD")


def sent(data):
    return data | {"form_key": fresh_key()}


def test_sales_engineering_is_people_times_cost(signed_in, curve, url):
    data = {
        "quarter": "2026-Q3",
        "kind": "sales_engineering",
        "se_fte": "0,5",
        "se_cost": "60,000",
    }

    answer = signed_in.post(url("cost_add", curve.pk), sent(data))

    assert answer.status_code == 303, text_of(answer)
    row = CostLine.objects.get()
    assert (row.amount_minor, row.se_fte) == (30 * THOUSAND, Decimal("0.5"))
    assert row.rep is None
    assert "0.5 × $60,000" in text_of(signed_in.get(url("cost_list", curve.pk)))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "base"}, "amount"),
        ({"kind": "base", "amount": "5", "se_fte": "1", "se_cost": "5"}, "kind"),
        ({"kind": "sales_engineering", "se_fte": "1"}, "se_cost"),
        (
            {
                "kind": "sales_engineering",
                "se_fte": "1",
                "se_cost": "5",
                "amount": "6",
            },
            "amount",
        ),
        (
            {"kind": "sales_engineering", "se_fte": "900", "se_cost": "900000000000"},
            "se_cost",
        ),
        ({"kind": "base", "amount": "5", "quarter": "2026-Q4"}, "quarter"),
        ({"kind": "base", "amount": "5", "quarter": "soon"}, "quarter"),
        ({"kind": "base", "amount": "5", "quarter": "1989-Q4"}, "quarter"),
        ({"kind": "base", "amount": "5", "quarter": "2199-Q4"}, "quarter"),
        (
            {"kind": "base", "amount": "5", "quarter": "2026-01-01..2026-09-30"},
            "quarter",
        ),
    ],
)
def test_a_cost_that_cannot_be_taken_says_where(signed_in, curve, url, data, field):
    data = {"quarter": "2026-Q3"} | data

    answer = signed_in.post(url("cost_add", curve.pk), sent(data))

    assert answer.status_code == 422
    links = soup(answer).main.select(".problem a")
    assert [one["href"] for one in links] == [f"#id_{field}"]
    assert not CostLine.objects.exists()


def test_yen_are_not_asked_for_cents(signed_in, workspace, url):
    yen = make_curve(workspace, "Audit", currency="JPY")
    data = {"quarter": "2026-Q3", "kind": "base", "amount": "1.200"}

    answer = signed_in.post(url("cost_add", yen.pk), sent(data))

    assert "“1.200” has two readings: write it as 1200." in text_of(answer)
    assert not CostLine.objects.exists()


def test_a_quarter_is_of_our_time(founder, curve, signed_in, url):
    page = text_of(signed_in.get(url("cost_add", curve.pk) + "?quarter=1900-Q1"))
    data = {"quarter": "1900-Q1", "kind": "base", "amount": "5"}
    answer = signed_in.post(url("cost_add", curve.pk), sent(data))

    assert "Q1 1900 is before 1990" not in page
    assert "Q1 1900 is before 1990. Is the year right?" in text_of(answer)
    with pytest.raises(ValidationError, match="Q4 1989 is before 1990"):
        record_costs(curve, [Cost(date(1989, 10, 1), "base", 500)], by=founder, now=NOW)
    first = Cost(date(1990, 1, 1), "base", 500)
    assert record_costs(curve, [first], by=founder, now=NOW)


def test_a_cost_stands_once_and_is_corrected(signed_in, curve, url):
    data = {"quarter": "2026-Q3", "kind": "tools", "amount": "500"}
    signed_in.post(url("cost_add", curve.pk), sent(data))
    again = signed_in.post(url("cost_add", curve.pk), sent(data))
    row = CostLine.objects.get()

    answer = signed_in.post(
        url("cost_correct", row.pk),
        sent({"amount": "700", "reason": "A second licence."}),
    )

    assert "already: correct it" in text_of(again)
    assert answer.status_code == 303, text_of(answer)
    assert CostLine.objects.current().get().amount_minor == 700_00
    page = text_of(signed_in.get(url("cost_list", curve.pk)))
    assert "A second licence." in page
    assert "$500" in page
