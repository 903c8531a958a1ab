"""The page of a sales curve: sentence, chart, table, file and API tell one story."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from core.models import Role
from forecasts.models import LearningEntry, RepKind
from tests.api_client import Asking
from tests.factories import (
    NOW,
    make_forecast,
    make_metric,
    make_workspace,
)
from tests.helpers import soup, text_of
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_cost,
    make_curve,
    make_deal,
    make_learning,
    make_rep,
    make_rep_quarter,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
# per rep and quarter, in thousands; each costs 125
SOLD = (60, 110, 150, 160, 170)


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota planner", channel="direct")


@pytest.fixture
def look(client, founder):
    client.force_login(founder)
    return lambda **query: client.get(
        reverse("decisions:sales_curve", args=["acme"]), query
    )


def sell(curve, amounts=SOLD, *, margin=80, names=("Dana Ortiz", "Bo Lind")):
    reps = [
        make_rep(curve.workspace, name, pseudonym=f"Rep {n}")
        for n, name in enumerate(names, 1)
    ]
    for start, amount in zip(QUARTERS, amounts, strict=False):
        for rep in reps:
            revenue = amount * THOUSAND
            kept = None if margin is None else revenue * margin // 100
            make_rep_quarter(curve, rep, start, revenue, margin_minor=kept)
            make_cost(curve, start, 95 * THOUSAND, rep=rep)
            for _deal in range(4):
                make_deal(
                    curve,
                    rep=rep,
                    outcome="won",
                    opened_on=start,
                    closed_on=start,
                    paid_minor=revenue // 4,
                )
        shared = 30 * THOUSAND * len(reps)
        make_cost(curve, start, shared, kind="sales_engineering")
    return reps


def table(response):
    """Quarter → its cells by heading."""
    return {
        row.select_one("th").get_text(" ", strip=True)[:7]: {
            cell["data-label"]: cell.get_text(" ", strip=True)
            for cell in row.select("td")
        }
        for row in soup(response).select("#sales-table tbody tr")
    }


def figures(response):
    return [
        line.get_text(" ", strip=True)
        for line in soup(response).select("#sales-explained summary")
    ]


def file(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_sentence_comes_first_and_is_true(look, curve):
    sell(curve)
    response = look()

    assert soup(response).select_one("#sales-sentence").text == (
        "Q3 2026: a rep brings in $680,000 a year and costs $500,000 in all: "
        "1.36 of the cost. 2 effective reps (full time), 8 deals."
    )
    assert "Phase: Transition" in text_of(response)
    assert "At most 4 reps by full time. Not yet: Hiring from a capacity model." in (
        text_of(response)
    )


def test_page_table_file_and_api_agree(look, client, workspace, curve):
    sell(curve)
    shown = table(look())
    rows = {row["quarter"]: row for row in file(look(format="csv"))}
    asked = Asking(client, workspace, Role.OBSERVER).get(
        f"/sales-curves/{curve.pk}/course"
    )
    told = {one["quarter_start"]: one for one in asked.json()["quarters"]}

    assert len(shown) == len(rows) == len(told) == 6
    for start, name in zip(QUARTERS, rows, strict=False):
        row, one, cells = rows[name], told[start.isoformat()], shown[name]
        assert cells["Yield"] == f"${Decimal(row['sales_yield']):,}"
        assert cells["Cost of a rep"] == f"${Decimal(row['loaded_cost']):,}"
        assert cells["Part of cost"] == one["ratio"]
        assert Decimal(row["ratio"]) == Decimal(one["ratio"])
        assert Decimal(one["sales_yield"]) == Decimal(row["sales_yield"])
        assert Decimal(one["cost_so_far"]) == Decimal(row["cost_so_far"])
        assert one["phase"] == row["phase"]
    assert asked.json()["phase"] == "transition"
    assert asked.json()["break_even"] == "2026-04-01"
    assert asked.json()["sentence"] == soup(look()).select_one("#sales-sentence").text


def test_every_figure_explains_itself(look, curve):
    sell(curve)
    response = look()
    words = text_of(response)

    assert "Yield: $680,000" in figures(response)
    assert "4 × $340,000 of net new revenue ÷ 2 effective FTE." in words
    assert "4 × $250,000 ÷ 2 effective FTE." in words
    assert "Largest deal: 12.5 %" in figures(response)
    assert "Cash to break-even: $238,000" in figures(response)
    assert "Dana Ortiz" in words


def test_an_earlier_quarter_is_explained_when_asked_for(look, curve):
    sell(curve)
    response = look(quarter="2025-07-01")

    assert "How the figures of Q3 2025 come about" in text_of(response)
    assert "Yield: $240,000" in figures(response)
    for nonsense in ("2025-07-02", "yesterday", "2026-10-01"):
        assert "How the figures of Q3 2026" in text_of(look(quarter=nonsense))


def test_readers_without_people_read_pseudonyms(client, advisor, curve):
    sell(curve)
    client.force_login(advisor)
    words = text_of(client.get(reverse("decisions:sales_curve", args=["acme"])))

    assert "Rep 1" in words
    assert "Dana" not in words


def test_one_rep_is_too_few_to_say(look, curve):
    sell(curve, names=("Dana Ortiz",))
    response = look()

    assert "Too few reps to say" in text_of(response)
    assert soup(response).select_one("figure.is-quiet")
    assert "is-quiet" in soup(response).select("#sales-table tbody tr")[0]["class"]
    assert (
        soup(response)
        .select_one("#sales-sentence")
        .text.startswith(
            "Q3 2026: too few reps to say: a rep brings in $680,000 a year"
        )
    )


def test_two_reps_are_not_grey(look, curve):
    sell(curve)

    assert soup(look()).select_one("figure.is-quiet") is None


def test_with_few_points_only_what_was_measured_is_drawn(look, curve):
    """One corner of the line for each quarter: nothing is fitted."""
    sell(curve, SOLD[:3])
    line = soup(look()).select_one("svg.is-wide path.chart-actual")["d"]

    assert line.count("L") + line.count("M") == 3


def test_a_quarter_nobody_entered_is_said_first(look, curve):
    sell(curve, SOLD[:4])
    response = look()

    assert (
        soup(response)
        .select_one("#sales-sentence")
        .text.startswith("No figures of Q3 2026. The last that is known, Q2 2026:")
    )
    assert table(response)["Q3 2026"]["Yield"] == "–"


def test_the_quarter_under_way_is_not_judged(look, curve):
    reps = sell(curve)
    make_rep_quarter(curve, reps[0], date(2026, 10, 1), 10**9)
    cells = table(look())["Q4 2026"]

    assert cells["Yield"] == cells["Part of cost"] == "–"
    assert "not over, not judged" in text_of(look())


def test_an_unknown_margin_is_said(look, curve):
    sell(curve, margin=None)
    words = text_of(look())

    assert "That is the most it can be: the gross margin is not known." in words
    assert "Phase: Learning (initiation)" in words


def test_a_low_margin_has_a_line_of_its_own(look, curve):
    sell(curve, margin=27)
    response = look()

    assert (
        "of which $183,600 are left"
        in soup(response).select_one("#sales-sentence").text
    )
    assert soup(response).select_one("path.chart-actual.is-second")


def test_changes_stand_in_the_chart_and_in_words(look, curve):
    sell(curve)
    make_learning(curve, "By the site, not by the seat", learned="Half the talks.")
    make_learning(curve, "A pitch", area=LearningEntry.Area.PITCH)
    response = look()

    assert len(soup(response).select("svg.is-wide line.chart-mark")) == 1
    words = text_of(response)
    assert "By the site, not by the seat" in words
    assert "Half the talks." in words
    assert "A pitch" not in words


def test_one_curve_for_each_product_and_channel(look, curve, workspace):
    sell(curve)
    later = NOW + timedelta(days=1)
    other = make_curve(workspace, "Rota planner", channel="resellers", created_at=later)
    closed = make_curve(workspace, "Handbook", closed_at=NOW)
    options = soup(look()).select("#id_curve option")

    assert [option.text for option in options] == [
        "Rota planner, direct",
        "Rota planner, resellers",
        "Handbook, Direct (closed)",
    ]
    chosen = soup(look(curve=str(other.pk))).select_one("#id_curve option[selected]")
    assert chosen["value"] == str(other.pk)
    assert look(curve=str(closed.pk)).status_code == 200


@pytest.mark.parametrize("key", ["other", "nonsense"])
def test_a_curve_of_another_venture_is_not_there(look, curve, key):
    other = make_curve(make_workspace("Other", slug="other"))

    assert look(curve=str(other.pk) if key == "other" else key).status_code == 404


def test_without_a_curve_the_page_says_what_it_is_for(look, workspace):
    response = look()

    assert "No sales curve yet" in text_of(response)
    assert look(format="csv").status_code == 200


def test_before_the_product_is_ready_founders_sell(look, workspace):
    make_curve(workspace, ready_on=None)
    words = text_of(look())

    assert "Not ready for sale yet" in words
    assert "No reps. Not yet: Any hire of a rep." in words


def test_ready_without_any_quarter(look, workspace):
    make_curve(workspace, ready_on=date(2026, 10, 5))
    words = text_of(look())

    assert "Ready for sale, but no quarter is over yet." in words


def test_whoever_may_plan_is_led_to_the_figures(look, client, advisor, curve):
    links = {a["href"] for a in soup(look()).select("main a, .page-head a, header a")}
    enter = reverse("forecasts:quarter_add", args=["acme", curve.pk])
    assert enter in links

    client.force_login(advisor)
    answer = client.get(reverse("decisions:sales_curve", args=["acme"]))
    assert enter not in {a.get("href") for a in soup(answer).select("a")}


def test_illustrative_figures_are_called_so(look, curve):
    make_rep_quarter(curve, make_rep(curve.workspace), value_kind="illustrative")

    assert "Not all of its figures are measured: some are illustrative." in (
        text_of(look())
    )


def test_what_founders_sell_is_shown_apart(look, curve):
    sell(curve)
    founder = make_rep(curve.workspace, "Ada", kind=RepKind.FOUNDER)
    make_rep_quarter(curve, founder, QUARTERS[4], 10**9)
    response = look()

    assert table(response)["Q3 2026"]["Yield"] == "$680,000"
    assert "founder, apart" in text_of(response)


# --- what was planned to be spent -----------------------------------------------------------
def spending(workspace, name="Sales and marketing", **fields):
    known = {
        "kind": "money",
        "unit": workspace.currency,
        "direction": "lower",
        "cadence": "quarterly",
    }
    metric = make_metric(workspace, name, **known | fields)
    points = [
        (start, date(start.year, start.month + 2, 28), 200_000) for start in QUARTERS
    ]
    make_forecast(metric, points)
    return metric


def planned(response):
    return soup(response).select("svg.is-wide path.chart-forecast")


def test_the_only_forecast_of_spending_is_drawn_beside_it(look, curve):
    sell(curve)
    before = len(planned(look()))
    spending(curve.workspace)
    response = look()

    assert len(planned(response)) == before + 1
    assert "what was planned to be spent" in text_of(response)
    assert len(planned(look(plan="none"))) == before


def test_of_several_one_is_chosen(look, curve):
    sell(curve)
    spending(curve.workspace)
    second = spending(curve.workspace, "Marketing alone")
    spending(curve.workspace, "In yen", unit="JPY")

    names = [option.text for option in soup(look()).select("#id_plan option")]
    assert names == ["no forecast", "Marketing alone", "Sales and marketing"]
    assert "planned to be spent" not in text_of(look())
    assert "planned to be spent" in text_of(look(plan=str(second.pk)))
