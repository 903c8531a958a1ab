"""The dashboard of those who advise."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Membership, Role
from decisions.models import Alert, Escalation
from milestones.actions import claim_score
from milestones.actions.noting import note_moment
from milestones.models import Question
from portfolio.models import Ask, DashboardRead
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import soup, text_of
from tests.sharing import mark
from tests.world import make_world

pytestmark = pytest.mark.django_db
URL = "/w/acme/shared/"
MOST_QUERIES = 15
WHY = "Two more clinics told us the very same story, in their own words, unasked."


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        note_moment(world.workspace, NOW)
        yield world


def shown_to(client, user, url=URL):
    client.force_login(user)
    return client.get(url)


def member_of(world, role):
    return make_member(world.workspace, role).user


def score(world, value):
    """The first question, an hour later."""
    question = Question.objects.in_workspace(world.workspace).get(number=1)
    own = question.scores.get(by=world.by, kind="claimed")
    later = NOW + timedelta(hours=1)
    claim_score(
        question, by=world.by, now=later, value=value, reason=WHY, follows=own.pk
    )
    return later


# --- what is shown -----------------------------------------------------------------
def test_a_first_visit_says_where_it_stands_and_compares_with_nothing(client, world):
    page = text_of(shown_to(client, member_of(world, Role.ADVISOR)))

    assert "You have not been here before" in page
    assert "was claimed" not in page
    assert "1 of 11 scored · 1 qualifying interview" in page
    assert "CANARY-acme-metric-0" in page
    assert "Two introductions." in page
    assert "Open stop" not in page
    assert page.count("Questions quoted from Steve Blank") == 1


@time_machine.travel(NOW, tick=False)
def test_an_empty_venture_says_so(client, workspace, advisor):
    page = text_of(shown_to(client, advisor))

    assert "Nothing is written down yet." in page
    assert "Nothing to advise on yet" in page
    assert "Nothing at the moment." in page


def test_nothing_changed_is_said(client, world):
    advisor = member_of(world, Role.ADVISOR)
    mark(world.workspace, by=advisor)

    page = text_of(shown_to(client, advisor))

    assert "Nothing changed since 2 Nov" in page
    assert "No score moved, no stop was raised, nothing was decided." in page


def test_a_moved_score_is_told_with_what_it_was(client, world):
    advisor = member_of(world, Role.ADVISOR)
    mark(world.workspace, by=advisor)
    with time_machine.travel(score(world, 4), tick=False):
        page = shown_to(client, advisor)

    [moved] = soup(page).select("#since .rows a[href*='/questions/1/']")
    row = " ".join(moved.find_parent("li").get_text(" ").split())
    assert "claimed 4, was 2" in row
    assert "What changed since 2 Nov" in text_of(page)


def test_another_day_can_be_compared_with(client, world):
    advisor = member_of(world, Role.ADVISOR)

    page = text_of(shown_to(client, advisor, f"{URL}?since=2026-10-01"))

    assert "What changed since 1 Oct" in page
    assert "up: counts as 1, was 0" in page
    assert "1 talk with a customer that counts." in page


@pytest.mark.parametrize(
    "since", ["2030-01-01", "yesterday", "2026-02-31", "0001-01-01", "9999-12-31", ""]
)
def test_a_day_that_makes_no_sense_is_ignored(client, world, since):
    response = shown_to(
        client, member_of(world, Role.ADVISOR), f"{URL}?since={since}&segment=none"
    )

    assert response.status_code == 200
    assert "You have not been here before" in text_of(response)


def test_a_stop_nobody_decided_is_a_notice_of_its_own(client, world):
    alert = Alert.objects.in_workspace(world.workspace).open().first()
    level = Escalation.Level.NOT_DECIDED
    advisor = member_of(world, Role.ADVISOR)
    before = text_of(shown_to(client, advisor))
    Escalation(workspace=world.workspace, alert=alert, level=level, at=NOW).save()

    page = text_of(shown_to(client, advisor))

    assert "It waits for the founders." in page
    assert "It waits for the founders." not in before


def test_a_removed_advisor_finds_nothing(client, world):
    member = make_member(world.workspace, Role.ADVISOR)
    assert shown_to(client, member.user).status_code == 200

    Membership.objects.filter(pk=member.pk).update(left_on=NOW.date())

    assert client.get(URL).status_code == 404
    assert client.post(f"{URL}read/").status_code == 404


# --- for founders ------------------------------------------------------------------
def test_founders_see_what_readers_see(client, world):
    day = f"{URL}?since=2026-10-01"
    founder = shown_to(client, world.by, day)
    reader = shown_to(client, member_of(world, Role.OBSERVER), day)

    for page in (founder, reader):
        assert "New interview" not in text_of(page)
    sections = [
        [soup(page).select_one(f"#{one}").get_text() for one in ("questions", "asked")]
        for page in (founder, reader)
    ]
    assert sections[0][0] == sections[1][0]
    assert "Change what you ask" in sections[0][1]
    assert "Change what you ask" not in sections[1][1]
    assert "Back to your own view" in text_of(founder)
    assert "Mark as read" not in text_of(founder)


def test_a_founder_who_owes_a_score_does_not_read_it_here(client, world):
    late = make_member(world.workspace, Role.FOUNDER, is_leadership=True).user
    hidden = [
        shown_to(client, user, f"{URL}?since=2026-10-01")
        for user in (late, member_of(world, Role.ADVISOR))
    ]

    texts = [soup(page).select_one("#question-1").get_text() for page in hidden]
    assert "Score it to see" in texts[0]
    assert "claimed 2" not in texts[0]
    assert "Score it to see" not in texts[1]


def test_founders_see_who_read_it_and_when(client, world):
    advisor = member_of(world, Role.ADVISOR)
    client.force_login(advisor)
    client.post(f"{URL}read/", {"until": NOW.isoformat(), "form_key": "a"})

    page = text_of(shown_to(client, world.by))

    assert f"{advisor} read it on" in page
    assert "read it on" not in text_of(
        shown_to(client, member_of(world, Role.OBSERVER))
    )


def test_what_is_asked_is_kept_and_the_newest_stands(client, world):
    client.force_login(world.by)
    sentence = "An introduction to two clinic chains."

    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        answer = client.post(f"{URL}ask/", {"text": sentence, "form_key": "b"})
        page = text_of(client.get(URL))
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        client.post(f"{URL}ask/", {"text": "", "form_key": "c"})
        later = text_of(client.get(URL))

    assert answer.url == URL
    assert sentence in page
    assert "Nothing at the moment." in later
    assert Ask.objects.in_workspace(world.workspace).count() == 3


def test_a_longer_sentence_is_refused(client, world):
    client.force_login(world.by)

    answer = client.post(f"{URL}ask/", {"text": "x" * 501})

    assert answer.status_code == 422


# --- marks -------------------------------------------------------------------------
def test_the_mark_holds_what_was_shown_not_what_came_since(client, world):
    advisor = member_of(world, Role.ADVISOR)
    page = soup(shown_to(client, advisor))
    until = page.select_one("input[name=until]")["value"]

    with time_machine.travel(score(world, 4) + timedelta(hours=1), tick=False):
        client.post(f"{URL}read/", {"until": until, "form_key": "d"})
        after = text_of(client.get(URL))

    assert "claimed 4, was 2" in after


@pytest.mark.parametrize("until", ["2099-01-01T00:00:00+00:00", "soon", ""])
def test_a_mark_never_reaches_beyond_now(client, world, until):
    advisor = member_of(world, Role.ADVISOR)
    client.force_login(advisor)

    client.post(f"{URL}read/", {"until": until, "form_key": "e"})

    assert DashboardRead.objects.get(by=advisor).seen_until == NOW


def test_an_old_page_takes_nothing_back(client, world):
    advisor = member_of(world, Role.ADVISOR)
    mark(world.workspace, by=advisor)
    client.force_login(advisor)

    old = (NOW - timedelta(days=9)).isoformat()
    client.post(f"{URL}read/", {"until": old, "form_key": "f"})

    rows = DashboardRead.objects.filter(by=advisor).order_by("number")
    assert [(row.number, row.seen_until) for row in rows] == [(1, NOW), (2, NOW)]


def test_looking_is_no_mark(client, world):
    before = DashboardRead.objects.count()

    shown_to(client, member_of(world, Role.ADVISOR))

    assert DashboardRead.objects.count() == before


# --- what it costs -----------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.OWNER, Role.ADVISOR, Role.OBSERVER])
def test_it_asks_the_database_no_more_than_other_pages(client, world, role):
    user = member_of(world, role)
    shown_to(client, user)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("portfolio:shared", args=["acme"]))

    assert len(queries) <= MOST_QUERIES
