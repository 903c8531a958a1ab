"""How often a problem is raised, by whom, and who is silent."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discovery.models import BuyingRole, Problem
from interviews.models import QuoteTag, Tag
from tests.factories import (
    NOW,
    make_feature,
    make_interview,
    make_need,
    make_organisation,
    make_person,
    make_problem,
    make_quote,
    make_quote_link,
    make_segment,
    make_workspace,
)
from tests.helpers import soup

pytestmark = pytest.mark.usefixtures("second_of_november")


def words(tag):
    return " ".join(tag.get_text(" ").split())


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


@pytest.fixture
def segment(workspace):
    return make_segment(workspace, "Clinics")


@pytest.fixture
def problem(segment):
    return make_problem(segment, "The rota breaks")


def url(name, row=None, query=""):
    args = ["acme"] + ([row.pk] if row else [])
    return reverse(f"milestones:{name}", args=args) + query


def heard(problem, *, organisation=None, says="supports", talk=None, **fields):
    """A qualifying talk with somebody, and their words linked to the problem."""
    workspace = problem.workspace
    organisation = organisation or make_organisation(workspace)
    person = make_person(workspace, organisation=organisation, **fields.pop("who", {}))
    facts = {"segment": problem.segment, "qualifies": True} | (talk or {})
    interview = make_interview(workspace, people=[person], **facts)
    quote = make_quote(interview, person=person, **fields)
    if says:
        make_quote_link(quote, problem=problem, stance=says)
    return person


def row_of(client, segment):
    page = soup(client.get(url("problem_list", query=f"?segment={segment.pk}")))
    return words(page.select_one("ul.rows li.row"))


# --- what counts -----------------------------------------------------------------
def test_seven_of_twelve_organisations(signed_in, problem):
    for number in range(12):
        heard(problem, says="supports" if number < 7 else None)

    assert (
        "7 of 12 organisations raised it unprompted; 95 % interval 32–81 %: cannot "
        "say yet." in row_of(signed_in, problem.segment)
    )


def test_people_of_one_firm_are_one_vote_and_both_counts_are_shown(signed_in, problem):
    firm = make_organisation(problem.workspace)
    for says in ("supports", "supports", None):
        heard(problem, organisation=firm, says=says)

    text = row_of(signed_in, problem.segment)
    assert "1 of 1 organisation raised it" in text
    assert "2 of 3 people, from 1 organisation." in text


def test_where_customers_are_people_each_is_a_vote(signed_in, problem):
    problem.workspace.sells_to_businesses = False
    problem.workspace.save()
    firm = make_organisation(problem.workspace)
    for says in ("supports", "supports", None):
        heard(problem, organisation=firm, says=says)

    said = row_of(signed_in, problem.segment)
    assert "2 of 3 people raised it unprompted" in said
    assert said.count("2 of 3 people") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"talk": {"qualifies": False}},
        {"talk": {"trashed_at": NOW}},
        {"talk": {"state": "draft"}},
        {"talk": {"segment": None}},
    ],
)
def test_talks_that_do_not_qualify_never_count(signed_in, problem, changes):
    heard(problem, **changes)

    assert "No talk of this segment counts yet" in row_of(signed_in, problem.segment)


@pytest.mark.parametrize(
    ("changes", "also"),
    [
        ({"withdrawn_at": NOW}, ""),
        ({"is_prompted": True}, "1 more only agreed when we named it"),
        ({"says": "contradicts"}, "1 speaks against it."),
        ({"says": "neutral"}, ""),
    ],
)
def test_words_that_do_not_raise_it(signed_in, problem, changes, also):
    heard(problem, **changes)

    text = row_of(signed_in, problem.segment)
    assert "0 of 1 organisation raised it" in text
    assert also in text


def test_a_withdrawn_link_does_not_count(signed_in, problem):
    heard(problem)
    problem.quote_links.update(withdrawn_at=NOW)

    assert "0 of 1 organisation raised it" in row_of(signed_in, problem.segment)


def test_another_segment_does_not_count(signed_in, problem):
    heard(problem, talk={"segment": make_segment(problem.workspace)})
    heard(problem, says=None)

    assert "0 of 1 organisation raised it" in row_of(signed_in, problem.segment)


def test_words_nobody_is_named_for_are_those_of_the_one_who_was_there(
    signed_in, problem
):
    heard(problem)
    problem.quote_links.get().quote.__class__.objects.update(person=None)

    assert "1 of 1 organisation raised it" in row_of(signed_in, problem.segment)


# --- the list --------------------------------------------------------------------
def test_what_does_not_fit(signed_in, problem):
    solved = make_problem(problem.segment, "Solved by one")
    dropped = make_problem(problem.segment, "Long gone", status=Problem.Status.DROPPED)
    make_feature(problem.workspace, "Swap board", problems=[solved])
    make_feature(problem.workspace, "Nobody asks", problems=[dropped])
    make_feature(problem.workspace, "Foreign no more", trashed_at=NOW)
    make_need(problem.segment, "Fewer calls").problems.add(solved)

    page = soup(signed_in.get(url("problem_list")))
    fits = [words(part) for part in page.select(".columns.is-even > div")]
    assert fits == [
        "Problems no feature answers 1 The rota breaks",
        "Features no problem asks for 1 Nobody asks",
    ]
    assert "Needs: Fewer calls" in words(page)
    assert "1 dropped problem" in words(page)


def test_first_use_and_a_foreign_segment(signed_in, segment):
    page = soup(signed_in.get(url("problem_list")))
    foreign = make_segment(make_workspace())

    assert "No problem yet" in words(page)
    missing = signed_in.get(url("problem_list", query=f"?segment={foreign.pk}"))
    assert missing.status_code == 404


def test_saturation_reads_tags_in_the_order_of_the_talks(signed_in, problem, founder):
    tags = [
        Tag.objects.create(
            workspace=problem.workspace, name=name, created_by=founder, created_at=NOW
        )
        for name in "abc"
    ]
    for number, bears in enumerate([[0, 1], [1], [2], []]):
        held_at = NOW - timedelta(days=9 - number)
        person = heard(problem, talk={"held_at": held_at})
        for tag in bears:
            QuoteTag.objects.create(
                workspace=problem.workspace,
                quote=person.quotes.get(),
                tag=tags[tag],
                by=founder,
                tagged_at=NOW,
            )

    text = words(soup(signed_in.get(url("problem_list"))))
    assert "New tags in the last 4 talks: 2, 0, 1, 0. In all 3." in text
    assert "Not saturated: 4 talks of at least 12." in text
    assert "comes up in 4 talks with a chance of 34 %." in text


@pytest.mark.parametrize("name", ["problem_list", "problem_detail"])
def test_the_same_queries_for_three_problems_and_three_hundred(
    signed_in, problem, name
):
    row = problem if name == "problem_detail" else None
    for _number in range(2):
        heard(make_problem(problem.segment))
    few = queries(signed_in, url(name, row))
    more = [make_problem(problem.segment) for _number in range(297)]
    for other in more[:9]:
        heard(other)
        make_feature(problem.workspace, problems=[other])
        make_need(problem.segment).problems.add(other)

    many = queries(signed_in, url(name, row))
    assert few == many
    assert many <= 15


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_export_is_harmless(signed_in, problem):
    Problem.objects.update(statement="=HYPERLINK(1)")
    heard(problem, who={"name": "Dana Secret"})

    response = signed_in.get(url("problem_list", query="?format=csv"))

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [
        (row["problem"], row["voices_asked"], row["raised_unprompted"], row["verdict"])
        for row in rows
    ] == [("'=HYPERLINK(1)", "1", "1", "cannot_say")]
    assert b"Dana" not in response.content


# --- one problem -----------------------------------------------------------------
def test_who_raised_it_and_who_is_silent(signed_in, problem):
    loud, quiet = (
        make_organisation(problem.workspace, name) for name in ("Loud", "Quiet")
    )
    dana = heard(problem, organisation=loud, who={"name": "Dana"})
    heard(problem, organisation=quiet, says=None)
    for role in ("user", "decision_maker"):
        BuyingRole.objects.create(workspace=problem.workspace, person=dana, role=role)

    page = soup(signed_in.get(url("problem_detail", problem)))
    quote = dana.quotes.get()
    lists = {
        words(part.select_one("h3")): words(part.select_one("ul"))
        for part in page.select("section.stack.tight")
    }
    assert lists == {
        "Raised it unprompted 1": "Loud",
        "Talked to us and never mentioned it 1": "Quiet",
    }
    assert page.select(f'a[href$="#q-{quote.pk}"]')
    assert [words(row) for row in page.select("tbody tr")] == [
        "user 1 of 1",
        "decision maker 1 of 1",
    ]


def test_words_of_talks_that_do_not_count_are_shown_and_marked(signed_in, problem):
    heard(problem, talk={"qualifies": False}, text="it broke again")
    heard(problem, talk={"trashed_at": NOW}, text="thrown away")

    text = words(soup(signed_in.get(url("problem_detail", problem))))
    assert "it broke again" in text
    assert "Does not count" in text
    assert "thrown away" not in text


def test_readers_without_names_see_pseudonyms(client, advisor, problem):
    firm = make_organisation(problem.workspace, "Loud Ltd", pseudonym="Organisation A")
    heard(problem, organisation=firm, who={"name": "Dana"}, text="secret words")
    heard(problem, organisation=firm, who={"consent": "quote"}, text="open words")
    client.force_login(advisor)

    text = words(soup(client.get(url("problem_detail", problem))))
    assert "Organisation A" in text
    assert "open words" in text
    assert [word for word in ("Dana", "Loud Ltd", "secret words") if word in text] == []


def test_a_problem_in_the_trash_and_a_foreign_one_are_not_found(signed_in, problem):
    foreign = make_problem(make_segment(make_workspace()))
    Problem.objects.filter(pk=problem.pk).update(trashed_at=NOW)

    for row in (problem, foreign):
        assert signed_in.get(url("problem_detail", row)).status_code == 404
