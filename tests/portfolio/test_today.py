"""What needs me, and what does not."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core.actions import invite_member
from core.models import Role
from interviews.models import Interview
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


def test_all_numbers_due_are_one_form_and_saving_leads_back(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user

    page = soup(today_of(client, founder))

    [form] = page.select("#due-numbers form")
    assert form["action"] == reverse("forecasts:due_list", args=["acme"])
    fields = form.select("input[name$=-value]")
    assert len(fields) == 4
    data = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    answer = client.post(form["action"], data | {fields[0]["name"]: "2100"})
    assert answer.url == reverse("portfolio:today", args=["acme"])
    assert "1 number recorded." in text_of(client.get(answer.url))


def test_it_ends_with_nothing_else(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user

    page = text_of(today_of(client, founder))

    assert page.index("Conversations") < page.index("Nothing else needs you.")


def test_own_drafts_wait_to_be_finished(client, founder, workspace, member):
    for by in (founder, member):
        make_interview(workspace, by=by, state="draft", who_typed=[f"of {by}"])

    page = text_of(today_of(client, founder))

    assert "Finish your notes: problem of Frida Founder" in page
    assert "of Malik Member" not in page


def test_a_talk_of_this_week_that_does_not_count_is_said(client, founder, workspace):
    person = make_person(workspace)
    held_at = NOW - timedelta(hours=1)
    make_interview(workspace, people=[person], qualifies=False, held_at=held_at)

    page = text_of(today_of(client, founder))

    assert "1 talk this week, 1 in all. 1 of this week’s does not count." in page


# --- a page that stays open --------------------------------------------------------
def polled(client, founder):
    """What the page would ask for after a minute."""
    rest = soup(today_of(client, founder)).select_one("#today-rest")
    headers = {"HX-Request": "true", "HX-Target": "today-rest"}
    return lambda: client.get(rest["hx-get"], headers=headers)


def test_an_unchanged_page_is_not_swapped(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user

    assert polled(client, founder)().status_code == 204


def test_what_changed_is_brought_without_the_form(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user
    ask = polled(client, founder)
    make_quote(Interview.objects.first(), "three hours", created_at=NOW)

    answer = ask()

    assert "Quotes not linked yet 3" in text_of(answer)
    assert not soup(answer).select("form, html")
    assert soup(answer).select_one("#today-stops")
    assert "Other numbers are due" not in text_of(answer)


def test_other_numbers_due_are_told_beside_the_form(client):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    founder = make_member(world.workspace, Role.FOUNDER).user
    ask = polled(client, founder)
    with time_machine.travel(NOW + timedelta(days=6, hours=23), tick=False):
        answer = ask()

    assert "Other numbers are due than you see here." in text_of(answer)
