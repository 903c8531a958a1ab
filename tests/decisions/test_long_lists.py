"""Lists of thousands of rows: paged, narrowed, as cheap as short ones; files in parts."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.lists import fill
from core.downloads import TableStream
from tests.decisions.commitments import make_commitment
from tests.factories import make_person
from tests.helpers import soup, text_of

MANY = 1200

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def reading(client, workspace, owner, observer):
    """`reading(page, **query)`: the answer, and how many queries it took."""
    client.force_login(observer)
    # what is read once and remembered
    client.get(reverse("decisions:track_record", args=[workspace.slug]))

    def asked(name, **query):
        url = reverse(f"decisions:{name}", args=[workspace.slug])
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer = client.get(url, query)
            content = answer.getvalue()
        return answer, content, len(seen)

    return asked


def lines_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", ["commitment_list", "decision_log", "alert_list"])
def test_a_long_list_costs_what_a_short_one_does(workspace, reading, name):
    fill(workspace.slug, 30)
    _few, _content, queries = reading(name)
    fill(workspace.slug, MANY)

    answer, _content, queries_of_many = reading(name)

    assert queries_of_many == queries
    assert f"Page 1 of {MANY // 25}, {MANY} rows" in text_of(answer)


@pytest.mark.parametrize(
    ("name", "last"), [("commitment_list", 48), ("decision_log", 48)]
)
def test_pages_are_turned_with_the_filter_kept(workspace, reading, name, last):
    fill(workspace.slug, MANY)
    query = (
        {"standing": "signed", "q": "kept"} if "commit" in name else {"kind": "stop"}
    )

    answer, _content, _queries = reading(name, page=last, **query)

    previous = soup(answer).select_one("a[rel=prev]")["href"]
    assert all(f"{key}={value}" in previous for key, value in query.items())
    assert "No " not in soup(answer).select_one("main ul.rows").get_text()


@pytest.mark.parametrize("name", ["commitment_list", "decision_log"])
def test_a_file_is_written_while_it_is_read(workspace, reading, name):
    fill(workspace.slug, 30)
    _answer, _content, queries = reading(name, format="csv")
    fill(workspace.slug, MANY)

    answer, content, queries_of_many = reading(name, format="csv")

    assert isinstance(answer, TableStream)
    assert (len(lines_of(content)), queries_of_many) == (MANY, queries)


def test_no_commitment_like_that_leads_back(workspace, reading):
    fill(workspace.slug, 3)

    answer, _content, _queries = reading("commitment_list", q="nobody")

    assert "No commitment like that." in text_of(answer)
    assert soup(answer).select_one("main a[href$='/commitments/']")


@pytest.mark.parametrize(
    ("reader", "word", "is_found"),
    [
        ("owner", "erwe", True),
        ("observer", "erwe", False),
        ("observer", "office", True),
    ],
)
def test_readers_without_names_find_nothing_by_one(
    client, workspace, request, reader, word, is_found
):
    make_person(workspace, "Paula Verwey")
    make_commitment(workspace, "Office of Paula Verwey")
    client.force_login(request.getfixturevalue(reader))

    url = reverse("decisions:commitment_list", args=[workspace.slug])
    assert ("Office of" in text_of(client.get(url, {"q": word}))) == is_found
