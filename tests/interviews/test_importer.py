"""Talks and survey answers from tables, through the steps of the job."""

import pytest

from core.importing import choose_columns, stage_table, start_run, start_undo, work_on
from core.models import ImportRun
from core.spreadsheets import read_table
from discovery.models import Organisation, Person
from interviews.models import Interview, MustHaveAnswer, Survey, SurveyResponse
from tests.factories import (
    NOW,
    make_organisation,
    make_person,
    make_quote,
    make_segment,
)

pytestmark = pytest.mark.django_db

TALK = {"kind": "problem", "pitched": "never", "consent": "notes"}
TALKS = (
    "Date;Who;Notes;Art;Next step\n"
    '2026-11-01 09:30;"Dana Ruiz, Acme; Lee Park";"The rota broke.\nAgain.";switch;\n'
    "26.10.2026;Kim;They wait for weeks.;;A call\n"
)


def checked(workspace, by, text, kind, choices, target=""):
    run = stage_table(
        workspace, by=by, now=NOW, kind=kind, target=target, table=read_table(text)
    )
    choose_columns(run, by=by, now=NOW, mapping=run.mapping, choices=choices)
    work_on(run.pk, lambda: NOW)
    return ImportRun.objects.get(pk=run.pk)


def imported(workspace, by, text, kind="interviews", choices=TALK, target=""):
    run = checked(workspace, by, text, kind, choices, target)
    assert start_run(run, by=by, now=NOW), [row.problems for row in run.rows.all()]
    work_on(run.pk, lambda: NOW)
    return ImportRun.objects.get(pk=run.pk)


def undone(run, by):
    start_undo(run, by=by, now=NOW)
    work_on(run.pk, lambda: NOW)
    return ImportRun.objects.get(pk=run.pk)


def test_talks_come_in_finished_with_their_people(workspace, member):
    acme = make_organisation(workspace, "Acme")
    dana = make_person(workspace, "Dana Ruiz", organisation=acme)
    segment = make_segment(workspace, "Small")

    run = imported(
        workspace, member, TALKS, choices=TALK | {"segment": str(segment.pk)}
    )

    newer, older = Interview.objects.order_by("-held_at")
    assert run.result == {"created": 2}
    assert (newer.state, newer.kind, newer.notes) == (
        "finished",
        "switch",
        "The rota broke.\nAgain.",
    )
    assert set(newer.people.values_list("name", flat=True)) == {"Dana Ruiz", "Lee Park"}
    assert dana in newer.people.all()
    assert older.segment == segment
    assert older.next_step == "A call"
    assert newer.recorded_at == NOW


def test_late_notes_do_not_qualify(workspace, member):
    imported(workspace, member, TALKS)

    older = Interview.objects.earliest("held_at")
    assert not older.qualifies
    assert "late_notes" in older.reasons_against


def test_the_same_talks_again_add_nothing_even_if_edited_here(workspace, member):
    imported(workspace, member, TALKS)
    Interview.objects.update(notes="edited")

    run = imported(workspace, member, TALKS)

    assert run.result == {"same": 2}
    assert Interview.objects.count() == 2
    assert Person.objects.count() == 3


def test_undo_takes_talks_people_and_organisations_back(workspace, member):
    run = undone(imported(workspace, member, TALKS), member)

    assert run.result["undone"] == 2
    assert Interview.objects.count() == 0
    assert Person.objects.count() == Organisation.objects.count() == 0


def test_a_talk_with_a_quote_is_left(workspace, member):
    run = imported(workspace, member, TALKS)
    make_quote(Interview.objects.latest("held_at"), "The rota broke.")

    run = undone(run, member)

    assert (run.result["undone"], run.result["left"]) == (1, 1)
    assert Interview.objects.count() == 1
    assert set(Person.objects.values_list("name", flat=True)) == {
        "Dana Ruiz",
        "Lee Park",
    }


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ("2026-12-01;Dana;x", 0, "This day is in the future."),
        (";Dana;x", 0, "The day is missing."),
        ("2026-11-01;;x", 1, "It does not say who it was."),
        ("2026-11-01;Dana;", 2, "The notes are empty."),
        ("2026-11-01;Sam;x", 1, "Which Sam? Add the organisation after a comma."),
    ],
)
def test_talks_with_problems(workspace, member, cells, column, words):
    for name in ("Acme", "North"):
        firm = make_organisation(workspace, name)
        make_person(workspace, "Sam", organisation=firm)

    run = checked(workspace, member, f"Date;Who;Notes\n{cells}\n", "interviews", TALK)

    assert run.rows.get().problems == [{"column": column, "message": words}]


# --- answers ---------------------------------------------------------------------
ANSWERS = (
    "Respondent,Date,How would you feel if you could no longer use it,Why\n"
    "R1,2026-10-30,Very disappointed,It saves an hour\n"
    "Dana Ruiz,,not disappointed,\n"
)
CHOICES = {"asked_on": "2026-11-01", "consented": "True"}


@pytest.fixture
def survey(workspace, member):
    make_person(workspace, "Dana Ruiz")
    return Survey.objects.create(
        workspace=workspace,
        kind=Survey.Kind.MUST_HAVE,
        segment=make_segment(workspace),
        name="Must-have",
        consent_text="We keep your answer.",
        created_by=member,
        created_at=NOW,
    )


def answered(survey, by, text=ANSWERS):
    target = str(survey.pk)
    return imported(survey.workspace, by, text, "answers", CHOICES, target)


def test_answers_come_in_once(survey, member):
    first, again = answered(survey, member), answered(survey, member)

    assert (first.result, again.result) == ({"created": 2}, {"same": 2})
    found = SurveyResponse.objects.order_by("label").values_list(
        "label", "via", "person__name", "asked_on", "must_have__feeling"
    )
    assert [(a, b, c, str(d), e) for a, b, c, d, e in found] == [
        ("", "import", "Dana Ruiz", "2026-11-01", "not"),
        ("R1", "import", None, "2026-10-30", "very"),
    ]


def test_another_answer_of_the_same_respondent_is_a_problem(survey, member):
    answered(survey, member)
    text = ANSWERS.replace("Very", "Somewhat")

    run = checked(
        survey.workspace, member, text, "answers", CHOICES, target=str(survey.pk)
    )

    assert run.result == {"problem": 1, "same": 1}


def test_answers_need_consent(survey, member):
    choices = CHOICES | {"consented": ""}

    run = checked(
        survey.workspace, member, ANSWERS, "answers", choices, target=str(survey.pk)
    )

    assert run.result == {"problem": 2}


def test_answers_are_taken_back_unless_withdrawn(survey, member):
    run = answered(survey, member)
    SurveyResponse.objects.filter(label="R1").update(withdrawn_at=NOW)

    run = undone(run, member)

    assert (run.result["undone"], run.result["left"]) == (1, 1)
    assert MustHaveAnswer.objects.count() == 1
