"""Criteria: ticked one by one or all at once, and read as of a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from milestones.actions import tick_criteria, tick_criterion
from milestones.actions.criteria import CriteriaOutdatedError, Tick
from milestones.conflicts import OutdatedError
from milestones.models import CriterionAnswer
from milestones.reports.criteria import criteria_of
from tests.factories import NOW
from tests.helpers import soup, text_of
from tests.milestones.rows import open_market, question, url

HOUR = timedelta(hours=1)


@pytest.fixture
def row(workspace, founder):
    open_market(workspace, founder)
    return question(workspace)


def tick(row, state, *, by, criterion=1, note="", now=NOW, follows=None):
    return tick_criterion(
        row,
        by=by,
        criterion=criterion,
        state=state,
        note=note,
        now=now,
        follows=follows,
    )


def read(row, moment=NOW):
    numbers = {row.pk: row.number}
    found = criteria_of(row.workspace, numbers, moment)
    return found[row.pk]


def test_a_change_of_mind_is_a_new_row(row, founder):
    first = tick(row, "partly", by=founder, note=" Two said so. ", now=NOW - HOUR)
    tick(row, "yes", by=founder, follows=first.pk)

    now, then = read(row), read(row, NOW - HOUR)

    assert (now.lines[0].state, now.lines[0].icon, now.met) == ("yes", "check", 1)
    assert (then.lines[0].word, then.lines[0].note) == ("partly", "Two said so.")
    assert then.lines[0].by_name == "Frida Founder"
    assert (read(row, NOW - 2 * HOUR).is_untouched, now.is_untouched) == (True, False)


@pytest.mark.parametrize(
    ("criterion", "state", "field"),
    [(0, "yes", "criterion"), (99, "yes", "criterion"), (1, "maybe", "state")],
)
def test_what_is_no_criterion_is_refused(row, founder, criterion, state, field):
    with pytest.raises(ValidationError) as caught:
        tick(row, state, by=founder, criterion=criterion)

    assert list(caught.value.error_dict) == [field]


def test_two_at_once_meet(row, founder, member):
    tick(row, "yes", by=founder)

    with pytest.raises(OutdatedError) as caught:
        tick(row, "no", by=member)

    assert caught.value.latest.by == founder


def test_only_what_differs_makes_rows_and_all_or_none(row, founder, member):
    mine = [
        Tick(1, "yes", "Heard it.", None),
        Tick(2, "unknown", "", None),
        Tick(3, "no", "", None),
    ]
    made = tick_criteria(row, by=founder, ticks=mine, now=NOW)
    theirs = [Tick(1, "no", "", None), Tick(4, "yes", "", uuid4())]
    with pytest.raises(CriteriaOutdatedError) as caught:
        tick_criteria(row, by=member, ticks=theirs, now=NOW)
    same = tick_criteria(row, by=member, ticks=mine, now=NOW)

    assert [one.criterion for one in made] == [1, 3]
    assert ([one.criterion for one in caught.value.latest], same) == ([1], [])
    assert CriterionAnswer.objects.count() == 2


def test_in_words(row, founder):
    before = read(row).sentence
    tick(row, "yes", by=founder, note="Quirina Zephyrson said so.")

    assert before == "Nobody has gone through them yet."
    assert read(row).sentence == "1 of 6 are met, as the team sees it."


# --- the page ----------------------------------------------------------------------
def filled(page, **changes):
    """What the form on the page sends, with some fields changed."""
    form = soup(page).select_one("main form")
    data = {
        field["name"]: field.get("value", "")
        for field in form.select("input")
        if field.get("type") != "radio" or field.has_attr("checked")
    }
    return data | changes


@pytest.mark.usefixtures("clock")
def test_the_form_writes_what_was_changed(client, row, member):
    client.force_login(member)
    address = url("criterion_set", row.workspace, 1)
    data = filled(client.get(address), state_2="partly", note_2="Three of nine.")

    first, second = client.post(address, data), client.post(address, data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.url == url("question_detail", row.workspace, 1) + "#criteria"
    [one] = CriterionAnswer.objects.all()
    assert (one.criterion, one.state, one.note, one.by) == (
        2,
        "partly",
        "Three of nine.",
        member,
    )


@pytest.mark.usefixtures("clock")
def test_the_form_refuses_and_meets(client, row, founder, member):
    client.force_login(member)
    address = url("criterion_set", row.workspace, 1)
    data = filled(client.get(address), state_1="no", note_1="Nobody raised it.")

    long = client.post(address, data | {"note_1": "x" * 501})
    tick(row, "yes", by=founder, note="They all did.")
    conflict = client.post(address, data)
    again = client.post(address, filled(conflict))

    assert long.status_code == 422
    assert conflict.status_code == 409
    assert "They all did." in text_of(conflict)
    assert filled(conflict)["note_1"] == "Nobody raised it."
    assert again.status_code == 303
    assert read(row).lines[0].state == "no"


@pytest.mark.usefixtures("clock")
def test_before_the_market_opens_a_segment_is_missing(client, workspace, member):
    client.force_login(member)
    address = url("criterion_set", workspace, 9)
    data = filled(client.get(address), state_1="no")

    page = client.post(address, data)

    assert page.status_code == 422
    assert "Add a segment first." in text_of(page)
