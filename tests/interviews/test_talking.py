"""Who does the talking: leadership, roles, one customer or several, over a time."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.actions.team import change_role
from core.models import Role
from interviews.reports.talking import RoleLine, Tally, talking_of
from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_person,
    make_user,
    make_workspace,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return make_workspace("Acme", slug="acme", timezone="America/New_York")


@pytest.fixture
def founder(workspace):
    user = make_user(name="Fay Under")
    return make_member(workspace, Role.FOUNDER, user=user, is_leadership=True).user


@pytest.fixture
def member(workspace):
    return make_member(workspace, Role.MEMBER, user=make_user(name="Mo Ember")).user


def talk(workspace, *asked, customers=1, **fields):
    people = [make_person(workspace) for _ in range(customers)]
    defaults = {"qualifies": True, "by": make_user()}
    row = make_interview(workspace, people=people, **defaults | fields)
    row.interviewers.set(asked)
    return row


def url(workspace, **query):
    return reverse("interviews:talking", args=[workspace.slug], query=query)


def test_a_talk_is_led_when_one_of_those_who_asked_leads(workspace, founder, member):
    talk(workspace, founder)
    talk(workspace, founder, member, customers=3)
    talk(workspace, member)
    talk(workspace, member, customers=2)
    talk(workspace, founder, qualifies=False)

    found = talking_of(workspace)

    assert found.total == Tally(alone=2, group=2, alone_led=1, group_led=1)
    assert found.roles == (RoleLine("Member", 1, 2), RoleLine("Founder", 1, 1))
    assert [(one.name, one.leads, one.talks) for one in found.people] == [
        ("Mo Ember", False, 3),
        ("Fay Under", True, 2),
    ]


def test_two_founders_in_one_talk_are_one_talk_of_founders(workspace, founder):
    other = make_member(workspace, Role.FOUNDER, is_leadership=True).user
    talk(workspace, founder, other)

    found = talking_of(workspace)

    assert found.total.led == 1
    assert found.roles == (RoleLine("Founder", 1, 0),)


def test_who_was_never_on_the_team_has_no_role(workspace):
    talk(workspace, make_user())
    talk(workspace)

    found = talking_of(workspace)

    assert (found.total.talks, found.total.led, found.unnamed) == (2, 0, 1)
    assert found.roles == (RoleLine("", 1, 0),)
    assert found.people == ()


@pytest.mark.parametrize(
    ("led", "others", "warns"),
    [(1, 1, False), (1, 2, True), (0, 1, True), (0, 0, False)],
)
def test_fewer_than_half_warns(workspace, founder, member, client, led, others, warns):
    for who, number in ((founder, led), (member, others)):
        for _ in range(number):
            talk(workspace, who)
    client.force_login(founder)

    page = client.get(url(workspace)).content.decode()

    assert talking_of(workspace).total.is_short == warns
    assert ("That is fewer than half" in page) == warns


def test_days_are_those_of_the_venture(workspace, founder):
    """Half past two in the night in Europe is the day before in New York."""
    talk(workspace, founder, held_at=datetime(2026, 10, 2, 2, 30, tzinfo=UTC))

    def counted(**days):
        return talking_of(workspace, **days).total.talks

    assert counted(since=date(2026, 10, 1), until=date(2026, 10, 1)) == 1
    assert counted(since=date(2026, 10, 2)) == 0
    assert counted(until=date(2026, 9, 30)) == 0


def test_a_file_says_what_the_page_says(workspace, founder, member, client):
    talk(workspace, founder)
    talk(workspace, member, customers=2)
    client.force_login(founder)

    answer = client.get(url(workspace, format="csv"))

    assert answer.content.decode("utf-8-sig").splitlines() == [
        "table,who,role,leads,talks,with_one_customer,with_several_customers",
        "all,,,,2,1,1",
        "all,,,yes,1,1,0",
        "role,,Founder,,1,1,0",
        "role,,Member,,1,0,1",
        "person,Fay Under,Founder,yes,1,1,0",
        "person,Mo Ember,Member,no,1,0,1",
    ]


def test_advisors_read_it_and_no_interviewee_stands_in_it(workspace, founder, client):
    person = make_person(workspace, "Zelda Customer")
    talk(workspace, founder).people.set([person])
    client.force_login(make_member(workspace, Role.ADVISOR).user)

    page = client.get(url(workspace)).content.decode()

    assert "Fay Under" in page
    assert "Zelda" not in page
    talks = reverse("interviews:interview_list", args=[workspace.slug])
    assert f'href="{talks}"' not in page


def test_a_time_that_ends_before_it_begins_says_so(workspace, founder, client):
    client.force_login(founder)

    answer = client.get(url(workspace, since="2026-10-02", until="2026-10-01"))

    assert answer.status_code == 422
    assert "must not be before the first" in answer.content.decode()
    assert 'value="2026-10-02"' in answer.content.decode()


def test_a_time_without_a_talk_leads_back_to_all(workspace, founder, client):
    talk(workspace, founder)
    client.force_login(founder)

    page = client.get(url(workspace, until="2020-01-01")).content.decode()

    assert "No talk of that time counts." in page


def test_many_talks_cost_what_one_costs(workspace, founder):
    def queries():
        with CaptureQueriesContext(connection) as found:
            talking_of(workspace)
        return len(found)

    talk(workspace, founder)
    one = queries()
    for _ in range(20):
        talk(workspace, founder)

    assert queries() == one == 3


def test_whoever_becomes_a_founder_leads_from_then_on(workspace, member):
    talk(workspace, member)
    row = workspace.memberships.get(user=member)

    change_role(row, by=member, role=Role.FOUNDER, now=NOW)

    assert talking_of(workspace).total.led == 1
