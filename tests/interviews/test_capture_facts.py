"""What the capture page asks beside the notes, and what becomes of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from discovery.models import Person
from interviews.actions import finish_interview, save_draft
from interviews.models import Interview
from tests.factories import (
    NOW,
    fresh_key,
    make_guide,
    make_interview,
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
def segment(workspace):
    return make_segment(workspace, "First customers")


@pytest.fixture
def signed_in(client, founder, segment):
    client.force_login(founder)
    return client


def url(name, pk=None):
    return reverse(f"interviews:{name}", args=["acme"] if pk is None else ["acme", pk])


def typed(**changes):
    """What the page sends; of boxes only those that are ticked."""
    return {
        "notes": "She said the rota broke again.",
        "who": ["Dana Ruiz, Acme", "", ""],
        "held_at": "2026-11-02T12:00",
        "kind": "problem",
        "channel": "video",
        "pitched": "never",
        "segment": "",
        "guide": "",
        "next_step": "",
        "consent": "notes",
        "boxes": "1",
        "base_rev": "0",
        "form_key": fresh_key(),
    } | changes


# --- the page --------------------------------------------------------------------
def test_the_team_is_offered_and_the_writer_is_ticked(
    signed_in, founder, member, advisor, observer, stranger
):
    page = soup(signed_in.get(url("interview_new")))

    boxes = page.select("[name=interviewers]")
    assert [box.parent.text.strip() for box in boxes] == [
        "Frida Founder",
        "Malik Member",
    ]
    assert [box["value"] for box in boxes if box.has_attr("checked")] == [
        str(founder.pk)
    ]


def test_a_talk_with_a_customer_begins_with_them(signed_in, workspace):
    clinic = make_organisation(workspace, "Acme Clinic")
    other = make_segment(workspace, "Hospitals")
    dana = make_person(workspace, "Dana", organisation=clinic, segment=other)

    page = soup(signed_in.get(url("interview_new"), {"customer": dana.pk}))

    assert page.select_one("#id_who")["value"] == "Dana, Acme Clinic"
    assert page.select_one("#id_segment option[selected]").text == "Hospitals"


@pytest.mark.parametrize("gone", ["archived_at", "trashed_at"])
def test_people_put_away_are_not_offered(signed_in, workspace, gone):
    person = make_person(workspace, "Dana", **{gone: NOW})

    page = soup(signed_in.get(url("interview_new"), {"customer": person.pk}))

    assert page.select("#people-known option") == []
    assert page.select_one("#id_who")["value"] == ""


def test_an_older_guide_stays_a_choice_of_the_talk_that_used_it(signed_in, workspace):
    guide = make_guide(workspace, "Rota")
    make_guide(workspace, "Rota", predecessor=guide, version=2)
    draft = make_interview(workspace, state="draft", guide=guide)

    page = soup(signed_in.get(url("interview_edit", draft.pk)))

    assert [option.text for option in page.select("#id_guide option")] == [
        "None",
        "Rota",
        "Rota v2",
    ]
    assert page.select_one("#id_guide option[selected]").text == "Rota"
    assert page.select_one("#guide summary").text == "Rota"


# --- what is kept ----------------------------------------------------------------
def test_everything_on_the_page_is_kept(signed_in, workspace, founder, member):
    guide = make_guide(workspace)
    pk = uuid4()
    data = typed(
        interviewers=[founder.pk, member.pk],
        guide=guide.pk,
        is_price_negotiated="on",
        is_next_step_asked="on",
        is_transcribed_elsewhere="on",
    )

    signed_in.post(url("interview_finish", pk), data)

    talk = Interview.objects.get(pk=pk)
    assert set(talk.interviewers.all()) == {founder, member}
    assert (talk.channel, talk.guide) == ("video", guide)
    ticks = (
        talk.is_price_negotiated,
        talk.is_next_step_asked,
        talk.is_transcribed_elsewhere,
    )
    assert ticks == (True, True, True)
    assert "price_negotiated" in talk.reasons_against
    page = soup(signed_in.get(url("interview_edit", pk)))
    checked = {box["name"] for box in page.select("[type=checkbox][checked]")}
    assert checked == {
        "interviewers",
        "is_price_negotiated",
        "is_next_step_asked",
        "is_transcribed_elsewhere",
    }


def test_a_box_is_unticked_by_the_page_and_by_nothing_less(
    signed_in, workspace, founder
):
    talk = make_interview(workspace, state="draft", is_next_step_asked=True)
    talk.interviewers.add(founder)

    def autosave(**changes):
        data = typed(**changes)
        if changes.get("boxes") is None and "boxes" in changes:
            del data["boxes"]
        hx(signed_in, url("interview_draft", talk.pk), data=data, method="post")
        talk.refresh_from_db()
        return talk.is_next_step_asked, talk.interviewers.count()

    assert autosave(base_rev="1", boxes=None) == (True, 1)
    assert autosave(base_rev="2") == (False, 0)


def test_who_writes_asked_unless_somebody_else_is_named(signed_in, founder, member):
    first, second = uuid4(), uuid4()
    signed_in.post(url("interview_finish", first), typed())
    signed_in.post(url("interview_finish", second), typed(interviewers=[member.pk]))

    assert list(Interview.objects.get(pk=first).interviewers.all()) == [founder]
    assert list(Interview.objects.get(pk=second).interviewers.all()) == [member]


@pytest.mark.parametrize(
    ("field", "value"),
    [("channel", "pigeon"), ("guide", "x"), ("interviewers", ["x"]), ("kind", "")],
)
def test_what_nobody_could_have_chosen_is_refused(signed_in, field, value):
    response = signed_in.post(url("interview_finish", uuid4()), typed(**{field: value}))

    assert response.status_code == 422
    assert Interview.objects.count() == 0


def test_somebody_of_another_venture_asked_nobody_here(signed_in, stranger):
    data = typed(interviewers=[stranger.pk])

    assert signed_in.post(url("interview_finish", uuid4()), data).status_code == 422


def test_names_typed_in_a_draft_are_nobody_until_it_is_finished(signed_in):
    pk = uuid4()
    data = typed(who=["Dana Ruiz, Acme", "Le"])
    hx(signed_in, url("interview_draft", pk), data=data, method="post")
    draft = Interview.objects.get()
    assert (draft.who_typed, draft.people.count()) == (["Dana Ruiz, Acme", "Le"], 0)
    shown = soup(signed_in.get(url("interview_edit", pk))).select("[name=who]")
    assert [box["value"] for box in shown] == ["Dana Ruiz, Acme", "Le", "", ""]

    signed_in.post(url("interview_finish", pk), data | {"base_rev": "1"})

    talk = Interview.objects.get()
    names = sorted(str(person) for person in talk.people.all())
    assert (talk.who_typed, names) == ([], ["Dana Ruiz, Acme", "Le"])


def test_names_that_are_all_known_are_kept_as_people_only(workspace, signed_in):
    dana = make_person(workspace, "Dana Ruiz")
    data = typed(who=["dana ruiz"])

    hx(signed_in, url("interview_draft", uuid4()), data=data, method="post")

    draft = Interview.objects.get()
    assert (list(draft.people.all()), draft.who_typed) == ([dana], [])


def test_somebody_in_the_trash_or_merged_away_is_not_meant(workspace, signed_in):
    kept = make_person(workspace, "Dana Ruiz")
    make_person(workspace, "Dana Ruiz", trashed_at=NOW)
    make_person(workspace, "Dana Ruiz", merged_into=kept)

    signed_in.post(url("interview_finish", uuid4()), typed(who=["Dana Ruiz"]))

    assert list(Interview.objects.get().people.all()) == [kept]


# --- the next step ---------------------------------------------------------------
@pytest.fixture
def finish(workspace, founder, segment):
    def make(step, *, pk=None, base_rev=0, held_at=NOW - timedelta(hours=2)):
        return finish_interview(
            workspace,
            pk or uuid4(),
            by=founder,
            now=NOW,
            base_rev=base_rev,
            who=["Dana Ruiz"],
            consent="notes",
            notes="She said the rota broke again.",
            held_at=held_at,
            next_step=step,
        )

    return make


def step_of_dana():
    return Person.objects.get().next_step


def test_what_they_agreed_to_is_the_next_step_with_them(finish):
    finish("Demo on Friday")

    assert step_of_dana() == "Demo on Friday"


def test_a_later_talk_replaces_the_step_of_an_earlier_one_and_its_date(finish):
    finish("Demo on Friday", held_at=NOW - timedelta(days=2))
    Person.objects.update(next_step_on=date(2026, 11, 6))
    finish("Send the offer")

    assert step_of_dana() == "Send the offer"
    assert Person.objects.get().next_step_on is None


def test_an_earlier_talk_written_down_late_replaces_nothing(finish):
    finish("Send the offer")
    finish("Demo on Friday", held_at=NOW - timedelta(days=2))

    assert step_of_dana() == "Send the offer"


def test_a_step_set_by_hand_stays(workspace, finish):
    make_person(workspace, "Dana Ruiz", next_step="Call her boss")
    finish("Demo on Friday")

    assert step_of_dana() == "Call her boss"


def test_a_step_that_is_done_does_not_come_back_with_a_corrected_typo(finish):
    talk = finish("Demo on Friday")
    Person.objects.update(next_step="")
    finish("Demo on Friday", pk=talk.pk, base_rev=talk.rev)

    assert step_of_dana() == ""


# --- two writers -----------------------------------------------------------------
def test_the_same_people_named_again_are_no_new_revision(workspace, founder):
    pk, ben = uuid4(), make_user(name="Ben")
    facts = {"by": founder, "now": NOW, "notes": "one"}
    save_draft(workspace, pk, base_rev=0, interviewers=[founder, ben], **facts)
    again = save_draft(workspace, pk, base_rev=1, interviewers=[ben, founder], **facts)

    assert again.rev == 1


# --- does it count ---------------------------------------------------------------
def test_a_reason_leads_to_the_field_that_mends_it(signed_in, workspace, founder):
    talk = make_interview(
        workspace,
        by=founder,
        reasons_against=["nobody", "no_segment", "pitched_first"],
    )

    page = soup(signed_in.get(url("interview_detail", talk.pk)))

    edit = url("interview_edit", talk.pk)
    assert {a.text: a["href"] for a in page.select("#counts a")} == {
        "Say who you talked to.": f"{edit}#id_who",
        "Choose the segment these customers are in.": f"{edit}#id_segment",
    }
    assert "It still counts for question 8 if it was a sales call." in page.text
    form = soup(signed_in.get(edit))
    assert all(form.select_one(f"#{target}") for target in ("id_who", "id_segment"))


def test_what_was_asked_and_how_is_read_again(signed_in, workspace, founder):
    guide = make_guide(workspace, "Rota")
    talk = make_interview(
        workspace, by=founder, guide=guide, channel="phone", is_next_step_asked=True
    )
    talk.interviewers.add(founder)

    facts = text_of(signed_in.get(url("interview_detail", talk.pk)))

    assert "Asked by Frida Founder How telephone Guide Rota" in facts
    assert "Next step asked, none agreed" in facts


def test_a_talk_in_the_trash_counts_no_longer_until_it_is_back(
    signed_in, workspace, segment, founder
):
    person = make_person(workspace, "Dana")
    talk = make_interview(workspace, by=founder, segment=segment, people=[person])
    make_quote(talk)

    def press(name):
        address = reverse(f"core:{name}", args=["acme", "interview", talk.pk])
        signed_in.post(address, {"form_key": fresh_key()})
        talk.refresh_from_db()
        return talk.qualifies, talk.reasons_against

    assert press("row_trash") == (False, ["trashed"])
    page = soup(signed_in.get(url("interview_detail", talk.pk)))
    assert page.select_one("#counts a")["href"] == "/w/acme/trash/"
    assert press("row_restore") == (True, [])


def test_names_are_offered_while_one_is_typed(signed_in, workspace):
    clinic = make_organisation(workspace, "Acme Clinic")
    make_person(workspace, "Dana", organisation=clinic)
    make_person(workspace, "Adam")
    make_person(workspace, "Ada", trashed_at=NOW)
    make_person(make_workspace(), "Adah")

    def offered(typed):
        page = soup(hx(signed_in, url("people_offered"), data={"who": typed}))
        return [option["value"] for option in page.select("option")]

    assert offered("da") == ["Adam", "Dana, Acme Clinic"]
    assert offered("clinic") == ["Dana, Acme Clinic"]
    assert offered("Dana, Acme") == ["Dana, Acme Clinic"]
    assert offered(" ") == []
