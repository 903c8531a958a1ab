"""What the actions wrote is found; what they took away is found no longer."""

import subprocess
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core.activity import written
from discovery.actions import (
    add_organisation,
    add_person,
    edit_organisation,
    edit_person,
)
from discovery.models import Organisation, Person, Problem
from interviews.actions import (
    edit_quote,
    finish_interview,
    save_draft,
    take_quote,
    withdraw_quote,
)
from interviews.models import Interview, Quote, SearchDocument
from interviews.search import all_at_once, find, forget, index, reindex
from interviews.search.kinds import KINDS
from interviews.search.tables import make_index
from portfolio.actions import remove_sample
from tests.factories import (
    NOW,
    make_interview,
    make_person,
    make_quote,
    make_workspace,
)

pytestmark = pytest.mark.django_db


def found(workspace, typed):
    return {kind: n for kind, n in find(workspace, typed).totals.items() if n}


# --- talks and quotes ------------------------------------------------------------
def draft(workspace, by, notes="The rota broke again.", **fields):
    return save_draft(
        workspace, uuid4(), by=by, now=NOW, base_rev=0, notes=notes, **fields
    )


def finish(workspace, interview, by, **fields):
    facts = {"base_rev": interview.rev, "who": [], "consent": "notes"} | fields
    return finish_interview(workspace, interview.pk, by=by, now=NOW, **facts)


def test_a_draft_is_not_found_and_a_finished_talk_is(workspace, member):
    interview = draft(workspace, member)
    assert found(workspace, "rota") == {}

    finish(workspace, interview, member, next_step="Call on Monday")

    assert found(workspace, "rota") == {"interview": 1}
    assert found(workspace, "monday") == {"interview": 1}


def test_an_edited_talk_is_found_by_its_new_words_alone(workspace, member):
    interview = finish(workspace, draft(workspace, member), member)

    finish(workspace, interview, member, notes="The plan broke again.")

    assert found(workspace, "rota") == {}
    assert found(workspace, "plan") == {"interview": 1}


def test_a_quote_is_found_until_it_is_withdrawn(workspace, member):
    interview = finish(workspace, draft(workspace, member), member)
    quote = take_quote(interview, by=member, now=NOW, text="The rota broke")
    assert found(workspace, '"rota broke"') == {"quote": 1, "interview": 1}

    edit_quote(quote, by=member, now=NOW, text="broke again")
    assert found(workspace, "rota") == {"interview": 1}
    assert found(workspace, "again") == {"quote": 1, "interview": 1}

    withdraw_quote(quote, by=member, now=NOW, reason="Misheard.")
    assert found(workspace, "again") == {"interview": 1}


def test_a_talk_in_the_trash_takes_its_quotes_along(workspace):
    interview = make_interview(workspace)
    make_quote(interview)
    reindex(workspace)

    Interview.objects.filter(pk=interview.pk).update(trashed_at=NOW)
    written(Interview, [interview.pk])
    assert found(workspace, "rota") == {}

    Interview.objects.filter(pk=interview.pk).update(trashed_at=None)
    written(Interview, [interview.pk])
    assert found(workspace, "rota") == {"quote": 1, "interview": 1}


# --- who they are ----------------------------------------------------------------
def test_a_person_is_found_by_every_word_about_them(workspace, member):
    person = add_person(
        workspace,
        by=member,
        now=NOW,
        name="Dana Hall",
        role_title="Head nurse",
        email="dana@acme.example",
        phone="+49 170 5550123",
        next_step="Send contract",
        organisation_name="Northside Clinic",
    )
    for typed in ("dana", "nurse", "acme.example", "5550123", "contract"):
        assert found(workspace, typed) == {"person": 1}
    assert found(workspace, "northside") == {"person": 1, "organisation": 1}

    edit_person(person, by=member, now=NOW, name="Dora Hall", email="")

    assert found(workspace, "dana hall") == {}
    assert found(workspace, "dora") == {"person": 1}


def test_a_firm_under_a_new_name_takes_its_people_along(workspace, member):
    firm = add_organisation(workspace, by=member, now=NOW, name="Northside")
    make_person(workspace, "Dana", organisation=firm)

    edit_organisation(firm, by=member, now=NOW, name="Southside")

    assert found(workspace, "northside") == {}
    assert found(workspace, "southside") == {"person": 1, "organisation": 1}


def test_withdrawn_consent_hides_the_talk_and_its_quotes_at_once(workspace, member):
    person = make_person(workspace, "Dana", consent="quote")
    interview = make_interview(workspace, people=[person])
    make_quote(interview, person=person)
    reindex(workspace)
    assert found(workspace, "rota") == {"quote": 1, "interview": 1}

    edit_person(person, by=member, now=NOW, consent="none")
    assert found(workspace, "rota") == {}

    edit_person(person, by=member, now=NOW, consent="notes")
    assert found(workspace, "rota") == {"quote": 1, "interview": 1}


GONE = {"trashed_at": NOW, "erased_at": NOW}


