"""Several people who name the same new organisation, on a database that lets them."""

import pytest

from discovery.actions import add_person, edit_person, organisation_called
from discovery.models import Person
from tests.at_once import PEOPLE, at_once
from tests.factories import NOW, make_member, make_person, make_workspace

pytestmark = pytest.mark.django_db(transaction=True)


def spelled(place):
    """The capitals differ, so that the constraint of exact names helps nobody."""
    return ("North Clinic", "north clinic", "NORTH CLINIC")[place % 3]


@pytest.fixture
def workspace():
    return make_workspace()


@pytest.fixture
def told(workspace):
    return {"by": make_member(workspace).user, "now": NOW}


def test_those_who_look_it_up_share_it(workspace, told):
    met = at_once(lambda n: organisation_called(workspace, spelled(n), **told))

    assert met == [None] * PEOPLE
    assert workspace.organisations.count() == 1


def test_people_who_are_added_share_it(workspace, told):
    def add(place):
        name = f"Person {place}"
        firm = spelled(place)
        add_person(workspace, name=name, organisation_name=firm, **told)

    assert at_once(add) == [None] * PEOPLE
    firm = workspace.organisations.get()
    assert Person.objects.filter(organisation=firm).count() == PEOPLE


def test_people_who_move_there_share_it(workspace, told):
    people = [make_person(workspace, f"Person {place}") for place in range(PEOPLE)]

    def move(place):
        edit_person(people[place], organisation_name=spelled(place), **told)

    assert at_once(move) == [None] * PEOPLE
    firm = workspace.organisations.get()
    assert Person.objects.filter(organisation=firm).count() == PEOPLE
