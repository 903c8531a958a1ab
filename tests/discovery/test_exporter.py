import pytest
from django.urls import reverse

from core.spreadsheets import read_table
from tests.factories import NOW, make_organisation, make_person, make_segment

pytestmark = pytest.mark.django_db


def table(client, name):
    response = client.get(reverse(f"discovery:{name}", args=["acme"]))
    assert response.headers["Content-Disposition"].startswith("attachment")
    return read_table(response.content)


def test_organisations_without_formulas_and_without_the_trash(
    client, workspace, member
):
    client.force_login(member)
    acme = make_organisation(workspace, "=Acme", size="40", pseudonym="Organisation 1")
    make_organisation(workspace, "Gone", trashed_at=NOW)
    make_person(workspace, organisation=acme)
    make_person(workspace, organisation=acme, trashed_at=NOW)

    found = table(client, "organisation_csv")

    assert [row.cells for row in found.rows] == [
        ("'=Acme", "40", "", "no", "Organisation 1", "1")
    ]


def test_segments_with_their_people(client, workspace, member):
    client.force_login(member)
    segment = make_segment(workspace, "Small", who="Clinics,\nsmall")
    make_person(workspace, segment=segment)

    found = table(client, "segment_csv")

    assert [row.cells for row in found.rows] == [
        ("Small", "Clinics,\nsmall", "", "hypothesised", "1")
    ]


@pytest.mark.parametrize("name", ["organisation_csv", "segment_csv"])
def test_who_may_not_see_names_gets_no_file(client, advisor, name):
    client.force_login(advisor)

    assert client.get(reverse(f"discovery:{name}", args=["acme"])).status_code == 403
