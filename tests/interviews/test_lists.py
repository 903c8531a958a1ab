"""Customers and talks: lists, filters, files, and the pages of one."""

import csv
import io
from datetime import timedelta

import pytest

from tests.factories import (
    NOW,
    make_interview,
    make_member,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
    make_user,
    make_workspace,
)
from tests.helpers import hx, soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


@pytest.fixture
def people(workspace):
    """Dana of Acme, who said most; Lee of nowhere; Kim, whom nobody talked to yet."""
    segment = make_segment(workspace, "Clinics")
    acme = make_organisation(workspace, "Acme Clinic")
    dana = make_person(workspace, "Dana Ruiz", organisation=acme, segment=segment)
    lee = make_person(workspace, "Lee North")
    kim = make_person(workspace, "Kim", segment=segment)
    old = make_interview(
        workspace,
        people=[dana, lee],
        held_at=NOW - timedelta(days=9),
        next_step="Intro to the COO",
    )
    make_interview(workspace, people=[dana], held_at=NOW - timedelta(days=3))
    make_interview(workspace, people=[kim], state="draft")
    make_quote(old, "the rota", person=dana)
    make_quote(old, "broke again", person=dana)
    make_quote(old, "withdrawn", person=lee, withdrawn_at=NOW)
    return {"dana": dana, "lee": lee, "kim": kim, "segment": segment, "acme": acme}


CUSTOMERS = "/w/acme/customers/"
TALKS = "/w/acme/interviews/"


def names(response):
    return [head.text.strip() for head in soup(response).select("tbody th")]


def rows(response):
    return [
        [" ".join(cell.text.split()) for cell in row.select("th, td")]
        for row in soup(response).select("tbody tr")
    ]


# --- customers -------------------------------------------------------------------
def test_each_person_with_what_they_said(signed_in, people):
    assert rows(signed_in.get(CUSTOMERS)) == [
        [
            "Dana Ruiz",
            "Acme Clinic",
            "Clinics",
            "○○○○○",
            "3 days ago 30 Oct 2026",
            "2",
            "Intro to the COO Set the next step with Dana Ruiz",
        ],
        [
            *("Kim", "", "Clinics", "○○○○○", "no talk yet", "0"),
            "Set the next step with Kim",
        ],
        [
            *("Lee North", "", "", "○○○○○", "9 days ago 24 Oct 2026", "0"),
            "Intro to the COO Set the next step with Lee North",
        ],
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=rui", ["Dana Ruiz"]),
        ("q=acme", ["Dana Ruiz"]),
        ("q=nobody", []),
        ("segment={segment.pk}", ["Dana Ruiz", "Kim"]),
        ("segment={segment.pk}&q=k", ["Kim"]),
        ("q=", ["Dana Ruiz", "Kim", "Lee North"]),
        ("q=%25", []),
        ("sort=-name", ["Lee North", "Kim", "Dana Ruiz"]),
        ("sort=-last_talk", ["Dana Ruiz", "Lee North", "Kim"]),
        ("sort=last_talk", ["Lee North", "Dana Ruiz", "Kim"]),
        ("sort=-quotes", ["Dana Ruiz", "Kim", "Lee North"]),
        ("sort=organisation", ["Dana Ruiz", "Kim", "Lee North"]),
        ("page=7", ["Dana Ruiz", "Kim", "Lee North"]),
    ],
)
def test_customers_are_searched_filtered_and_sorted(signed_in, people, query, found):
    assert names(signed_in.get(f"{CUSTOMERS}?{query.format(**people)}")) == found


@pytest.mark.parametrize(
    "query",
    [
        "serach=dana",
        "sort=email",
        "segment=nonsense",
        "segment=5d1c8a3e-0b7f-4c55-9d0e-2f6a7b1c9e10",
        "kind=sales",
    ],
)
def test_a_filter_that_does_not_exist_is_refused(signed_in, people, query):
    assert signed_in.get(f"{CUSTOMERS}?{query}").status_code == 400


def test_small_letters_stand_among_capitals(signed_in, people):
    make_person(people["segment"].workspace, name="kim the younger")

    assert names(signed_in.get(f"{CUSTOMERS}?sort=name")) == [
        "Dana Ruiz",
        "Kim",
        "kim the younger",
        "Lee North",
    ]


def test_the_sorted_column_says_so(signed_in, people):
    heads = soup(signed_in.get(f"{CUSTOMERS}?sort=-quotes&q=a")).select("th[aria-sort]")

    assert [head["aria-sort"] for head in heads] == [
        *("none", "none", "none", "none"),
        "descending",
        "none",
    ]
    assert heads[4].a["href"] == "?sort=quotes&q=a"


def test_the_part_is_the_table_of_the_page_and_is_announced(signed_in, people):
    page = signed_in.get(f"{CUSTOMERS}?q=dana")
    part = hx(signed_in, f"{CUSTOMERS}?q=dana", target="person-table")

    assert str(soup(part).select_one("#person-table .table-wrap")) == str(
        soup(page).select_one("#person-table .table-wrap")
    )
    assert soup(part).select_one("#say").text == "1 person found"
    assert part.headers["Vary"] == "HX-Request, HX-Target, Cookie"
    assert b"<html" in hx(signed_in, CUSTOMERS, target="unknown").content


