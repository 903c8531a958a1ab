"""A comment by a link: typed, then signed with a code from a mail, then there."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.deliveries import deliver_due
from core.models import ActivityEntry, Delivery
from portfolio import guest_mails
from portfolio.models import Comment, GuestBrowser, Introduction, ShareLink
from tests.factories import NOW
from tests.helpers import soup, text_of
from tests.portfolio.commenting import comment_on
from tests.portfolio.guests import (
    KIM,
    SENT,
    TEXT,
    ask_who,
    by_link,
    known,
    make_guest,
    newest_code,
    type_code,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


# --- the way through ---------------------------------------------------------------
def test_a_comment_is_kept_until_the_code_came_back(client, start, metric):
    asked = client.post(start, SENT)
    assert asked.url == by_link(client, "share_who")
    assert "Which three clinics?" in text_of(client.get(asked.url))
    assert Comment.objects.count() == 0

    told = ask_who(client, start)
    assert "kim@board.example" in text_of(client.get(told.url))
    assert "Which three clinics?" in text_of(client.get(told.url))
    answer = type_code(client, newest_code())

    comment = Comment.objects.get()
    assert (comment.text, comment.by, comment.guest.name) == (TEXT, None, "Kim Ode")
    assert comment.thread.metric == metric
    assert comment.thread.opened_by_guest == comment.guest
    assert answer.url == f"{by_link(client, 'share_dashboard')}?said=1#comments"
    page = text_of(client.get(answer.url))
    assert "Your comment was sent." in page
    assert "You: Kim Ode" in page
    assert Introduction.objects.get(used_at=NOW).text == ""


def test_the_next_one_asks_nothing(client, start, link):
    make_guest(link)
    known(client, link)

    answer = client.post(start, SENT)

    assert answer.url == by_link(client, "share_comment", 1)
    page = client.get(answer.url, follow=True)
    assert "Kim Ode by a link" in text_of(page)
    assert Delivery.objects.filter(kind="guest_code").count() == 0


def test_a_reply_goes_into_its_thread(client, link, metric, founder):
    thread = comment_on(metric, by=founder).thread
    start = by_link(client, "share_thread", thread.pk)
    ask_who(client, start)

    type_code(client, newest_code())

    assert [one.guest and one.guest.name for one in thread.comments.all()] == [
        None,
        "Kim Ode",
    ]


def test_what_is_empty_is_said_at_the_field(client, start):
    answer = client.post(start, {"text": "\u200b"})

    assert answer.status_code == 422
    assert "Write the comment." in text_of(answer)
    assert Introduction.objects.count() == 0


def test_nothing_typed_is_lost_by_a_wrong_address(client, start):
    told = ask_who(client, start, address="kim at board", name="Kim Ode")

    assert told.status_code == 422
    page = soup(told)
    assert page.select_one("#id_name")["value"] == "Kim Ode"
    assert page.select_one("#id_address")["value"] == "kim at board"
    assert "Which three clinics?" in text_of(told)


def test_a_name_is_one_line_of_what_can_be_seen(client, start):
    told = ask_who(client, start, name=" Kim\r\nBcc: x@y.example\u2028 Ode ")
    assert told.status_code == 303
    assert Introduction.objects.get().name == "Kim Bcc: x@y.example Ode"

    unseen = client.post(by_link(client, "share_who"), KIM | {"name": "\u200b\u202e"})
    assert unseen.status_code == 422
    assert "Write your name." in text_of(unseen)


@pytest.mark.parametrize("ending", [{"revoked_at": NOW}, {"expires_at": NOW}])
def test_what_is_typed_while_the_link_ends_is_given_back(client, start, link, ending):
    ShareLink.objects.filter(pk=link.pk).update(**ending)

    answer = client.post(start, SENT)

    assert answer.status_code == 404
    assert soup(answer).select_one("textarea").text.strip() == TEXT
    assert (Comment.objects.count(), Introduction.objects.count()) == (0, 0)


def test_what_waits_while_the_link_ends_is_given_back_to_its_browser(
    client, start, link
):
    who = client.post(start, SENT).url
    ShareLink.objects.filter(pk=link.pk).update(revoked_at=NOW)

    mine = soup(client.post(who, KIM)).select("textarea")
    assert [one.text.strip() for one in mine] == [*KIM.values(), TEXT]
    stranger = Client().post(who, KIM)
    assert stranger.status_code == 404
    assert "clinics" not in text_of(stranger)
    assert soup(client.get(who)).select_one("textarea") is None


def test_a_text_that_waits_stands_in_its_form_again(client, start):
    client.post(start, SENT)

    assert soup(client.get(start)).select_one("#id_text").get_text().strip() == TEXT


# --- codes -------------------------------------------------------------------------
@pytest.mark.parametrize("gaps", ["{} ", "{:.3} {}", "{:.3}-{}"])
def test_a_code_may_be_pasted_with_gaps(client, start, gaps):
    ask_who(client, start)
    code = newest_code()
    parts = (code, code[3:]) if gaps.count("{") > 1 else (code,)

    assert type_code(client, gaps.format(*parts)).status_code in (302, 303)
    assert Comment.objects.count() == 1


def test_the_mail_names_nobody_and_quotes_nothing(client, start, workspace):
    ask_who(client, start)
    delivery = Delivery.objects.get(kind="guest_code")

    mail = guest_mails.render(delivery)

    assert newest_code() in mail.text
    assert newest_code() in mail.html
    assert newest_code() not in mail.subject
    for text in (mail.subject, mail.text, mail.html):
        assert "Kim" not in text
        assert "clinics" not in text
        assert workspace.name in mail.subject


def test_only_a_hash_of_the_code_is_kept(client, start):
    ask_who(client, start)
    code = newest_code()

    row = Introduction.objects.get()
    assert code not in row.code_hash
    assert len(row.code_hash) == 64
    deliver_due(NOW)
    assert Delivery.objects.get(kind="guest_code").payload == ""
    assert code not in repr(list(ActivityEntry.objects.values()))


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_five_tries(client, start):
    ask_who(client, start)
    code = newest_code()

    said = [text_of(type_code(client, wrong(code))) for _ in range(5)]
    right = type_code(client, code)

    assert "4 tries are left" in said[0]
    assert "One try is left" in said[3]
    assert "Ask for another one" in said[4]
    assert right.status_code == 422
    assert "no longer works" in text_of(right)
    assert Comment.objects.count() == 0


def test_another_code_takes_the_place_of_the_first(client, start):
    ask_who(client, start)
    first = newest_code()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        client.post(by_link(client, "share_who"), KIM | {"form_key": "again"})
        second = newest_code()
        stale = type_code(client, first) if first != second else None
        assert stale is None or stale.status_code == 422
        assert type_code(client, second).status_code in (302, 303)
    [old, _new] = Delivery.objects.filter(kind="guest_code").order_by("planned_at")
    assert guest_mails.recheck(old, NOW) in ("asked again", "confirmed")


def test_ten_minutes(client, start):
    ask_who(client, start)
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        late = type_code(client, newest_code())

    assert late.status_code == 422
    assert Comment.objects.count() == 0
    delivery = Delivery.objects.get(kind="guest_code")
    assert guest_mails.recheck(delivery, NOW + timedelta(minutes=10)) == "expired"


def test_a_code_works_once(client, start, link):
    ask_who(client, start)
    code, token = newest_code(), client.cookies[f"intro-{link.pk.hex[:12]}"].value
    form = {"code": code, "form_key": "c"}
    url = by_link(client, "share_code")
    type_code(client, code)
    other = Client()
    by_link(other, "share_code")
    other.cookies[f"intro-{link.pk.hex[:12]}"] = token

    answer = other.post(url, form | {"form_key": "later"})

    assert answer.url == by_link(client, "share_dashboard")
    assert f"guest-{link.pk.hex[:12]}" not in answer.cookies
    assert Comment.objects.count() == 1


def test_the_same_form_twice_posts_once_and_knows_the_browser_twice(
    client, start, link
):
    ask_who(client, start)
    code = newest_code()

    first, second = type_code(client, code), type_code(client, code)

    name = f"guest-{link.pk.hex[:12]}"
    assert first.url == second.url
    assert first.cookies[name].value == second.cookies[name].value
    assert (Comment.objects.count(), GuestBrowser.objects.count()) == (1, 1)


def test_the_cookie_is_another_one_than_before_the_code(client, start, link):
    ask_who(client, start)
    before = client.cookies[f"intro-{link.pk.hex[:12]}"].value

    cookie = type_code(client, newest_code()).cookies[f"guest-{link.pk.hex[:12]}"]

    assert cookie.value != before
    assert cookie["httponly"]
    assert (cookie["path"], cookie["samesite"]) == ("/s/view/", "Lax")
    row = GuestBrowser.objects.get()
    assert cookie.value not in repr(row.__dict__)


def test_a_browser_that_typed_nothing_has_no_code_to_type(client, start):
    ask_who(client, start)
    other = Client()

    for name in ("share_code", "share_who"):
        url = by_link(other, name)
        assert other.get(url).url == by_link(other, "share_dashboard")
        assert other.post(url, {"code": newest_code()}).status_code == 302
    assert Comment.objects.count() == 0
