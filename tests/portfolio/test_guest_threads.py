"""What a link shows of comments, and the mails about answers to those who wrote by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Delivery, Role
from portfolio import guest_reply_mails
from portfolio.actions.commenting import correct_comment, reply
from portfolio.models import Comment, Guest, ShareLink, Thread
from tests.decisions.cases import stop_on
from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_metric,
    make_person,
    make_quote,
    make_segment,
    make_user,
    make_workspace,
)
from tests.helpers import soup, text_of
from tests.portfolio.commenting import comment_on
from tests.portfolio.guests import by_link, known, make_guest, say
from tests.sharing import make_link
from tests.world import make_questions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
QUIETLY = "not for everybody"
# threads, one thread, those on a forecast, the dashboard
QUERIES = [5, 6, 7, 13]


# --- what is shown -----------------------------------------------------------------
def test_threads_for_founders_and_about_quotes_are_not_there(
    client, link, workspace, metric, founder
):
    hidden = comment_on(metric, QUIETLY, by=founder, is_founders_only=True).thread
    talk = make_interview(workspace, people=[make_person(workspace)], by=founder)
    quote = make_quote(talk, "the rota broke again")
    quoted = comment_on(quote, QUIETLY, by=founder).thread
    shown = comment_on(metric, "Is it so?", by=founder).thread

    pages = [
        by_link(client, "share_threads"),
        by_link(client, "share_comments", "metric", metric.pk),
    ]
    for url in pages:
        assert QUIETLY not in text_of(client.get(url))
    assert str(shown.pk) in client.get(pages[0]).content.decode()
    for thread in (hidden, quoted):
        assert client.get(by_link(client, "share_thread", thread.pk)).status_code == 404
        number = thread.comments.get().number
        assert client.get(by_link(client, "share_comment", number)).status_code == 404
        known(client, link)
        answer = client.post(
            by_link(client, "share_thread", thread.pk), {"text": "I know"}
        )
        assert answer.status_code == 404
    url = by_link(client, "share_comments", "quote", quote.pk)
    assert client.get(url).status_code == 404
    assert "1 unresolved" in text_of(client.get(by_link(client, "share_dashboard")))


def test_a_link_to_the_questions_lets_say_something_of_them_alone(
    client, workspace, metric, founder
):
    make_link(workspace, scope=ShareLink.Scope.QUESTIONS)
    questions = make_questions(workspace, make_segment(workspace))
    of_metric = comment_on(metric, QUIETLY, by=founder).thread
    comment_on(questions[0], "How do you know?", by=founder)

    page = text_of(client.get(by_link(client, "share_threads")))
    assert "Orders" not in page
    assert "Question 1" in page
    for args in (("metric", metric.pk), ("alert", metric.pk)):
        url = by_link(client, "share_comments", *args)
        assert client.get(url).status_code == 404
    assert client.get(by_link(client, "share_thread", of_metric.pk)).status_code == 404
    url = by_link(client, "share_comments", "question", questions[0].pk)
    assert client.get(url).status_code == 200


def test_things_of_another_venture_are_not_there(client, link, founder):
    other = make_metric(make_workspace("Zeta", slug="zeta"), "Theirs")
    thread = comment_on(other, QUIETLY, by=make_user()).thread

    for args in (("share_comments", "metric", other.pk), ("share_thread", thread.pk)):
        url = by_link(client, *args)
        assert client.get(url).status_code == 404
        assert client.post(url, {"text": "hello"}).status_code == 404


def test_everything_the_dashboard_names_can_be_commented_on(client, link, workspace):
    stop_on(workspace, owner=make_member(workspace, Role.OWNER).user)
    make_questions(workspace, make_segment(workspace))
    page = soup(client.get(by_link(client, "share_dashboard")))
    urls = {a["href"] for a in page.select("a[href*='/comments/']")}

    kinds = {url.split("/comments/")[1].partition("/")[0] for url in urls}
    assert {"alert", "metric", "question"} <= kinds
    for url in urls:
        assert client.get(url).status_code == 200


def test_names_of_customers_are_pseudonyms(client, link, workspace, metric, founder):
    person = make_person(workspace, "Dana Ruiz")
    thread = comment_on(metric, "Dana Ruiz said so.", by=founder).thread

    page = text_of(client.get(by_link(client, "share_thread", thread.pk)))

    assert "Dana" not in page
    assert person.pseudonym in page


@pytest.mark.parametrize("count", [3, 300])
def test_long_threads_page_and_cost_the_same(client, link, workspace, metric, count):
    guest = make_guest(link)
    owner = make_member(workspace, Role.OWNER).user
    thread = comment_on(metric, by=owner).thread
    Comment.objects.bulk_create(
        Comment(
            workspace=workspace,
            thread=thread,
            number=number,
            text=f"word {number}",
            guest=guest,
            written_at=NOW,
            saved_at=NOW,
        )
        for number in range(2, count + 1)
    )
    known(client, link)
    client.get(by_link(client, "share_dashboard"))  # notes the visit, once an hour
    found = []
    for url in (
        by_link(client, "share_threads"),
        by_link(client, "share_thread", thread.pk),
        by_link(client, "share_comments", "metric", metric.pk),
        f"{by_link(client, 'share_dashboard')}?said={count}",
    ):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        assert page.status_code == 200
        found.append(len(queries))

    assert max(found) <= 15
    assert found == QUERIES
    go = client.get(by_link(client, "share_comment", count), follow=True)
    assert soup(go).select_one(f"#c-{count}")


# --- corrections -------------------------------------------------------------------
def test_a_guest_corrects_their_own_and_nobody_elses(client, link, metric, founder):
    said = say(make_guest(link), metric, "It was twoo.")
    theirs = comment_on(metric, by=founder)
    url = by_link(client, "share_correct", said.number)
    assert client.get(url).status_code == 404
    known(client, link)

    assert "It was twoo." in text_of(client.get(url))
    client.post(url, {"text": "It was two.", "revision": 1, "form_key": "k"})
    late = client.post(url, {"text": "It was 2.", "revision": 1, "form_key": "l"})

    assert Comment.objects.filter(number=said.number).count() == 2
    assert Comment.objects.standing().get(number=said.number).text == "It was two."
    assert late.status_code == 409
    assert "It was two." in text_of(late)
    other = by_link(client, "share_correct", theirs.number)
    assert client.get(other).status_code == 404


def test_thirty_corrections_an_hour_by_one_link(client, link, metric):
    """Each is kept for good: whoever has a link cannot fill the disk with them."""
    said = say(make_guest(link), metric, "It was twoo.")
    known(client, link)
    url = by_link(client, "share_correct", said.number)
    sent = [
        client.post(url, {"text": f"{n}", "revision": n, "form_key": f"k{n}"})
        for n in range(1, 32)
    ]

    assert [one.status_code for one in sent] == [303] * 30 + [429]
    assert "Too many corrections" in text_of(sent[-1])
    assert soup(sent[-1]).find("textarea").text.strip() == "31"
    assert Comment.objects.filter(number=said.number).count() == 31


def test_a_members_words_by_a_link_are_theirs_to_correct_at_home(
    client, link, metric, founder
):
    guest = make_guest(link, user=founder)
    said = say(guest, metric, by=founder)

    correct_comment(said, by=founder, now=NOW, revision=1, text="Better words")

    row = Comment.objects.standing().get(number=said.number)
    assert (row.guest, row.by) == (guest, founder)


# --- answers by mail ---------------------------------------------------------------
@pytest.fixture
def told(link):
    return make_guest(link, wants_replies=True)


def planned():
    return list(Delivery.objects.filter(kind="guest_reply").order_by("planned_at"))


def test_only_who_said_so_is_told_and_once_for_many(link, metric, founder, told):
    quiet = make_guest(link, address="q@board.example", name="Q", token="q" * 43)
    thread = say(told, metric).thread
    reply(thread, by=None, guest=quiet, now=NOW, text="Me, too.")
    reply(thread, by=founder, now=NOW, text="Because.")

    [delivery] = planned()
    assert (delivery.address, delivery.recipient) == (told.address, None)
    assert delivery.period == "from-2"
    assert guest_reply_mails.recheck(delivery, NOW) is None


def test_the_mail_says_no_word_and_can_be_stopped(client, link, metric, founder, told):
    thread = say(told, metric).thread
    reply(thread, by=founder, now=NOW, text="Because of Dana.")
    [delivery] = planned()

    mail = guest_reply_mails.render(delivery)

    for text in (mail.subject, mail.text, mail.html):
        assert "Because" not in text
    assert "Orders" in mail.subject
    path = reverse("portfolio:share_comment", args=[told.came_by, 2])
    assert path in mail.text
    by_link(client, "share_dashboard")
    assert client.get(path).status_code == 302
    stop = "/" + mail.unsubscribe.split("/", 3)[3]
    asked = Client().get(stop)
    assert asked.status_code == 200
    told.refresh_from_db()
    assert told.wants_replies
    one_click = Client(enforce_csrf_checks=True)
    assert one_click.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    told.refresh_from_db()
    assert not told.wants_replies
    assert guest_reply_mails.recheck(delivery, NOW) == "unsubscribed"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"wants_replies": False}, "unsubscribed"),
        ({"ended_at": NOW}, "withdrawn"),
        ({"link": {"revoked_at": NOW}}, "withdrawn"),
        ({"link": {"expires_at": NOW}}, "withdrawn"),
        ({"link": {"scope": "questions"}}, "role"),
    ],
)
def test_what_ends_meanwhile_is_not_mailed(link, metric, founder, told, change, reason):
    reply(say(told, metric).thread, by=founder, now=NOW, text="Because.")
    [delivery] = planned()
    if "link" in change:
        ShareLink.objects.filter(pk=link.pk).update(**change["link"])
    else:
        ended = {"ended_by": founder} if "ended_at" in change else {}
        Guest.objects.filter(pk=told.pk).update(**change, **ended)

    assert guest_reply_mails.recheck(delivery, NOW) == reason


def test_who_has_answered_since_was_there(metric, founder, told):
    thread = say(told, metric).thread
    reply(thread, by=founder, now=NOW, text="Because.")
    reply(thread, by=None, guest=told, now=NOW, text="I see.")

    assert guest_reply_mails.recheck(planned()[0], NOW) == "answered"


def test_members_who_take_part_are_told_of_a_guest(metric, founder, told):
    thread = comment_on(metric, by=founder).thread
    reply(thread, by=None, guest=told, now=NOW, text="I see.")

    [delivery] = Delivery.objects.filter(kind="comment_reply")
    assert delivery.recipient == founder
    assert delivery.not_before > NOW
    assert Thread.objects.get(pk=thread.pk).comments.count() == 2
    assert timedelta(0) < delivery.not_before - NOW
