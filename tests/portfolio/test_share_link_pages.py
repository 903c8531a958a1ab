"""The page on which links to the dashboard are made and withdrawn."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from core.models import Role
from portfolio.models import ShareLink
from tests.factories import NOW, make_member, make_user, make_workspace
from tests.helpers import soup, text_of
from tests.sharing import make_link, open_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
SETTINGS = "/w/acme/settings/sharing/"


def test_the_address_is_shown_once_and_works(client, workspace, founder):
    client.force_login(founder)
    data = {"name": "Kim", "scope": "whole", "days": 30, "form_key": "once"}

    made = client.post(SETTINGS, data)
    again = client.post(SETTINGS, data)

    address = soup(made).select_one("#new-link").get_text()
    assert address.startswith("http://testserver/s/")
    page = text_of(client.get(SETTINGS))
    assert address not in page
    assert again.url == SETTINGS
    assert "The form came twice" in page
    assert ShareLink.objects.count() == 1
    assert "Acme" in text_of(Client().get(address, follow=True))
    link = ShareLink.objects.get()
    assert link.expires_at == NOW + timedelta(days=30)


@pytest.mark.parametrize(
    "wrong", [{"days": 366}, {"days": 0}, {"name": ""}, {"passphrase": "short"}]
)
def test_a_link_lives_a_year_at_most(client, workspace, founder, wrong):
    client.force_login(founder)
    data = {"name": "Kim", "scope": "whole", "days": 365}

    assert client.post(SETTINGS, data | wrong).status_code == 422
    assert ShareLink.objects.count() == 0


def test_another_one_begins_as_the_last_was(client, founder, link):
    client.force_login(founder)

    page = soup(client.get(f"{SETTINGS}?like={link.pk}"))

    assert page.select_one("#id_name")["value"] == "Kim, board"
    assert page.select_one("#id_days option[selected]")["value"] == "30"


def test_visits_and_endings_are_listed(client, founder, workspace, link):
    make_link(workspace, name="Old", token="o" * 43, expires_at=NOW)
    client.get(open_link(client))
    client.force_login(founder)

    page = text_of(client.get(SETTINGS))
    assert "Last opened 2 Nov" in page
    assert "Ended 2 Nov" in page

    client.post(f"{SETTINGS}{link.pk}/revoke/", {"form_key": "r"})
    assert "Withdrawn 2 Nov" in text_of(client.get(SETTINGS))


def test_many_links_come_in_pages(client, workspace, founder, link):
    """Those that work first; a page costs what its rows cost."""
    ended = {"by": founder, "created_at": NOW, "revoked_at": NOW}
    for number in range(60):
        make_link(workspace, token=f"{number:x<43}", name=f"No {number}", **ended)
    client.force_login(founder)

    first, last = client.get(SETTINGS), client.get(f"{SETTINGS}?page=3")

    assert len(soup(first).select("[id^=link-]")) == 25
    assert soup(first).select_one("[id^=link-]")["id"] == f"link-{link.pk}"
    assert len(soup(last).select("[id^=link-]")) == 11
    assert "Page 3 of 3, 61 rows" in text_of(last)


def test_links_of_another_venture_are_not_withdrawn(client, founder):
    other = make_link(make_workspace("Zeta", slug="zeta"), token="z" * 43)
    client.force_login(founder)

    assert client.post(f"{SETTINGS}{other.pk}/revoke/").status_code == 404
    assert client.get(f"{SETTINGS}?like={other.pk}").status_code == 200
    assert "Kim, board" not in text_of(client.get(f"{SETTINGS}?like={other.pk}"))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISOR, Role.OBSERVER])
def test_only_those_who_manage_make_links(client, workspace, role):
    client.force_login(make_member(workspace, role, user=make_user()).user)

    assert client.get(SETTINGS).status_code == 403
    assert client.post(SETTINGS, {"name": "Kim"}).status_code == 403


def test_the_routes_say_what_opens_them(capsys):
    call_command("routes", json=True)

    printed = capsys.readouterr().out
    assert printed.count('"policy": "share link"') == 12


# --- a fresh sign-in ---------------------------------------------------------------
LATER = NOW + timedelta(minutes=6)
WANTED = {
    SETTINGS: {"name": "Kim", "scope": "whole", "days": 30},
    "/w/acme/settings/digest/readers/": {
        "name": "Kim",
        "address": "kim@board.example",
        "scope": "whole",
        "zone": "UTC",
    },
}


@pytest.mark.parametrize("url", WANTED)
def test_whoever_signed_in_long_ago_confirms_it_first(client, workspace, founder, url):
    client.force_login(founder)
    with time_machine.travel(LATER, tick=False):
        asked = client.post(url, WANTED[url] | {"form_key": "a"})
        page = soup(asked)
        made = ShareLink.objects.count()
        way = page.select_one("main a[href^='/accounts/reauthenticate/']")["href"]
        there = client.get(way)
        back = client.post(way, {"password": "correct horse staple"})
        answer = client.post(url, WANTED[url] | {"form_key": "b"})

    assert asked.status_code == 422
    assert "more than five minutes ago" in text_of(asked)
    assert page.select_one("input[name=name][value=Kim]")
    assert made == 0
    assert there.status_code == 200
    assert back.url.startswith("/w/acme/settings/")
    assert answer.status_code in (200, 302, 303)
    assert ShareLink.objects.count() == 1


def test_whoever_has_no_password_is_not_asked_for_one(client, workspace, founder):
    founder.set_unusable_password()
    founder.save()
    client.force_login(founder)
    with time_machine.travel(LATER, tick=False):
        client.post(SETTINGS, WANTED[SETTINGS])

    assert ShareLink.objects.count() == 1


def test_it_is_said_before_anything_is_typed(client, workspace, founder):
    client.force_login(founder)
    fresh = text_of(client.get(SETTINGS))
    with time_machine.travel(LATER, tick=False):
        stale = text_of(client.get(SETTINGS))

    assert "Confirm that it is you" in stale
    assert "Confirm that it is you" not in fresh


def test_a_link_works_for_thirty_days_unless_said_otherwise(client, workspace, founder):
    client.force_login(founder)

    chosen = soup(client.get(SETTINGS)).select_one("select[name=days] option[selected]")
    assert chosen["value"] == "30"
