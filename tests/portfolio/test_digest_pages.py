"""Pages of the digest: for members, for founders, and for whoever has the mail."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.deliveries import deliver_due
from core.models import Delivery, Role
from portfolio.models import Digest, DigestSettings, DigestSubscription, ShareLink
from tests.core.ledger import outbox
from tests.factories import NOW, make_member
from tests.helpers import soup, text_of
from tests.portfolio.digests import TOKEN, make_digest, make_reader
from tests.sharing import make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
URL = "/w/acme/settings/digest/"
OPEN = f"/digest/{TOKEN}/"
OFF = f"{OPEN}unsubscribe/"
ASKED = {
    "name": "Kim, board",
    "address": "Kim@Board.example",
    "scope": "whole",
    "zone": "America/New_York",
}


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.EMAIL_URL = ""
    return tmp_path


@pytest.fixture
def kim(workspace, owner):
    return make_reader(workspace, make_link(workspace, by=owner, token="k" * 43))


def shown_to(client, user, url=URL):
    client.force_login(user)
    return client.get(url)


# --- for members -------------------------------------------------------------------
def test_a_member_says_how_often(client, workspace, observer):
    page = soup(shown_to(client, observer))
    assert page.select_one("option[selected]")["value"] == "monthly"

    answer = client.post(f"{URL}rhythm/", {"rhythm": "daily", "form_key": "a"})

    row = DigestSubscription.objects.get(user=observer)
    assert answer.url == URL
    assert (row.rhythm, row.next_period) == ("daily", "2026-W45-2")
    assert "Next:" in text_of(client.get(URL))


def test_looking_writes_nothing(client, owner):
    shown_to(client, owner)
    client.get(f"{URL}preview/")

    assert DigestSubscription.objects.count() == Digest.objects.count() == 0


def test_a_rhythm_that_is_none_is_refused(client, owner):
    client.force_login(owner)

    answer = client.post(f"{URL}rhythm/", {"rhythm": "hourly"})

    assert answer.status_code == 422


def test_members_see_their_own_mails_only(client, workspace, owner, advisor, kim):
    make_digest(kim)

    assert "Acme: quiet week" in text_of(shown_to(client, owner))
    page = text_of(shown_to(client, advisor))
    assert "Acme: quiet week" not in page
    assert "Kim, board" not in page
    assert "Ask them" not in page


def test_the_preview_is_what_would_be_sent(client, owner):
    page = text_of(shown_to(client, owner, f"{URL}preview/"))

    assert "Acme: quiet week: no interview yet" in page
    assert "Nothing was sent." in page


# --- for founders ------------------------------------------------------------------
def test_a_test_goes_to_whoever_asked(client, house, workspace, owner):
    client.force_login(owner)

    answer = client.post(f"{URL}test/", {"form_key": "b"}, follow=True)

    deliver_due(NOW)
    [mail] = outbox(house)
    assert mail["To"] == owner.email
    assert mail["Subject"] == "Acme: quiet week: no interview yet"
    assert "A test is written to the outbox folder of this server." in text_of(answer)
    page = text_of(client.get(URL))
    assert "test Acme: quiet week: no interview yet" in page


def test_what_failed_is_seen(client, owner, kim):
    digest = make_digest(kim)
    Delivery.objects.filter(key=digest.key).update(
        state="bounced", reason="550 no such user"
    )

    page = text_of(shown_to(client, owner))

    assert "refused by their server" in page
    assert "550 no such user" in page


def test_it_says_where_mails_go_without_a_mail_server(client, house, owner, advisor):
    assert str(house / "outbox") in text_of(shown_to(client, owner))
    assert "do not reach you" in text_of(shown_to(client, advisor))


def test_mails_may_be_told_to_hold_no_words(client, workspace, owner):
    client.force_login(owner)

    client.post(f"{URL}words/", {"is_wordless": "on", "form_key": "c"})

    assert DigestSettings.objects.get(workspace=workspace).is_wordless
    assert soup(client.get(URL)).select_one("#id_is_wordless[checked]")


# --- readers without an account ----------------------------------------------------
def test_somebody_is_asked_and_gets_nothing_before_they_say_yes(
    client, house, workspace, owner
):
    client.force_login(owner)
    client.post(f"{URL}readers/", ASKED | {"form_key": "d"})
    deliver_due(NOW)

    row = DigestSubscription.objects.get(user=None)
    assert (row.address, row.is_on, row.next_due) == ("kim@board.example", False, None)
    [mail] = outbox(house)
    path = mail.get_body(["plain"]).get_content().split("http://127.0.0.1:8000")[1]
    path = path.split()[0]
    stranger = Client()
    for _scan in range(5):
        assert "Yes, send it to me" in text_of(stranger.get(path))
        stranger.head(path)
    row.refresh_from_db()
    assert not row.is_on

    answer = stranger.post(path, {"form_key": "e"})

    row.refresh_from_db()
    assert "You get the digest of Acme" in text_of(answer)
    assert row.is_on
    assert row.next_period == "2026-W45"
    assert row.link.name == "Kim, board"


def test_the_offer_ends_after_fourteen_days(client, house, workspace, owner):
    client.force_login(owner)
    client.post(f"{URL}readers/", ASKED | {"form_key": "f"})
    deliver_due(NOW)
    [mail] = outbox(house)
    path = mail.get_body(["plain"]).get_content().split("http://127.0.0.1:8000")[1]
    path = path.split()[0]

    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404

    assert not DigestSubscription.objects.get(user=None).is_on


def test_a_member_or_who_said_yes_is_not_asked_again(client, owner, advisor, kim):
    client.force_login(owner)

    for address in (advisor.email, kim.address.upper()):
        answer = client.post(f"{URL}readers/", ASKED | {"address": address})
        assert answer.status_code == 422
    assert Delivery.objects.filter(kind="digest_invited").count() == 0
    assert ShareLink.objects.count() == 1


def test_who_is_asked_again_is_asked_on_the_terms_of_now(client, workspace, owner):
    """A founder who thinks better of it must not be shown a choice that changes nothing."""
    client.force_login(owner)
    client.post(f"{URL}readers/", ASKED | {"form_key": "f"})
    told = {"name": "Kim Ode", "scope": "questions", "zone": "Asia/Tokyo"}

    client.post(f"{URL}readers/", ASKED | told | {"form_key": "g"})

    row = DigestSubscription.objects.get(user=None)
    assert (row.name, row.zone, row.link.scope) == (
        "Kim Ode",
        "Asia/Tokyo",
        "questions",
    )
    assert ShareLink.objects.working(NOW).get() == row.link


def test_who_lost_the_link_may_be_asked_again(client, owner, kim):
    """And what was mailed by the first one opens nothing again."""
    old = make_digest(kim)
    ShareLink.objects.filter(pk=kim.link_id).update(revoked_at=NOW)
    page = shown_to(client, owner)
    assert "the link has ended" in text_of(page)
    assert "reads until" not in text_of(page)

    client.post(f"{URL}readers/", ASKED | {"address": kim.address, "form_key": "f"})

    row = DigestSubscription.objects.get(user=None)
    assert row.confirmed_at is None
    assert row.link.works(NOW)
    assert not Digest.objects.filter(pk=old.pk).exists()
    assert Client().get(OPEN).status_code == 404


def test_twenty_questions_a_day_also_to_one_address(client, owner):
    client.force_login(owner)
    sent = [
        client.post(f"{URL}readers/", ASKED | {"form_key": f"f{n}"}).status_code
        for n in range(21)
    ]

    assert sent == [303] * 20 + [422]


def test_who_is_taken_off_loses_the_link_too(client, owner, kim):
    client.force_login(owner)

    client.post(reverse("portfolio:digest_remove", args=["acme", kim.pk]))

    assert not DigestSubscription.objects.exists()
    assert ShareLink.objects.get().revoked_at == NOW


# --- whoever has the mail ----------------------------------------------------------
def test_the_mail_can_be_read_in_a_browser_for_fourteen_days(client, kim):
    make_digest(kim)

    page = client.get(OPEN)

    assert "Acme: quiet week" in text_of(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        assert client.get(OPEN).status_code == 404


def test_who_left_reads_it_no_more(client, workspace):
    member = make_member(workspace, Role.ADVISOR)
    row = DigestSubscription.objects.create(
        workspace=workspace, user=member.user, confirmed_at=NOW, created_at=NOW
    )
    make_digest(row)
    assert client.get(OPEN).status_code == 200

    member.left_on = NOW.date()
    member.save(update_fields=["left_on"])

    assert client.get(OPEN).status_code == 404


@pytest.mark.parametrize("path", [OPEN, OFF, f"{OPEN}confirm/", "/digest/x/"])
def test_an_unknown_token_opens_nothing(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert "This link opens nothing" in text_of(answer)


def test_looking_at_unsubscribe_changes_nothing(client, kim):
    make_digest(kim)

    for _scan in range(5):
        assert "Switch it off" in text_of(client.get(OFF))
        client.head(OFF)

    kim.refresh_from_db()
    assert kim.is_on


def test_one_click_needs_no_cookie_no_token_and_no_redirect(kim):
    make_digest(kim)
    reader = Client(enforce_csrf_checks=True)

    for _again in range(2):
        answer = reader.post(OFF, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "The digest of Acme is off" in text_of(answer)

    kim.refresh_from_db()
    assert (kim.is_on, kim.next_due) == (False, None)
    deliver_due(NOW)
    assert Delivery.objects.get(kind="digest").reason == "unsubscribed"


def test_one_click_works_long_after(kim):
    make_digest(kim)

    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        Client().post(OFF, {"List-Unsubscribe": "One-Click"})

    kim.refresh_from_db()
    assert not kim.is_on


def test_it_can_be_switched_on_again(client, kim):
    make_digest(kim)
    page = client.post(OFF)
    [form] = soup(page).select("form")

    answer = client.post(form["action"], {"form_key": "g"})

    kim.refresh_from_db()
    assert "You get the digest of Acme" in text_of(answer)
    assert kim.is_on
    assert kim.next_period == "2026-W46"


def test_switching_on_again_takes_the_token_of_the_form(kim):
    make_digest(kim)
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post(f"{OPEN}resubscribe/").status_code == 403


def test_members_who_switch_off_see_it_in_their_settings(client, workspace, owner):
    row = DigestSubscription.objects.create(
        workspace=workspace, user=owner, confirmed_at=NOW, created_at=NOW
    )
    make_digest(row)
    Client().post(OFF, {"List-Unsubscribe": "One-Click"})

    page = soup(shown_to(client, owner))

    assert page.select_one("option[selected]")["value"] == "off"
