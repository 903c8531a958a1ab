"""Every list can be taken along as a file, with the filter that it shows."""

import csv
import io

import pytest

from interviews.models import QuoteTag, Tag
from tests.factories import (
    NOW,
    make_guide,
    make_interview,
    make_need,
    make_person,
    make_problem,
    make_quote,
    make_segment,
)
from tests.helpers import soup
from tests.interviews.survey_cases import make_response, make_survey

pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


def rows(client, path):
    answer = client.get(f"/w/acme/{path}")
    assert answer["Content-Disposition"].endswith('-acme.csv"')
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def offered(client, path):
    """The address of the page's own link to its file."""
    page = soup(client.get(f"/w/acme/{path}"))
    links = [a["href"] for a in page.select("main a") if "Export" in a.text]
    return links[0]


@pytest.fixture
def talk(workspace, founder):
    dana = make_person(workspace, "Dana", consent="quote")
    return make_interview(workspace, by=founder, people=[dana], kind="price")


def test_quotes_of_the_talks_in_a_selection(signed_in, workspace, founder, talk):
    quote = make_quote(talk, "=1+1 rotas", person=talk.people.get())
    make_quote(make_interview(workspace, by=founder, kind="sales"), "no thanks")
    refuses = make_person(workspace, "Lee", consent="none")
    hidden = make_interview(workspace, by=founder, people=[refuses], kind="price")
    make_quote(hidden, "keep nothing", person=refuses)

    found = rows(signed_in, "interviews/?format=quotes&kind=price")

    assert [row["quote"] for row in found] == ["'=1+1 rotas"]
    assert found[0]["address"] == f"#q-{quote.pk}"
    assert len(rows(signed_in, "interviews/?format=quotes")) == 2


def test_quotes_that_wait_in_the_inbox(signed_in, talk):
    make_quote(talk, "they wait")

    assert offered(signed_in, "interviews/inbox/") == "?format=csv"
    assert rows(signed_in, "interviews/inbox/?format=csv")[0]["quote"] == "they wait"


def test_tags_with_what_stands_above(signed_in, workspace, founder, talk):
    made = {"workspace": workspace, "created_by": founder, "created_at": NOW}
    above = Tag.objects.create(name="money", **made)
    below = Tag.objects.create(name="invoice", parent=above, **made)
    quote = make_quote(talk)
    QuoteTag.objects.create(
        workspace=workspace, quote=quote, tag=below, by=founder, tagged_at=NOW
    )

    assert offered(signed_in, "tags/") == "?format=csv"
    found = rows(signed_in, "tags/?format=csv")
    assert [(r["tag"], r["part_of"], r["quotes"]) for r in found] == [
        ("money", "", "1"),
        ("invoice", "money", "1"),
    ]


def test_guides_question_by_question(signed_in, workspace, founder):
    make_guide(
        workspace, "First talk", by=founder, questions=[("What happened?", [1, 4])]
    )

    assert offered(signed_in, "guides/") == "?format=csv"
    found = rows(signed_in, "guides/?format=csv")
    assert [(r["guide"], r["question"], r["tests"]) for r in found] == [
        ("First talk", "What happened?", "1 4")
    ]


def test_surveys_with_their_answers(signed_in, workspace):
    make_response(make_survey(workspace, name="Beta users"), label="R1")

    assert offered(signed_in, "surveys/") == "?format=csv"
    found = rows(signed_in, "surveys/?format=csv")
    assert [(r["name"], r["answers"]) for r in found] == [("Beta users", "1")]


def test_segments_link_to_their_file(signed_in, workspace):
    make_segment(workspace)

    assert offered(signed_in, "segments/") == "/w/acme/segments/csv/"


@pytest.mark.parametrize("page", ["problems/", "needs/"])
def test_what_belongs_to_a_segment_comes_alone(signed_in, workspace, page):
    for name in ("Clinics", "Hospitals"):
        segment = make_segment(workspace, name)
        make_problem(segment, f"rota of {name}")
        make_need(segment, f"sleep in {name}")

    one = offered(signed_in, f"{page}?segment={segment.pk}")

    assert {row["segment"] for row in rows(signed_in, page + one)} == {"Hospitals"}
    assert len(rows(signed_in, f"{page}?format=csv")) == 2
