"""Two tabs, one row: the second save meets the first, and nobody's words are lost."""

import pytest
from django.urls import reverse

from tests.factories import (
    fresh_key,
    make_interview,
    make_organisation,
    make_person,
    make_segment,
)
from tests.helpers import soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")

MAKE = {
    "person": make_person,
    "organisation": make_organisation,
    "segment": make_segment,
}


def filled(page):
    """What the browser would send back unchanged."""
    data = {}
    for field in soup(page).select("main form [name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[field["name"]] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            data[field["name"]] = field.text.strip()
        elif field.get("type") not in {"checkbox", "radio"}:
            data[field["name"]] = field.get("value", "")
    return data


@pytest.mark.parametrize("kind", ["person", "organisation", "segment"])
def test_the_second_of_two_tabs_sees_both_texts_and_may_win(
    client, founder, workspace, kind
):
    client.force_login(founder)
    row = MAKE[kind](workspace, "As it was")
    url = reverse(f"discovery:{kind}_edit", args=["acme", row.pk])
    first, second = filled(client.get(url)), filled(client.get(url))

    assert client.post(url, first | {"name": "First tab"}).status_code == 303
    refused = client.post(url, second | {"name": "Second tab"})

    assert refused.status_code == 409
    row.refresh_from_db()
    assert row.name == "First tab"
    compared = soup(refused).select("#conflict tbody :is(th, td)")
    assert [cell.text for cell in compared] == ["Name", "First tab", "Second tab"]
    assert soup(refused).select_one("[name=name]")["value"] == "Second tab"

    again = filled(refused) | {"form_key": fresh_key()}
    assert client.post(url, again).status_code == 303
    row.refresh_from_db()
    assert row.name == "Second tab"


def test_the_next_step_meets_the_other_too(client, founder, workspace):
    client.force_login(founder)
    dana = make_person(workspace, "Dana")
    url = reverse("discovery:next_step", args=["acme", dana.pk])
    first, second = filled(client.get(url)), filled(client.get(url))

    assert client.post(url, first | {"next_step": "Call"}).status_code == 303
    refused = client.post(url, second | {"next_step": "Write"})

    assert refused.status_code == 409
    assert "Call" in text_of(refused)
    assert soup(refused).select_one("[name=next_step]")["value"] == "Write"


def test_a_segment_counts_the_people_and_talks_in_it(client, founder, workspace):
    client.force_login(founder)
    segment = make_segment(workspace, "Clinics")
    for number in range(2):
        make_person(workspace, segment=segment)
        make_interview(workspace, segment=segment, qualifies=number == 0)
    make_interview(workspace, segment=segment, state="draft")

    page = soup(client.get(reverse("discovery:segment_list", args=["acme"])))

    side = page.select_one(".row-side").text.split()
    assert " ".join(side) == "2 people Clinics 2 talks, 1 count Edit Clinics"
