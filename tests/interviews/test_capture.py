"""The page on which a talk is written down, and the answers its drafts get."""

from uuid import uuid4

import pytest
from django.urls import reverse

from discovery.models import Person
from interviews.models import Interview
from tests.factories import (
    NOW,
    fresh_key,
    make_interview,
    make_person,
    make_segment,
    make_user,
    make_workspace,
)
from tests.helpers import hx, soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture
def segment(workspace):
    return make_segment(workspace, "First customers")


@pytest.fixture
def signed_in(client, founder, segment):
    client.force_login(founder)
    return client


def url(name, pk=None, slug="acme"):
    args = [slug] if pk is None else [slug, pk]
    return reverse(f"interviews:{name}", args=args)


def typed(**changes):
    """What the page sends."""
    return {
        "notes": "She said the rota broke again.",
        "who": ["Dana Ruiz, Acme", "", ""],
        "held_at": "2026-11-02T12:00",
        "kind": "problem",
        "pitched": "never",
        "segment": "",
        "next_step": "",
        "consent": "notes",
        "base_rev": "0",
        "form_key": fresh_key(),
    } | changes


def autosave(client, pk, **changes):
    data = typed(**changes)
    return hx(
        client,
        url("interview_draft", pk),
        target="draft-state",
        data=data,
        method="post",
    )


# --- the page --------------------------------------------------------------------
def test_each_page_brings_its_own_id(signed_in):
    pages = [soup(signed_in.get(url("interview_new"))) for _ in range(2)]

    actions = [page.select_one("#capture")["action"] for page in pages]
    assert len(set(actions)) == 2
    assert Interview.objects.count() == 0


def test_only_notes_are_required_and_the_rest_is_filled_in(signed_in, segment):
    page = soup(signed_in.get(url("interview_new")))

    chosen = [option.text for option in page.select("option[selected]")]
    assert chosen == [
        "problem",
        "First customers",
        "None",
        "no",
        "in person",
        "notes",
    ]
    assert page.select_one("[name=held_at]")["value"] == "2026-11-02T13:30"
    assert page.select_one("[name=base_rev]")["value"] == "0"
    assert page.select_one("textarea[name=notes]").has_attr("autofocus")
    assert not page.select_one("textarea[name=notes]").has_attr("maxlength")


def test_the_time_is_the_ventures_own(signed_in, workspace, segment):
    workspace.timezone = "America/New_York"
    workspace.save(update_fields=["timezone"])
    pk = uuid4()

    signed_in.post(url("interview_finish", pk), typed(held_at="2026-11-02T07:00"))

    assert Interview.objects.get().held_at.isoformat() == "2026-11-02T12:00:00+00:00"
    page = soup(signed_in.get(url("interview_edit", pk)))
    assert page.select_one("[name=held_at]")["value"] == "2026-11-02T07:00"


def test_people_of_this_venture_are_offered(signed_in, workspace):
    make_person(workspace, "Dana Ruiz")
    make_person(make_workspace(), "Somebody Else")

    page = soup(signed_in.get(url("interview_new")))

    assert [o["value"] for o in page.select("#people-known option")] == ["Dana Ruiz"]


# --- drafts ----------------------------------------------------------------------
def test_a_draft_is_saved_and_says_so_itself(signed_in):
    pk = uuid4()

    response = autosave(signed_in, pk)

    state = soup(response).select_one("#draft-state")
    assert (response.status_code, state["data-rev"], state["data-at"]) == (
        200,
        "1",
        "13:30",
    )
    assert "Saved on the server 13:30" in text_of(response)
    assert Interview.objects.get().notes == "She said the rota broke again."


def test_half_typed_names_make_nobody_and_are_named(signed_in, workspace):
    dana = make_person(workspace, "Dana Ruiz")

    response = autosave(signed_in, uuid4(), who=["Dana Ruiz", "Le"])

    assert text_of(response) == (
        "Saved on the server 13:30 (the new person is added when you finish)"
    )
    draft = Interview.objects.get()
    assert (list(draft.people.all()), draft.who_typed) == ([dana], ["Dana Ruiz", "Le"])
    assert Person.objects.count() == 1


