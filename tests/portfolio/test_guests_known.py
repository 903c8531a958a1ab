"""Who comments by a link: how often, as whom, and until when."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.models import Delivery, Membership, Role, User
from portfolio.actions.guests import forget_introductions
from portfolio.models import Comment, DashboardRead, Guest, GuestBrowser, Introduction
from tests.factories import NOW, make_member, make_user, make_workspace
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
from tests.sharing import make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


# --- limits ------------------------------------------------------------------------
def test_five_codes_an_hour_to_one_mailbox(client, start):
    who = client.post(start, SENT).url
    written = ["kim@board.example", "KIM@board.example", "kim+a@board.example"]
    written += ["kim+b@BOARD.example", "kim@BOARD.example"]
    answers = [
        client.post(
            who, KIM | {"address": one, "form_key": str(n)}, REMOTE_ADDR=f"10.0.0.{n}"
        ).status_code
        for n, one in enumerate([*written, "kim@board.example"])
    ]

    assert answers == [303] * 5 + [429]
    assert Delivery.objects.filter(kind="guest_code").count() <= 5


def test_ten_codes_an_hour_from_one_network(client, start):
    who = client.post(start, SENT).url
    answers = [
        client.post(
            who,
            KIM | {"address": f"kim{n}@board.example", "form_key": str(n)},
            headers={"X-Forwarded-For": f"203.0.113.{n}"},
        ).status_code
        for n in range(11)
    ]

    assert answers == [303] * 10 + [429]


def test_ten_comments_an_hour_by_one_link(client, start, link):
    make_guest(link)
    known(client, link)
    said = [
        client.post(start, {"text": f"{n}", "form_key": str(n)}).status_code
        for n in range(11)
    ]
    with time_machine.travel(NOW + timedelta(hours=1, seconds=1), tick=False):
        later = client.post(start, {"text": "later", "form_key": "x"}).status_code

    assert said == [303] * 10 + [429]
    assert later == 303
    assert Comment.objects.count() == 11


def test_what_is_too_much_is_kept_and_its_writer_known(client, start, link):
    make_guest(link, address="lee@board.example")
    known(client, link)
    for n in range(10):
        client.post(start, {"text": f"{n}", "form_key": str(n)})
    client.cookies.pop(f"guest-{link.pk.hex[:12]}")
    ask_who(client, start)

    answer = type_code(client, newest_code())

    assert answer.url == start
    page = client.get(start)
    assert soup(page).select_one("#id_text").get_text().strip() == TEXT
    assert "You: Kim Ode" in text_of(page)


# --- whose comment it is -----------------------------------------------------------
def test_a_members_address_makes_it_theirs_after_the_code_alone(
    client, start, workspace
):
    ana = make_user(name="Ana Ruiz", email="Ana@acme.example")
    make_member(workspace, Role.FOUNDER, user=ana)

    told = ask_who(client, start, address="ana@ACME.example", name="Somebody")
    delivery = Delivery.objects.get(kind="guest_code")
    assert delivery.recipient == ana
    assert delivery.address == "ana@acme.example"
    assert told.url == by_link(client, "share_code")
    assert Comment.objects.count() == 0
    type_code(client, newest_code())

    comment = Comment.objects.get()
    assert (comment.by, comment.guest.name) == (ana, "Ana Ruiz")


def test_pages_are_the_same_whoever_the_address_belongs_to(client, start, workspace):
    make_member(workspace, Role.FOUNDER, user=make_user(email="ana@acme.example"))
    pages = []
    for address in ("ana@acme.example", "abc@acme.example"):
        told = ask_who(client, start, address=address, form_key=address)
        page = text_of(client.get(told.url)).replace(address, "…")
        pages.append((told.status_code, told.url, page))

    assert pages[0] == pages[1]


def test_who_has_left_the_venture_speaks_as_a_guest(client, start, link, workspace):
    member = make_member(workspace, Role.ADVISOR, user=make_user(name="Kim Ode"))
    make_guest(link, user=member.user)
    known(client, link)
    Membership.objects.filter(pk=member.pk).update(left_on=NOW)

    client.post(start, SENT)

    assert Comment.objects.get().by is None


def test_nobody_gets_an_account_or_a_role(client, start):
    users, members = User.objects.count(), Membership.objects.count()
    ask_who(client, start)
    type_code(client, newest_code())

    assert (User.objects.count(), Membership.objects.count()) == (users, members)
    assert client.get("/w/acme/").status_code == 302
    assert client.get("/w/acme/comments/").status_code == 302


# --- the end -----------------------------------------------------------------------
def test_not_you(client, start, link):
    make_guest(link)
    known(client, link)

    left = client.post(by_link(client, "share_forget"), {"form_key": "f"})

    assert left.url == by_link(client, "share_dashboard")
    assert GuestBrowser.objects.count() == 0
    assert "You: Kim Ode" not in text_of(client.get(left.url))
    assert client.post(start, SENT).url == by_link(client, "share_who")


def test_founders_see_who_commented_by_which_link_and_end_it(
    client, start, link, founder
):
    guest = make_guest(link)
    known(client, link)
    client.post(start, SENT)
    team = Client()
    team.force_login(founder)

    settings = "/w/acme/settings/sharing/"
    page = text_of(team.get(settings))
    assert "Kim Ode kim@board.example · 1 comment · known since" in page
    team.post(f"{settings}guests/{guest.pk}/end/", {"form_key": "e"})

    assert "ended 2 Nov" in text_of(team.get(settings))
    assert client.post(start, SENT | {"form_key": "n"}).url == by_link(
        client, "share_who"
    )
    thread = Comment.objects.get().thread
    said = text_of(team.get(f"/w/acme/comments/threads/{thread.pk}/"))
    assert "Kim Ode by the link for Kim, board" in said


def test_who_was_ended_does_not_come_back_with_the_same_address(client, start, link):
    guest = make_guest(link, token="")
    founder = make_user()
    Guest.objects.filter(pk=guest.pk).update(ended_at=NOW, ended_by=founder)
    ask_who(client, start, address="KIM@board.example")

    answer = type_code(client, newest_code())

    assert answer.status_code == 422
    assert "The founders have ended comments" in text_of(answer)
    assert "Which three clinics?" in text_of(answer)
    assert Comment.objects.count() == GuestBrowser.objects.count() == 0


def test_guests_of_another_venture_are_not_ended(client, founder):
    guest = make_guest(make_link(make_workspace("Zeta", slug="zeta"), token="z" * 43))
    client.force_login(founder)

    url = f"/w/acme/settings/sharing/guests/{guest.pk}/end/"
    assert client.post(url).status_code == 404
    guest.refresh_from_db()
    assert guest.ended_at is None


@pytest.mark.parametrize("ending", [{"revoked_at": NOW}, {"expires_at": NOW}])
def test_the_link_takes_everything_with_it_at_once(
    client, start, link, metric, founder, ending
):
    thread = comment_on(metric, by=founder).thread
    make_guest(link)
    known(client, link)
    ask_who(client, start)
    urls = [
        start,
        by_link(client, "share_threads"),
        by_link(client, "share_thread", thread.pk),
        by_link(client, "share_comment", 1),
        by_link(client, "share_correct", 1),
        by_link(client, "share_who"),
        by_link(client, "share_code"),
        by_link(client, "share_forget"),
    ]
    before = Comment.objects.count()
    type(link).objects.filter(pk=link.pk).update(**ending)

    assert [client.post(url, SENT).status_code for url in urls[:1] + urls[2:3]] == [
        404,
        404,
    ]
    assert {client.get(url).status_code for url in urls[:-1]} == {404}
    assert client.post(urls[-1]).status_code == 404
    assert Comment.objects.count() == before


def test_known_by_one_link_is_unknown_by_another(client, start, link, workspace):
    make_guest(link)
    other = make_link(workspace, token="o" * 43, name="Other")
    url = by_link(client, "share_dashboard", token="o" * 43)
    known(client, other)

    assert "You: Kim Ode" not in text_of(client.get(url))


def test_texts_that_nobody_came_back_for_go(client, start):
    client.post(start, SENT)

    assert forget_introductions(NOW + timedelta(hours=24)) == {"forgotten": 0}
    assert forget_introductions(NOW + timedelta(hours=25)) == {"forgotten": 1}
    assert Introduction.objects.count() == 0


# --- reading -----------------------------------------------------------------------
def test_marks_say_who_read_it(client, link, founder):
    make_guest(link)
    url = by_link(client, "share_read")
    client.post(url, {"until": NOW.isoformat(), "form_key": "first"})
    known(client, link)
    client.post(url, {"until": NOW.isoformat(), "form_key": "second"})

    rows = DashboardRead.objects.order_by("number")
    assert [row.guest and row.guest.name for row in rows] == [None, "Kim Ode"]
    team = Client()
    team.force_login(founder)
    page = text_of(team.get("/w/acme/shared/"))
    assert "Kim Ode, by the link for Kim, board read it on" in page
    assert "Kim, board read it on" in page


def test_a_sample_says_why_nobody_comments_there(client, workspace, link, metric):
    type(workspace).objects.filter(pk=workspace.pk).update(is_sample=True)
    start = by_link(client, "share_comments", "metric", metric.pk)

    assert "It sends no mail" in text_of(client.get(start))
    assert client.post(start, SENT).status_code == 404
    assert Introduction.objects.count() == 0
