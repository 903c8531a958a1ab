"""The five steps in the browser's eyes, with people as the example."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import ImportRow, ImportRun
from discovery.models import BuyingRole, Organisation, Person
from tests.factories import NOW, make_organisation, make_person, make_segment

pytestmark = pytest.mark.django_db

PEOPLE = (
    "Name,Firma,E-Mail,Rolle im Kauf,Next step,Next step on\n"
    "Dana Ruiz,Acme Clinic,dana@acme.example,user; decision maker,Call,2026-11-20\n"
    'Lee Park,North,lee@north.example,,"Send\nnotes",\n'
    "Kim Sorg,acme clinic,,saboteur,,\n"
)
CHOICES = {"duplicates": "fill", "source": "cold", "consent": "notes"}


@pytest.fixture(autouse=True)
def a_fixed_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


def page(name, run=None, slug="acme"):
    return reverse(f"core:{name}", args=[slug, *([run.pk] if run else [])])


def bring(client, text=PEOPLE, kind="people"):
    response = client.post(page("import_new"), {"kind": kind, "pasted": text})
    assert response.status_code == 303, response.content.decode()
    return ImportRun.objects.get(pk=response.url.rstrip("/").split("/")[-2])


def mapped(run, **choices):
    columns = {f"column-{place}": name for place, name in run.mapping.items()}
    return columns | CHOICES | choices


def checked(client, text=PEOPLE, kind="people", **choices):
    run = bring(client, text, kind)
    response = client.post(page("import_map", run), mapped(run, **choices))
    assert response.status_code == 303, response.content.decode()
    run.refresh_from_db()
    return run


def imported(client, text=PEOPLE, kind="people", **choices):
    run = checked(client, text, kind, **choices)
    response = client.post(page("import_run", run))
    assert response.status_code == 303
    run.refresh_from_db()
    return run


def test_columns_are_guessed_by_english_and_german_words(signed_in):
    run = bring(signed_in)

    assert run.mapping == {
        "0": "name",
        "1": "organisation",
        "2": "email",
        "3": "roles",
        "4": "next_step",
        "5": "next_step_on",
    }


def test_columns_stand_beside_their_first_cells(signed_in):
    response = signed_in.get(page("import_map", bring(signed_in)))

    assert "dana@acme.example" in response.content.decode()
    assert "lee@north.example" in response.content.decode()


def test_nothing_is_written_before_the_run(signed_in):
    run = checked(signed_in)

    assert run.state == ImportRun.State.CHECKED
    assert run.result == {"created": 3}
    assert Person.objects.count() == 0
    assert "Import 3 rows" in signed_in.get(page("import_check", run)).content.decode()


def test_people_their_organisations_and_roles_are_written(signed_in):
    run = imported(signed_in)

    assert run.state == ImportRun.State.DONE
    assert run.result == {"created": 3}
    dana, kim, lee = Person.objects.order_by("name")
    assert (dana.organisation, kim.organisation) == (
        kim.organisation,
        dana.organisation,
    )
    assert [one.name for one in Organisation.objects.all()] == ["Acme Clinic", "North"]
    assert sorted(BuyingRole.objects.values_list("person__name", "role")) == [
        ("Dana Ruiz", "decision_maker"),
        ("Dana Ruiz", "user"),
        ("Kim Sorg", "saboteur"),
    ]
    assert (dana.next_step, str(dana.next_step_on)) == ("Call", "2026-11-20")
    assert lee.next_step == "Send notes"
    assert {dana.pseudonym, lee.pseudonym, kim.pseudonym} == {
        "Person 1",
        "Person 2",
        "Person 3",
    }
    assert dana.consent_on == NOW.date()


def test_the_same_file_again_adds_nothing(signed_in):
    imported(signed_in)
    before = list(Person.objects.order_by("pk").values())

    run = imported(signed_in)

    assert run.result == {"same": 3}
    assert list(Person.objects.order_by("pk").values()) == before


def test_cells_are_gone_after_the_run(signed_in):
    run = imported(signed_in)

    assert set(map(tuple, run.rows.values_list("cells", flat=True))) == {()}


def test_a_broken_row_names_its_line_and_its_column(signed_in):
    text = "Name,E-Mail\nDana,dana@acme.example\n,lee(at)north\n"
    run = checked(signed_in, text)

    response = signed_in.get(page("import_check", run))

    body = response.content.decode()
    assert run.result == {"created": 1, "problem": 1}
    assert "Line 3" in body
    assert 'name="cell-3-1"' in body
    assert "Enter a valid email address." in body


def test_nothing_runs_while_a_problem_stands(signed_in):
    run = checked(signed_in, "Name,E-Mail\nDana,\nLee,lee(at)north\n")

    signed_in.post(page("import_run", run))

    run.refresh_from_db()
    assert run.state == ImportRun.State.CHECKED
    assert Person.objects.count() == 0


def test_a_mended_cell_is_checked_again(signed_in):
    run = checked(signed_in, "Name,E-Mail\nDana,\nLee,lee(at)north\n")

    signed_in.post(page("import_check", run), {"cell-3-1": "lee@north.example"})

    run.refresh_from_db()
    assert run.result == {"created": 2}


def test_a_skipped_row_can_be_fetched_with_its_problem(signed_in):
    run = checked(signed_in, "Name,E-Mail\nDana,\nLee,lee(at)north\n")
    signed_in.post(page("import_check", run), {"skip-3": "on"})
    signed_in.post(page("import_run", run))

    run.refresh_from_db()
    body = signed_in.get(page("import_result", run) + "?format=csv").content.decode()
    assert run.result == {"created": 1, "skipped": 1}
    assert body.splitlines() == [
        "\ufeffline,Name,E-Mail,problem",
        "3,Lee,lee(at)north,Enter a valid email address.",
    ]


def test_all_problems_can_be_skipped_at_once(signed_in):
    run = checked(signed_in, "Name,E-Mail\nDana,\nLee,lee(at)north\nKim,kim@\n")

    signed_in.post(page("import_skip", run))
    signed_in.post(page("import_run", run))

    run.refresh_from_db()
    assert run.result == {"created": 1, "skipped": 2}


@pytest.mark.parametrize(
    ("duplicates", "role", "phone", "result"),
    [
        ("skip", "Manager", "", {"same": 1}),
        ("fill", "Manager", "0301234", {"filled": 1}),
        ("overwrite", "Owner", "0301234", {"filled": 1}),
    ],
)
def test_duplicates_are_left_filled_or_replaced(
    signed_in, workspace, duplicates, role, phone, result
):
    dana = make_person(
        workspace, "Dana", email="Dana@Acme.example", role_title="Manager"
    )

    run = checked(
        signed_in,
        "Name,E-Mail,Role,Phone\nDana,dana@acme.example,Owner,0301234\n",
        duplicates=duplicates,
    )
    signed_in.post(page("import_run", run))

    dana.refresh_from_db()
    assert run.result == result
    assert (dana.role_title, dana.phone) == (role, phone)


def test_two_addresses_are_two_people_of_one_name(signed_in, workspace):
    acme = make_organisation(workspace, "Acme")
    make_person(workspace, "Dana", email="dana@acme.example", organisation=acme)

    run = imported(signed_in, "Name,Company,E-Mail\nDana,Acme,other@acme.example\n")

    assert run.result == {"created": 1}


def test_somebody_in_the_trash_does_not_block(signed_in, workspace):
    make_person(workspace, "Dana", email="dana@acme.example", trashed_at=NOW)

    assert imported(signed_in, "Name,E-Mail\nDana,dana@acme.example\n").result == {
        "created": 1
    }


def test_lines_about_the_same_person_become_one(signed_in):
    text = "Name,E-Mail,Phone\nDana,dana@a.example,\nDana R,DANA@a.example,030\n"
    run = imported(signed_in, text)

    assert run.result == {"created": 1, "filled": 1}
    assert Person.objects.get().phone == "030"


def test_undo_restores_exactly(signed_in, workspace):
    dana = make_person(workspace, "Dana", email="dana@acme.example")
    before = Person.objects.filter(pk=dana.pk).values().get()
    run = imported(signed_in)

    signed_in.post(page("import_undo", run))

    run.refresh_from_db()
    after = Person.objects.values().get()
    assert run.state == ImportRun.State.UNDONE
    assert after | {"rev": 0} == before | {"rev": 0}
    assert Organisation.objects.count() == BuyingRole.objects.count() == 0


def test_undo_of_lines_about_one_person(signed_in):
    text = "Name,E-Mail,Phone\nDana,dana@a.example,\nDana,dana@a.example,030\n"
    run = imported(signed_in, text)

    signed_in.post(page("import_undo", run))

    assert Person.objects.count() == 0
    body = signed_in.get(page("import_result", run)).content.decode()
    assert "Everything is as it was." in body


def test_what_somebody_changed_since_is_left_and_named(signed_in):
    run = imported(signed_in)
    Person.objects.filter(name="Lee Park").update(rev=2, phone="1")

    signed_in.post(page("import_undo", run))

    run.refresh_from_db()
    body = signed_in.get(page("import_result", run)).content.decode()
    assert [person.name for person in Person.objects.all()] == ["Lee Park"]
    assert [firm.name for firm in Organisation.objects.all()] == ["North"]
    assert run.result == {"created": 3, "undoing": True, "undone": 2, "left": 1}
    assert "Somebody changed it since." in body


def test_after_thirty_days_there_is_no_undo(signed_in):
    run = imported(signed_in)

    with time_machine.travel(NOW.replace(month=12, day=3), tick=False):
        signed_in.post(page("import_undo", run))

    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


def test_columns_are_remembered_for_the_same_headings(signed_in):
    run = bring(signed_in, "Wer,Was\nDana,Acme\n")
    columns = {"column-0": "name", "column-1": "organisation"}
    signed_in.post(page("import_map", run), columns | CHOICES)

    again = bring(signed_in, "Wer,Was\nLee,North\n")

    assert again.mapping == {"0": "name", "1": "organisation"}


def test_a_required_column_is_named(signed_in):
    run = bring(signed_in, "Wer,Was\nDana,Acme\n")

    response = signed_in.post(page("import_map", run), {"column-0": ""} | CHOICES)

    assert response.status_code == 422
    assert "Say which column is “Name”" in response.content.decode()


def test_segments_by_name_and_for_those_without(signed_in, workspace):
    chosen, named = make_segment(workspace, "Small"), make_segment(workspace, "Large")

    imported(signed_in, "Name,Segment\nDana,large\nLee,\n", segment=str(chosen.pk))

    found = dict(Person.objects.values_list("name", "segment"))
    assert found == {"Dana": named.pk, "Lee": chosen.pk}


def test_a_file_may_come_with_semicolons_in_windows_letters(signed_in):
    data = "Name;Firma\nJürgen Groß;Müller & Söhne\n".encode("cp1252")
    file = SimpleUploadedFile("leute.csv", data)

    response = signed_in.post(page("import_new"), {"kind": "people", "file": file})

    run = ImportRun.objects.get()
    assert response.url == page("import_map", run)
    assert run.rows.get().cells == ["Jürgen Groß", "Müller & Söhne"]
    assert run.file_name == "leute.csv"


def test_the_same_form_sent_twice_is_one_run(signed_in):
    fields = {"kind": "people", "pasted": PEOPLE, "form_key": "k"}

    urls = {signed_in.post(page("import_new"), fields).url for _ in range(2)}

    assert len(urls) == ImportRun.objects.count() == 1
    assert ImportRow.objects.count() == 3


def test_other_cells_from_the_same_form_are_another_run(signed_in):
    fields = {"kind": "people", "form_key": "k"}

    signed_in.post(page("import_new"), fields | {"pasted": PEOPLE})
    signed_in.post(page("import_new"), fields | {"pasted": "Name\nOthers\n"})

    assert ImportRun.objects.count() == 2


def test_a_table_can_be_thrown_away(signed_in):
    run = bring(signed_in)

    signed_in.post(page("import_drop", run))

    assert ImportRun.objects.count() == ImportRow.objects.count() == 0


def test_organisations_come_in_and_are_filled(signed_in, workspace):
    known = make_organisation(workspace, "Müller Klinik")

    run = imported(
        signed_in,
        "Firma,Mitarbeiter,Quelle\nMÜLLER KLINIK,40,warm\nNorth,7,kalt\n",
        kind="organisations",
    )

    known.refresh_from_db()
    assert run.result == {"created": 1, "filled": 1}
    assert (known.size, known.source, known.name) == ("40", "warm", "Müller Klinik")
    signed_in.post(page("import_undo", run))
    known.refresh_from_db()
    assert (known.size, known.source) == ("", "")
    assert Organisation.objects.count() == 1
