"""Pages of surveys: instruments, answers entered and pasted, links, export."""

import pytest
from django.urls import reverse

from core.spreadsheets import read_table
from discovery.models import Segment
from interviews.models import Survey, SurveyLink, SurveyResponse
from tests.factories import fresh_key, make_need, make_person, make_segment
from tests.helpers import soup, text_of
from tests.interviews.survey_cases import (
    Kind,
    make_response,
    make_survey,
    make_survey_link,
    prices,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
MUST_HAVE = {
    "respondent": "R1",
    "asked_on": "2026-11-01",
    "consented": "on",
    "feeling": "very",
    "uses_last_14_days": "1",
}


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


def page(name, pk=None):
    return reverse(f"interviews:{name}", args=["acme"] + ([pk] if pk else []))


def fields_of(response):
    """What a browser would send back of the page's last form."""
    form = soup(response).select("main form")[-1]
    found = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    found |= {one["name"]: one.text.strip() for one in form.select("textarea[name]")}
    ticks = [one["name"] for one in form.select("input[type=checkbox]")]
    return {name: value for name, value in found.items() if name not in ticks}


class TestForm:
    def test_the_only_segment_is_chosen_already(self, signed_in, workspace):
        only = make_segment(workspace)
        address = f"{page('survey_add')}?kind=price"

        chosen = soup(signed_in.get(address)).select("option[selected]")
        make_segment(workspace, "Hospitals")
        refused = signed_in.post(address, {"name": "Prices"})

        assert [option["value"] for option in chosen] == [str(only.pk)]
        assert "Choose the segment." in text_of(refused)


class TestList:
    def test_first_use_says_when_not_to_ask(self, signed_in, workspace):
        text = text_of(signed_in.get(page("survey_list")))

        assert "No survey yet" in text
        assert "at least twice in the last two weeks" in text
        assert "Needs are outcomes people want, not features" in text

    def test_each_survey_with_its_answers(self, signed_in, workspace):
        make_response(make_survey(workspace, name="Beta users"), label="R1")
        make_survey(workspace, Kind.PRICE, name="Gone", trashed_at="2026-11-02T00:00Z")

        text = text_of(signed_in.get(page("survey_list")))

        assert "Beta users" in text
        assert "1 answer" in text
        assert "Gone" not in text


class TestDetail:
    @pytest.mark.parametrize("show", ["", "dropped"])
    def test_without_answers_the_team_reads_so(self, signed_in, workspace, show):
        survey = make_survey(workspace)

        text = text_of(signed_in.get(page("survey_detail", survey.pk), {"show": show}))

        assert "are for the team" not in text
        assert ("No answer is of this kind" if show else "Nobody has answered") in text

    def test_one_that_is_put_away_asks_for_no_answers(self, signed_in, workspace):
        survey = make_survey(workspace, archived_at="2026-11-02T00:00Z")

        text = text_of(signed_in.get(page("survey_detail", survey.pk)))

        assert "In the archive" in text
        assert "Enter an answer" not in text


class TestInstrument:
    def add(self, client, kind, **fields):
        url = f"{page('survey_add')}?kind={kind}"
        data = fields_of(client.get(url)) | {"form_key": fresh_key()} | fields
        return client.post(url, data)

    def test_consent_is_prefilled_and_names_the_venture(self, signed_in, workspace):
        answer = signed_in.get(f"{page('survey_add')}?kind=must_have")

        assert "Acme keeps your answers" in fields_of(answer)["consent_text"]

    def test_without_a_kind_the_instruments_are_shown(self, signed_in, workspace):
        assert "Choose the instrument first" in text_of(
            signed_in.get(page("survey_add"))
        )

    def test_prices_need_an_offer_and_a_currency(self, signed_in, workspace):
        segment = make_segment(workspace)

        answer = self.add(
            signed_in, "price", name="List price", segment=segment.pk, currency="euro"
        )

        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"offer", "currency"}

    def test_needs_are_those_of_the_segment(self, signed_in, workspace):
        segment = make_segment(workspace)
        need = make_need(segment)
        make_need(make_segment(workspace))

        answer = self.add(signed_in, "needs", name="Needs", segment=segment.pk)

        survey = Survey.objects.get()
        assert answer.url == page("survey_detail", survey.pk)
        assert list(survey.needs.all()) == [need]

    @pytest.mark.parametrize("whose", ["none", "another"])
    def test_a_needs_survey_without_own_needs_is_refused(
        self, signed_in, workspace, whose
    ):
        segment, other = make_segment(workspace), make_need(make_segment(workspace))
        chosen = {"needs": other.pk} if whose == "another" else {}

        answer = self.add(
            signed_in, "needs", name="Needs", segment=segment.pk, **chosen
        )

        assert set(answer.context["form"].errors) == {"needs"}

    def test_segments_of_other_ventures_cannot_be_chosen(
        self, signed_in, workspace, stranger
    ):
        foreign = make_segment(stranger.memberships.get().workspace)

        answer = self.add(signed_in, "must_have", name="x", segment=foreign.pk)

        assert answer.status_code == 422
        assert not Survey.objects.exists()
        assert Segment.objects.count() == 1

    def test_a_copy_begins_with_the_same_words(self, signed_in, workspace):
        survey = make_survey(workspace, Kind.PRICE)

        answer = signed_in.get(f"{page('survey_add')}?copy={survey.pk}")

        assert fields_of(answer)["offer"] == survey.offer
        assert signed_in.get(f"{page('survey_add')}?copy=x").status_code == 200

    def test_an_answered_one_offers_a_copy_and_only_its_name(
        self, signed_in, workspace
    ):
        survey = make_survey(workspace, Kind.PRICE)
        make_response(survey, label="R1")

        answer = signed_in.get(page("survey_edit", survey.pk))

        names = set(fields_of(answer)) - {"csrfmiddlewaretoken", "form_key", "kind"}
        assert names == {"name", "rev"}
        assert f"?copy={survey.pk}" in answer.content.decode()

    def test_two_editors_meet(self, signed_in, workspace):
        survey = make_survey(workspace)
        url = page("survey_edit", survey.pk)
        data = fields_of(signed_in.get(url)) | {"segment": survey.segment_id}
        signed_in.post(url, data | {"name": "Theirs"})

        answer = signed_in.post(url, data | {"name": "Mine"})

        assert answer.status_code == 409
        assert "Theirs" in text_of(answer)
        assert Survey.objects.get().name == "Theirs"

    def test_closing_ends_links(self, signed_in, workspace):
        survey = make_survey(workspace)

        answer = signed_in.post(page("survey_close", survey.pk))

        assert answer.status_code == 303
        assert "Enter an answer" not in text_of(signed_in.get(answer.url))


