"""What was found, as a file: the same rows as on the pages, none of another venture."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Role
from discovery.models import Person
from interviews.search import reindex
from tests.factories import (
    make_interview,
    make_member,
    make_person,
    make_quote,
    make_workspace,
)

pytestmark = pytest.mark.django_db
URL = "/w/acme/search/"


def talk(workspace, name="Dana Ruiz", notes="> The rota broke again."):
    person = make_person(workspace, name)
    interview = make_interview(workspace, people=[person], notes=notes)
    make_quote(interview, "The rota broke", person=person)
    reindex(workspace)
    return person


def rows_of(client, **asked):
    answer = client.get(URL, {"format": "csv", **asked})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_all_kinds_or_one_are_in_the_file(client, workspace, founder):
    talk(workspace)
    client.force_login(founder)

    everything = rows_of(client, q="rota")
    quotes = rows_of(client, q="rota", kind="quote")

    assert [row["kind"] for row in everything] == ["quote", "interview"]
    assert [row["words"] for row in quotes] == ["The rota broke"]


def test_nothing_of_another_venture_or_of_who_refused(client, workspace, founder):
    talk(make_workspace("Other", slug="other"))
    talk(workspace)
    refused = talk(
        workspace, name="Kim Ode", notes="> Our rota is fine.\n\nThe rota broke"
    )
    Person.objects.filter(pk=refused.pk).update(consent=Person.Consent.NONE)
    client.force_login(founder)

    found = rows_of(client, q="rota")

    assert len(found) == 2
    assert "fine" not in str(found)


def test_what_a_spreadsheet_would_run_is_text(client, workspace, founder):
    talk(workspace, notes='> =HYPERLINK("x") rota\n\nThe rota broke')
    client.force_login(founder)

    (row,) = rows_of(client, q="rota", kind="interview")

    assert row["words"].startswith(("'", ">"))


def test_whoever_sees_no_names_gets_none(client, workspace):
    talk(workspace)
    client.force_login(make_member(workspace, Role.ADVISOR).user)

    assert rows_of(client, q="rota") == []


def test_a_question_too_short_gives_an_empty_table(client, workspace, founder):
    talk(workspace)
    client.force_login(founder)

    assert rows_of(client, q="r") == []


def test_a_longer_file_asks_no_more(client, workspace, founder):
    talk(workspace)
    client.force_login(founder)
    rows_of(client, q="rota")
    counts = []
    for more in (1, 8):
        for number in range(more):
            talk(workspace, name=f"Ana {more} {number}")
        with CaptureQueriesContext(connection) as queries:
            rows_of(client, q="rota")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15
