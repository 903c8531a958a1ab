"""Comments: written once, answered, corrected, resolved; seen by those who may."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from core.models import ActivityEntry, Role
from core.revisions import OutdatedError
from decisions.models import Alert, Decision
from milestones.models import Question
from portfolio.actions.commenting import (
    correct_comment,
    reopen_thread,
    resolve_thread,
)
from portfolio.forms.comments import LONGEST
from portfolio.models import Comment, Thread
from tests.decided import add_decided
from tests.decisions.cases import stop_on
from tests.decisions.commitments import make_commitment
from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_metric,
    make_model_version,
    make_person,
    make_quote,
    make_workspace,
)
from tests.helpers import soup, text_of
from tests.portfolio.commenting import comment_on, place, signed_in, thread_url

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script> "><img src=x onerror=go()> {{ 7 }}'


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders per day")


# --- writing -----------------------------------------------------------------------
@pytest.mark.parametrize("role", ["owner", "founder", "member", "advisor"])
def test_who_belongs_to_it_comments(request, client, metric, role):
    user = request.getfixturevalue(role)

    sent = signed_in(client, user).post(place(metric), {"text": "How do you know?"})

    comment = Comment.objects.get()
    assert (sent.status_code, comment.by, comment.number) == (303, user, 1)
    assert comment.thread.metric == metric
    shown = client.get(sent.url, follow=True)
    assert shown.redirect_chain[-1][0].endswith("?page=1#c-1")
    assert soup(shown).find(id="c-1")
    assert "How do you know?" in text_of(shown)


def test_an_observer_reads_and_writes_nothing(client, metric, workspace, owner):
    comment = comment_on(metric, "Why Tuesday?", by=owner)
    signed_in(client, make_member(workspace, Role.OBSERVER).user)

    page = client.get(place(metric))

    assert "Why Tuesday?" in text_of(page)
    assert not soup(page).select("form[data-comment]")
    for url in (place(metric), thread_url(comment.thread)):
        assert client.post(url, {"text": "x"}).status_code == 403
    for action in ("resolve", "reopen"):
        assert client.post(thread_url(comment.thread, action)).status_code == 403
    assert Comment.objects.count() == 1


def test_every_kind_of_thing_has_its_comments(client, workspace, owner, world_rows):
    signed_in(client, owner)
    for kind, row in world_rows.items():
        sent = client.post(place(row, kind), {"text": f"About {kind}."})
        assert sent.status_code == 303, kind
        assert f"About {kind}." in text_of(client.get(place(row, kind))), kind

    listed = text_of(client.get(reverse("portfolio:thread_list", args=["acme"])))

    assert f"{len(world_rows)} threads are unresolved." in listed
    assert "The decision on" in listed
    assert "About quote." not in listed


@pytest.fixture
def world_rows(workspace, owner):
    alert = stop_on(workspace, owner=owner, name="Visits")
    add_decided(alert, by=owner, number=1)
    talk = make_interview(workspace, people=[make_person(workspace)], by=owner)
    return {
        "question": Question.objects.create(
            workspace=workspace,
            number=9,
            model_version=make_model_version(workspace),
            created_at=NOW,
        ),
        "quote": make_quote(talk, "the rota broke again"),
        "metric": make_metric(workspace, "Orders"),
        "alert": Alert.objects.get(pk=alert.pk),
        "decision": Decision.objects.in_workspace(workspace).first(),
        "commitment": make_commitment(workspace, by=owner),
    }


def test_sent_twice_it_is_there_once(client, metric, owner):
    signed_in(client, owner)
    form = {"text": "Once.", "form_key": "k1"}

    urls = {client.post(place(metric), form).url for _time in range(2)}

    assert len(urls) == Comment.objects.count() == Thread.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200b", "x" * (LONGEST + 1)])
def test_what_cannot_be_kept_comes_back_as_typed(client, metric, owner, text):
    answer = signed_in(client, owner).post(place(metric), {"text": text})

    assert answer.status_code == 422
    assert soup(answer).find("textarea").text.strip() == text.strip()
    assert not Thread.objects.exists()


def test_ten_thousand_characters_are_kept_as_they_were(client, metric, owner):
    text = "é" * LONGEST
    signed_in(client, owner).post(place(metric), {"text": text})

    assert Comment.objects.get().text == text


def test_hostile_text_is_text(client, metric, owner):
    signed_in(client, owner).post(place(metric), {"text": HOSTILE})

    page = client.get(place(metric))

    assert HOSTILE in text_of(page)
    assert not soup(page).select("#comments script, #comments img")


@pytest.mark.parametrize(
    "url", ["/w/acme/comments/person/{pk}/", "/w/acme/comments/metric/{pk}/"]
)
def test_what_is_not_there_is_not_found(client, workspace, owner, url):
    assert signed_in(client, owner).get(url.format(pk=uuid4())).status_code == 404


def test_another_venture_is_not_found(client, metric, owner):
    other = make_metric(make_workspace("Other", slug="other"))
    foreign = comment_on(other, by=owner).thread
    signed_in(client, owner)
    for url in (f"/w/acme/comments/metric/{other.pk}/", "/w/acme/comments/1/"):
        assert client.get(url).status_code == 404
    url = f"/w/acme/comments/threads/{foreign.pk}/"
    for path in (url, f"{url}resolve/", f"{url}reopen/"):
        assert client.post(path, {"text": "x"}).status_code == 404


# --- answering, correcting, resolving ----------------------------------------------
def test_an_answer_stands_in_its_thread(client, metric, owner, advisor):
    thread = comment_on(metric, "How do you know?", by=advisor).thread

    sent = signed_in(client, owner).post(thread_url(thread), {"text": "We counted."})

    assert sent.url.endswith("/comments/2/")
    said = [one.text for one in thread.comments.all()]
    assert said == ["How do you know?", "We counted."]


def test_a_correction_is_a_row_of_its_own(client, metric, owner):
    comment = comment_on(metric, "We contued.", by=owner)
    url = reverse("portfolio:comment_correct", args=["acme", 1])
    form = {"text": "We counted.", "revision": 1}

    assert signed_in(client, owner).post(url, form).status_code == 303

    page = text_of(client.get(place(metric)))
    assert "We counted." in page
    assert "corrected" in page
    assert "We contued." not in page
    assert "We contued." in text_of(client.get(url))
    assert Comment.objects.get(revision=1).text == comment.text


def test_a_correction_in_two_tabs_loses_nothing(client, metric, owner):
    comment = comment_on(metric, "First.", by=owner)
    correct_comment(comment, by=owner, now=NOW, revision=1, text="Second.")
    with pytest.raises(OutdatedError):
        correct_comment(comment, by=owner, now=NOW, revision=1, text="Third.")
    url = reverse("portfolio:comment_correct", args=["acme", 1])

    answer = signed_in(client, owner).post(url, {"text": "Third.", "revision": 1})

    page = soup(answer)
    assert answer.status_code == 409
    assert "Second." in page.select_one("main [role=alert]").text
    assert page.find("textarea").text.strip() == "Third."
    again = {"text": "Third.", "revision": page.find(id="id_revision")["value"]}
    assert client.post(url, again).status_code == 303
    assert Comment.objects.standing().get().text == "Third."


def test_only_its_writer_corrects_it(client, metric, owner, founder):
    comment_on(metric, "Mine.", by=owner)
    url = reverse("portfolio:comment_correct", args=["acme", 1])

    assert signed_in(client, founder).get(url).status_code == 404
    sent = client.post(url, {"text": "Theirs.", "revision": 1})
    assert sent.status_code == 404
    assert Comment.objects.get().text == "Mine."


def test_resolved_and_opened_again(client, metric, owner, advisor):
    thread = comment_on(metric, by=advisor).thread
    signed_in(client, owner)
    assert "1 unresolved" in text_of(client.get(place(metric)))

    client.post(thread_url(thread, "resolve"))
    page = text_of(client.get(place(metric)))
    assert "Resolved by" in page
    assert "unresolved" not in page
    client.post(thread_url(thread, "reopen"))

    thread.refresh_from_db()
    assert (thread.resolved_at, thread.resolved_by) == (None, None)
    verbs = ActivityEntry.objects.filter(subject_id=thread.pk)
    assert [one.verb for one in verbs.order_by("at", "pk")].count(
        "thread.resolved"
    ) == 1


def test_resolved_by_two_it_is_told_once(metric, owner, founder):
    thread = comment_on(metric, by=owner).thread

    for user in (owner, founder):
        resolve_thread(thread, by=user, now=NOW)
    thread.refresh_from_db()
    assert thread.resolved_by == owner
    for user in (owner, founder):
        reopen_thread(thread, by=user, now=NOW)

    told = ActivityEntry.objects.filter(subject_id=thread.pk).values_list("verb")
    assert sorted(told) == [("thread.reopened",), ("thread.resolved",)]
