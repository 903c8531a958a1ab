"""Talks, quotes, tags, surveys and search over the API."""

import pytest
import time_machine

from core.models import ActivityEntry
from discovery.models import Person
from interviews.models import Interview
from tests.api_client import Asking
from tests.factories import NOW, make_interview, make_person, make_quote

PK = "22222222-2222-4222-8222-222222222222"
TALK = {
    "rev": 0,
    "who": ["Dana Ruiz, Acme Clinic"],
    "held_at": "2026-11-02T09:00:00Z",
    "notes": "She said the rota broke again.",
    "consent": "quote",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client, workspace):
    with time_machine.travel(NOW, tick=False):
        yield Asking(client, workspace)


def test_a_talk_is_written_down_whole(asked):
    answer = asked.put(f"/interviews/{PK}", TALK)

    found = answer.json()
    assert answer.status_code == 200
    assert (found["id"], found["state"], found["rev"]) == (PK, "finished", 1)
    assert [who["name"] for who in found["people"]] == ["Dana Ruiz"]
    assert found["notes"] == TALK["notes"]
    assert found["interviewers"] == [str(asked.by.pk)]
    assert Person.objects.get().consent == "quote"


def test_the_same_body_again_changes_nothing(asked):
    first = asked.put(f"/interviews/{PK}", TALK).json()
    entries = ActivityEntry.objects.count()

    again = asked.put(f"/interviews/{PK}", TALK)

    assert (again.status_code, again.json()) == (200, first)
    assert (Person.objects.count(), ActivityEntry.objects.count()) == (1, entries)


def test_another_text_on_an_old_revision_is_a_conflict(asked):
    asked.put(f"/interviews/{PK}", TALK)

    answer = asked.put(f"/interviews/{PK}", TALK | {"notes": "Something else."})

    assert (answer.status_code, answer.json()["rev"]) == (409, 1)
    assert Interview.objects.get().notes == TALK["notes"]


def test_notes_stay_back_while_somebody_allows_nothing(asked):
    person = make_person(asked.workspace, consent=Person.Consent.NONE)
    talk = make_interview(asked.workspace, people=[person])
    quote = make_quote(talk, person=person)

    assert asked.get(f"/interviews/{talk.pk}").json()["notes"] == ""
    assert asked.get(f"/quotes/{quote.pk}").status_code == 404
    assert asked.get("/quotes").json()["count"] == 0


def test_a_list_is_filtered_like_the_page(asked):
    make_interview(asked.workspace, kind="sales")
    make_interview(asked.workspace, kind="problem")

    sales = asked.get("/interviews?kind=sales").json()
    wrong = asked.get("/interviews?kind=banana")

    assert [row["kind"] for row in sales["items"]] == ["sales"]
    assert wrong.status_code == 422


def test_a_quote_is_taken_tagged_and_withdrawn(asked):
    talk = asked.put(f"/interviews/{PK}", TALK).json()
    path = f"/interviews/{talk['id']}/quotes"

    quote = asked.post(path, {"text": "the rota broke again", "tags": "rota"}).json()
    tagged = asked.post(f"/quotes/{quote['id']}/tags", {"name": "illness"}).json()
    gone = asked.post(f"/quotes/{quote['id']}/withdraw", {"reason": "Misheard."})

    assert (quote["tags"], sorted(tagged["tags"])) == (["rota"], ["illness", "rota"])
    assert gone.json()["withdrawn_reason"] == "Misheard."
    assert asked.get("/quotes").json()["count"] == 0


def test_words_that_are_not_in_the_notes_are_refused(asked):
    asked.put(f"/interviews/{PK}", TALK)

    answer = asked.post(f"/interviews/{PK}/quotes", {"text": "never said"})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["text"])


def test_search_finds_the_words(asked):
    asked.put(f"/interviews/{PK}", TALK)

    found = asked.get("/search?q=rota&kind=interview").json()

    [group] = found["groups"]
    assert [hit["id"] for hit in group["hits"]] == [PK]
