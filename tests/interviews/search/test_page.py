import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.models import Problem
from interviews.search import reindex
from tests.factories import (
    NOW,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
)

pytestmark = pytest.mark.django_db
URL = "/w/acme/search/"
MOST_QUERIES = 15
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def rows(workspace):
    return fill(workspace, 1)


def fill(workspace, number):
    segment = make_segment(workspace)
    for n in range(number):
        organisation = make_organisation(workspace, f"Rota Clinic {segment.pk} {n}")
        person = make_person(
            workspace, f"Dana Rota {n}", organisation=organisation, segment=segment
        )
        notes = f"> The rota broke {EVIL} again.\n\nThree hours lost."
        interview = make_interview(workspace, people=[person], notes=notes)
        quote = make_quote(interview, "The rota broke", person=person)
        Problem.objects.create(
            workspace=workspace, segment=segment, statement="Rota?", created_at=NOW
        )
    reindex(workspace)
    return person, interview, quote


def text_of(client, query="", **headers):
    response = client.get(f"{URL}{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_first_use_says_what_can_be_found(client, workspace, member):
    client.force_login(member)

    assert "What can be found" in text_of(client)


def test_hits_lead_to_their_place(client, workspace, member, rows):
    person, interview, quote = rows
    client.force_login(member)

    page = text_of(client, "?q=rota")

    talk = f"/w/acme/interviews/{interview.pk}/"
    assert f'href="{talk}#q-{quote.pk}">“The <mark>rota</mark> broke”' in page
    assert f'href="{talk}">{person}' in page
    assert f'href="/w/acme/customers/{person.pk}/"' in page


def test_what_was_noted_is_escaped_and_marked(client, workspace, member, rows):
    client.force_login(member)

    page = text_of(client, "?q=script")

    assert "&lt;<mark>script</mark>&gt;alert(1)" in page
    assert EVIL not in page


def test_what_was_typed_is_escaped(client, workspace, member):
    client.force_login(member)

    page = text_of(client, f'?q={EVIL}"><img src=x>')

    assert EVIL not in page
    assert "<img" not in page


def test_tabs_count_every_kind(client, workspace, member, rows):
    client.force_login(member)

    page = text_of(client, "?q=rota&kind=quote")

    assert "All (5)" in page
    assert 'href="?q=rota&amp;kind=person">People (1)' in page
    assert 'aria-current="page">Quotes (1)' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?q=a", "Type two letters or more."),
        ("?q=zebra", "Nothing holds “zebra”."),
        ("?q=zebra&kind=person", "Nothing holds “zebra”."),
        ("?q=" + "rota+" * 21, "Only the first 20 words are searched for."),
        ("?q=" + "x" * 10_000, "Only the first 20 words are searched for."),
    ],
)
def test_what_cannot_be_answered_says_why(client, workspace, member, query, said):
    client.force_login(member)

    assert said in text_of(client, query)


def test_active_search_gets_the_results_alone(client, workspace, member, rows):
    client.force_login(member)
    headers = {"HX-Request": "true", "HX-Target": "search-results"}

    part = text_of(client, "?q=rota", **headers)

    assert part.strip().startswith('<div id="search-results"')
    assert "5 found" in part
    assert "<html" not in part


@pytest.mark.parametrize("query", ["?q=rota", "?q=rota&kind=interview", "?q=zebra", ""])
def test_the_number_of_queries_stays(client, workspace, member, query):
    client.force_login(member)
    counts = []
    for number in (3, 30):
        fill(workspace, number)
        text_of(client, query)
        with CaptureQueriesContext(connection) as queries:
            text_of(client, query)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize("query", ["?kind=secret", "?q=rota&by=me"])
def test_filters_nobody_offered_are_refused(client, workspace, member, query):
    client.force_login(member)

    assert client.get(f"{URL}{query}").status_code == 400


HOSTILE = [
    "%00",
    "rota%00",
    "%ED%A0%80",
    "%FF",
    '"',
    '"""',
    "“",
    "*",
    "-",
    ":",
    "NEAR(",
    "rota NEAR/2 broke",
    "words:rota",
    "rota) OR (1=1",
    "'; DROP TABLE interviews_searchdocument; --",
    "'x':A <-> !y | z",
    "( { [ ^ \\ %",
    "a " * 1000,
    "\U0001f44d" * 500,
    "東" * 1000,
    "x" * 10_000,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("rest", ["", "&kind=quote"])
def test_nothing_that_is_typed_breaks_the_page(
    client, workspace, member, rows, typed, rest
):
    client.force_login(member)

    response = client.get(f"{URL}?q={typed}{rest}".replace(" ", "+"))

    assert response.status_code in (200, 400)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40])
def test_any_page_number_is_answered(client, workspace, member, rows, page):
    client.force_login(member)

    assert "Dana Rota" in text_of(client, f"?q=rota&kind=person&page={page}")


def test_the_header_offers_search_to_everybody(client, workspace, member, advisor):
    for user in (member, advisor):
        client.force_login(user)
        assert f'action="{URL}"' in client.get("/w/acme/questions/").content.decode()


@pytest.mark.parametrize(
    ("typed", "count"), [("rota", 1), ("zebra", 0), ("hours lo", 1)]
)
def test_the_list_of_talks_can_be_searched(
    client, workspace, member, rows, typed, count
):
    make_interview(workspace, notes="Something else")
    reindex(workspace)
    client.force_login(member)

    page = client.get("/w/acme/interviews/", {"q": typed}).content.decode()

    assert (f"/w/acme/interviews/{rows[1].pk}/" in page) == (count == 1)
    assert f"{count} talk" in page
