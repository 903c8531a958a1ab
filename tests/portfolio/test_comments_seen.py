"""Comments: who knows of which, what is hidden, drafts, and long threads."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from milestones.actions import claim_score
from milestones.models import Question
from portfolio.actions.commenting import reply
from portfolio.models import Comment, CommentDraft, Mention, Thread
from tests.factories import (
    NOW,
    make_interview,
    make_metric,
    make_model_version,
    make_person,
    make_quote,
)
from tests.helpers import hx, soup, text_of
from tests.portfolio.commenting import comment_on, place, signed_in, thread_url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders per day")


# --- for founders only -------------------------------------------------------------
@pytest.mark.parametrize("role", ["advisor", "member"])
def test_threads_for_founders_are_nowhere_for_others(request, client, metric, role):
    founder = request.getfixturevalue("founder")
    comment = comment_on(metric, "Hush hush.", by=founder, is_founders_only=True)
    signed_in(client, request.getfixturevalue(role))

    seen = {
        url: client.get(url)
        for url in (
            *("/w/acme/", "/w/acme/shared/", "/w/acme/comments/", place(metric)),
            "/w/acme/comments/?state=resolved",
        )
    }

    for url, page in seen.items():
        assert page.status_code == 200, url
        assert "Hush" not in text_of(page), url
        assert "1 unresolved" not in text_of(page), url
        assert "1 thread is" not in text_of(page), url
    assert client.get("/w/acme/comments/1/").status_code == 404
    assert client.get("/w/acme/comments/1/correct/").status_code == 404
    for action in ("detail", "resolve", "reopen"):
        url = thread_url(comment.thread, action)
        assert client.post(url, {"text": "x"}).status_code == 404
    assert client.get(thread_url(comment.thread)).status_code == 404


def test_founders_see_theirs_but_not_as_an_advisor(client, metric, founder):
    comment_on(metric, "Hush hush.", by=founder, is_founders_only=True)
    signed_in(client, founder)

    assert "Founders only" in text_of(client.get(place(metric)))
    assert "1 unresolved" in text_of(client.get("/w/acme/"))
    assert "1 unresolved" not in text_of(client.get("/w/acme/shared/"))


def test_others_cannot_hide_what_they_say(client, metric, advisor):
    form = {"text": "Hidden?", "is_founders_only": "on"}

    signed_in(client, advisor).post(place(metric), form)

    assert not Thread.objects.get().is_founders_only


# --- what is hidden ----------------------------------------------------------------
def test_what_is_said_of_a_withdrawn_quote_goes_with_it(client, workspace, owner):
    talk = make_interview(workspace, people=[make_person(workspace)], by=owner)
    quote = make_quote(talk, "the rota broke again")
    thread = comment_on(quote, by=owner).thread
    signed_in(client, owner)
    assert client.get(thread_url(thread)).status_code == 200

    type(quote).objects.filter(pk=quote.pk).update(withdrawn_at=NOW)

    assert client.get(thread_url(thread)).status_code == 404
    assert client.get(place(quote, "quote")).status_code == 404
    assert "unresolved" not in text_of(client.get("/w/acme/"))


def test_advisors_read_pseudonyms(client, workspace, metric, owner, advisor):
    person = make_person(workspace, "Quirina Zephyrson")
    comment = comment_on(metric, "Quirina Zephyrson said so.", by=owner)

    signed_in(client, advisor)
    for url in (place(metric), thread_url(comment.thread)):
        page = text_of(client.get(url))
        assert "Quirina" not in page
        assert person.pseudonym in page


def test_a_founder_who_owes_a_score_reads_nothing_of_its_question(
    client, workspace, owner, founder
):
    question = Question.objects.create(
        workspace=workspace,
        number=9,
        model_version=make_model_version(workspace),
        created_at=NOW,
    )
    why = "Nobody has paid us, and two of them told us that nobody ever will."
    claim_score(question, by=owner, value=0, reason=why, now=NOW)
    comment = comment_on(question, "0 is too low.", by=owner)
    signed_in(client, founder)
    urls = (place(question, "question"), thread_url(comment.thread))
    hidden = [text_of(client.get(url)) for url in urls]
    refused = [client.post(url, {"text": "Why?"}).status_code for url in urls]

    claim_score(question, by=founder, value=1, reason=why, now=NOW)

    assert not any("too low" in page for page in hidden)
    assert all("once your score is given" in page for page in hidden)
    assert refused == [422, 422]
    for url in urls:
        assert "0 is too low." in text_of(client.get(url))


# --- drafts ------------------------------------------------------------------------
def test_a_draft_is_kept_until_it_is_sent(client, metric, owner, founder):
    signed_in(client, owner)

    kept = client.post(place(metric), {"text": "Half a thou", "keep": "1"})

    assert kept.status_code == 303
    assert (
        soup(client.get(place(metric))).find("textarea").text.strip() == "Half a thou"
    )
    signed_in(client, founder)
    assert not soup(client.get(place(metric))).find("textarea").text.strip()
    signed_in(client, owner)
    client.post(place(metric), {"text": "Half a thought."})
    assert not CommentDraft.objects.exists()


def test_the_last_draft_of_two_tabs_counts_and_an_empty_one_is_none(
    client, metric, owner
):
    signed_in(client, owner)
    thread = comment_on(metric, by=owner).thread
    for text in ("One", "Two", "One"):
        hx(
            client,
            thread_url(thread),
            data={"text": text, "keep": "1", "form_key": "k"},
            method="post",
        )
    assert CommentDraft.objects.get().text == "One"

    client.post(thread_url(thread), {"text": "", "keep": "1"})

    assert not CommentDraft.objects.exists()
    assert Comment.objects.count() == 1


# --- long ones ---------------------------------------------------------------------
def count(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_five_hundred_comments_cost_what_five_do(client, metric, owner, advisor):
    signed_in(client, owner)
    thread = comment_on(metric, "Number 0.", by=owner).thread
    for number in range(1, 6):
        reply(thread, by=advisor, now=NOW, text=f"Number {number}.")
    urls = [place(metric), thread_url(thread), "/w/acme/comments/"]
    few = [count(client, url) for url in urls]
    Comment.objects.bulk_create(
        Comment(
            workspace=metric.workspace,
            thread=thread,
            number=number,
            text=f"Number {number}.",
            by=(owner, advisor)[number % 2],
            written_at=NOW + timedelta(seconds=number),
            saved_at=NOW + timedelta(seconds=number),
        )
        for number in range(7, 507)
    )

    assert [count(client, url) for url in urls] == few
    assert max(few) <= 15
    assert "Show all 506 comments" in text_of(client.get(place(metric)))
    assert len(soup(client.get(thread_url(thread))).select(".comment")) == 6
    assert client.get("/w/acme/comments/60/").url.endswith("?page=2#c-60")
    assert Mention.objects.count() == 0


# --- from the dashboard ------------------------------------------------------------
def test_advisors_review_and_ask_from_the_dashboard(
    client, workspace, founder, advisor
):
    make_metric(workspace, "Visits")
    reviews = "/w/acme/questions/1/review/", "/w/acme/questions/1/challenges/new/"

    seen = {}
    for user in (advisor, founder):
        page = soup(signed_in(client, user).get("/w/acme/shared/"))
        links = {link["href"].partition("?")[0] for link in page.select("#questions a")}
        seen[user] = links & set(reviews)

    assert seen == {advisor: set(reviews), founder: set()}
