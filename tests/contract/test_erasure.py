"""Somebody who was erased is nowhere: no table, no file, no page, no export, no log."""

import json
import logging
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from core import scrubbing
from core.files import path_of, store_file
from core.models import ActivityEntry, Role, StoredFile
from discovery.actions import edit_person
from discovery.actions.erasing import erase_person, erasure_preview
from discovery.actions.merging import merge_people
from discovery.models import Person
from interviews.models import Interview, Quote, SurveyResponse
from interviews.search import reindex
from milestones.models import EvidenceLink, Score
from tests.factories import (
    NOW,
    make_import_run,
    make_interview,
    make_member,
    make_organisation,
    make_person,
    make_quote,
    make_quote_link,
)
from tests.interviews.survey_cases import ask_around
from tests.world import make_world

NAME, EMAIL, PHONE = "Quirina Zephyrson", "quirina.z@zeph.example", "+34 915 550 199"
WORDS = ("quirina", "zephyrson", "zeph.example", "915550199", "quirry")
NOTES = (
    "Met Quirina Zephyrson at ten.\n\n> Quirina: the rota broke again, call me at "
    "(0)91/555-01-99.\n\nZephyrson (quirina.z@zeph.example) wants a pilot. Tom agreed."
)

pytestmark = pytest.mark.django_db


def squeezed(text):
    """Without what telephone numbers are written with."""
    return "".join(c for c in text.casefold() if c not in " ()/-\u00a0")


def hits(text):
    text = text.casefold()
    return [word for word in WORDS if word in text or word in squeezed(text)]


