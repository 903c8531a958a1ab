"""Answering a survey by a one-time link, without an account."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.logs import WithoutSecrets
from interviews.actions import close_survey
from interviews.models import MustHaveAnswer, SurveyResponse
from tests.contract.test_access import body_of
from tests.factories import NOW, fresh_key, make_person
from tests.helpers import soup, text_of
from tests.interviews.survey_cases import Kind, make_survey, make_survey_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
TOKEN, OTHER = "a" * 43, "b" * 43
ANSWERS = {"agree": "on", "feeling": "very", "uses_last_14_days": "3", "why": "Fridays"}


@pytest.fixture
def survey(workspace):
    return make_survey(workspace)


@pytest.fixture
def link(survey):
    person = make_person(survey.workspace, "Dana Ruiz")
    return make_survey_link(survey, TOKEN, person=person)


def opened(client, token=TOKEN):
    """The address without the token, as a browser reaches it."""
    return client.get(reverse("survey_open", args=[token])).url


def send(client, url, **fields):
    return client.post(url, ANSWERS | {"form_key": fresh_key()} | fields)


class TestTheWayThere:
    def test_the_token_leaves_the_address(self, client, link):
        answer = client.get(reverse("survey_open", args=[TOKEN]))

        assert answer.status_code == 302
        assert TOKEN not in answer.url
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        cookie = answer.cookies["answer"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
            answer.url,
            True,
            "Lax",
        )

    def test_pages_are_not_stored_or_indexed(self, client, link):
        answer = client.get(opened(client))

        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        # the form's own origin must be sent with it, and nothing to anybody else
        assert answer.headers["Referrer-Policy"] == "same-origin"

    def test_scanners_change_nothing(self, client, link):
        for _ in range(5):
            for ask in (client.get, client.head):
                ask(reverse("survey_open", args=[TOKEN]))
                ask(opened(client))

        link.refresh_from_db()
        assert link.used_at is None
        assert send(client, opened(client)).status_code == 303

    def test_it_says_who_asks_and_names_nobody(self, client, link):
        text = text_of(client.get(opened(client)))

        assert "Questions from Acme" in text
        assert link.survey.consent_text in text
        assert "Nothing is stored before you agree" in text
        for hidden in ("Dana", link.survey.name, link.survey.segment.name):
            assert hidden not in text

    @pytest.mark.parametrize("path", ["/r/{}/", "/w/acme/../r/{}/?x=1"])
    def test_the_log_does_not_hold_the_token(self, path):
        record = logging.makeLogRecord({"msg": f"GET {path.format(TOKEN)} 302"})

        WithoutSecrets().filter(record)

        assert TOKEN not in record.getMessage()


class TestAnswering:
    def test_an_answer_is_kept_with_its_consent(self, client, link):
        answer = send(client, opened(client))

        response = SurveyResponse.objects.get()
        assert answer.status_code == 303
        assert (response.via, response.person) == ("link", link.person)
        assert (response.consented_at, response.recorded_by) == (NOW, None)
        assert MustHaveAnswer.objects.get().why == "Fridays"
        assert "Thank you" in text_of(client.get(answer.url))

    def test_nothing_is_stored_without_a_yes(self, client, link):
        answer = send(client, opened(client), agree="")

        assert answer.status_code == 422
        assert not SurveyResponse.objects.exists()
        assert soup(answer).select_one("textarea").text.strip() == "Fridays"
        assert soup(answer).select_one("input[value=very]").has_attr("checked")

    @pytest.mark.parametrize("kind", Kind)
    def test_every_kind_is_asked(self, client, workspace, kind):
        make_survey_link(make_survey(workspace, kind), TOKEN)

        page = soup(client.get(opened(client)))

        assert len(page.select("main form")) == 1
        assert page.select_one("input[name=agree]") is not None

    def test_the_same_form_twice_is_one_answer(self, client, link):
        url, data = opened(client), ANSWERS | {"form_key": fresh_key()}

        answers = [client.post(url, data) for _ in range(2)]

        assert "Thank you" in text_of(client.get(answers[0].url))
        assert SurveyResponse.objects.count() == 1

    def test_two_tabs_are_one_answer(self, client, link):
        url = opened(client)
        send(client, url)

        second = send(client, url, feeling="not")

        assert "was answered on" in text_of(second)
        assert MustHaveAnswer.objects.get().feeling == "very"

    def test_too_many_are_slowed_down_and_nothing_typed_is_lost(self, client, link):
        url = opened(client)
        for _ in range(30):
            send(client, url, agree="")

        headers = {"X-Forwarded-For": "203.0.113.9"}
        answer = client.post(url, ANSWERS, headers=headers)

        assert answer.status_code == 429
        assert soup(answer).select_one("textarea").text.strip() == "Fridays"
        assert not SurveyResponse.objects.exists()

    def test_a_form_from_elsewhere_is_refused(self, link):
        client = Client(enforce_csrf_checks=True)

        assert send(client, opened(client)).status_code == 403


class TestEnded:
    """One page for all of it, so that nobody learns which."""

    def spoil(self, link, how, owner):
        if how == "revoked":
            link.revoked_at = NOW
        if how == "expired":
            link.expires_at = NOW
        link.save()
        if how == "closed":
            close_survey(link.survey, by=owner, now=NOW)
        if how == "trashed":
            link.survey.trashed_at = NOW
            link.survey.save()
        if how == "unwilling":
            link.person.consent = "none"
            link.person.save()

    @pytest.mark.parametrize(
        "how", ["revoked", "expired", "closed", "trashed", "unwilling"]
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_looks_like_one_that_never_was(self, client, link, owner, how, method):
        url = opened(client)
        self.spoil(link, how, owner)

        answer = client.post(url, ANSWERS) if method == "post" else client.get(url)

        unknown = client.get(opened(client, "c" * 43))
        assert (answer.status_code, unknown.status_code) == (404, 404)
        assert body_of(answer) == body_of(unknown)
        assert not SurveyResponse.objects.exists()

    @pytest.mark.parametrize("token", ["short", "a" * 44, "ä" * 43, "%00", "a" * 4000])
    def test_what_is_no_token(self, client, token):
        assert client.get(f"/r/{token}/").status_code in (400, 404)

    def test_the_address_without_the_cookie(self, client, link):
        url = opened(client)

        assert Client().get(url).status_code == 404
        assert Client().post(url, ANSWERS).status_code == 404

    def test_another_links_cookie_does_not_open_it(self, client, workspace, link):
        url = opened(client)
        other = Client()
        other.cookies["answer"] = OTHER

        assert other.get(url).status_code == 404

    def test_an_answered_one_says_so_even_later(self, client, link):
        url = opened(client)
        send(client, url)

        with time_machine.travel(NOW + timedelta(days=90), tick=False):
            assert "was answered on" in text_of(client.get(url))