def test_25_to_a_page(signed_in, workspace):
    for _ in range(26):
        make_person(workspace)

    assert len(names(signed_in.get(CUSTOMERS))) == 25
    assert len(names(signed_in.get(f"{CUSTOMERS}?page=2"))) == 1


def test_first_use_and_no_result_look_different(signed_in, workspace):
    assert "Nobody yet" in text_of(signed_in.get(CUSTOMERS))

    make_person(workspace)

    assert "Nobody matches." in text_of(signed_in.get(f"{CUSTOMERS}?q=zzz"))


# --- talks -----------------------------------------------------------------------
@pytest.fixture
def talks(workspace, founder):
    ben = make_member(workspace, user=make_user(name="Ben")).user
    dana = make_person(workspace, "Dana")
    day = timedelta(days=1)
    make_interview(
        workspace, people=[dana], by=founder, held_at=NOW - 3 * day, qualifies=True
    )
    make_interview(workspace, by=ben, kind="sales", held_at=NOW - 2 * day)
    make_interview(workspace, by=ben, state="draft", held_at=NOW - day, notes="His")
    make_interview(workspace, by=founder, state="draft", notes="Mine")
    return {"ben": ben}


def kinds(response):
    return [row[2] + "/" + row[5] for row in rows(response)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["problem/Draft", "sales/Does not count", "problem/Qualifies"]),
        (
            "sort=held_at",
            ["problem/Qualifies", "sales/Does not count", "problem/Draft"],
        ),
        ("kind=sales", ["sales/Does not count"]),
        ("qualifies=yes", ["problem/Qualifies"]),
        ("qualifies=no&kind=sales", ["sales/Does not count"]),
        ("by={ben.pk}", ["problem/Draft", "sales/Does not count"]),
    ],
)
def test_talks_are_filtered(signed_in, talks, query, found):
    assert kinds(signed_in.get(f"{TALKS}?{query.format(**talks)}")) == found


def test_my_drafts_stand_above(signed_in, talks):
    drafts = soup(signed_in.get(TALKS)).select("main .rows .row-main")

    assert [" ".join(draft.text.split()) for draft in drafts] == [
        "Nobody named yet Mine"
    ]


def test_by_names_only_this_team(signed_in, talks):
    make_member(make_workspace(), user=make_user(name="Stranger"))

    options = soup(signed_in.get(TALKS)).select("#id_by option")

    assert [o.text for o in options] == ["Everybody", "Ben", "Frida Founder"]


# --- files -----------------------------------------------------------------------
def table(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_file_has_the_rows_of_the_filter_all_of_them(signed_in, people, workspace):
    for _ in range(30):
        make_person(workspace)

    response = signed_in.get(f"{CUSTOMERS}?format=csv&q=dana ruiz")
    everybody = signed_in.get(f"{CUSTOMERS}?format=csv&sort=-quotes")

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="customers-acme.csv"'
    )
    row = table(response)[0]
    assert (row["organisation"], row["last_talk"], row["quotes"]) == (
        "Acme Clinic",
        "2026-10-30T13:30+00:00",
        "2",
    )
    assert len(table(everybody)) == 33
    assert table(everybody)[0]["name"] == "Dana Ruiz"


def test_files_hold_no_formulas(signed_in, workspace, founder):
    make_person(workspace, "=cmd()", phone="+49 30 1")
    make_interview(workspace, by=founder, notes="@SUM(A1)\nsecond line")

    person = table(signed_in.get(f"{CUSTOMERS}?format=csv"))[0]
    talk = table(signed_in.get(f"{TALKS}?format=csv"))[0]

    assert (person["name"], person["telephone"]) == ("'=cmd()", "'+49 30 1")
    assert talk["notes"] == "'@SUM(A1)\nsecond line"


def test_the_file_of_talks_says_why_they_do_not_count(signed_in, workspace, founder):
    make_interview(
        workspace, by=founder, kind="sales", reasons_against=["sales", "no_quote"]
    )

    row = table(signed_in.get(f"{TALKS}?format=csv&kind=sales"))[0]

    assert (row["counts"], row["by"]) == ("no", "Frida Founder")
    assert row["why_not"].startswith("It was a sales call. None of their own words")


# --- one person, one organisation ------------------------------------------------
def test_a_persons_page_has_talks_and_words(signed_in, people):
    dana = people["dana"]

    page = soup(signed_in.get(f"{CUSTOMERS}{dana.pk}/"))

    assert page.h1.text == "Dana Ruiz"
    assert len(page.select("tbody tr")) == 2
    assert {q.p.text for q in page.select("blockquote.quote")} == {
        "the rota",
        "broke again",
    }
    assert dana.pseudonym in page.text


def test_an_organisations_page_has_its_people_and_their_talks(signed_in, people):
    page = soup(signed_in.get(f"/w/acme/organisations/{people['acme'].pk}/"))

    assert [link.text for link in page.select("main .rows a")] == ["Dana Ruiz"]
    assert len(page.select("tbody tr")) == 2
    assert len(page.select("blockquote.quote")) == 2


@pytest.mark.parametrize("role", ["advisor", "observer"])
def test_those_who_may_not_see_names_see_nothing_here(request, client, people, role):
    client.force_login(request.getfixturevalue(role))
    pages = [CUSTOMERS, TALKS, f"{CUSTOMERS}?format=csv", f"{TALKS}?format=csv"]

    assert {client.get(page).status_code for page in pages} == {403}