class TestEntry:
    def test_an_answer_that_does_not_count_says_so(self, signed_in, workspace):
        survey = make_survey(workspace)

        answer = signed_in.post(page("response_add", survey.pk), MUST_HAVE, follow=True)

        assert "used it less than twice in 14 days" in text_of(answer)
        assert SurveyResponse.objects.get().label == "R1"

    def test_the_next_one_can_follow(self, signed_in, workspace):
        url = page("response_add", make_survey(workspace).pk)

        assert signed_in.post(url, MUST_HAVE | {"add_another": "1"}).url == url

    def test_the_same_respondent_is_refused_with_what_was_typed(
        self, signed_in, workspace
    ):
        survey = make_survey(workspace)
        make_response(survey, label="R1")

        answer = signed_in.post(
            page("response_add", survey.pk), MUST_HAVE | {"why": "My words"}
        )

        assert answer.status_code == 422
        assert "stands already" in text_of(answer)
        assert fields_of(answer)["why"] == "My words"

    def test_the_same_form_twice_is_one_answer(self, signed_in, workspace):
        url = page("response_add", make_survey(workspace).pk)
        data = MUST_HAVE | {"form_key": fresh_key()}

        answers = [signed_in.post(url, data) for _ in range(2)]

        assert answers[0].url == answers[1].url
        assert SurveyResponse.objects.count() == 1

    def test_withdrawing_asks_why(self, signed_in, workspace):
        response = make_response(make_survey(workspace), label="R1")
        url = page("response_withdraw", response.pk)

        assert signed_in.post(url, {"reason": ""}).status_code == 422
        answer = signed_in.post(url, {"reason": "Typed wrongly."}, follow=True)

        assert "withdrawn: Typed wrongly." in text_of(answer)


