"""The board and what is linked, over the API."""

import pytest
import time_machine

from core.models import Role
from tests.api_client import Asking
from tests.factories import (
    NOW,
    make_interview,
    make_person,
    make_problem,
    make_quote,
    make_segment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client, workspace):
    with time_machine.travel(NOW, tick=False):
        yield Asking(client, workspace)


@pytest.fixture
def quote(asked):
    segment = make_segment(asked.workspace)
    person = make_person(asked.workspace, "Dana Ruiz", segment=segment)
    talk = make_interview(asked.workspace, people=[person], segment=segment)
    return make_quote(talk, person=person)


def test_a_quote_is_linked_to_a_question_and_the_link_withdrawn(asked, quote):
    body = {"target": "1", "stance": "supports", "grade": 3}

    link = asked.post(f"/quotes/{quote.pk}/links", body).json()
    listed = asked.get("/questions/1/evidence").json()
    board = asked.get("/questions").json()
    asked.post(f"/evidence/{link['id']}/withdraw", {"reason": "Twice."})

    assert (link["about"], link["target"], link["grade"]) == ("question", "1", 3)
    assert [row["words"] for row in listed["items"]] == [quote.text]
    assert board["questions"][0]["supporting"] == 1
    assert asked.get("/questions/1/evidence").json()["count"] == 0


def test_a_quote_is_linked_to_a_problem_once(asked, quote):
    problem = make_problem(quote.interview.segment)
    body = {"target": f"problem:{problem.pk}", "stance": "supports", "grade": 3}

    link = asked.post(f"/quotes/{quote.pk}/links", body)
    again = asked.post(f"/quotes/{quote.pk}/links", body)

    assert (link.status_code, link.json()["target"]) == (201, str(problem.pk))
    assert (again.status_code, list(again.json()["errors"])) == (422, ["__all__"])


def test_a_strong_grade_asks_for_proof(asked, quote):
    body = {"target": "rung:4", "stance": "supports", "grade": 4}

    bare = asked.post(f"/quotes/{quote.pk}/links", body)
    seen = asked.post(f"/quotes/{quote.pk}/links", body | {"saw_it": True})

    assert (bare.status_code, list(bare.json()["errors"])) == (422, ["proof_url"])
    assert seen.status_code == 201


def test_an_observer_reads_a_pseudonym(client, asked, quote):
    body = {"target": "1", "stance": "supports", "grade": 3}
    asked.post(f"/quotes/{quote.pk}/links", body)
    observer = Asking(client, asked.workspace, Role.OBSERVER)

    [row] = observer.get("/questions/1/evidence").json()["items"]

    assert (row["who"], row["words"], row["interview"]) == (
        quote.person.pseudonym,
        None,
        None,
    )


def test_a_document_is_linked_and_a_twelfth_question_is_not_there(asked, quote):
    body = {"document": "Signed order", "stance": "supports", "grade": 3}

    assert asked.post("/questions/9/evidence", body).status_code == 201
    assert asked.post("/questions/12/evidence", body).status_code == 404
