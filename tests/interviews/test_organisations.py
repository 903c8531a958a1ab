"""The list of organisations: who is in it, in which order, and what it counts."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOW,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
)
from tests.helpers import hx, soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")
ORGANISATIONS = "/w/acme/customers/organisations/"
DAY = timedelta(days=1)


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


@pytest.fixture
def cast(workspace):
    """Acme: two people in one talk, one alone in another. Beta: nobody talked to."""
    clinics, shops = (make_segment(workspace, name) for name in ("Clinics", "Shops"))
    acme = make_organisation(workspace, "Acme", size="200")
    beta = make_organisation(workspace, "Beta", pseudonym="A shop")
    make_organisation(workspace, "Old", archived_at=NOW)
    make_organisation(workspace, "Thrown", trashed_at=NOW)
    make_organisation(workspace, "Merged", merged_into=acme)
    ada, ben, dee = (
        make_person(workspace, name, organisation=acme, segment=segment)
        for name, segment in [("Ada", clinics), ("Ben", clinics), ("Dee", shops)]
    )
    make_person(workspace, "Away", organisation=acme, archived_at=NOW)
    make_person(workspace, "Gone", organisation=acme, trashed_at=NOW)
    make_person(workspace, "Eva", organisation=beta)
    both = make_interview(workspace, people=[ada, ben], held_at=NOW - 9 * DAY)
    make_interview(workspace, people=[dee], held_at=NOW - 20 * DAY)
    make_interview(workspace, people=[ada], held_at=NOW - DAY, trashed_at=NOW)
    make_quote(both, person=ada)
    make_quote(both, "last Tuesday", person=ben)
    return {"clinics": clinics, "shops": shops, "acme": acme}


def rows(response):
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in soup(response).select("tbody tr")
    ]


def names(response):
    return [link.text for link in soup(response).select("tbody th a")]


def test_each_row_says_how_much_was_heard(signed_in, cast):
    page = signed_in.get(ORGANISATIONS)

    assert rows(page) == [
        [
            *("Acme", cast["acme"].pseudonym),
            *("Clinics, Shops", "3", "2", "2", "9 days ago 24 Oct 2026"),
        ],
        ["Beta", "A shop", "", "1", "0", "0", "no talk yet"],
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=acm", ["Acme"]),
        ("q=shop", ["Beta"]),
        ("archived=on", ["Old"]),
        ("segment={shops}", ["Acme"]),
        ("sort=-name", ["Beta", "Acme"]),
        ("sort=people", ["Beta", "Acme"]),
        ("sort=-talks", ["Acme", "Beta"]),
        ("sort=quotes", ["Beta", "Acme"]),
        ("sort=last_talk", ["Acme", "Beta"]),
        ("q=nobody", []),
    ],
)
def test_filters_and_order(signed_in, cast, query, found):
    query = query.format(shops=cast["shops"].pk)

    assert names(signed_in.get(f"{ORGANISATIONS}?{query}")) == found


def test_the_file_holds_the_filtered_rows(signed_in, cast):
    file = signed_in.get(f"{ORGANISATIONS}?q=acme&format=csv")

    text = file.content.decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text))) == [
        {
            "name": "Acme",
            "size": "200",
            "source": "",
            "related_party": "no",
            "pseudonym": cast["acme"].pseudonym,
            "people": "3",
            "segments": "Clinics; Shops",
            "talks": "2",
            "quotes": "2",
            "last_talk": "2026-10-24T13:30+00:00",
        }
    ]


def test_an_active_search_gets_the_table_alone(signed_in, cast):
    part = hx(signed_in, f"{ORGANISATIONS}?q=beta", target="organisation-table")

    assert names(part) == ["Beta"]
    assert "1 organisation found" in text_of(part)
    assert soup(part).find("h1") is None


def test_a_first_page_says_what_it_is_for(client, signed_in, advisor, workspace):
    page = signed_in.get(ORGANISATIONS)

    assert "No organisation yet" in text_of(page)
    assert soup(page).find("a", string="Add the first organisation") is not None
    client.force_login(advisor)
    assert client.get(ORGANISATIONS).status_code == 403


def test_the_two_lists_lead_to_each_other(signed_in, cast):
    people = soup(signed_in.get("/w/acme/customers/"))
    organisations = soup(signed_in.get(ORGANISATIONS))

    assert people.select_one(f"main a[href='{ORGANISATIONS}']").text == "Organisations"
    here = organisations.select_one("main nav [aria-current]")
    assert (here.text, here["href"]) == ("Organisations", ORGANISATIONS)


def test_pages_of_25_and_no_query_more_for_more_rows(signed_in, workspace, cast):
    signed_in.get(ORGANISATIONS)
    with CaptureQueriesContext(connection) as few:
        signed_in.get(ORGANISATIONS)
    for number in range(30):
        row = make_organisation(workspace, f"Firm {number:02}")
        make_interview(workspace, people=[make_person(workspace, organisation=row)])

    with CaptureQueriesContext(connection) as many:
        page = signed_in.get(ORGANISATIONS)

    assert len(names(page)) == 25
    assert len(few) == len(many) <= 15
