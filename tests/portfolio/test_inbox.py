"""One page for whoever looks after many ventures."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Membership, Role
from decisions.models import CoSignature
from milestones.models import Challenge, Question
from portfolio.models import Ask
from tests.decisions.commitments import MILLION, make_commitment, with_cash
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.helpers import soup, text_of
from tests.sharing import mark
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
LATER = NOW + timedelta(hours=1)


def inbox_of(client, user):
    client.force_login(user)
    return client.get("/inbox/")


def rows(response):
    return [
        " ".join(row.get_text(" ").split()) for row in soup(response).select(".row")
    ]


def test_what_waits_in_each_venture_is_counted(client):
    world = make_world(make_workspace("Acme", slug="acme"))
    advisor = make_member(world.workspace, Role.ADVISOR).user
    make_member(make_workspace("Beta", slug="beta"), Role.OBSERVER, user=advisor)
    mark(world.workspace, by=advisor, at=NOW - timedelta(days=1))

    [acme, beta] = rows(inbox_of(client, advisor))

    assert "1 stop is open" in acme
    assert "scores, stops and decisions since you read it: " in acme
    assert "the founders ask something of you" in acme
    assert "you have not read it yet" in beta


def test_a_mark_clears_what_was_read(client, workspace, advisor, founder):
    Ask(workspace=workspace, text="Two introductions.", by=founder, asked_at=NOW).save()
    before = rows(inbox_of(client, advisor))
    mark(workspace, by=advisor, at=NOW)

    after = inbox_of(client, advisor)

    assert "the founders ask something of you" in before[0]
    assert "nothing waits" in rows(after)[0]
    assert "Nothing else needs you." in text_of(after)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OBSERVER, Role.FOUNDER])
def test_a_gate_waits_for_advisors_until_one_signs(client, workspace, role):
    with_cash(workspace)
    large = make_commitment(workspace, "Warehouses", amount_minor=MILLION * 2)
    make_commitment(workspace, "A van")
    user = make_member(workspace, role).user

    [row] = rows(inbox_of(client, user))
    assert ("1 gate waits for your signature" in row) == (role == Role.ADVISOR)

    CoSignature(
        workspace=workspace,
        commitment=large,
        terms=large.terms,
        reasons="So do I.",
        by=user,
        cosigned_at=NOW,
    ).save()
    assert "your signature" not in rows(inbox_of(client, user))[0]


def test_challenges_of_ones_own_that_were_answered(client, advisor, founder, workspace):
    world = make_world(make_workspace("Zeta", slug="zeta"))
    make_member(world.workspace, Role.ADVISOR, user=advisor)
    mark(world.workspace, by=advisor, at=NOW)
    Challenge.objects.create(
        workspace=world.workspace,
        question=Question.objects.in_workspace(world.workspace).first(),
        text="Show me.",
        by=advisor,
        opened_at=NOW - timedelta(days=2),
        closed_at=LATER,
        closed_by=world.by,
        outcome=Challenge.Outcome.ANSWERED,
        answer="Here.",
    )

    page = rows(inbox_of(client, advisor))

    assert any("1 challenge of yours was answered" in row for row in page)


def test_who_left_is_shown_nothing(client, workspace, advisor):
    Membership.objects.filter(user=advisor).update(left_on=NOW.date())

    assert "You belong to no venture yet" in text_of(inbox_of(client, advisor))


def test_the_way_in_leads_there_who_only_reads_along(client, workspace, advisor):
    client.force_login(advisor)
    assert client.get("/").url == "/w/acme/"

    second = make_workspace("Beta", slug="beta")
    make_member(second, Role.OBSERVER, user=advisor)
    assert client.get("/").url == "/inbox/"

    make_member(make_workspace("Own", slug="own"), Role.OWNER, user=advisor)
    assert client.get("/").url == "/ventures/"


def test_it_costs_the_same_for_two_ventures_and_for_twelve(client):
    advisor = make_user()
    counts = []
    for wanted in (2, 12):
        for number in range(wanted):
            name = f"v{wanted}-{number}"
            venture = make_workspace(name, slug=name)
            make_member(venture, Role.ADVISOR, user=advisor)
            make_commitment(venture, amount_minor=MILLION * 2)
        inbox_of(client, advisor)
        with CaptureQueriesContext(connection) as queries:
            client.get("/inbox/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 5


@time_machine.travel(NOW, tick=False)
def test_no_title_of_a_commitment_stands_outside_its_venture(
    client, workspace, advisor
):
    make_commitment(workspace, "Quirina’s hall", amount_minor=MILLION * 2)

    assert "Quirina" not in text_of(inbox_of(client, advisor))
