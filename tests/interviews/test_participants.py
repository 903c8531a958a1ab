import pytest

from discovery.models import Organisation, Person
from interviews.participants import people_for, split, understand
from tests.factories import NOW, make_organisation, make_person, make_workspace


@pytest.fixture
def dana(workspace):
    clinic = make_organisation(workspace, "Acme, Inc.")
    return make_person(workspace, "Dana Ruiz", organisation=clinic)


def meant(workspace, line):
    return [str(person) for person in understand(workspace, [line])[0].choices]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Dana", ("Dana", "")),
        (" Dana  Ruiz ,  Acme, Inc. ", ("Dana Ruiz", "Acme, Inc.")),
        (", Acme", ("", "Acme")),
    ],
)
def test_the_first_comma_parts_name_and_organisation(line, parts):
    assert split(line) == parts


@pytest.mark.parametrize(
    "line", ["Dana Ruiz", "dana ruiz", "Dana Ruiz, Acme, Inc.", "DANA RUIZ,acme, inc."]
)
def test_somebody_known_is_recognised(workspace, dana, line):
    assert meant(workspace, line) == ["Dana Ruiz, Acme, Inc."]


@pytest.mark.parametrize("line", ["Dana", "Dana Ruiz, Other", "Ruiz, Dana"])
def test_somebody_else_is_not_taken_for_her(workspace, dana, line):
    assert meant(workspace, line) == []


def test_a_bare_name_means_the_one_without_organisation_first(workspace, dana):
    alone = make_person(workspace, "Dana Ruiz")

    assert understand(workspace, ["Dana Ruiz"])[0].person == alone


def test_two_of_a_name_are_ambiguous(workspace, dana):
    other = make_organisation(workspace, "North")
    make_person(workspace, "Dana Ruiz", organisation=other)

    assert understand(workspace, ["Dana Ruiz"])[0].is_ambiguous


def test_people_of_other_ventures_are_unknown(workspace):
    make_person(make_workspace(), "Dana Ruiz")

    assert meant(workspace, "Dana Ruiz") == []


def test_new_people_are_written_down_once(workspace, founder):
    lines = ["dana ruiz, ACME", "Dana Ruiz, Acme", "Lee, Acme", " "]

    people = people_for(
        workspace, lines, by=founder, now=NOW, consent="quote", segment=None
    )
    again = people_for(
        workspace, lines, by=founder, now=NOW, consent="none", segment=None
    )

    assert [str(p) for p in people] == ["Dana Ruiz, Acme", "Lee, Acme"]
    assert again == people
    assert Organisation.objects.count() == 1
    assert {p.consent for p in Person.objects.all()} == {"quote"}
