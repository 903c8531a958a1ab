"""The plan for being wrong stands beside the alert, as it was written beforehand."""

from datetime import timedelta

import pytest

from decisions.reports.foreseen import foreseen
from tests.decisions.cases import stop_on
from tests.decisions.pages import url
from tests.factories import NOW, make_hypothesis, make_segment
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db

BEFORE = NOW - timedelta(days=30)


@pytest.fixture
def alert(workspace, owner, second_of_november):
    return stop_on(workspace, owner=owner, name="Orders per day")


def believe(workspace, statement=None, **fields):
    row = make_hypothesis(workspace, statement, **{"registered_at": BEFORE} | fields)
    type(row).objects.filter(pk=row.pk).update(created_at=BEFORE)
    return row


def test_a_trigger_names_the_metric(workspace, alert):
    critical = {"is_critical": True, "fail_mark": "under 4,000"}
    match = believe(workspace, measure="mean  orders PER day, by month", **critical)
    other = believe(workspace, measure="visits", **critical)
    instead = believe(workspace, "Offices would order", measure="ten calls")

    found = foreseen(alert)

    assert (found.triggers, found.others, found.alternatives) == (
        (match,),
        (other,),
        (instead,),
    )


def test_what_was_written_afterwards_was_not_foreseen(workspace, alert):
    late = {"measure": "orders per day", "is_critical": True}
    believe(workspace, registered_at=NOW + timedelta(hours=1), **late)
    make_hypothesis(workspace, registered_at=NOW + timedelta(days=1), **late)
    believe(workspace, registered_at=None, **late)

    assert foreseen(alert).triggers == ()


def test_another_segments_plan_is_not_this_ones(workspace, alert):
    offices = make_segment(workspace, "Offices")
    believe(workspace, segment=offices, measure="orders per day", is_critical=True)

    assert not foreseen(alert)


def test_the_page_opens_it_or_says_that_there_is_none(client, owner, workspace, alert):
    client.force_login(owner)
    address = url("alert_detail", alert)

    assert "Nothing was written beforehand." in text_of(client.get(address))
    believe(
        workspace,
        "People order groceries online",
        measure="orders per day",
        fail_mark="under 4,000 by October",
        is_critical=True,
    )
    part = soup(client.get(address)).select_one("#foreseen")

    assert "This is what we said would make us stop" in part.text
    assert "under 4,000 by October" in part.text
