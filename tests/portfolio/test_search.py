"""Everything a reader may see is found, and nothing else, whoever wrote it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actions.tokens import issue_token
from core.models import Role
from decisions.models import Alert
from discovery.models import Person
from interviews.models import Interview
from interviews.search import reindex
from interviews.search.guarded import MOST
from interviews.search.registry import kinds
from milestones.actions import claim_score, write_answer
from milestones.models import Answer, Challenge, Question, Score
from portfolio.actions.commenting import correct_comment, open_thread, reply
from portfolio.models import Comment
from portfolio.subjects import Subject
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import soup, text_of
from tests.world import make_world

pytestmark = pytest.mark.django_db
URL = "/w/acme/search/"
WITH_PEOPLE = {"quote", "interview", "person", "organisation", "problem"}
MOST_QUERIES = 15
LATER = NOW + timedelta(minutes=10)
TWICE = "I heard it, too, twice, from people who had never met each other."
STATEMENT = "Zebulon Quist would pay 40 dollars a month for a quagga by July."


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield make_world(make_workspace("Acme", slug="acme"))


def member_of(world, role, **fields):
    return make_member(world.workspace, role, **fields).user


def found_by(client, user, typed, **asked):
    """Kind → how many, as the page counts them."""
    client.force_login(user)
    page = client.get(URL, {"q": typed, **asked})
    assert page.status_code == 200
    return {kind: n for kind, n in page.context["findings"].totals.items() if n}


def first_question(world):
    return Question.objects.in_workspace(world.workspace).get(number=1)


def answer(world, statement=STATEMENT, now=NOW):
    current = Answer.objects.filter(
        question=first_question(world), superseded_by__isnull=True
    ).first()
    return write_answer(
        first_question(world),
        by=world.by,
        now=now,
        statement=statement,
        follows=current.pk if current else None,
    )


def name_somebody(world):
    person = Person.objects.filter(workspace=world.workspace).first()
    Person.objects.filter(pk=person.pk).update(name="Zebulon Quist")
    answer(world)
    return person


# --- everything --------------------------------------------------------------------
def test_every_kind_is_found_and_leads_somewhere(client, world):
    found = {word: found_by(client, world.by, word) for word in set(WORDS.values())}
    links = [
        link["href"]
        for word in found
        for link in soup(client.get(URL, {"q": word})).select("#search-results li a")
    ]

    assert [kind for kind in kinds() if not found[WORDS[kind]].get(kind)] == []
    assert len(links) >= len(kinds())
    for link in links:
        assert client.get(link, follow=True).status_code == 200


WORDS = {
    "quote": "rota",
    "interview": "canary",
    "person": "canary",
    "organisation": "canary",
    "problem": "canary",
    "answer": "clinics",
    "score": "clinics",
    "challenge": "clinics",
    "decision": "canary",
    "alert": "forecast",
    "commitment": "canary",
    "metric": "canary",
    "comment": "canary",
}


def test_what_was_written_just_now_is_found(client, world):
    answer(world, "We sell hats to dentists, forty a month by March, says quagga.")

    assert found_by(client, world.by, "quagga") == {"answer": 1}


def test_what_was_replaced_is_found_no_more(client, world):
    answer(world)
    answer(world, "Nobody pays for numbats, whatever we said before of it.", LATER)

    assert found_by(client, world.by, "quagga") == {}
    assert found_by(client, world.by, "numbats") == {"answer": 1}


def test_a_corrected_comment_is_found_by_what_it_says_now(client, world):
    comment = reply(
        Comment.objects.filter(workspace=world.workspace).first().thread,
        by=world.by,
        now=NOW,
        text="The quagga did it.",
    )
    assert found_by(client, world.by, "quagga") == {"comment": 1}

    correct_comment(
        comment, by=world.by, now=LATER, revision=1, text="The numbat did it."
    )

    assert found_by(client, world.by, "quagga") == {}
    assert found_by(client, world.by, "numbat") == {"comment": 1}


# --- and nothing else --------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OBSERVER])
def test_readers_without_names_find_no_people_and_no_talks(client, world, role):
    user = member_of(world, role)

    found = found_by(client, user, "canary")
    everything = found_by(client, world.by, "canary")

    assert found
    assert WITH_PEOPLE & set(found) == set()
    assert WITH_PEOPLE & set(everything)
    assert found_by(client, user, "rota").keys() & WITH_PEOPLE == set()
    assert client.get(URL, {"q": "rota", "kind": "quote"}).status_code == 400


@pytest.mark.parametrize(
    "typed",
    ["Zebulon Quist", "zebulon", "Quis", "zeb*", '"Zebulon Quist"', "quist would"],
)
def test_a_name_finds_nothing_for_who_may_not_read_it(client, world, typed):
    name_somebody(world)
    advisor = member_of(world, Role.ADVISOR)

    assert found_by(client, world.by, typed)["answer"] == 1
    assert found_by(client, advisor, typed) == {}
    assert found_by(client, advisor, typed, kind="answer") == {}
    client.force_login(advisor)
    table = b"".join(client.get(URL, {"q": typed, "format": "csv"}).streaming_content)
    assert table.decode().count("\n") == 1


def test_other_words_of_the_same_text_find_it_with_a_pseudonym(client, world):
    person = name_somebody(world)
    advisor = member_of(world, Role.ADVISOR)

    assert found_by(client, advisor, "quagga") == {"answer": 1}
    said = soup(client.get(URL, {"q": "quagga"})).select_one("#search-results")
    assert "Zebulon" not in said.get_text()
    assert "Quist" not in said.get_text()
    assert person.pseudonym in said.get_text()
    assert said.select_one("mark").get_text() == "quagga"


def test_only_founders_find_what_founders_say_among_themselves(client, world):
    thread = Comment.objects.filter(workspace=world.workspace).first().thread
    open_thread(
        world.workspace,
        by=world.by,
        now=NOW,
        subject=Subject("metric", thread.metric),
        text="The quagga stays among us.",
        is_founders_only=True,
    )
    found = {
        role: found_by(client, member_of(world, role), "quagga")
        for role in (Role.OWNER, Role.MEMBER, Role.ADVISOR)
    }

    assert found == {Role.OWNER: {"comment": 1}, Role.MEMBER: {}, Role.ADVISOR: {}}


def test_what_is_said_of_a_score_that_one_owes_is_not_found(client, world):
    ben = member_of(world, Role.FOUNDER)
    open_thread(
        world.workspace,
        by=world.by,
        now=NOW,
        subject=Subject("question", first_question(world)),
        text="A four for the quagga, really?",
    )
    with time_machine.travel(LATER, tick=False):
        assert found_by(client, ben, "quagga") == {}
        assert found_by(client, world.by, "quagga") == {"comment": 1}


def test_a_founder_who_owes_a_score_does_not_find_the_others(client, world):
    ben = member_of(world, Role.FOUNDER, is_leadership=True)
    question = first_question(world)
    own = Score.objects.get(question=question, by=world.by, kind="claimed")
    reason = "Three dentists told us the same of a quagga, unasked, in their own words."
    with time_machine.travel(LATER, tick=False):
        claim_score(
            question, by=world.by, now=LATER, value=4, reason=reason, follows=own.pk
        )
        hidden = found_by(client, ben, "quagga")
        by_others = found_by(client, world.by, "quagga")
        claim_score(question, by=ben, now=LATER, value=3, reason=TWICE)
        shown = found_by(client, ben, "quagga")

    assert hidden == {}
    assert by_others == {"score": 1}
    assert shown == {"score": 1}


def test_another_venture_finds_nothing(client, world):
    answer(world)
    other = make_member(make_workspace("Other", slug="other")).user
    client.force_login(other)

    page = client.get("/w/other/search/", {"q": "quagga"})

    assert page.context["findings"].total == 0


def test_what_is_too_much_to_look_through_is_said(client, world):
    thread = Comment.objects.filter(workspace=world.workspace).first().thread
    for number in range(MOST + 1):
        Comment(
            workspace=world.workspace,
            thread=thread,
            number=1000 + number,
            text=f"quagga {number}",
            by=world.by,
            written_at=NOW,
            saved_at=NOW,
        ).save()
    reindex(world.workspace)
    advisor = member_of(world, Role.ADVISOR)

    assert found_by(client, advisor, "quagga") == {"comment": MOST}
    assert "looked through" in text_of(client.get(URL, {"q": "quagga"}))
    last = client.get(URL, {"q": "quagga", "kind": "comment", "page": "12"})
    assert len(soup(last).select("#search-results .rows li")) == 25


def test_the_api_finds_what_the_page_finds(client, world):
    name_somebody(world)
    member = make_member(world.workspace, Role.ADVISOR)
    token = issue_token(member, by=world.by, now=NOW, name="Read")[1]

    def ask(typed):
        headers = {"Authorization": f"Bearer {token}"}
        with time_machine.travel(NOW, tick=False):
            return client.get("/api/v1/search", {"q": typed}, headers=headers).json()

    assert ask("zebulon")["groups"] == []
    [group] = ask("quagga")["groups"]
    assert (group["kind"], group["total"]) == ("answer", 1)
    assert "Zebulon" not in str(group)


# --- what it costs -----------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.FOUNDER, Role.ADVISOR])
def test_all_kinds_at_once_ask_no_more_than_other_pages(client, world, role):
    fill_with(world, "canary")
    user = world.by if role == Role.FOUNDER else member_of(world, role)
    found_by(client, user, "canary")
    client.get(URL)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(URL, {"q": "canary"})

    found = [kind for kind, n in page.context["findings"].totals.items() if n]
    assert len(found) == (12 if role == Role.FOUNDER else 8)
    assert len(queries) <= MOST_QUERIES


def fill_with(world, word):
    """Into those kinds whose texts in the world do not hold it; one of them long."""
    answer(world, f"{word}: we sell hats to dentists, forty a month by March.")
    question = first_question(world)
    own = Score.objects.get(
        question=question, by=world.by, kind="claimed", superseded_by=None
    )
    told = {"by": world.by, "now": NOW}
    claim_score(question, value=2, reason=f"{word}: {TWICE}", follows=own.pk, **told)
    Challenge.objects.filter(workspace=world.workspace).update(text=word)
    Alert.objects.filter(workspace=world.workspace).update(reason=word)
    Interview.objects.filter(workspace=world.workspace).update(
        notes=f"{word} " + "word " * 4000
    )
    thread = Comment.objects.filter(workspace=world.workspace).first().thread
    reply(thread, text=word, **told)
    reindex(world.workspace)
