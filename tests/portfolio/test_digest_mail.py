"""What the digest says, as a mail."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.deliveries import deliver_due
from core.models import Delivery, Role
from milestones.actions.noting import note_moment
from portfolio.actions.digest_readers import change_digest_settings
from portfolio.digest import gathered
from portfolio.digest.mails import render
from portfolio.models import Digest, DigestSubscription
from tests.factories import NOW, make_member, make_workspace
from tests.helpers import text_of
from tests.portfolio.digests import make_digest, make_reader
from tests.portfolio.test_shared import score
from tests.sharing import make_link
from tests.smtp_sink import sink
from tests.world import make_world

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        note_moment(world.workspace, NOW)
        yield world


def member_row(world, role, **fields):
    user = make_member(world.workspace, role).user
    return DigestSubscription.objects.create(
        workspace=world.workspace,
        user=user,
        confirmed_at=NOW,
        created_at=NOW,
        **fields,
    )


def written_to(row, **fields):
    """The mail of a digest that covers the week before."""
    digest = make_digest(row, content=None, **fields)
    return render(Delivery.objects.get(key=digest.key))


def test_the_subject_carries_the_worst_news(world):
    mail = written_to(member_row(world, Role.FOUNDER))

    assert mail.subject == (
        "Acme: stop and evaluate CANARY-acme-metric-0 (2,000 of 8,000)"
    )


def test_a_quiet_week_says_so(workspace, founder):
    row = DigestSubscription.objects.create(
        workspace=workspace, user=founder, confirmed_at=NOW, created_at=NOW
    )
    with time_machine.travel(NOW, tick=False):
        mail = written_to(row)

    assert mail.subject == "Acme: quiet week: no interview yet"
    assert "No score moved, no stop was raised, nothing was decided." in mail.text


def test_text_and_html_say_the_same(world):
    mail = written_to(member_row(world, Role.FOUNDER))

    html = BeautifulSoup(mail.html, "html.parser")
    said = " ".join(html.get_text(" ").split())
    digest = Digest.objects.get(subscription__user__isnull=False)
    items = [item for part in digest.content["sections"] for item in part["items"]]
    items += digest.content["stops"]
    assert len(items) > 5
    text = " ".join(mail.text.split())
    for item in items:
        for words in filter(None, (item["text"], item["detail"])):
            assert words in said
            assert words in text or words.upper() in text
    links = {a["href"] for a in html.find_all("a")}
    assert {link for link in links if link not in mail.text} <= {
        "http://127.0.0.1:8000"
    }


def test_its_numbers_are_those_of_the_dashboard(client, world):
    row = member_row(world, Role.ADVISOR)
    later = score(world, 4)
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        mail = written_to(row, since=None)
        client.force_login(row.user)
        page = text_of(client.get("/w/acme/shared/?since=2026-10-26"))

    digest = Digest.objects.get(subscription=row)
    moved = [part for part in digest.content["sections"] if part["key"] == "moved"]
    details = [
        item["detail"] for item in moved[0]["items"] if item["level"] is not None
    ]
    assert details
    for detail in details:
        assert detail.partition(".")[0].partition(";")[0] in page
    for stop in digest.content["stops"]:
        assert stop["detail"].partition(" Decide")[0] in page
    [talks] = [part for part in digest.content["sections"] if part["key"] == "talks"]
    assert talks["items"][0]["text"] in page
    assert talks["items"][0]["text"] in mail.text


def test_it_is_small_loads_nothing_and_can_be_read_anywhere(world):
    mail = written_to(member_row(world, Role.OWNER))

    assert len(mail.html.encode()) < 60_000
    for loading in ("<img", "<link", "<script", "url(", "@import", "data:"):
        assert loading not in mail.html
    html = BeautifulSoup(mail.html, "html.parser")
    assert html.html["lang"] == "en"
    assert all(table["role"] == "presentation" for table in html.find_all("table"))
    assert html.select_one("meta[name=color-scheme]")["content"] == "light dark"
    assert html.select("td[bgcolor]")
    assert all(
        a["href"].startswith("http://127.0.0.1:8000/")
        or a["href"] == "http://127.0.0.1:8000"
        for a in html.find_all("a")
    )
    assert "prefers-color-scheme: dark" in mail.html


def test_stops_beyond_the_twelfth_are_counted(world, monkeypatch):
    """A large venture must not make a mail that is cut off, or sent as text alone."""
    real = gathered.changes_of

    def many(*args, **options):
        seen = real(*args, **options)
        return replace(seen, alerts=seen.stops * 70)

    monkeypatch.setattr(gathered, "changes_of", many)

    mail = written_to(member_row(world, Role.FOUNDER))

    assert len(mail.html.encode()) < 60_000
    assert mail.text.count("STOP AND EVALUATE: CANARY") == 12
    assert "58 more stops wait for a decision" in mail.text
    assert f"http://127.0.0.1:8000{reverse('decisions:alert_list', args=['acme'])}" in (
        mail.html
    )


def test_it_bears_no_name_address_telephone_or_note(world):
    for token, role in (("o" * 43, Role.OWNER), ("a" * 43, Role.ADVISOR)):
        mail = written_to(member_row(world, role), token=token)
        for part in (mail.subject, mail.text, mail.html):
            for secret in (
                "-person",
                "-organisation",
                "-notes",
                "@example.com",
                "rota",
            ):
                assert secret not in part
    assert "CANARY-acme-metric-0" in mail.text


def test_mails_without_words_hold_numbers_alone(world):
    change_digest_settings(world.workspace, by=world.by, now=NOW, is_wordless=True)
    row = member_row(world, Role.ADVISOR)

    mail = written_to(row)

    assert mail.subject == "Acme: stop and evaluate a metric (2,000 of 8,000)"
    for part in (mail.text, mail.html):
        assert "CANARY" not in part
        assert "Two introductions" not in part
        assert "2,000 against 8,000" in part


def test_readers_without_an_account_are_led_to_the_dashboard(client, world):
    link = make_link(world.workspace, by=world.by)
    row = make_reader(world.workspace, link)
    digest = make_digest(row, content=None)

    mail = render(Delivery.objects.get(key=digest.key))

    token = "d" * 43
    assert f"http://127.0.0.1:8000/s/{token}/" in mail.text
    assert "/w/acme/" not in mail.text + mail.html
    opened = client.get(f"/s/{token}/")
    assert client.get(opened.url).status_code == 200
    assert token not in str(Digest.objects.filter(pk=digest.pk).values())
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        assert client.get(opened.url).status_code == 404


def test_a_link_to_the_questions_alone_tells_of_them_alone(world):
    link = make_link(world.workspace, by=world.by, scope="questions")

    mail = written_to(make_reader(world.workspace, link))

    assert "CANARY-acme-metric-0" not in mail.subject + mail.text + mail.html
    assert "STOP" not in mail.text


def test_a_second_try_says_the_same(world):
    row = member_row(world, Role.ADVISOR)
    digest = make_digest(row, content=None)
    first = render(Delivery.objects.get(key=digest.key))
    with time_machine.travel(score(world, 4), tick=False):
        second = render(Delivery.objects.get(key=digest.key))

    assert first == second


def test_the_next_one_begins_where_the_last_sent_one_ended(world):
    row = member_row(world, Role.ADVISOR)
    make_digest(row, token="e" * 43, period="2026-W43", until=NOW - timedelta(days=9))
    Delivery.objects.filter(period="2026-W43").update(state="sent")
    make_digest(row, token="f" * 43, period="2026-W44", until=NOW - timedelta(days=2))
    Delivery.objects.filter(period="2026-W44").update(state="skipped")

    written_to(row, since=None, until=None)

    digest = Digest.objects.get(subscription=row, period="2026-W45")
    assert digest.since == NOW - timedelta(days=9)
    assert digest.until == NOW


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADVISOR])
def test_it_asks_the_database_twelve_times_at_most(world, role):
    digest = make_digest(member_row(world, role), content=None)
    delivery = Delivery.objects.select_related("workspace").get(key=digest.key)

    with CaptureQueriesContext(connection) as queries:
        render(delivery)

    assert len(queries) <= MOST_QUERIES, [
        re.findall(r"FROM \S+", q["sql"])[:3] or q["sql"][:60] for q in queries
    ]


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_gets_it_with_one_click_unsubscribe(settings, tmp_path, founder):
    settings.DATA_DIR = tmp_path
    row = DigestSubscription.objects.create(
        workspace=founder.memberships.get().workspace,
        user=founder,
        confirmed_at=NOW,
        created_at=NOW,
    )
    make_digest(row, content=None)
    with sink() as server, time_machine.travel(NOW, tick=False):
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        deliver_due(NOW)

    [mail] = server.received
    message = mail.message
    off = f"http://127.0.0.1:8000/digest/{'d' * 43}/unsubscribe/"
    assert message["List-Unsubscribe"] == f"<{off}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.search(rb"\r\nList-Unsubscribe: <http\S+>\r\n", mail.content)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert message["To"] == founder.email