def dump():
    """Each row of each table, as text."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608  our own tables
            lines.extend(f"{table}: {row!r}" for row in cursor.fetchall())
    return "\n".join(lines)


@pytest.fixture
def seeded(workspace, client, founder, settings, tmp_path, second_of_november):
    """A person in every corner of the venture, by the pages where there are such."""
    settings.DATA_DIR = tmp_path
    world = make_world(workspace)
    client.force_login(founder)
    firm = make_organisation(workspace, "Zeph Dental")
    person = make_person(
        workspace,
        NAME,
        email=EMAIL,
        phone=PHONE,
        organisation=firm,
        role_title="Head of Zephyrson rota",
        next_step="Send Quirina the offer",
        consent=Person.Consent.QUOTE,
        consent_how="by mail from quirina.z@zeph.example",
    )
    draft(client, workspace)
    talk(workspace, founder, person, world)
    table = [[NAME, EMAIL], ["Ola Other", "ola@other.example"]]
    make_import_run(workspace, table, by=founder, file_name=f"{NAME}.csv")
    score = Score.objects.filter(workspace=workspace).first()
    Score(
        workspace=workspace,
        question=score.question,
        value=3,
        reason=f"{NAME} told us so, and quirry her friend too.",
        by=founder,
        round=1,
        supported=1,
        recorded_at=NOW,
    ).save()
    twin = make_person(workspace, "Quirina Z. Zephyrson", phone="0915550199")
    merge_people(person, twin, by=founder, now=NOW)
    reindex(workspace)
    return person


def draft(client, workspace):
    url = reverse("interviews:interview_draft", args=[workspace.slug, uuid4()])
    client.post(url, {"notes": NOTES, "who": [NAME], "who_new": NAME, "base_rev": 0})


def talk(workspace, founder, person, world):
    other = make_person(workspace, "Tom Tell", consent=Person.Consent.QUOTE)
    talked = make_interview(
        workspace,
        people=[person, other],
        by=founder,
        notes=NOTES,
        next_step="Pilot with Quirina",
        who_typed=[f"{NAME}, Zeph Dental"],
    )
    said = make_quote(
        talked,
        "Quirina: the rota broke again",
        person=person,
        prefix="uirina Zephyrson",
    )
    file = SimpleUploadedFile("quirina zephyrson.txt", b"Letter of Quirina Zephyrson")
    proof = store_file(workspace, file, by=founder, now=NOW)
    make_quote_link(said, grade=5, rung=4, proof_file=proof, had_proof_file=True)
    EvidenceLink.objects.create(
        workspace=workspace,
        question=EvidenceLink.objects.filter(workspace=workspace).first().question,
        quote=said,
        stance="supports",
        grade=3,
        by=founder,
        occurred_on=NOW.date(),
        linked_at=NOW,
        answer="Zephyrson is an exception",
    )
    ask_around(
        workspace,
        talked.segment or person.segment or first_segment(workspace),
        founder,
        7,
        person,
    )


def first_segment(workspace):
    return workspace.segments.first()


def test_nothing_of_them_is_left_in_any_table(seeded, founder):
    assert set(hits(dump())) == set(WORDS)

    erase_person(seeded, by=founder, now=NOW, also=["quirry"])

    found = [line[:300] for line in dump().splitlines() if hits(line)]
    assert found == []


def test_what_was_counted_stays(seeded, founder):
    counted = [
        (model, model.objects.count())
        for model in (Interview, Quote, EvidenceLink, SurveyResponse, Score)
    ]

    erase_person(seeded, by=founder, now=NOW)

    assert counted == [(model, model.objects.count()) for model, _n in counted]
    assert Quote.objects.filter(person=seeded, text="[removed]: the rota broke again")


def test_the_notes_of_others_stay_and_quotes_find_their_place(seeded, founder):
    erase_person(seeded, by=founder, now=NOW)

    quote = Quote.objects.get(person=seeded)
    notes = quote.interview.notes
    assert notes[quote.start : quote.end] == quote.text
    assert "Tom agreed." in notes


def test_proofs_go_with_their_bytes(
    seeded, founder, django_capture_on_commit_callbacks
):
    file = StoredFile.objects.get(name__icontains="quirina")
    path = path_of(file.workspace_id, file.pk)
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(seeded, by=founder, now=NOW)

    assert not path.exists()
    assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_pages_and_exports_made_afterwards(seeded, founder, client):
    erase_person(seeded, by=founder, now=NOW, also=["quirry"])
    slug = seeded.workspace.slug
    urls = [
        reverse("interviews:customer_list", args=[slug]) + "?archived=on",
        reverse("interviews:customer_list", args=[slug]) + "?archived=on&format=csv",
        reverse("interviews:interview_list", args=[slug]) + "?format=csv",
        reverse("interviews:person_detail", args=[slug, seeded.pk]),
        *(
            reverse("interviews:interview_detail", args=[slug, pk])
            for pk in Interview.objects.values_list("pk", flat=True)
        ),
    ]

    for url in urls:
        response = client.get(url, follow=True)
        assert response.status_code == 200, url
        assert hits(response.content.decode()) == [], url


def test_the_log_says_it_by_the_pseudonym(seeded, founder, caplog):
    with caplog.at_level(logging.DEBUG):
        erase_person(seeded, by=founder, now=NOW)

    entry = ActivityEntry.objects.get(verb="person.erased")
    assert (entry.subject_id, entry.data) == (
        seeded.pk,
        {"pseudonym": seeded.pseudonym, "also": 0},
    )
    lines = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert hits("\n".join(lines)) == []


def test_a_namesake_keeps_the_name(seeded, founder):
    other = make_person(seeded.workspace, NAME, email="other@elsewhere.example")
    note = make_interview(seeded.workspace, people=[other], notes=f"{NAME} again")

    erasure = erase_person(seeded, by=founder, now=NOW)

    other.refresh_from_db()
    note.refresh_from_db()
    assert (erasure.namesakes, other.name, note.notes) == (1, NAME, f"{NAME} again")


def test_the_preview_changes_nothing_and_says_what_erasing_does(seeded, founder):
    before = dump()

    preview = erasure_preview(seeded, also=["quirry"])
    assert dump() == before
    done = erase_person(seeded, by=founder, now=NOW, also=["quirry"])

    assert done.rows == preview.rows


def test_the_preview_reads_out_what_names_them_but_nothing_hidden(
    seeded, founder, monkeypatch
):
    assert 0 < len(erasure_preview(seeded).named) <= scrubbing.MOST_PLACES
    monkeypatch.setattr(scrubbing, "MOST_PLACES", 1000)
    preview = erasure_preview(seeded)

    other = make_person(seeded.workspace, "Lee Stone")
    make_interview(seeded.workspace, people=[other], notes=f"zebra {NAME} zebra")
    shown = [words for _what, words in erasure_preview(seeded).named]
    assert any("zebra" in words for words in shown)
    edit_person(other, by=founder, now=NOW, consent="none")
    edit_person(seeded, by=founder, now=NOW, consent="none")

    again = erasure_preview(seeded)

    told = [words for _what, words in (*again.named, *again.places)]
    assert not any("zebra" in words for words in told)
    assert dict(again.rows)["interviews"] == dict(preview.rows)["interviews"] + 1


def test_the_page_asks_for_the_pseudonym(seeded, founder, client):
    url = reverse("discovery:person_erase", args=[seeded.workspace.slug, seeded.pk])

    assert client.get(url).status_code == 200
    wrong = client.post(url, {"pseudonym": "Nobody", "erase": "1"})
    looked = client.post(url, {"also": "quirry", "check": "1"})
    done = client.post(url, {"pseudonym": seeded.pseudonym, "erase": "1"})

    seeded.refresh_from_db()
    assert (wrong.status_code, looked.status_code, done.status_code) == (422, 200, 303)
    assert (seeded.name, seeded.erased_at) == (seeded.pseudonym, NOW)


def test_members_may_not(seeded, member, client):
    client.force_login(member)
    url = reverse("discovery:person_erase", args=[seeded.workspace.slug, seeded.pk])

    assert client.get(url).status_code == 403


def test_the_command(seeded):
    out = StringIO()
    call_command("erase_person", str(seeded.pk), "--preview", "--json", stdout=out)
    seeded.refresh_from_db()
    assert seeded.erased_at is None

    call_command("erase_person", str(seeded.pk), "--also", "quirry", stdout=out)

    assert hits(dump()) == []
    assert hits(out.getvalue()) == []
    assert make_member(seeded.workspace, Role.ADVISOR)


@pytest.mark.parametrize(
    ("pk", "words", "code"),
    [
        ("nobody", "That is no id of a person.", 2),
        (str(UUID(int=1)), "There is no such person.", 1),
    ],
)
@pytest.mark.django_db
def test_the_command_says_in_json_why_not(pk, words, code):
    out = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("erase_person", pk, "--json", stdout=out)

    assert (error.value.returncode, str(error.value)) == (code, words)
    assert json.loads(out.getvalue()) == {"error": words}