def test_a_name_of_two_people_is_not_called_new(signed_in, workspace):
    for _ in range(2):
        make_person(workspace, "Dana Ruiz")

    response = autosave(signed_in, uuid4(), who=["Dana Ruiz"])

    assert text_of(response) == "Saved on the server 13:30"
    assert Interview.objects.get().who_typed == ["Dana Ruiz"]


def test_an_empty_page_makes_no_row(signed_in):
    response = autosave(signed_in, uuid4(), notes="  ", who=[""])

    assert text_of(response) == "Nothing to save yet."
    assert Interview.objects.count() == 0


def test_what_is_not_valid_is_left_out_and_named(signed_in):
    response = autosave(
        signed_in, uuid4(), held_at="yesterday", kind="chat", who=[""], next_step="Call"
    )

    assert "(not yet: When, Kind)" in text_of(response)
    draft = Interview.objects.get()
    assert (draft.held_at, draft.kind, draft.next_step) == (NOW, "problem", "Call")


def test_too_long_notes_are_refused_in_words(signed_in):
    response = autosave(signed_in, uuid4(), notes="ü" * 100_001)

    assert response.status_code == 422
    assert "Not on the server." in text_of(response)
    assert "These notes are 201 kB; at most 200 kB fit." in text_of(response)
    assert not soup(response).select_one("#draft-state").has_attr("data-rev")
    assert Interview.objects.count() == 0


def test_notes_of_exactly_the_limit_fit(signed_in):
    autosave(signed_in, uuid4(), notes="x" * 200_000)

    assert len(Interview.objects.get().notes) == 200_000


def test_somebody_elses_text_is_shown_beside_mine(signed_in, workspace, segment):
    ben = make_user(name="Ben")
    draft = make_interview(
        workspace, by=ben, state="draft", notes="By Ben", rev=3, saved_at=NOW
    )

    response = autosave(signed_in, draft.pk, base_rev="2", notes="By me")

    page = soup(response)
    assert response.status_code == 409
    assert "Ben changed this at 13:30." in page.select_one("#draft-state").text
    assert page.select_one("#their-notes").text.strip() == "By Ben"
    assert not page.select("[data-rev]:not(#conflict-choice)")
    assert Interview.objects.get().notes == "By Ben"


@pytest.mark.parametrize(
    ("choice", "kept"), [("over", "By me"), ("both", "By me\n\nBy Ben")]
)
def test_after_a_conflict_the_writer_chooses(signed_in, workspace, choice, kept):
    draft = make_interview(workspace, state="draft", notes="By Ben", rev=3)

    response = signed_in.post(
        url("interview_draft", draft.pk),
        typed(base_rev="2", notes="By me", **{choice: "3"}),
    )

    assert response.url == url("interview_edit", draft.pk)
    assert Interview.objects.get().notes == kept


def test_a_choice_made_about_an_older_text_is_asked_again(signed_in, workspace):
    draft = make_interview(workspace, state="draft", notes="By Ben", rev=4)

    response = signed_in.post(
        url("interview_draft", draft.pk), typed(notes="By me", both="3")
    )

    assert response.status_code == 409
    assert Interview.objects.get().notes == "By Ben"


def test_without_javascript_a_conflict_shows_both_texts(signed_in, workspace):
    draft = make_interview(workspace, state="draft", notes="By Ben", rev=3)

    response = signed_in.post(
        url("interview_finish", draft.pk), typed(base_rev="2", notes="By me")
    )

    page = soup(response)
    assert response.status_code == 409
    assert page.select_one("#their-notes").text.strip() == "By Ben"
    assert page.select_one("[name=notes]").text.strip() == "By me"
    assert page.select_one("[name=base_rev]")["value"] == "3"
    assert page.select_one("[name=both]")["value"] == "3"


def test_keep_as_draft_by_hand_keeps_names_and_makes_nobody(signed_in):
    pk = uuid4()

    response = signed_in.post(url("interview_draft", pk), typed(), follow=True)

    assert response.redirect_chain == [(url("interview_edit", pk), 303)]
    assert "Kept on the server." in text_of(response)
    assert Person.objects.count() == 0
    assert soup(response).select_one("#id_who")["value"] == "Dana Ruiz, Acme"
    assert soup(response).select_one("#id_who")["value"] == "Dana Ruiz, Acme"


def test_an_empty_form_kept_by_hand_makes_no_row(signed_in):
    response = signed_in.post(
        url("interview_draft", uuid4()), typed(notes=" ", who=[""]), follow=True
    )

    assert response.redirect_chain == [(url("interview_new"), 303)]
    assert Interview.objects.count() == 0


