"""Drafts and finished talks, as rows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core.models import ActivityEntry
from discovery.actions import edit_organisation, edit_person
from discovery.models import Person
from interviews.actions import (
    edit_quote,
    finish_interview,
    save_draft,
    take_quote,
    withdraw_quote,
)
from interviews.conflicts import OutdatedError
from interviews.models import Interview, Quote
from tests.factories import NOW, make_segment, make_user

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def segment(workspace):
    return make_segment(workspace, "First customers")


@pytest.fixture
def finish(workspace, founder, segment):
    """Finishes a talk that lacks nothing but a quote."""

    def make(pk=None, **changes):
        facts = {
            "by": founder,
            "now": NOW,
            "base_rev": 0,
            "who": ["Dana Ruiz, Acme"],
            "consent": "notes",
            "notes": "She said the rota broke again.",
            "held_at": NOW - timedelta(hours=2),
            "segment": segment,
        } | changes
        return finish_interview(workspace, pk or uuid4(), **facts)

    return make


def reload(row):
    return type(row).objects.get(pk=row.pk)


def verbs():
    return sorted(ActivityEntry.objects.values_list("verb", flat=True))


# --- drafts ----------------------------------------------------------------------
def test_the_same_id_makes_one_row(workspace, founder):
    pk = uuid4()
    for rev, notes in enumerate(["one", "one two", "one two three"]):
        save_draft(workspace, pk, by=founder, now=NOW, base_rev=rev, notes=notes)

    draft = Interview.objects.get()
    assert (draft.pk, draft.notes, draft.rev) == (pk, "one two three", 3)
    assert (draft.state, draft.qualifies) == ("draft", False)
    assert verbs() == []


def test_saving_from_an_older_text_is_refused_and_changes_nothing(workspace, founder):
    pk, ben = uuid4(), make_user(name="Ben")
    save_draft(workspace, pk, by=founder, now=NOW, base_rev=0, notes="one")
    save_draft(workspace, pk, by=ben, now=LATER, base_rev=1, notes="by Ben")

    with pytest.raises(OutdatedError) as refusal:
        save_draft(workspace, pk, by=founder, now=LATER, base_rev=1, notes="by me")

    assert refusal.value.current.notes == "by Ben"
    kept = Interview.objects.get()
    assert (kept.notes, kept.rev, kept.saved_by) == ("by Ben", 2, ben)


def test_the_same_text_sent_again_is_no_conflict(workspace, founder):
    pk = uuid4()
    for _ in range(3):
        save_draft(workspace, pk, by=founder, now=NOW, base_rev=0, notes="one")

    assert Interview.objects.get().rev == 1


def test_when_notes_were_first_written_does_not_move(workspace, founder):
    pk = uuid4()
    save_draft(workspace, pk, by=founder, now=NOW, base_rev=0, notes="one")
    save_draft(workspace, pk, by=founder, now=LATER, base_rev=1, notes="two")

    draft = Interview.objects.get()
    assert (draft.recorded_at, draft.saved_at) == (NOW, LATER)


@pytest.mark.django_db(transaction=True)
def test_first_drafts_sent_at_once_are_one_row(workspace, founder):
    pk = uuid4()

    def send(_):
        try:
            save_draft(workspace, pk, by=founder, now=NOW, base_rev=0, notes="one")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))

    assert Interview.objects.get().rev == 1


# --- finishing -------------------------------------------------------------------
def test_finishing_writes_down_who_was_there(finish, founder, segment):
    talk = finish()

    dana = Person.objects.get()
    assert list(talk.people.all()) == [dana]
    assert (str(dana), dana.consent, dana.segment) == (
        "Dana Ruiz, Acme",
        "notes",
        segment,
    )
    assert list(talk.interviewers.all()) == [founder]
    assert talk.reasons_against == ["no_quote"]
    assert verbs() == ["interview.finished", "organisation.added", "person.added"]


def test_finishing_twice_changes_nothing_more(finish):
    pk = uuid4()
    finish(pk)
    finish(pk)

    assert Interview.objects.get().rev == 1
    assert Person.objects.count() == 1


def test_finishing_from_an_older_text_writes_nobody_down(finish, workspace, founder):
    pk = uuid4()
    save_draft(workspace, pk, by=founder, now=NOW, base_rev=0, notes="theirs")

    with pytest.raises(OutdatedError):
        finish(pk)

    assert Interview.objects.get().state == "draft"
    assert Person.objects.count() == 0


def test_editing_a_finished_talk_keeps_it_finished(finish, founder):
    talk = finish()

    finish(talk.pk, base_rev=1, notes="Other words.", by=make_user())

    talk = reload(talk)
    assert (talk.state, talk.notes, talk.rev) == ("finished", "Other words.", 2)
    assert list(talk.interviewers.all()) == [founder]
    assert verbs().count("interview.edited") == 1


# --- does it count ---------------------------------------------------------------
def test_a_quote_makes_it_count_and_its_withdrawal_unmakes_it(finish, founder):
    talk = finish()
    quote = take_quote(talk, by=founder, now=NOW, text="the rota broke")
    assert reload(talk).qualifies is True

    withdraw_quote(quote, by=founder, now=LATER, reason="Not her words.")

    talk = reload(talk)
    assert (talk.qualifies, talk.reasons_against) == (False, ["no_quote"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "sales"}, "sales"),
        ({"pitched": "before_problem"}, "pitched_first"),
        ({"segment": None}, "no_segment"),
        ({"who": []}, "nobody"),
        ({"held_at": NOW - timedelta(days=4)}, "late_notes"),
    ],
)
def test_an_edit_is_judged_at_once(finish, founder, change, code):
    talk = finish()
    take_quote(talk, by=founder, now=NOW, text="the rota broke")

    finish(talk.pk, base_rev=1, **change)

    assert reload(talk).reasons_against == [code]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"consent": "none"}, ["no_consent", "no_quote"]),
        ({"is_related_party": True}, ["related_party"]),
    ],
)
def test_what_changes_about_a_person_is_judged_at_once(finish, founder, change, codes):
    talk = finish()
    take_quote(talk, by=founder, now=NOW, text="the rota broke")

    edit_person(Person.objects.get(), by=founder, now=LATER, **change)

    talk = reload(talk)
    assert (talk.qualifies, talk.reasons_against) == (False, codes)


def test_what_changes_about_an_organisation_is_judged_at_once(finish, founder):
    talk = finish()
    firm = Person.objects.get().organisation

    edit_organisation(firm, by=founder, now=LATER, is_related_party=True)

    assert reload(talk).reasons_against == ["related_party", "no_quote"]


# --- quotes ----------------------------------------------------------------------
def test_a_quote_is_the_words_of_the_notes(finish, founder):
    talk = finish(notes="First.\n\n> We'd pay\n> tomorrow.\n\nLast.")

    quote = take_quote(talk, by=founder, now=NOW, text=" We'd  pay\ntomorrow. ")

    assert (quote.text, quote.person.name) == ("We'd pay tomorrow.", "Dana Ruiz")
    assert talk.notes[quote.start : quote.end] == "We'd pay\n> tomorrow."
    assert (quote.prefix, quote.suffix) == ("First. ", " Last.")


def test_words_nobody_wrote_are_refused(finish, founder):
    with pytest.raises(ValidationError, match="not words of the notes"):
        take_quote(finish(), by=founder, now=NOW, text="It is wonderful")

    assert Quote.objects.count() == 0


def test_the_same_words_of_the_same_place_are_one_quote(finish, founder):
    talk = finish()
    quotes = {
        take_quote(talk, by=founder, now=NOW, text="the rota broke") for _ in range(2)
    }

    assert len(quotes) == Quote.objects.count() == 1


def test_no_quote_of_somebody_who_allowed_none(finish, founder):
    talk = finish(consent="none")

    with pytest.raises(ValidationError, match="Dana Ruiz did not agree"):
        take_quote(talk, by=founder, now=NOW, text="the rota broke")


def test_with_several_people_nobody_is_guessed(finish, founder):
    talk = finish(who=["Dana Ruiz, Acme", "Lee"])

    assert take_quote(talk, by=founder, now=NOW, text="the rota").person is None


def test_a_quote_is_found_again_after_an_edit(finish, founder):
    talk = finish()
    quote = take_quote(talk, by=founder, now=NOW, text="the rota broke")

    finish(talk.pk, base_rev=1, notes="Added. She said the rota broke twice.")

    quote, talk = reload(quote), reload(talk)
    assert talk.notes[quote.start : quote.end] == "the rota broke"
    assert quote.suffix == " twice."


def test_a_quote_whose_words_are_gone_is_kept_and_comes_back(finish, founder):
    talk = finish()
    quote = take_quote(talk, by=founder, now=NOW, text="the rota broke")

    finish(talk.pk, base_rev=1, notes="Quite different.")
    gone = reload(quote)
    finish(talk.pk, base_rev=2, notes="No: the rota broke.")

    assert (gone.text, gone.start, gone.end) == ("the rota broke", None, None)
    assert reload(quote).start == 4


def test_a_quote_can_be_trimmed_and_given_to_somebody(finish, founder):
    talk = finish(who=["Dana Ruiz, Acme", "Lee"])
    quote = take_quote(talk, by=founder, now=NOW, text="the rota broke again")
    lee = Person.objects.get(name="Lee")

    edit_quote(
        quote, by=founder, now=LATER, text="rota broke", person=lee, is_prompted=True
    )

    quote = reload(quote)
    assert (quote.text, quote.person, quote.is_prompted) == ("rota broke", lee, True)
    assert verbs().count("quote.edited") == 1


def test_a_lost_quote_can_still_be_given_to_somebody(finish, founder, workspace):
    talk = finish()
    quote = take_quote(talk, by=founder, now=NOW, text="the rota broke")
    finish(talk.pk, base_rev=1, notes="Gone.")
    quote = reload(quote)

    edit_quote(quote, by=founder, now=LATER, text=quote.text, is_prompted=True)

    assert reload(quote).is_prompted is True


def test_withdrawing_twice_keeps_the_first_reason(finish, founder):
    quote = take_quote(finish(), by=founder, now=NOW, text="the rota broke")

    withdraw_quote(quote, by=founder, now=LATER, reason="First.")
    withdraw_quote(quote, by=founder, now=LATER, reason="Second.")

    assert reload(quote).withdrawn_reason == "First."


def test_the_log_holds_no_words_and_no_names(finish, founder):
    take_quote(finish(), by=founder, now=NOW, text="the rota broke")

    assert "rota" not in str(list(ActivityEntry.objects.values()))
    assert "Dana" not in str(list(ActivityEntry.objects.values()))
