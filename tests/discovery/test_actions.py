from datetime import date, timedelta

import pytest

from core.models import ActivityEntry
from discovery.actions import (
    add_organisation,
    add_person,
    add_segment,
    edit_person,
    edit_segment,
    open_market,
)
from discovery.models import ModelVersion, Organisation, Person, Segment
from tests.factories import NOW, TODAY, make_person, make_workspace


@pytest.fixture
def add(workspace, founder):
    def make(name, **fields):
        return add_person(workspace, by=founder, now=NOW, name=name, **fields)

    return make


def test_a_market_opens_with_one_version_and_one_segment(workspace, founder):
    open_market(workspace, by=founder, now=NOW)

    version = ModelVersion.objects.get()
    assert (version.number, version.started_on) == (1, TODAY)
    assert [(s.name, s.model_version) for s in Segment.objects.all()] == [
        ("First customers", version)
    ]


def test_a_segment_belongs_to_the_newest_version(workspace, founder):
    open_market(workspace, by=founder, now=NOW)
    newest = ModelVersion.objects.create(
        workspace=workspace, number=2, started_on=TODAY
    )

    segment = add_segment(workspace, by=founder, now=NOW, name="Large clinics")

    assert segment.model_version == newest


def test_pseudonyms_are_numbered_in_each_venture(add, founder):
    other = make_workspace()
    first, second = add("Dana", organisation_name="Acme"), add("Lee")
    elsewhere = add_person(other, by=founder, now=NOW, name="Kim")

    assert (first.pseudonym, second.pseudonym) == ("Person 1", "Person 2")
    assert first.organisation.pseudonym == "Organisation 1"
    assert elsewhere.pseudonym == "Person 1"


def test_a_number_in_use_is_left_out(add, workspace):
    make_person(workspace, pseudonym="Person 2")

    assert add("Dana").pseudonym == "Person 3"


def test_a_pseudonym_stays_when_the_name_changes(add, founder):
    dana = add("Dana")

    edit_person(dana, by=founder, now=NOW, name="Dana Ruiz")

    assert Person.objects.get().pseudonym == "Person 1"


def test_an_organisation_is_found_whatever_its_capitals(add):
    one, other = (
        add("Dana", organisation_name="Acme"),
        add("Lee", organisation_name="ACME"),
    )

    assert one.organisation == other.organisation
    assert Organisation.objects.count() == 1


def test_an_organisation_can_be_taken_away(add, founder):
    dana = add("Dana", organisation_name="Acme")

    edit_person(dana, by=founder, now=NOW, organisation_name="")

    assert Person.objects.get().organisation is None


def test_consent_is_dated_today_unless_told_otherwise(add):
    other = date(2026, 10, 1)

    assert add("Dana").consent_on == TODAY
    assert add("Lee", consent_on=other).consent_on == other


def test_an_edit_that_changes_nothing_is_not_logged(add, founder):
    dana = add("Dana")
    before = ActivityEntry.objects.count()

    edit_person(dana, by=founder, now=NOW + timedelta(days=1), name="Dana")

    assert ActivityEntry.objects.count() == before


def test_the_log_names_fields_not_values(add, founder, workspace):
    edit_person(add("Dana"), by=founder, now=NOW, email="dana@acme.example")

    entry = ActivityEntry.objects.filter(verb="person.edited").get()
    assert entry.data == {"fields": ["email"]}


def test_segments_and_organisations_are_logged(workspace, founder):
    segment = open_market(workspace, by=founder, now=NOW)
    edit_segment(segment, by=founder, now=NOW, who="Clinics")
    add_organisation(workspace, by=founder, now=NOW, name="Acme")

    verbs = ActivityEntry.objects.values_list("verb", flat=True)
    assert sorted(verbs) == ["organisation.added", "segment.edited"]
