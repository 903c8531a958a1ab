"""What a link to the dashboard gives away, and to whom."""

import logging
import re
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.logs import WithoutSecrets
from core.models import ActivityEntry
from milestones.actions.noting import note_moment
from portfolio.actions.sharing import issue_share_link, revoke_share_link
from portfolio.models import DashboardRead, ShareLink, ShareOpening
from tests.contract.filled_with_a_name import (
    add_what_the_world_lacks,
    fill_with_the_name,
)
from tests.contract.test_pseudonyms import fill, leaks
from tests.factories import NOW, make_workspace
from tests.helpers import soup, text_of
from tests.sharing import TOKEN, make_link, open_link
from tests.world import make_world

pytestmark = pytest.mark.django_db
SETTINGS = "/w/acme/settings/sharing/"
PASSPHRASE = "seven grey herons"


@pytest.fixture(autouse=True)
def at_noon(second_of_november):
    return second_of_november


@pytest.fixture
def link(workspace):
    return make_link(workspace)


def rows_of_everything():
    """What stands in every table that is not operational."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        kept = [t for t in tables if not t.startswith(("core_cache", "django_session"))]
        counts = {}
        for table in kept:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


# --- the exchange ------------------------------------------------------------------
def test_the_token_is_exchanged_for_a_cookie_of_one_path(client, link):
    answer = client.get(reverse("portfolio:share_open", args=[TOKEN]))

    cookie = answer.cookies["share"]
    assert answer.status_code == 302
    assert TOKEN not in answer.url
    assert cookie["path"] == answer.url
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get(answer.url).status_code == 200


def test_over_https_the_cookie_is_secure(client, link):
    with override_settings(SESSION_COOKIE_SECURE=True):
        answer = client.get(reverse("portfolio:share_open", args=[TOKEN]))

    assert answer.cookies["__Secure-share"]["secure"]


def test_two_links_in_one_browser_do_not_mix(client, link, stranger):
    other = make_link(make_workspace("Zeta", slug="zeta"), token="z" * 43)
    first, second = open_link(client), open_link(client, "z" * 43)

    assert first != second
    assert "Acme" in text_of(Client(headers={"cookie": f"share={TOKEN}"}).get(first))
    assert Client(headers={"cookie": f"share={TOKEN}"}).get(second).status_code == 404
    assert other.last_opened_at is None


def test_answers_are_kept_and_found_nowhere(client, link):
    url = open_link(client)

    for answer in (
        client.get(reverse("portfolio:share_open", args=[TOKEN])),
        client.get(url),
        Client().get(url),
    ):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert "no-store" in answer.headers["Cache-Control"]
    page = soup(client.get(url))
    assert page.select_one("meta[name=referrer]")["content"] == "no-referrer"
    assert not page.select("meta[property^=og], meta[name^=twitter]")


def test_scanners_change_nothing(link):
    before = rows_of_everything()

    for method in ("get", "head", "get", "head", "get"):
        url = getattr(Client(), method)(
            reverse("portfolio:share_open", args=[TOKEN])
        ).url
        getattr(Client(), method)(url)

    assert rows_of_everything() == before


def test_head_is_no_visit(client, link):
    url = open_link(client)

    client.head(url)

    assert ShareOpening.objects.count() == 0


# --- links that open nothing -------------------------------------------------------
ENDINGS = {
    "revoked": {"revoked_at": NOW},
    "expired": {"expires_at": NOW},
    "unknown": {"token_hash": "0" * 64},
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_opens_nothing_looks_the_same(client, link, ending):
    url = open_link(client)
    nothing = Client().get(url)
    ShareLink.objects.filter(pk=link.pk).update(**ENDINGS[ending])

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)

    assert answer.status_code == nothing.status_code == 404
    assert answer.content == nothing.content
    assert len(queries) == 1
    assert "Acme" not in text_of(answer)


@pytest.mark.parametrize("token", ["x", "s" * 42, "s" * 44, "s" * 42 + "!", "view"])
def test_what_is_no_token_is_not_exchanged(client, link, token):
    answer = client.get(f"/s/{token}/")

    assert answer.status_code == 404
    assert "share" not in answer.cookies


def test_revocation_counts_at_once_on_every_address(client, link, founder):
    url = open_link(client)
    assert client.get(url).status_code == 200

    revoke_share_link(link, by=founder, now=NOW)

    for path in (url, f"{url}unlock/"):
        assert client.get(path).status_code == 404
    assert client.post(f"{url}read/").status_code == 404
    assert DashboardRead.objects.count() == 0


def test_an_hour_after_its_end_it_opens_nothing(client, link):
    url = open_link(client)

    with time_machine.travel(link.expires_at - timedelta(seconds=1), tick=False):
        assert client.get(url).status_code == 200
    with time_machine.travel(link.expires_at, tick=False):
        assert client.get(url).status_code == 404


# --- what is kept of a token -------------------------------------------------------
def test_only_the_hash_is_stored(workspace, founder):
    link, token = issue_share_link(
        workspace, by=founder, now=NOW, name="Kim", expires_at=NOW + timedelta(days=9)
    )

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert link.token_hash == sha256(token.encode()).hexdigest()
    for row in (link, ActivityEntry.objects.get(verb="share_link.issued")):
        assert token not in repr(row.__dict__)


def test_no_log_holds_the_token(client, link, caplog):
    caplog.handler.addFilter(WithoutSecrets())
    with caplog.at_level(logging.DEBUG):
        client.get(open_link(client))
        client.get(f"/s/{TOKEN}x/")
        logging.getLogger("django.server").info('"GET /s/%s/ HTTP/1.1" 302', TOKEN)

    assert TOKEN not in caplog.text
    assert TOKEN not in repr(list(ActivityEntry.objects.values()))


def test_a_visit_is_logged_once_an_hour(client, link):
    url = open_link(client)
    for minutes in (0, 5, 59, 61):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            client.get(url)

    assert ShareOpening.objects.filter(link=link).count() == 2
    assert ActivityEntry.objects.filter(verb="share_link.opened").count() == 2
    link.refresh_from_db()
    assert link.last_opened_at == NOW + timedelta(minutes=61)


# --- passphrases -------------------------------------------------------------------
@pytest.fixture
def locked(workspace):
    return make_link(workspace, passphrase=make_password(PASSPHRASE))


def test_without_the_passphrase_nothing_is_shown(client, locked):
    url = open_link(client)

    answer = client.get(url)

    assert answer.url == f"{url}unlock/"
    page = client.get(answer.url)
    assert "Acme" not in text_of(page)
    assert locked.name not in text_of(page)
    assert client.post(f"{url}read/").url == answer.url
    assert DashboardRead.objects.count() == 0
    assert ShareOpening.objects.count() == 0


def test_the_passphrase_opens_it_until_the_link_changes(client, locked):
    url = open_link(client)

    wrong = client.post(f"{url}unlock/", {"passphrase": "seven grey geese"})
    right = client.post(f"{url}unlock/", {"passphrase": PASSPHRASE})

    assert wrong.status_code == 422
    assert right.url == url
    assert right.cookies["share-key"]["path"] == url
    assert client.get(url).status_code == 200
    locked.passphrase = make_password("another one")
    locked.save(update_fields=["passphrase"])
    assert client.get(url).status_code == 302


def test_five_tries_in_a_quarter_of_an_hour(client, locked):
    url = f"{open_link(client)}unlock/"
    tried = [
        client.post(url, {"passphrase": f"try {n}"}, REMOTE_ADDR="10.0.0.1").status_code
        for n in range(6)
    ]
    right = {"passphrase": PASSPHRASE}

    assert tried == [422] * 5 + [429]
    assert client.post(url, right, REMOTE_ADDR="10.0.0.1").status_code == 429
    forged = {"X-Forwarded-For": "203.0.113.7"}
    assert (
        client.post(url, right, headers=forged, REMOTE_ADDR="10.0.0.1").status_code
        == 429
    )
    assert client.post(url, right, REMOTE_ADDR="10.0.0.2").status_code == 302


def test_a_whole_board_comes_in_by_one_network(locked):
    """Only wrong ones count, also after many right ones."""
    comers = [Client() for _ in range(8)]
    right = [
        one.post(f"{open_link(one)}unlock/", {"passphrase": PASSPHRASE}).status_code
        for one in comers
    ]
    url = f"{open_link(Client())}unlock/"
    last = Client(headers={"cookie": f"share={TOKEN}"})
    wrong = [last.post(url, {"passphrase": f"try {n}"}).status_code for n in range(6)]

    assert right == [302] * 8
    assert wrong == [422] * 5 + [429]


def test_the_passphrase_is_hashed_as_passwords_are(client, workspace, founder):
    client.force_login(founder)
    data = {"name": "Kim", "scope": "whole", "days": 30, "passphrase": PASSPHRASE}

    client.post(SETTINGS, data)

    kept = ShareLink.objects.get().passphrase
    assert PASSPHRASE not in kept
    assert kept.startswith(make_password("x").partition("$")[0])


# --- what its holder may do --------------------------------------------------------
def test_forms_of_a_page_without_referrer_are_taken(link):
    """Browsers send `Origin: null` with them; the token of the form still counts."""
    client = Client(enforce_csrf_checks=True)
    url = open_link(client)
    page = soup(client.get(url))
    token = page.select_one("#since input[name=csrfmiddlewaretoken]")["value"]
    forged = client.post(f"{url}read/", {}, headers={"origin": "null"})

    sent = {"csrfmiddlewaretoken": token, "until": NOW.isoformat(), "form_key": "k"}
    foreign = client.post(f"{url}read/", sent, headers={"origin": "https://evil.test"})
    answer = client.post(f"{url}read/", sent, headers={"origin": "null"})

    assert forged.status_code == foreign.status_code == 403
    assert answer.url == url
    assert DashboardRead.objects.get().link == link


def test_founders_see_that_the_link_was_read(client, link, founder):
    url = open_link(client)
    client.post(f"{url}read/", {"until": NOW.isoformat(), "form_key": "k"})

    assert "You read it on" in text_of(client.get(url))
    client.force_login(founder)
    assert "Kim, board read it on" in text_of(client.get("/w/acme/shared/"))


def test_marks_by_a_link_have_an_end(client, link):
    """Each is a row that stays: whoever has a link cannot fill the disk with them."""
    cache.clear()
    url = f"{open_link(client)}read/"
    sent = [client.post(url, {"form_key": f"k{n}"}) for n in range(61)]

    assert [one.status_code for one in sent] == [303] * 60 + [429]
    assert "marked as read too often" in text_of(sent[-1])
    assert "marked as read too often" not in text_of(client.get(open_link(client)))
    assert DashboardRead.objects.count() == 60


def test_a_link_to_the_questions_shows_nothing_else(client):
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
    make_link(world.workspace, scope=ShareLink.Scope.QUESTIONS)

    page = text_of(client.get(open_link(client)))

    assert "The eleven questions" in page
    assert "CANARY-acme-metric-0" not in page
    assert "Stop and evaluate" not in page
    assert "Second hall" not in page


def test_the_link_is_no_way_to_any_other_page(client, link):
    client.get(open_link(client))

    assert client.get("/w/acme/questions/").status_code == 302
    assert client.get("/api/v1/ventures").status_code in (401, 404)


def test_it_names_nobody_and_says_no_words_of_customers(client):
    world = make_world(make_workspace("Acme", slug="acme"))
    add_what_the_world_lacks(world)
    fill_with_the_name(world.workspace)
    fill(world.workspace)
    note_moment(world.workspace, NOW)
    ShareLink.objects.all().update(name="The board")
    make_link(world.workspace, name="The board")
    url = open_link(client)

    for path in (url, f"{url}?since=2026-01-01"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert leaks(answer) == []
        assert "said the rota broke again" not in text_of(answer)
        assert "@" not in text_of(answer)