class TestReading:
    @pytest.fixture
    def survey(self, workspace):
        survey = make_survey(workspace, Kind.PRICE)
        for number in range(14):
            four = (20, 10, 35, 50) if number < 2 else (10, 20, 35, 50)
            make_response(survey, label=f"R{number}", answers=prices(*four))
        return survey

    def test_dropped_answers_are_counted(self, signed_in, survey):
        text = text_of(signed_in.get(page("survey_detail", survey.pk)))

        assert "2 of 14 answers are not in order and do not count." in text
        assert "30 ordered answers are wanted; you have 12." in text

    def test_they_can_be_shown_apart(self, signed_in, survey):
        url = page("survey_detail", survey.pk)

        rows = soup(signed_in.get(f"{url}?show=dropped")).select("tbody tr")

        assert len(rows) == 2

    @pytest.mark.parametrize("who", ["advisor", "observer"])
    def test_readers_see_counts_alone(self, client, request, workspace, who):
        person = make_person(workspace, "Dana Ruiz")
        survey = make_survey(workspace)
        make_response(survey, person=person)
        client.force_login(request.getfixturevalue(who))
        url = page("survey_detail", survey.pk)

        text = text_of(client.get(url))

        assert "n = 1" in text
        assert "Dana" not in text
        assert "Fridays" not in text
        assert "with names and words, are for the team" in text
        assert client.get(f"{url}?format=csv").status_code == 403

    def test_a_table_of_answers_comes_in_from_here(self, signed_in, workspace):
        nothing = soup(signed_in.get("/w/acme/imports/new/")).main
        survey = make_survey(workspace)

        shown = soup(signed_in.get(page("survey_detail", survey.pk)))
        link = shown.find("a", string="Import answers")["href"]
        offered = soup(signed_in.get(link)).select_one("input[name=kind][checked]")

        first = nothing.find("a", string="Add the survey they answered")
        assert first["href"] == page("survey_list")
        assert "nothing to import into yet" in nothing.text
        assert offered["value"] == f"answers:{survey.pk}"

    def test_csv_holds_no_formulas_and_is_read_again(self, signed_in, workspace):
        survey = make_survey(workspace)
        person = make_person(workspace, "=cmd|' /C calc'!A0")
        make_response(survey, person=person)
        make_response(survey, label="R2")

        answer = signed_in.get(f"{page('survey_detail', survey.pk)}?format=csv")

        table = read_table(answer.content)
        assert table.header.cells[:2] == ("respondent", "organisation")
        assert {row.cells[0] for row in table.rows} == {"R2", f"'{person.name}"}
        assert {row.cells[5:9] for row in table.rows} == {
            ("very disappointed", "4", "It saves my Fridays.", "yes")
        }


class TestLinks:
    def test_the_address_is_shown_once(self, signed_in, workspace):
        survey = make_survey(workspace)
        url = page("survey_link_add", survey.pk)
        data = {"person": "", "days": "14", "form_key": fresh_key()}

        first, second = signed_in.post(url, data), signed_in.post(url, data)

        token = soup(first).select_one("#address")["value"].split("/")[-2]
        assert len(token) == 43
        assert (second.status_code, second.url) == (303, url)
        assert token not in signed_in.get(url).content.decode()
        assert token not in str(vars(SurveyLink.objects.get()))

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"days": "0"}, "days"),
            ({"days": "61"}, "days"),
            ({"person": "Nobody"}, "person"),
            ({"person": "Unwilling"}, "person"),
        ],
    )
    def test_what_is_refused(self, signed_in, workspace, fields, wrong):
        make_person(workspace, "Unwilling", consent="none")
        url = page("survey_link_add", make_survey(workspace).pk)

        answer = signed_in.post(url, {"person": "", "days": "14"} | fields)

        assert set(answer.context["form"].errors) == {wrong}
        assert not SurveyLink.objects.exists()

    def test_somebody_who_answered_gets_no_second_one(self, signed_in, workspace):
        person, survey = make_person(workspace, "Dana Ruiz"), make_survey(workspace)
        make_response(survey, person=person)

        answer = signed_in.post(
            page("survey_link_add", survey.pk), {"person": "Dana Ruiz", "days": "9"}
        )

        assert answer.status_code == 422
        assert "stands already" in text_of(answer)

    def test_a_link_is_withdrawn(self, signed_in, workspace):
        link = make_survey_link(make_survey(workspace))

        answer = signed_in.post(page("survey_link_revoke", link.pk), follow=True)

        link.refresh_from_db()
        assert link.revoked_at is not None
        assert "withdrawn" in text_of(answer)
