"""People, problems, needs, features and hypotheses over the API."""

import pytest
import time_machine

from discovery.models import Hypothesis, Person
from tests.api_client import Asking
from tests.factories import (
    NOW,
    make_person,
    make_problem,
    make_segment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client, workspace):
    with time_machine.travel(NOW, tick=False):
        yield Asking(client, workspace)


def test_somebody_erased_is_read_and_not_written(asked, workspace):
    gone = make_person(workspace, erased_at=NOW)

    written = [
        asked.put(f"/people/{gone.pk}", {"name": "D", "rev": 1}).status_code,
        asked.put(
            f"/people/{gone.pk}/next-step", {"next_step": "x", "rev": 1}
        ).status_code,
    ]

    assert written == [404, 404]
    assert asked.get(f"/people/{gone.pk}").status_code == 200


def test_a_person_is_written_down_with_roles_and_organisation(asked):
    answer = asked.post(
        "/people",
        {
            "name": "Dana Ruiz",
            "organisation_name": "Acme Clinic",
            "roles": ["user", "saboteur"],
            "consent": "quote",
            "consent_how": "said yes on the call",
        },
    )

    found = answer.json()
    expected = {
        "name": "Dana Ruiz",
        "organisation_name": "Acme Clinic",
        "roles": ["saboteur", "user"],
        "consent": "quote",
        "consent_on": "2026-11-02",
        "source": "cold",
        "rev": 1,
    }
    assert answer.status_code == 201
    assert {name: found[name] for name in expected} == expected
    assert asked.get(f"/people/{found['id']}").json() == found


def test_somebody_alike_is_asked_about_once(asked):
    make_person(asked.workspace, "Dana Ruiz")

    refused = asked.post("/people", {"name": "dana ruiz"})
    overruled = asked.post("/people?is_sure=true", {"name": "dana ruiz"})

    codes = [error["code"] for error in refused.json()["errors"]["__all__"]]
    assert (refused.status_code, codes) == (422, ["duplicate"])
    assert (overruled.status_code, Person.objects.count()) == (201, 2)


def test_what_a_change_leaves_out_stays(asked):
    person = make_person(asked.workspace, "Dana", email="dana@example.com")

    answer = asked.put(f"/people/{person.pk}", {"rev": 1, "phone": "0123"})

    found = answer.json()
    assert (found["email"], found["phone"], found["rev"]) == (
        "dana@example.com",
        "0123",
        2,
    )


def test_the_next_step_alone(asked):
    person = make_person(asked.workspace, "Dana")
    step = {"next_step": "Show the rota", "next_step_on": "2026-12-01"}

    answer = asked.put(f"/people/{person.pk}/next-step", {"rev": 1} | step)

    assert {name: answer.json()[name] for name in step} == step


def test_to_the_trash_and_back(asked):
    person = make_person(asked.workspace, "Dana")

    thrown = asked.post(f"/people/{person.pk}/trash").json()
    listed = asked.get("/people").json()["count"]
    back = asked.post(f"/people/{person.pk}/restore").json()

    assert (thrown["trashed_at"], listed) == ("2026-11-02T13:30:00Z", 0)
    assert (back["trashed_at"], asked.get("/people").json()["count"]) == (None, 1)


def test_a_need_with_its_problem_and_a_feature_for_it(asked):
    segment = make_segment(asked.workspace)
    problem = make_problem(segment)
    links = {"problems": [str(problem.pk)]}

    need = asked.post(
        "/needs", {"segment": str(segment.pk), "outcome": "Fewer calls"} | links
    )
    feature = asked.post("/features", {"name": "Swap board"} | links)

    assert (need.status_code, need.json()["problems"]) == (201, links["problems"])
    assert (feature.status_code, feature.json()["stage"]) == (201, "idea")


def test_a_problem_of_a_foreign_segment_is_refused(asked):
    from_elsewhere = make_segment(make_person(asked.workspace).workspace)
    body = {"segment": str(from_elsewhere.pk)[:-1], "statement": "The rota breaks"}

    answer = asked.post("/problems", body)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["segment"])


def test_a_registered_hypothesis_keeps_its_marks(asked):
    draft = asked.post(
        "/hypotheses",
        {
            "statement": "Clinics lose three hours a week",
            "measure": "who raises it unprompted",
            "pass_mark": "7 of 12",
            "fail_mark": "fewer than 4 of 12",
            "decide_by": "2026-12-31",
            "questions": [1, 2],
        },
    ).json()
    path = f"/hypotheses/{draft['id']}"

    registered = asked.post(f"{path}/register", {"rev": draft["rev"]}).json()
    changed = asked.put(path, {"rev": registered["rev"], "pass_mark": "1 of 12"})

    codes = [error["code"] for error in changed.json()["errors"]["__all__"]]
    assert (draft["state"], registered["state"]) == ("draft", "registered")
    assert (changed.status_code, codes) == (422, ["frozen"])
    assert Hypothesis.objects.get().pass_mark == "7 of 12"
