"""Question 8 from closed deals: supports, contradicts, or cannot say, with numbers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.models import RepKind
from milestones.scope import scope_of
from milestones.signals import instrument_of, selling, signals_of
from milestones.support import Verdict
from tests.factories import NOW, TODAY, make_segment
from tests.milestones.signals.cases import signal
from tests.selling import make_curve, make_deal, make_rep, make_step

pytestmark = pytest.mark.django_db
CLOSED = TODAY - timedelta(days=10)


@pytest.fixture
def segment(workspace):
    return make_segment(workspace, "Clinics")


@pytest.fixture
def curve(workspace, segment):
    return make_curve(workspace, segment=segment)


def close(curve, *steps, number=1, days=40, outcome="won", **fields):
    """So many deals that took these steps, a day each."""
    opened = CLOSED - timedelta(days=days)
    for _ in range(number):
        make_deal(
            curve,
            outcome=outcome,
            opened_on=opened,
            closed_on=CLOSED,
            steps=[
                (name, opened + timedelta(days=place))
                for place, name in enumerate(steps)
            ],
            **fields,
        )


def found(workspace, key):
    return signal(workspace, 8, key)


def test_without_a_deal_each_says_what_it_lacks(workspace, segment):
    every = signals_of(scope_of(workspace), 8, now=NOW)

    of_deals = [one for one in every if one.key != "sales_talks"]
    assert len(of_deals) == 7
    assert all(one.lacks for one in of_deals)
    assert {one.verdict for one in every} == {Verdict.CANNOT_SAY}
    assert instrument_of(every) is None


@pytest.mark.parametrize(
    ("same", "others", "verdict", "said"),
    [
        (6, 0, Verdict.SUPPORTS, "6 of 6"),
        (5, 1, Verdict.CANNOT_SAY, "5 of 6"),
        (2, 10, Verdict.CONTRADICTS, "2 of 12"),
        (5, 0, Verdict.CANNOT_SAY, "5 of 5"),
    ],
)
def test_the_way_of_most(workspace, curve, same, others, verdict, said):
    close(curve, "Demo", "Trial", number=same)
    for place in range(others):
        close(curve, f"Step {place}")

    way = found(workspace, "road_map")

    assert way.verdict == verdict
    assert f"{said} closed deals took the way of most: demo → trial." in way.sentence
    assert way.rows == (("demo", "1"), ("trial", "2"))
    assert way.is_instrument == (same + others >= 6)
    assert ("1 more deal; six are wanted." in way.lacks) == (same + others == 5)


def test_a_step_reached_twice_counts_where_it_was_first(workspace, curve):
    close(curve, "Demo", "Trial", "demo ", number=6)

    assert [row[0] for row in found(workspace, "road_map").rows] == ["demo", "trial"]


def test_a_corrected_step_counts_as_corrected(workspace, curve):
    close(curve, "Demo", number=6)
    deal = curve.deals.first()
    make_step(
        deal, "Lunch", CLOSED, supersedes=deal.steps.get(), reason="It was lunch."
    )

    assert "5 of 6" in found(workspace, "road_map").sentence


def test_a_deal_without_steps_is_lacking(workspace, curve):
    close(curve, "Demo", number=6)
    close(curve)

    way = found(workspace, "road_map")

    assert "6 of 7" in way.sentence
    assert way.lacks == "The steps of 1 closed deal."


@pytest.mark.parametrize(
    ("days", "verdict", "ratio"),
    [
        ((20, 30, 30, 40, 50, 60), Verdict.SUPPORTS, "0.5;"),
        ((5, 10, 30, 60, 120, 300), Verdict.CANNOT_SAY, "2;"),
        ((30, 30, 30, 30, 30), Verdict.CANNOT_SAY, "0;"),
    ],
)
def test_how_long_it_takes(workspace, curve, days, verdict, ratio):
    for one in days:
        close(curve, "Demo", days=one)

    cycle = found(workspace, "sales_cycle")

    assert cycle.verdict == verdict
    assert cycle.is_instrument == (len(days) >= 6)
    assert f"Spread over middle: {ratio}" in cycle.sentence


def test_how_many_are_won(workspace, curve):
    close(curve, number=4)
    close(curve, number=2, outcome="lost")

    rate = found(workspace, "win_rate")

    assert rate.sentence == (
        "4 of 6 closed deals were won, counted from the day they were opened. "
        "The 95 % interval is 30–90 %."
    )
    assert (rate.verdict, rate.lacks) == (Verdict.CANNOT_SAY, "")


@pytest.mark.parametrize(
    ("near", "far", "verdict"),
    [(6, 0, Verdict.SUPPORTS), (5, 1, Verdict.CANNOT_SAY), (0, 6, Verdict.CONTRADICTS)],
)
def test_whether_it_is_sold_at_its_price(workspace, curve, near, far, verdict):
    close(curve, number=near, list_minor=1000, paid_minor=900)
    close(curve, number=far, list_minor=1000, paid_minor=500)

    price = found(workspace, "price_variance")

    assert price.verdict == verdict
    assert f"{near} of 6 deals won were paid within 20 % of the list price." in (
        price.sentence
    )


def test_who_sold_it(workspace, curve):
    founder = make_rep(workspace, kind=RepKind.FOUNDER)
    close(curve, number=6, rep=founder)
    mostly = found(workspace, "sold_by_others")
    close(curve, number=10, rep=make_rep(workspace))
    close(curve, number=3)

    later = found(workspace, "sold_by_others")

    assert (mostly.verdict, "0 of 6" in mostly.sentence) == (Verdict.CANNOT_SAY, True)
    assert "10 of 16 deals won were sold by somebody" in later.sentence


def test_when_it_was_expected(workspace, curve):
    for late in (0, 5, 10):
        close(curve, expected_on=CLOSED - timedelta(days=late))

    error = found(workspace, "close_date_error")

    assert "Of 3 closed deals half closed 2.5 to 7.5 days after" in error.sentence
    assert error.lacks == "3 more deals; six are wanted."


def test_another_champion_every_time_speaks_against_it(workspace, curve):
    for role in ("user", "recommender", "economic_buyer"):
        close(curve, champion=role)
    differs = found(workspace, "champions")
    close(curve, champion="user", number=7)

    same = found(workspace, "champions")

    assert differs.verdict == Verdict.CONTRADICTS
    assert "Each of 3 deals won had a champion of another role." in differs.sentence
    assert same.sentence == "In 8 of 10 deals won it was the same role: user."


def test_deals_of_other_segments_and_open_or_withdrawn_ones_are_left_out(
    workspace, segment, curve
):
    close(curve, "Demo")
    close(make_curve(workspace, segment=None), "Demo")
    close(make_curve(workspace, segment=make_segment(workspace, "Vets")), "Lunch")
    close(curve, "Lunch", withdrawn_at=NOW)
    make_deal(curve, steps=[("Lunch", TODAY)])

    scope = scope_of(workspace, segment.pk)
    way = signals_of(scope, 8, now=NOW)[0]
    assert "2 of 2 closed deals took the way of most: demo." in way.sentence


def test_a_day_before_knows_less(workspace, curve):
    close(curve, "Demo", number=6)
    before = NOW - timedelta(days=1)

    assert signal(workspace, 8, "road_map", now=before).lacks


def test_only_the_last_twenty_count(workspace, curve):
    close(curve, "Demo", number=20)
    make_deal(
        curve,
        outcome="won",
        opened_on=CLOSED - timedelta(days=500),
        closed_on=CLOSED - timedelta(days=400),
        steps=[("Lunch", CLOSED - timedelta(days=450))],
    )

    assert "20 of 20" in found(workspace, "road_map").sentence


def test_many_deals_cost_what_few_cost(workspace, curve):
    def queries():
        scope = scope_of(workspace)
        with CaptureQueriesContext(connection) as captured:
            selling.signals(scope, NOW)
        return len(captured)

    close(curve, "Demo")
    few = queries()
    close(curve, "Demo", "Trial", number=15)

    assert queries() == few <= 10
