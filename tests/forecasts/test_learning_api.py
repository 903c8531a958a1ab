"""The learning log, and what investors were told, over the API."""

from datetime import timedelta

import pytest

from core.actions.tokens import issue_token
from core.models import Role
from discovery.models import Person
from forecasts.models import InvestorExpectation, LearningEntry, SalesLesson
from tests.factories import (
    NOW,
    TODAY,
    make_forecast,
    make_interview,
    make_member,
    make_metric,
    make_person,
    make_workspace,
    weeks,
)
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_curve,
    make_expectation,
    make_learning,
    make_lesson,
    make_rep,
    make_rep_quarter,
)

pytestmark = pytest.mark.usefixtures("monday")
CHANGE = {
    "area": "price",
    "changed_on": "2026-10-01",
    "changed": "By the site.",
    "expected": "Shorter cycles.",
}


@pytest.fixture
def call(client, workspace):
    def ask(method, path, body=None, role=Role.FOUNDER):
        member = make_member(workspace, role)
        token = issue_token(member, by=member.user, now=NOW, name="Test")[1]
        sent = {} if body is None else {"data": body}
        return getattr(client, method)(
            f"/api/v1/{path}",
            **sent,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    return ask


@pytest.fixture
def curve(workspace):
    return make_curve(workspace, "Rota")


@pytest.fixture
def plan(workspace):
    metric = make_metric(workspace, "Orders", unit="orders")
    return make_forecast(metric, [(*span, 5000) for span in weeks(TODAY, 3)])


def test_a_change_is_added_corrected_and_listed(call, curve):
    first = call("post", f"sales-curves/{curve.pk}/learning", CHANGE)
    learned = {"learned": "Ten days less."}
    told = call("post", f"learning/{first.json()['id']}/correct", learned)

    listed = call("get", f"sales-curves/{curve.pk}/learning").json()

    assert (first.status_code, told.status_code) == (201, 201)
    assert told.json()["supersedes"] == first.json()["id"]
    [one] = listed["items"]
    assert (one["learned"], one["quarter"], one["beside"]) == (
        "Ten days less.",
        "Q4 2026",
        0,
    )
    assert (one["before"], one["after"]) == (None, None)
    assert one["by"] == told.json()["by"] != ""
    assert one["effect"] == "No quarter before or after it has a yield yet."


def test_the_yields_beside_a_change_are_those_of_its_sentence(call, curve):
    rep = make_rep(curve.workspace)
    for start, revenue in zip(QUARTERS[:3], (100, 110, 130), strict=True):
        make_rep_quarter(curve, rep, start, revenue * THOUSAND)
    make_learning(curve, changed_on=QUARTERS[1] + timedelta(days=1))

    [one] = call("get", f"sales-curves/{curve.pk}/learning").json()["items"]

    assert one["before"] == {"quarter": "Q3 2025", "sales_yield": "400000"}
    assert one["after"] == {"quarter": "Q1 2026", "sales_yield": "520000"}
    assert "$400,000 in Q3 2025" in one["effect"]
    assert "$520,000 in Q1 2026" in one["effect"]
    assert one["is_thin"]


def test_who_was_overtaken_is_told(call, curve):
    entry = make_learning(curve)
    make_learning(curve, learned="Theirs.", supersedes=entry, reason="Seen.")

    answer = call("post", f"learning/{entry.pk}/correct", {"learned": "Ours."})

    assert answer.status_code == 409
    assert LearningEntry.objects.current().get().learned == "Theirs."


def test_what_is_wrong_is_named(call, curve):
    answer = call(
        "post", f"sales-curves/{curve.pk}/learning", CHANGE | {"area": "mood"}
    )

    assert answer.status_code == 422
    assert "area" in answer.json()["errors"]


def test_a_telling_is_of_the_newest_forecast_unless_another_is_named(call, plan):
    body = {"told_to": "The board", "told_on": "2026-10-15"}

    answer = call("post", f"metrics/{plan.metric_id}/expectations", body)

    told = answer.json()
    assert answer.status_code == 201
    assert InvestorExpectation.objects.get().revision == plan.revisions.get()
    assert told["sentence"] == "Told 5,000 orders for W47, as it is forecast now."
    assert [line["actual"] for line in told["promises"]] == [None] * 3


def test_a_member_does_not_speak_for_the_founders_but_reads(call, plan):
    make_expectation(plan.revisions.get())
    body = {"told_to": "The board", "told_on": "2026-10-15"}
    path = f"metrics/{plan.metric_id}/expectations"

    assert call("post", path, body, Role.MEMBER).status_code == 403
    listed = call("get", "expectations", role=Role.OBSERVER).json()
    assert [one["told_to"] for one in listed["items"]] == ["The board"]


def test_a_telling_is_taken_back_once(call, plan):
    row = make_expectation(plan.revisions.get())
    path, body = f"expectations/{row.pk}/withdraw", {"reason": "Another fund."}
    assert call("post", path, body, Role.MEMBER).status_code == 403

    answer, again = call("post", path, body), call("post", path, body)

    assert (answer.status_code, again.status_code) == (200, 409)
    [one] = call("get", "expectations").json()["items"]
    assert one == answer.json()
    assert one["reason"] == "Another fund."
    assert one["taken_back_at"]
    assert not one["is_behind"]


# --- what talks taught -----------------------------------------------------------
@pytest.fixture
def talk(workspace):
    return make_interview(workspace, kind="sales", people=[make_person(workspace)])


def test_a_lesson_is_written_said_anew_and_listed(call, talk):
    path = f"interviews/{talk.pk}/lessons"
    first = call("post", path, {"learned": "Who signs."}, Role.MEMBER)
    again = {"learned": "Who pays.", "follows": first.json()["id"]}
    second = call("post", path, again, Role.MEMBER)

    listed = call("get", "lessons", role=Role.OBSERVER).json()

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json()["supersedes"] == first.json()["id"]
    [one] = listed["items"]
    assert (one["learned"], one["kind"], one["interview"]) == (
        "Who pays.",
        "sales",
        str(talk.pk),
    )


def test_a_lesson_that_stands_meanwhile_is_named(call, talk):
    stands = make_lesson(talk, "Theirs.")
    path = f"interviews/{talk.pk}/lessons"

    blind = call("post", path, {"learned": "Ours."})
    gone = call("post", path, {"learned": "Ours.", "follows": str(talk.pk)})

    assert (blind.status_code, gone.status_code) == (409, 409)
    assert str(stands.pk) in blind.json()["detail"]
    assert SalesLesson.objects.current().get().learned == "Theirs."


def test_a_lesson_of_a_talk_that_hides_its_notes_is_not_there(call, workspace, talk):
    refuses = make_person(workspace, consent=Person.Consent.NONE)
    make_lesson(talk, "The nurse decides.")
    talk.people.add(refuses)
    body = {"learned": "Ours."}

    assert call("get", "lessons").json()["items"] == []
    assert call("post", f"interviews/{talk.pk}/lessons", body).status_code == 404


def test_names_in_a_lesson_are_pseudonyms_for_readers_without_names(call, talk):
    person = talk.people.get()
    make_lesson(talk, f"{person.name} decides.")

    [told] = call("get", "lessons", role=Role.ADVISOR).json()["items"]
    [known] = call("get", "lessons", role=Role.MEMBER).json()["items"]

    assert known["learned"] == f"{person.name} decides."
    assert told["learned"] == f"{person.pseudonym} decides."


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MEMBER, 201), (Role.ADVISOR, 403), (Role.OBSERVER, 403)]
)
def test_those_who_log_talks_write_lessons(call, talk, role, status):
    body = {"learned": "Who signs."}

    answer = call("post", f"interviews/{talk.pk}/lessons", body, role)

    assert answer.status_code == status


def test_a_lesson_says_something_about_a_talk_of_the_venture(call, talk):
    foreign = make_interview(make_workspace(), kind="sales")
    draft = make_interview(talk.workspace, state="draft")
    body = {"learned": "Ours."}

    for other in (foreign, draft):
        path = f"interviews/{other.pk}/lessons"
        assert call("post", path, body).status_code == 404
    empty = call("post", f"interviews/{talk.pk}/lessons", {"learned": "\u200b"})
    assert empty.status_code == 422
    assert "learned" in empty.json()["errors"]


def test_the_log_lists_what_the_page_lists(signed_in, call, workspace, curve, url):
    for number in range(3):
        one = make_interview(workspace, kind="sales")
        make_lesson(one, f"Lesson {number} of three.")

    page = signed_in.get(url("learning_log"))
    told = [one["learned"] for one in call("get", "lessons").json()["items"]]

    assert len(told) == 3
    assert all(words in page.content.decode() for words in told)
