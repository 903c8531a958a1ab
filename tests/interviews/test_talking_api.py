"""Who does the talking, over the API."""

import csv
import io

import pytest
import time_machine
from django.urls import reverse

from core.models import Role
from tests.api_client import Asking
from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_person,
    make_user,
    make_workspace,
)

pytestmark = pytest.mark.django_db
EVERY = [Role.OWNER, Role.FOUNDER, Role.MEMBER, Role.ADVISOR, Role.OBSERVER]


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team(workspace):
    """A founder who leads, and a member who does not."""
    make = {
        role: make_member(
            workspace,
            role,
            user=make_user(name=name),
            is_leadership=role == Role.FOUNDER,
        ).user
        for role, name in ((Role.FOUNDER, "Fay Under"), (Role.MEMBER, "Mo Ember"))
    }
    return make[Role.FOUNDER], make[Role.MEMBER]


def talk(workspace, *asked, customers=1, **fields):
    people = [make_person(workspace) for _ in range(customers)]
    row = make_interview(workspace, people=people, **{"qualifies": True} | fields)
    row.interviewers.set(asked)
    return row


def test_counts_and_shares_are_those_of_the_page(client, workspace, team):
    founder, member = team
    talk(workspace, founder)
    talk(workspace, member)
    talk(workspace, member, customers=2)
    talk(workspace)
    call = Asking(client, workspace, Role.ADVISOR)
    client.force_login(call.by)

    told = call.get("/talking").json()
    page = client.get(
        reverse("interviews:talking", args=[workspace.slug], query={"format": "csv"})
    )

    rows = csv.DictReader(io.StringIO(page.content.decode("utf-8-sig")))
    by_table = {(row["table"], row["who"] or row["role"]): row for row in rows}
    assert (told["talks"], told["alone"], told["group"]) == (4, 3, 1)
    assert (told["led"], told["led_percent"], told["is_short"]) == (1, 25, True)
    assert told["unnamed"] == 1
    for one in told["people"]:
        row = by_table["person", one["name"]]
        assert row["talks"] == str(one["talks"])
        assert row["leads"] == ("yes" if one["leads"] else "no")
    for one in told["roles"]:
        assert by_table["role", one["role"]]["talks"] == str(one["talks"])
    assert len(told["people"]) == len(told["roles"]) == 2


def test_a_share_is_never_rounded_up_to_a_half(client, workspace, team):
    founder, member = team
    for asked in (founder, founder, member, member, member):
        talk(workspace, asked)

    told = Asking(client, workspace).get("/talking").json()

    assert (told["led_percent"], told["is_short"]) == (40, True)


def test_before_any_talk_there_is_no_share(client, workspace):
    told = Asking(client, workspace).get("/talking").json()

    assert (told["talks"], told["led_percent"], told["is_short"]) == (0, None, False)


def test_a_time_is_looked_at_and_one_that_ends_first_is_refused(
    client, workspace, team
):
    talk(workspace, team[0])
    call = Asking(client, workspace)

    here = call.get("/talking?since=2026-11-01&until=2026-11-01").json()
    after = call.get("/talking?since=2026-11-02").json()
    wrong = call.get("/talking?since=2026-11-02&until=2026-11-01")

    assert (here["talks"], after["talks"]) == (1, 0)
    assert (here["since"], here["until"]) == ("2026-11-01", "2026-11-01")
    assert wrong.status_code == 422
    assert "until" in wrong.json()["errors"]
    assert call.get("/talking?since=soon").status_code == 422


@pytest.mark.parametrize("role", EVERY)
def test_every_role_reads_it_and_nobody_who_was_asked_stands_in_it(
    client, workspace, team, role
):
    person = make_person(workspace, "Zelda Customer")
    talk(workspace, team[0]).people.set([person])
    talk(make_workspace(), team[0])

    answer = Asking(client, workspace, role).get("/talking")

    assert answer.status_code == 200
    assert answer.json()["talks"] == 1
    assert "Fay Under" in answer.content.decode()
    assert "Zelda" not in answer.content.decode()
