"""What needs me, and what does not."""

import pytest
from django.urls import reverse

from core.actions import invite_member
from core.models import Role
from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_metric,
    make_person,
    make_quote,
    make_workspace,
)
from tests.helpers import soup, text_of
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


def today_of(client, user, slug="acme"):
    client.force_login(user)
    return client.get(reverse("portfolio:today", args=[slug]))


def test_a_new_venture_offers_first_steps(client, founder):
    page = text_of(today_of(client, founder))

    assert "Start with my own notes" in page
    assert "Bring in a spreadsheet" in page
    assert "Invite your co-founder" in page
    assert "Look at a finished example" not in page


def test_the_sample_is_offered_to_those_who_have_it(client, founder):
    sample = make_workspace("Webvan", slug="webvan", is_sample=True)
    make_member(sample, Role.OWNER, user=founder)

    assert "Look at a finished example: Webvan" in text_of(today_of(client, founder))


def test_a_sample_leads_back_to_the_own_venture(client, founder, workspace):
    sample = make_workspace("Webvan", slug="webvan", is_sample=True)
    olive = make_member(sample, Role.OWNER).user
    make_member(sample, Role.OWNER, user=founder)

    def ways(user):
        page = today_of(client, user, slug="webvan")
        return [link["href"] for link in soup(page).select(".ribbon a")]

    assert ways(founder) == [reverse("portfolio:today", args=["acme"])]
    assert client.get("/").url == reverse("portfolio:today", args=["acme"])
    assert ways(olive) == []
    assert client.get("/").url == reverse("portfolio:today", args=["webvan"])


def test_the_order_is_stop_due_quotes_scores_talks(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user

    page = text_of(today_of(client, founder))

    places = [
        page.index(words)
        for words in (
            "decide by",
            "Numbers due",
            "Quotes not linked yet 2",
            "Questions to score 1",
            "Conversations",
        )
    ]
    assert places == sorted(places)


def test_an_advisor_is_asked_for_nothing(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    advisor = make_member(world.workspace, Role.ADVISOR).user

    page = text_of(today_of(client, advisor))

    assert "Numbers due" not in page
    assert "Quotes not linked" not in page
    assert "Log a conversation" not in page


def test_a_cleared_venture_says_so(client, founder, workspace):
    person = make_person(workspace)
    interview = make_interview(workspace, people=[person])
    assert "Nothing else needs you." in text_of(today_of(client, founder))

    make_quote(interview, created_at=NOW)

    assert "Quotes not linked yet 1" in text_of(today_of(client, founder))


def test_after_the_first_talk_what_is_still_to_begin_stays(client, founder, workspace):
    make_interview(workspace, people=[make_person(workspace)])

    page = text_of(today_of(client, founder))

    assert "Still to begin" in page
    assert "Write down one forecast" in page
    assert "Invite your co-founder" in page


def test_steps_taken_are_not_offered_again(client, founder, workspace):
    make_interview(workspace, people=[make_person(workspace)])
    make_metric(workspace)
    make_member(workspace, Role.FOUNDER)

    page = text_of(today_of(client, founder))

    assert "Still to begin" not in page
    assert page.count("Nothing else needs you.") == 1


def test_an_open_invitation_is_company_enough(client, founder, workspace):
    invite_member(
        workspace, by=founder, email="ben@acme.test", role=Role.FOUNDER, now=NOW
    )

    page = text_of(today_of(client, founder))

    assert "Invite your co-founder" not in page
    assert "Write down one forecast" in page


def test_a_question_to_score_is_named_and_says_why(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user

    page = text_of(today_of(client, founder))

    section = page[page.index("Questions to score 1") :]
    assert "more on the board" not in section
    assert "you have not scored it" in section
    assert "Questions quoted from Steve Blank" in section


def test_what_the_list_leaves_out_is_a_link_away(client, monkeypatch):
    monkeypatch.setattr("portfolio.today.SHOWN", 0)
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user

    report = today_of(client, founder).context["report"]

    assert (len(report.to_score), report.more_to_score) == (0, 1)


def test_numbers_due_lead_to_the_one_form(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user

    page = soup(today_of(client, founder))

    assert page.find("a", href=reverse("forecasts:due_list", args=["acme"]))