def test_a_draft_kept_by_hand_shows_what_is_wrong(signed_in):
    response = signed_in.post(
        url("interview_draft", uuid4()), typed(held_at="yesterday")
    )

    assert response.status_code == 422
    assert "When: Enter a valid date/time." in text_of(response)
    assert soup(response).select_one("[name=notes]").text.strip() == typed()["notes"]


# --- finishing -------------------------------------------------------------------
def test_finishing_leads_to_the_talk_and_says_what_is_missing(signed_in, segment):
    pk = uuid4()

    response = signed_in.post(
        url("interview_finish", pk), typed(segment=str(segment.pk)), follow=True
    )

    assert response.redirect_chain == [(url("interview_detail", pk), 303)]
    assert (
        "Finished. It does not count yet. Select a sentence in the notes and keep it "
        "as a quote." in text_of(response)
    )


def test_finishing_a_sales_call_asks_for_nothing_that_would_not_help(signed_in):
    response = signed_in.post(
        url("interview_finish", uuid4()), typed(kind="sales"), follow=True
    )

    notice = " ".join(soup(response).select_one(".notice").text.split())
    assert notice == (
        "Finished. It does not count. It was a sales call. Selling teaches you "
        "something else: this talk is kept, and it counts for question 8."
    )


def test_finishing_without_notes_keeps_everything_typed(signed_in):
    response = signed_in.post(
        url("interview_finish", uuid4()), typed(notes="", next_step="Call on Friday")
    )

    page = soup(response)
    assert response.status_code == 422
    assert page.title.text.startswith("Error: New interview")
    assert "Write down what they said." in page.select_one(".problem").text
    assert page.select_one("[name=next_step]")["value"] == "Call on Friday"
    assert page.select_one("#id_who")["value"] == "Dana Ruiz, Acme"
    assert page.select_one("#capture").has_attr("data-unsaved")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": [", Acme"]}, "A name is missing before the comma."),
        ({"who": ["x" * 301]}, "A name is too long: at most 300 characters."),
        ({"who": ["x" * 201]}, "A name is too long: at most 200 characters."),
        ({"who": ["a"] * 11}, "At most 10 people."),
        ({"segment": str(uuid4())}, "Select a valid choice."),
        ({"held_at": ""}, "This field is required."),
        ({"held_at": "2026-11-02T13:41"}, "This is in the future."),
        ({"notes": "x" * 200_001}, "Nothing is lost"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(signed_in, changes, sentence):
    response = signed_in.post(url("interview_finish", uuid4()), typed(**changes))

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Interview.objects.count() == 0


def test_a_name_of_two_people_is_asked_about(signed_in, workspace):
    for _ in range(2):
        make_person(workspace, "Dana Ruiz")

    response = signed_in.post(
        url("interview_finish", uuid4()), typed(who=["Dana Ruiz"])
    )

    assert "Which Dana Ruiz? Add the organisation" in text_of(response)


def test_the_same_form_twice_finishes_once(signed_in):
    pk, data = uuid4(), typed()

    answers = [signed_in.post(url("interview_finish", pk), data).url for _ in range(2)]

    assert answers == [url("interview_detail", pk)] * 2
    assert Interview.objects.get().rev == 1


def test_after_signing_in_on_the_way_the_draft_is_there(signed_in, workspace):
    draft = make_interview(workspace, state="draft")

    response = signed_in.get(url("interview_finish", draft.pk))

    assert response.url == url("interview_edit", draft.pk)


def test_an_id_nobody_used_opens_an_empty_page(signed_in):
    pk = uuid4()

    page = soup(signed_in.get(url("interview_edit", pk)))

    assert page.select_one("#capture")["action"] == url("interview_finish", pk)


@pytest.mark.parametrize(
    "name", ["interview_edit", "interview_draft", "interview_finish"]
)
def test_an_id_of_another_venture_is_not_found(signed_in, name):
    foreign = make_interview(make_workspace())

    response = signed_in.post(url(name, foreign.pk), typed())
    seen = signed_in.get(url("interview_edit", foreign.pk))

    assert (response.status_code, seen.status_code) == (
        405 if name == "interview_edit" else 404,
        404,
    )
    assert Interview.objects.count() == 1
