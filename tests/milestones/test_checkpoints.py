"""Checkpoints: planned with their review, moved by rows, reached once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry, Workspace
from milestones.actions import (
    hold_stop,
    move_checkpoint,
    plan_checkpoint,
    reach_checkpoint,
    start_version,
)
from milestones.conflicts import OutdatedError
from milestones.models import Checkpoint, ScheduledStop, Slip
from tests.factories import NOW, TODAY, make_workspace
from tests.milestones.rows import open_market

LESSON = "Ten of twelve clinics raise the rota before anything else, unasked."
FINDING = f"{LESSON} Orders are half of what we said, so we talk to the six who left."
WEEK = timedelta(days=7)


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


def plan(workspace, by, kind="alpha", on=TODAY):
    return plan_checkpoint(workspace, by=by, kind=kind, planned_on=on, now=NOW)


def move(row, by, to_on, *, reason="The API was late.", follows_on=TODAY):
    facts = {"to_on": to_on, "reason": reason, "follows_on": follows_on}
    return move_checkpoint(row, by=by, now=NOW, **facts)


def reach(row, by, on=TODAY, finding=LESSON):
    return reach_checkpoint(row, by=by, reached_on=on, finding=finding, now=NOW)


def refusal(error):
    return {
        name: [one.code for one in errors]
        for name, errors in error.value.error_dict.items()
    }


def shipped(workspace, by, on=TODAY):
    return reach(plan(workspace, by, "first_customer_ship"), by, on=on)


# --- planning --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kinds", "planned"),
    [
        (["beta"], ["beta", "solution_verified"]),
        (["solution_verified", "beta"], ["solution_verified", "beta"]),
        (["repeatable"], ["repeatable"]),
    ],
)
def test_a_product_checkpoint_brings_its_review(market, founder, kinds, planned):
    for kind in kinds:
        plan(market.workspace, founder, kind)

    rows = Checkpoint.objects.order_by("pk")
    assert sorted(row.kind for row in rows) == sorted(planned)
    assert {row.planned_on for row in rows} == {TODAY}
    verbs = ActivityEntry.objects.filter(verb="checkpoint.planned")
    assert verbs.count() == len(planned)


def test_each_kind_is_planned_once_in_a_version(market, founder):
    plan(market.workspace, founder)

    with pytest.raises(ValidationError) as error:
        plan(market.workspace, founder)

    assert refusal(error) == {"kind": ["planned_before"]}


def test_without_a_model_nothing_is_planned(founder):
    with pytest.raises(ValidationError) as error:
        plan(make_workspace(), founder)

    assert error.value.code == "no_segment"


# --- moving ----------------------------------------------------------------------
def test_a_move_is_a_row(market, founder):
    row = plan(market.workspace, founder)

    slip = move(row, founder, TODAY + WEEK)

    assert (slip.from_on, slip.to_on, slip.days) == (TODAY, TODAY + WEEK, 7)
    assert Checkpoint.objects.get(pk=row.pk).planned_on == TODAY + WEEK


def test_a_move_on_top_of_another_is_a_conflict(market, founder):
    row = plan(market.workspace, founder)
    move(row, founder, TODAY + WEEK)

    with pytest.raises(OutdatedError) as conflict:
        move(row, founder, TODAY + 2 * WEEK)

    assert conflict.value.latest.planned_on == TODAY + WEEK
    assert Slip.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"to_on": TODAY}, {"to_on": ["same_day"]}),
        ({"reason": "  late    "}, {"reason": ["too_short"]}),
    ],
)
def test_a_move_says_where_to_and_why(market, founder, fields, codes):
    row = plan(market.workspace, founder)

    with pytest.raises(ValidationError) as error:
        move(row, founder, **({"to_on": TODAY + WEEK} | fields))

    assert refusal(error) == codes


def test_what_is_reached_moves_no_more(market, founder):
    row = plan(market.workspace, founder)
    reach(row, founder)

    with pytest.raises(OutdatedError) as conflict:
        move(row, founder, TODAY + WEEK)

    assert conflict.value.latest.reached_on == TODAY


# --- reaching --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "on", "finding", "codes"),
    [
        ("alpha", TODAY + WEEK, "", {"reached_on": ["future"]}),
        ("problem_verified", TODAY, "It went well.", {"finding": ["too_short"]}),
        ("problem_verified", TODAY, " " * 60, {"finding": ["too_short"]}),
    ],
)
def test_reaching_is_of_the_past_and_a_review_teaches(
    market, founder, kind, on, finding, codes
):
    row = plan(market.workspace, founder, kind)

    with pytest.raises(ValidationError) as error:
        reach(row, founder, on=on, finding=finding)

    assert refusal(error) == codes


def test_a_product_is_reached_without_a_word(market, founder):
    row = reach(plan(market.workspace, founder), founder, finding="")

    assert (row.reached_on, row.finding) == (TODAY, "")
    assert not ScheduledStop.objects.exists()


def test_reaching_twice_is_a_conflict(market, founder):
    row = plan(market.workspace, founder)
    reach(row, founder)

    with pytest.raises(OutdatedError) as conflict:
        reach(row, founder, finding="Another one wrote this down.")

    assert conflict.value.latest.finding == LESSON


def test_first_customer_ship_sets_two_stops(market, founder):
    shipped(market.workspace, founder, on=date(2026, 10, 1))

    stops = ScheduledStop.objects.values_list("days", "due_on")
    assert list(stops) == [(30, date(2026, 10, 31)), (90, date(2026, 12, 30))]
    workspace = Workspace.objects.get(pk=market.workspace_id)
    assert workspace.first_shipped_on == date(2026, 10, 1)


def test_the_day_of_first_shipping_is_not_overwritten(market, founder):
    Workspace.objects.update(first_shipped_on=date(2026, 6, 1))

    shipped(market.workspace, founder)

    assert Workspace.objects.get(slug="acme").first_shipped_on == date(2026, 6, 1)


def test_a_version_that_ended_is_left_as_it_was(market, founder):
    row = plan(market.workspace, founder)
    start_version(
        market.workspace, by=founder, changes=["price"], what_changed=FINDING, now=NOW
    )

    for write in (reach, lambda row, by: move(row, by, TODAY + WEEK)):
        with pytest.raises(ValidationError) as error:
            write(row, founder)
        assert error.value.code == "past_version"
    assert plan(market.workspace, founder).model_version.number == 2


# --- stops -----------------------------------------------------------------------
def hold(stop, by, on=TODAY, finding=FINDING):
    return hold_stop(stop, by=by, held_on=on, finding=finding, now=NOW)


@pytest.fixture
def stop(market, founder):
    shipped(market.workspace, founder, on=TODAY - timedelta(days=23))
    return ScheduledStop.objects.get(days=30)


def test_a_stop_is_held_from_a_week_before_its_day(stop, founder):
    held = hold(stop, founder)

    assert (held.held_on, held.held_by, held.finding) == (TODAY, founder, FINDING)
    entry = ActivityEntry.objects.get(verb="scheduled_stop.held")
    assert entry.data == {"days": 30}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"on": TODAY - timedelta(days=1)}, {"held_on": ["too_early"]}),
        ({"on": TODAY + timedelta(days=1)}, {"held_on": ["future"]}),
        ({"finding": LESSON}, {"finding": ["too_short"]}),
    ],
)
def test_a_stop_is_held_in_its_time_and_in_words(stop, founder, fields, codes):
    with pytest.raises(ValidationError) as error:
        hold(stop, founder, **fields)

    assert refusal(error) == codes


def test_a_stop_is_held_once(stop, founder, owner):
    hold(stop, owner)

    with pytest.raises(OutdatedError) as conflict:
        hold(stop, founder)

    assert conflict.value.latest.held_by == owner
