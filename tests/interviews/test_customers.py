"""Who is found by which filter, and what the page of a person says."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from discovery.actions import edit_person
from discovery.models import BuyingRole, Person
from interviews.models import QuoteLink
from interviews.search import reindex
from tests.factories import (
    NOW,
    TODAY,
    fresh_key,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
)
from tests.helpers import hx, soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")
CUSTOMERS = "/w/acme/customers/"
DAY = timedelta(days=1)


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


@pytest.fixture
def cast(workspace, founder):
    """Quiet: Ada alone. Ben has a step ahead, Cyd talked lately, Dee never."""
    ada = make_person(workspace, "Ada", source="warm", email="ada@a.example")
    ben = make_person(workspace, "Ben", next_step="Send it", next_step_on=TODAY)
    cyd = make_person(workspace, "Cyd")
    make_person(workspace, "Dee")
    make_person(workspace, "Old", archived_at=NOW)
    make_person(workspace, "Thrown", trashed_at=NOW)
    talk = make_interview(workspace, people=[ada, ben], held_at=NOW - 22 * DAY)
    make_interview(workspace, people=[cyd], held_at=NOW - 20 * DAY)
    BuyingRole.objects.create(workspace=workspace, person=cyd, role="saboteur")
    prove(make_quote(talk, person=ada), founder, rung=1, grade=3)
    prove(make_quote(talk, "last Tuesday", person=ada), founder, rung=4, grade=3)
    return {"ada": ada, "cyd": cyd, "talk": talk}


def prove(quote, by, *, rung, grade):
    return QuoteLink.objects.create(
        workspace=quote.workspace,
        quote=quote,
        rung=rung,
        grade=grade,
        stance="supports",
        by=by,
        linked_at=NOW,
    )


def names(response):
    return [head.text.strip() for head in soup(response).select("tbody th")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ada", "Ben", "Cyd", "Dee"]),
        ("q=a.example", ["Ada"]),
        ("q=send", ["Ben"]),
        ("source=warm", ["Ada"]),
        ("role=saboteur", ["Cyd"]),
        ("rung=1", ["Ada"]),
        ("rung=0", ["Ben", "Cyd", "Dee"]),
        ("untalked=on", ["Dee"]),
        ("quiet=on", ["Ada"]),
        ("archived=on", ["Old"]),
        ("sort=-rung&q=a", ["Ada"]),
    ],
)
def test_filters(signed_in, cast, query, found):
    assert names(signed_in.get(f"{CUSTOMERS}?{query}")) == found


def test_the_head_links_to_those_gone_quiet(signed_in, cast):
    link = soup(signed_in.get(CUSTOMERS)).select_one(".page-summary a")

    assert (link.text, link["href"]) == ("1 has gone quiet", f"{CUSTOMERS}?quiet=on")


def test_the_file_holds_the_filtered_rows(signed_in, cast):
    response = signed_in.get(f"{CUSTOMERS}?role=saboteur&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert [(row["name"], row["roles"], row["rungs"]) for row in rows] == [
        ("Cyd", "saboteur", "0")
    ]


def test_the_next_step_is_changed_in_its_cell(signed_in, cast):
    ada = cast["ada"]
    url, cell = (
        reverse("discovery:next_step", args=["acme", ada.pk]),
        f"next-step-{ada.pk}",
    )

    form = hx(signed_in, url, target=cell)
    data = {"next_step": "Call her", "next_step_on": "2026-11-09", "rev": 1}
    saved = hx(signed_in, url, target=cell, data=data, method="post")

    assert soup(form).select_one(f"form#{cell} [autofocus]")["name"] == "next_step"
    assert soup(saved).select_one(f"#{cell} a[autofocus]")
    ada.refresh_from_db()
    assert (ada.next_step, str(ada.next_step_on)) == ("Call her", "2026-11-09")


@pytest.mark.parametrize(
    ("sent", "changed"),
    [
        ({"do": "archive", "whom": "all", "asked": "source=warm"}, ["Ada", "Old"]),
        ({"do": "archive", "whom": "ticked", "who": ["cyd"]}, ["Cyd", "Old"]),
        ({"do": "archive", "whom": "ticked"}, ["Old"]),
        ({"do": "unarchive", "whom": "all", "asked": "archived=on"}, []),
    ],
)
def test_many_are_put_away(signed_in, cast, sent, changed):
    sent = sent | {"who": [cast[name].pk for name in sent.get("who", [])]}

    response = signed_in.post(f"{CUSTOMERS}bulk/", sent)

    assert response.status_code == 303
    away = Person.objects.filter(archived_at__isnull=False).order_by("name")
    assert [person.name for person in away] == changed


def test_many_change_their_segment(signed_in, cast, workspace):
    segment = make_segment(workspace, "Clinics")

    signed_in.post(
        f"{CUSTOMERS}bulk/", {"do": "segment", "whom": "all", "segment": segment.pk}
    )

    assert segment.people.count() == 4


def test_words_in_the_notes_find_who_was_there(signed_in, workspace, founder):
    dana, lee = make_person(workspace, "Dana"), make_person(workspace, "Lee")
    refuses = make_person(workspace, "Refused", consent="none")
    talk = {"by": founder, "notes": "Two nurses called in sick."}
    make_interview(workspace, people=[dana, lee], **talk)
    make_interview(workspace, people=[refuses], **talk)
    make_interview(workspace, people=[make_person(workspace, "Nobody")], by=founder)
    reindex(workspace)

    def found(typed):
        page = soup(signed_in.get(CUSTOMERS, {"q": typed}))
        return [link.text for link in page.select("tbody th a")]

    make_person(workspace, "Émile Özdemir")
    reindex(workspace)
    assert found("ÖZDEMIR") == ["Émile Özdemir"]
    assert found("emile oz") == ["Émile Özdemir"]
    assert found("nurses sick") == ["Dana", "Lee"]
    assert found("nur") == ["Dana", "Lee"]
    assert found("nu") == []


# --- pages -----------------------------------------------------------------------
def test_a_rung_without_proof_takes_a_quote_of_theirs(signed_in, cast):
    ada = f"{CUSTOMERS}{cast['ada'].pk}/"
    rung = soup(signed_in.get(ada)).select("[aria-labelledby=ladder-head] > ol > li")[4]
    form = soup(signed_in.get("/w/acme/" + "/".join(rung.a["href"].split("/")[3:])))
    chosen = form.select_one("[name$=target] option[selected]")
    prefix = chosen.find_parent("select")["name"].removesuffix("target")

    sent = signed_in.post(
        rung.a["href"].split("?")[0],
        {
            "form_key": fresh_key(),
            f"{prefix}target": chosen["value"],
            f"{prefix}back": form.select_one("[name$=back]")["value"],
            f"{prefix}stance": "supports",
            f"{prefix}grade": "4",
            f"{prefix}saw_it": "on",
        },
    )

    assert chosen.text == "They have money for it"
    assert sent.url == ada
    rungs = soup(signed_in.get(ada)).select("[aria-labelledby=ladder-head] > ol > li")
    assert "no proof yet" not in rungs[4].text


def test_a_person_page_says_what_proves_each_rung(signed_in, cast):
    page = soup(signed_in.get(f"{CUSTOMERS}{cast['ada'].pk}/"))

    rungs = [
        " ".join(item.text.split())
        for item in page.select("[aria-labelledby=ladder-head] > ol > li")
    ]
    assert rungs[0] == "They have the problem: “the rota broke again” Ada"
    assert rungs[3].startswith("They built a makeshift solution no proof yet")


def test_the_timeline_tells_the_latest_first(signed_in, cast, founder, workspace):
    ada = cast["ada"]
    make_person(workspace, "Eve", referred_by=ada)
    edit_person(ada, by=founder, now=NOW + DAY, consent="quote", consent_how="By mail")

    page = soup(signed_in.get(f"{CUSTOMERS}{ada.pk}/"))

    found = [
        " ".join(li.text.split())
        for li in page.select("[aria-labelledby=timeline-head] li .row-main")
    ]
    assert found[0].startswith("The consent was changed")
    assert sorted(found[1:4]) == [
        "Quote: “last Tuesday”",
        "Quote: “the rota broke again”",
        "Sent to us: Eve",
    ]
    assert found[4] == "Talk: problem"
    ada.refresh_from_db()
    assert ada.consent_by == founder


def test_an_organisation_page_says_which_roles_were_met(signed_in, workspace):
    acme = make_organisation(workspace, "Acme")
    met, known = (
        make_person(workspace, n, organisation=acme) for n in ("Met", "Known")
    )
    make_interview(workspace, people=[met])
    BuyingRole.objects.create(workspace=workspace, person=met, role="user")
    BuyingRole.objects.create(workspace=workspace, person=known, role="saboteur")

    page = soup(signed_in.get(f"/w/acme/organisations/{acme.pk}/"))

    items = page.select("[aria-labelledby=roles-head] li")
    found = [" ".join(item.text.split()) for item in items]
    assert found[0] == "User: Met"
    assert found[-1] == "Saboteur: Known not talked to yet"
    assert "Decision maker nobody known" in found


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"trashed_at": NOW}, "In the trash since"),
        ({"archived_at": NOW}, "In the archive"),
        ({"erased_at": NOW}, "Erased on 2 Nov"),
    ],
)
def test_pages_say_where_somebody_is(signed_in, workspace, state, said):
    person = make_person(workspace, **state)

    assert said in text_of(signed_in.get(f"{CUSTOMERS}{person.pk}/"))


def test_nothing_is_planned_with_somebody_erased(signed_in, workspace):
    gone = make_person(workspace, "Person 7", erased_at=NOW)
    edit = reverse("discovery:person_edit", args=["acme", gone.pk])
    step = reverse("discovery:next_step", args=["acme", gone.pk])

    page = soup(signed_in.get(f"{CUSTOMERS}{gone.pk}/"))
    row = soup(signed_in.get(CUSTOMERS)).select_one("tbody tr")

    offered = [link.get_text(" ", strip=True) for link in page.main.select("a.button")]
    assert offered == []
    assert page.find(id="step-head") is None
    assert page.find("a", string="Erase again, with what was written since")
    assert row.find("a", href=step) is None
    answers = [signed_in.get(edit), signed_in.post(edit, {"name": "Ada"})]
    answers.append(signed_in.post(step, {"next_step": "Call"}))
    assert [one.status_code for one in answers] == [404, 404, 404]


def test_people_and_organisations_are_added_from_the_list(client, signed_in, advisor):
    ways = {
        link.get_text(): link["href"]
        for link in soup(signed_in.get(CUSTOMERS)).main("a")
    }

    assert ways["New person"] == "/w/acme/customers/new/"
    assert ways["New organisation"] == "/w/acme/organisations/new/"
    client.force_login(advisor)
    assert client.get("/w/acme/organisations/new/").status_code == 403
