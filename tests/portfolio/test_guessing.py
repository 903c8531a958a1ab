"""Whoever reads pseudonyms may write names, and must not learn which of them are true:
what is shown of a right guess, to whoever may have written it, is what is shown of a
wrong one."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Delivery, Membership, Role
from portfolio import guest_reply_mails
from portfolio.actions.commenting import correct_comment, keep_draft, reply
from portfolio.models import Comment
from tests.api_client import Asking
from tests.factories import NOW, make_member, make_person
from tests.helpers import soup, text_of
from tests.portfolio.commenting import comment_on, place, thread_url
from tests.portfolio.guests import (
    KIM,
    ask_who,
    by_link,
    known,
    make_guest,
    newest_code,
    say,
    type_code,
)
from tests.sharing import make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
TRUE, FALSE = "Quirina Zephyrson", "Nora Nobody"
GUESSES = pytest.mark.parametrize("guess", [TRUE, FALSE])


@pytest.fixture(autouse=True)
def person(workspace):
    return make_person(workspace, TRUE, email="quirina@clinic.example")


def shown(client, url):
    page = soup(client.get(url))
    fields = [one.get("value", "") for one in page.select("input:not([type=hidden])")]
    return " ".join([*page.body.get_text(" ").split(), *fields])


# --- by one link -------------------------------------------------------------------
@GUESSES
@pytest.mark.parametrize("address", ["quirina@clinic.example", "nora@else.example"])
def test_what_waits_for_its_writer_stands_as_it_was_typed(
    client, link, metric, guess, address
):
    start = by_link(client, "share_comments", "metric", metric.pk)
    who = client.post(start, {"text": f"Is it {guess}?", "form_key": "t"}).url
    client.post(who, {"address": address, "name": guess, "form_key": "w"})

    pages = [shown(client, url) for url in (start, who, by_link(client, "share_code"))]

    for page in pages:
        assert f"Is it {guess}?" in page
    for page in pages[1:]:
        assert address in page
    assert guess in pages[1].replace(f"Is it {guess}?", "")
    assert text_of(client.get(start)).count("Customer") == 0


@GUESSES
def test_everybody_with_one_link_reads_what_came_by_it_as_typed(
    client, link, metric, guess
):
    guest = make_guest(link, name=guess)
    other = make_guest(link, address="x@board.example", name="Other", token="x" * 43)
    comment = say(guest, metric, f"Is it {guess}?")
    readers = [known(Client(), link), known(Client(), link, "x" * 43), client]
    reply(comment.thread, by=None, guest=other, now=NOW, text=f"No, {guess}!")

    for reader in readers:
        for name, *args in (
            ("share_thread", comment.thread_id),
            ("share_comments", "metric", metric.pk),
        ):
            page = shown(reader, by_link(reader, name, *args))
            assert f"Is it {guess}?" in page
            assert f"No, {guess}!" in page
            assert page.replace(f"it {guess}", "").count(guess) >= 2
        listed = shown(reader, by_link(reader, "share_threads"))
        assert f"2 comments, opened by {guess}" in listed
    assert f"You: {guess}" in shown(readers[0], by_link(readers[0], "share_dashboard"))


@GUESSES
def test_a_correction_begins_with_what_was_typed(client, link, metric, guess):
    comment = say(make_guest(link), metric, f"Is it {guess}?")
    known(client, link)
    url = by_link(client, "share_correct", comment.number)

    begun = soup(client.get(url)).select_one("textarea").get_text().lstrip("\n")
    correct_comment(comment, by=None, now=NOW, revision=1, text=f"Was it {guess}?")
    late = client.post(url, {"text": "It was.", "revision": 1, "form_key": "c"})

    assert begun == f"Is it {guess}?"
    assert late.status_code == 409
    assert f"Was it {guess}?" in text_of(late)
    page = by_link(client, "share_thread", comment.thread_id)
    assert f"Was it {guess}?" in shown(client, page)


@GUESSES
def test_a_mail_about_an_answer_names_its_writer_as_typed(link, metric, guess):
    told = make_guest(link, wants_replies=True)
    other = make_guest(link, address="x@board.example", name=guess, token="")
    thread = say(told, metric).thread
    reply(thread, by=None, guest=other, now=NOW, text="Me, too.")

    mail = guest_reply_mails.render(Delivery.objects.get(kind="guest_reply"))

    assert guess in mail.text


@GUESSES
def test_a_week_that_is_none_is_named_as_typed(client, link, guess):
    url = by_link(client, "share_report") + f"?week={guess.replace(' ', '+')}"

    assert f"“{guess}” names no week." in shown(client, url)


# --- everybody else ----------------------------------------------------------------
def test_by_another_link_and_for_advisors_a_name_is_none(
    client, workspace, link, metric, advisor, person
):
    comment = say(make_guest(link, name=TRUE), metric, f"Is it {TRUE}?")
    make_link(workspace, token="o" * 43, name="Ada")
    away = Client()
    client.force_login(advisor)

    pages = [
        shown(away, by_link(away, "share_thread", comment.thread_id, token="o" * 43)),
        shown(away, by_link(away, "share_threads", token="o" * 43)),
        shown(client, thread_url(comment.thread)),
        shown(client, place(metric)),
    ]

    for page in pages:
        assert "Quirina" not in page
        assert person.pseudonym in page


def test_the_team_reads_who_is_meant(client, link, metric, founder):
    comment = say(make_guest(link), metric, f"Is it {TRUE}?")
    client.force_login(founder)

    assert f"Is it {TRUE}?" in shown(client, thread_url(comment.thread))


def test_who_knows_names_and_writes_by_a_link_gives_none_away(
    client, workspace, link, metric, person
):
    ana = make_member(workspace, Role.MEMBER).user
    guest = make_guest(link, user=ana)
    comment = say(guest, metric, f"It was {TRUE}.", by=ana)
    membership = Membership.objects.get(user=ana)
    membership.role = Role.ADVISOR
    membership.save(update_fields=["role"])
    correct_comment(comment, by=ana, now=NOW, revision=1, text=f"Yes, {TRUE}.")

    page = shown(client, by_link(client, "share_thread", comment.thread_id))

    assert "Quirina" not in page
    assert f"Yes, {person.pseudonym}." in page


@GUESSES
def test_an_advisor_by_a_link_is_one_of_those_who_have_it(
    client, link, metric, advisor, guess
):
    guest = make_guest(link, user=advisor)
    comment = say(guest, metric, f"Is it {guess}?", by=advisor)

    page = shown(client, by_link(client, "share_thread", comment.thread_id))

    assert f"Is it {guess}?" in page


# --- with an account ---------------------------------------------------------------
@GUESSES
def test_an_advisor_reads_their_own_words_as_typed(
    client, workspace, metric, advisor, guess
):
    comment = comment_on(metric, f"Is it {guess}?", by=advisor)
    draft = {"place": f"metric:{metric.pk}", "text": f"Or {guess}?"}
    keep_draft(workspace, by=advisor, now=NOW, **draft)
    client.force_login(advisor)

    assert f"Is it {guess}?" in shown(client, thread_url(comment.thread))
    assert f"Is it {guess}?" in shown(client, place(metric))
    assert f"Or {guess}?" in shown(client, place(metric))
    args = [workspace.slug, comment.number]
    correcting = reverse("portfolio:comment_correct", args=args)
    assert f"Is it {guess}?" in shown(client, correcting)


def test_an_advisor_reads_their_own_words_over_the_api(client, workspace, metric):
    api = Asking(client, workspace, Role.ADVISOR)
    other = Asking(client, workspace, Role.ADVISOR)
    thread = comment_on(metric, f"Is it {TRUE}?", by=api.by).thread
    reply(thread, by=other.by, now=NOW, text=f"No, {TRUE}.")

    said = api.get(f"/threads/{thread.pk}/comments").json()["items"]

    assert [one["as_typed"] for one in said] == [True, False]
    assert said[0]["text"] == f"Is it {TRUE}?"
    assert "Quirina" not in said[1]["text"]


def test_the_code_of_a_mail_keeps_who_wrote_it(client, link, metric):
    start = by_link(client, "share_comments", "metric", metric.pk)
    ask_who(client, start, **KIM)
    type_code(client, newest_code())

    assert Comment.objects.get().without_names


@GUESSES
def test_a_search_that_finds_nothing_names_what_was_typed(client, advisor, guess):
    client.force_login(advisor)

    page = shown(client, f"/w/acme/search/?q={guess.replace(' ', '+')}")

    assert f"Nothing holds “{guess}”." in page