@pytest.mark.parametrize("column", sorted(GONE))
def test_who_is_gone_is_not_found(workspace, column):
    person = make_person(workspace, "Dana")
    reindex(workspace)

    Person.objects.filter(pk=person.pk).update(**{column: GONE[column]})
    written(Person, [person.pk])

    assert found(workspace, "dana") == {}


@pytest.mark.parametrize("model", [Person, Organisation])
def test_merged_rows_are_not_found(workspace, model):
    make = {"workspace": workspace, "created_at": NOW}
    kept = model.objects.create(name="Kept", pseudonym="1", **make)
    gone = model.objects.create(name="Gone", pseudonym="2", merged_into=kept, **make)
    index(model, [kept.pk, gone.pk])

    assert found(workspace, "gone") == {}
    assert found(workspace, "kept") == {model.__name__.lower(): 1}


def test_every_field_with_words_is_found(workspace, member):
    """A new text field of these models stands in a kind, or among those left out."""
    left_out = {
        Interview: set(),
        Quote: {"withdrawn_reason", "prefix", "suffix"},
        Person: {"consent_how"},
        Organisation: set(),
        Problem: set(),
    }
    for kind in KINDS:
        fields = {
            field.name
            for field in kind.model._meta.get_fields()
            if field.concrete
            and not field.is_relation
            and not field.choices
            and field.get_internal_type() in ("CharField", "TextField")
        }
        own = {name for name in kind.fields if "." not in name}
        assert own == fields - left_out[kind.model], kind.name


# --- many at once, anew, without a trace -----------------------------------------
def test_many_writes_are_indexed_once(workspace, member, django_assert_num_queries):
    people = [make_person(workspace, f"Dana {number}") for number in range(30)]
    with django_assert_num_queries(33), all_at_once():
        for person in people:
            index(Person, [person.pk])

    assert found(workspace, "dana") == {"person": 30}


def test_what_failed_is_not_indexed(workspace):
    person = make_person(workspace, "Dana")
    with suppress(ZeroDivisionError), transaction.atomic(), all_at_once():
        index(Person, [person.pk])
        raise ZeroDivisionError

    assert found(workspace, "dana") == {}


def test_the_command_makes_the_index_anew(workspace):
    make_person(workspace, "Dana")
    make_person(make_workspace("Other", slug="other"), "Dana")
    out = StringIO()

    call_command("reindex_search", workspace="acme", stdout=out)

    assert out.getvalue() == "acme: 1 rows can be found\n"
    assert found(workspace, "dana") == {"person": 1}
    assert SearchDocument.objects.count() == 1


def test_the_command_knows_its_ventures(workspace):
    with pytest.raises(CommandError, match="no venture nowhere"):
        call_command("reindex_search", workspace="nowhere")


def test_what_was_written_before_there_was_an_index_is_found(workspace, on_sqlite):
    make_person(workspace, "Dana")
    with connection.cursor() as cursor:
        kind = "TABLE" if on_sqlite else "INDEX"
        cursor.execute(f"DROP {kind} interviews_searchindex")

    make_index()

    assert found(workspace, "dana") == {"person": 1}


def test_a_rebuilt_table_gets_its_index_back(workspace, on_sqlite):
    if not on_sqlite:
        pytest.skip("PostgreSQL changes tables in place")
    make_person(workspace, "Dana")
    reindex(workspace)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER interviews_searchdocument_put")

    make_index()
    make_person(workspace, "Dora")
    reindex(workspace)

    assert found(workspace, "dana") == found(workspace, "dora") == {"person": 1}


def test_a_venture_that_goes_takes_its_words_along(workspace, owner):
    type(workspace).objects.filter(pk=workspace.pk).update(is_sample=True)
    workspace.refresh_from_db()
    make_person(workspace, "Dana")
    reindex(workspace)

    remove_sample(workspace, by=owner, now=NOW)

    assert SearchDocument.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_forgotten_words_leave_no_trace(workspace, on_sqlite):
    names = [f"Zebulon{number}" for number in range(20)]
    people = [make_person(workspace, name) for name in names]
    for person in people:
        index(Person, [person.pk])
    index(Person, [people[0].pk])

    forget(Person, [person.pk for person in people])

    assert words_in_the_index(b"zebulon") == 0
    Person.objects.all().delete()
    with connection.cursor() as cursor:
        if on_sqlite:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if on_sqlite:
        file = Path(connection.settings_dict["NAME"])
        parts = list(file.parent.glob(f"{file.name}*"))
        assert parts
        assert [part for part in parts if b"zebulon" in read_elsewhere(part)] == []


def read_elsewhere(path):
    """By another process: who reads the file of a database that is open in the same one
    drops its locks. Somebody else then takes themselves for the last to use it, and
    removes the log."""
    work = "import sys; sys.stdout.buffer.write(open(sys.argv[1], 'rb').read())"
    return subprocess.check_output([sys.executable, "-c", work, str(path)])


def words_in_the_index(word):
    """How often the word stands in the segments of FTS5, also as something deleted."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM interviews_searchindex_data")
        return sum(bytes(block).count(word) for (block,) in cursor.fetchall())
