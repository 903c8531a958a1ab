import pytest
from django.urls import reverse

from discovery.models import Organisation, Person, Segment
from tests.factories import (
    fresh_key,
    make_organisation,
    make_person,
    make_segment,
    make_workspace,
)
from tests.helpers import soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture
def signed_in(client, founder):
    client.force_login(founder)
    return client


def page(name, row=None):
    return reverse(f"discovery:{name}", args=["acme"] + ([row.pk] if row else []))


def person(**changes):
    return {
        "name": "Dana Ruiz",
        "organisation_name": "Acme Clinic",
        "source": "referral",
        "consent": "quote",
        "form_key": fresh_key(),
    } | changes


# --- people ----------------------------------------------------------------------
def test_a_person_is_added_with_a_new_organisation(signed_in):
    response = signed_in.post(page("person_add"), person(role_title="Head nurse"))

    dana = Person.objects.get()
    assert response.url == reverse("interviews:person_detail", args=["acme", dana.pk])
    assert (str(dana), dana.role_title, dana.consent, dana.pseudonym) == (
        "Dana Ruiz, Acme Clinic",
        "Head nurse",
        "quote",
        "Person 1",
    )


def test_the_same_form_twice_adds_one(signed_in):
    data = person()

    urls = {signed_in.post(page("person_add"), data).url for _ in range(2)}

    assert len(urls) == 1
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "is_known"),
    [
        ({}, True),
        ({"name": "dana ruiz", "organisation_name": "ACME CLINIC"}, True),
        ({"name": "D. Ruiz", "email": "Dana@Acme.example"}, True),
        ({"organisation_name": "Other"}, False),
        ({"organisation_name": ""}, False),
        ({"name": "Lee"}, False),
    ],
)
def test_somebody_alike_is_shown_and_can_be_added_anyway(
    signed_in, workspace, changes, is_known
):
    acme = make_organisation(workspace, "Acme Clinic")
    known = make_person(
        workspace, "Dana Ruiz", organisation=acme, email="dana@acme.example"
    )
    make_person(make_workspace(), "Lee")

    response = signed_in.post(page("person_add"), person(**changes))

    assert response.status_code == (422 if is_known else 303)
    if is_known:
        link = soup(response).select_one("#people-like a")
        assert link["href"].endswith(f"/customers/{known.pk}/")
        again = signed_in.post(page("person_add"), person(add_anyway="yes", **changes))
        assert again.status_code == 303
    assert Person.objects.in_workspace(workspace).count() == 2


def test_an_edit_is_no_duplicate_of_itself_and_is_written(signed_in, workspace):
    acme = make_organisation(workspace, "Acme Clinic")
    dana = make_person(workspace, "Dana Ruiz", organisation=acme, pseudonym="Person 1")

    form = soup(signed_in.get(page("person_edit", dana)))
    response = signed_in.post(
        page("person_edit", dana),
        person(pseudonym="The head nurse", is_related_party="on", phone="030 1"),
    )

    assert form.select_one("[name=organisation_name]")["value"] == "Acme Clinic"
    assert response.status_code == 303
    dana.refresh_from_db()
    assert (dana.pseudonym, dana.is_related_party, dana.phone) == (
        "The head nurse",
        True,
        "030 1",
    )


def test_two_people_cannot_share_a_pseudonym(signed_in, workspace):
    make_person(workspace, pseudonym="Person 1")
    lee = make_person(workspace, "Lee", pseudonym="Person 2")

    response = signed_in.post(
        page("person_edit", lee), person(name="Lee", pseudonym="Person 1")
    )

    assert response.status_code == 422
    assert "Pseudonym: Another one in this venture has it already." in text_of(response)


def test_segments_of_other_ventures_cannot_be_chosen(signed_in, workspace):
    foreign = make_segment(make_workspace())

    response = signed_in.post(page("person_add"), person(segment=foreign.pk))

    assert response.status_code == 422
    assert Person.objects.count() == 0


def test_organisations_of_this_venture_are_offered(signed_in, workspace):
    make_organisation(workspace, "Acme")
    make_organisation(make_workspace(), "Elsewhere")

    form = soup(signed_in.get(page("person_add")))

    assert [o["value"] for o in form.select("datalist option")] == ["Acme"]


# --- organisations and segments --------------------------------------------------
def test_an_organisation_is_added_and_edited(signed_in, workspace):
    signed_in.post(page("organisation_add"), {"name": "Acme"})
    acme = Organisation.objects.get()

    signed_in.post(
        page("organisation_edit", acme),
        {"name": "Acme Clinic", "pseudonym": "A clinic", "is_related_party": "on"},
    )

    acme.refresh_from_db()
    assert (acme.name, acme.pseudonym, acme.is_related_party) == (
        "Acme Clinic",
        "A clinic",
        True,
    )


@pytest.mark.parametrize("name", ["Acme", "ACME"])
def test_an_organisation_is_there_once(signed_in, workspace, name):
    make_organisation(workspace, "Acme")

    response = signed_in.post(page("organisation_add"), {"name": name})

    assert response.status_code == 422
    assert Organisation.objects.count() == 1


def test_segments_are_listed_with_who_where_and_how_many(signed_in, workspace):
    clinics = make_segment(workspace, "Clinics", who="10 to 50 beds", where="At fairs")
    make_person(workspace, segment=clinics)

    text = text_of(signed_in.get(page("segment_list")))

    assert "10 to 50 beds" in text
    assert "At fairs" in text
    assert "1 person Clinics" in text


def test_a_segment_is_added_and_edited(signed_in, workspace):
    first = make_segment(workspace, "First customers")

    added = signed_in.post(
        page("segment_add"), {"name": "Large clinics", "status": "active"}
    )
    edited = signed_in.post(
        page("segment_edit", first), {"name": "Small clinics", "status": "dropped"}
    )

    assert added.url == edited.url == page("segment_list")
    assert set(Segment.objects.values_list("name", "status")) == {
        ("Large clinics", "active"),
        ("Small clinics", "dropped"),
    }


def test_a_segment_name_is_there_once(signed_in, workspace):
    make_segment(workspace, "Clinics")

    response = signed_in.post(
        page("segment_add"), {"name": "Clinics", "status": "active"}
    )

    assert response.status_code == 422
    assert Segment.objects.count() == 1


@pytest.mark.parametrize("role", ["advisor", "observer"])
def test_those_who_may_not_see_names_get_no_page(request, client, workspace, role):
    client.force_login(request.getfixturevalue(role))
    dana = make_person(workspace)

    assert {
        client.get(address).status_code
        for address in (
            page("segment_list"),
            page("person_add"),
            page("person_edit", dana),
        )
    } == {403}


def test_a_name_mistyped_is_shown_while_typing_and_refuses_nothing(
    client, founder, workspace
):
    client.force_login(founder)
    make_person(workspace, "Dana Ruiz")

    while_typing = client.get("/w/acme/customers/alike/", {"name": "Dana Ruis"})
    added = client.post(
        "/w/acme/customers/new/",
        {
            "form_key": fresh_key(),
            "name": "Dana Ruis",
            "source": "cold",
            "consent": "notes",
        },
    )

    assert "Dana Ruiz" in text_of(while_typing)
    assert added.status_code == 303
