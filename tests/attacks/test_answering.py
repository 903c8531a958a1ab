"""The one page strangers may write to: markup in it, hostile answers, many at once."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse

from interviews.models import Survey, SurveyResponse
from tests.attacks.hostile import ANY, forms_in
from tests.attacks.test_markup import MARKUP, SHORT, made_by_users
from tests.attacks.test_twins import AT_ONCE, at_once
from tests.factories import fresh_key, make_need, make_segment
from tests.interviews.survey_cases import Kind, make_survey, make_survey_link

TOKEN = "a" * 43

pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture(autouse=True)
def without_limits():
    """Each test begins with an empty count of answers from its address."""
    yield
    cache.clear()


def way_in(client):
    return client.get(reverse("survey_open", args=[TOKEN])).url


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_words_of_a_survey_are_no_markup(client, workspace, kind):
    workspace.name = SHORT
    workspace.save()
    segment = make_segment(workspace)
    survey = make_survey(
        workspace,
        kind,
        segment=segment,
        needs=[make_need(segment, MARKUP[:300])],
        offer=MARKUP,
        consent_text=MARKUP,
    )
    make_survey_link(survey, TOKEN)
    url = way_in(client)

    pages = [client.get(url), client.post(url, {"why": MARKUP, "cheap": MARKUP})]

    for page in pages:
        soup = BeautifulSoup(page.content, "html.parser")
        assert made_by_users(soup) == []
        assert "zqx-tag" in soup.get_text()
    assert [page.status_code for page in pages] == [200, 422]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_hostile_answers_break_nothing(client, workspace, kind, monkeypatch):
    monkeypatch.setattr("interviews.views.answering.RATE", "9999/5m/ip")
    survey = make_survey(workspace, kind)
    url, number = "", 0
    for value in ANY:
        if not url:
            number += 1
            make_survey_link(survey, token := f"{number:043}")
            url = client.get(reverse("survey_open", args=[token])).url
            fields = forms_in(client.get(url).content, url)[0].fields
        data = {field.name: value.replace("\ud800", "?") for field in fields}

        status = client.post(url, data | {"agree": "on"}).status_code

        assert status in (303, 400, 422), value[:40]
        url = "" if status == 303 else url
    assert Survey.objects.get().offer == survey.offer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_same_form", [True, False])
def test_many_at_once_are_one_answer(client, workspace, is_same_form):
    make_survey_link(make_survey(workspace), TOKEN)
    url, key = way_in(client), fresh_key()

    def send(other):
        other.cookies["answer"] = TOKEN
        own = key if is_same_form else fresh_key()
        fields = {"agree": "on", "feeling": "very", "uses_last_14_days": "2"}
        return other.post(url, fields | {"form_key": own})

    answers = at_once(send)

    assert len(answers) == AT_ONCE
    assert {status for status, _ in answers} <= {200, 303}
    assert SurveyResponse.objects.count() == 1
