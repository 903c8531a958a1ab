"""What every operation of the API shares: bodies, refusals, revisions."""

import pytest
from django import forms

from core.api import bound, form_body
from discovery.models import Segment
from tests.api_client import Asking
from tests.factories import make_segment

pytestmark = pytest.mark.django_db


class WordsForm(forms.Form):
    name = forms.CharField(max_length=5)
    is_loud = forms.BooleanField(required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "A")], required=False)


def test_a_body_is_typed_like_its_form():
    schema = form_body(WordsForm).model_json_schema()

    assert schema["additionalProperties"] is False
    parts = schema["properties"].items()
    assert {name: part["anyOf"][0]["type"] for name, part in parts} == {
        "name": "string",
        "is_loud": "boolean",
        "kinds": "array",
    }


def test_what_is_left_out_is_what_the_page_shows():
    form = bound(WordsForm, {"name": "hey"}, initial={"is_loud": True})

    assert form.is_valid()
    assert form.cleaned_data == {"name": "hey", "is_loud": True, "kinds": []}


@pytest.fixture
def asked(client, workspace):
    return Asking(client, workspace)


def test_an_old_revision_writes_nothing(asked):
    segment = make_segment(asked.workspace, "Clinics")
    path = f"/segments/{segment.pk}"
    asked.put(path, {"rev": 1, "who": "Ten to fifty staff"})

    answer = asked.put(path, {"rev": 1, "who": "Anybody"})

    words = "Somebody saved in between. Read it again and decide."
    assert (answer.status_code, answer.json()) == (409, {"detail": words, "rev": 2})
    assert Segment.objects.get().who == "Ten to fifty staff"


def test_a_change_without_the_revision_is_refused(asked):
    segment = make_segment(asked.workspace, "Clinics")

    answer = asked.put(f"/segments/{segment.pk}", {"who": "Anybody"})

    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "body", "rev"]


def test_the_form_refuses_in_its_shape(asked):
    make_segment(asked.workspace, "Clinics")

    answer = asked.post("/segments", {"name": "Clinics"})

    taken = {
        "message": "Another one in this venture has it already.",
        "code": "taken",
    }
    assert (answer.status_code, answer.json()) == (422, {"errors": {"name": [taken]}})


def test_a_key_that_stands_twice_is_refused(asked):
    twice = '{"name": "Clinics", "name": "Shops", "who": "a", "who": "b"}'

    answer = asked.client.post(
        "/api/v1/segments",
        twice,
        content_type="application/json",
        headers=asked.headers,
    )

    words = "Twice in the body: name, who."
    assert (answer.status_code, answer.json()) == (422, {"detail": words})
    assert not Segment.objects.filter(name__in=["Clinics", "Shops"]).exists()


def test_a_body_that_is_no_json_is_refused_as_before(asked):
    answer = asked.client.post(
        "/api/v1/segments",
        "{",
        content_type="application/json",
        headers=asked.headers,
    )

    words = "Cannot parse request body"
    assert (answer.status_code, answer.json()["detail"][:25]) == (400, words)


@pytest.mark.parametrize("path", ["/search?q=%00", "/segments/%00"])
def test_nul_is_refused_in_the_shape_of_the_api(asked, path):
    answer = asked.client.get(f"/api/v1{path}", headers=asked.headers)

    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "This cannot be read."},
    )
