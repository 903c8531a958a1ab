"""A pasted table of answers: one respondent a line, trouble by line and column."""

import pytest
from django.urls import reverse

from tests.helpers import soup, text_of
from tests.interviews.survey_cases import Kind, make_response, make_survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


class TestPaste:
    HEAD = "who;too cheap (EUR);cheap;expensive;too expensive\n"

    def paste(self, client, survey, text, **fields):
        data = {"table": text, "asked_on": "2026-11-01", "consented": "on"} | fields
        return client.post(
            reverse("interviews:response_paste", args=["acme", survey.pk]), data
        )

    @pytest.mark.parametrize(
        "text",
        [
            HEAD + "R1;10;20;35;50\nR2;9,90;20;35;50",
            "R1\t10\t20\t35\t50\nR2\t9,90\t20\t35\t50\n",
            'R1,10,20,35,50\r\nR2,"9,90",20,35,50\r\n',
        ],
    )
    def test_one_respondent_a_line(self, signed_in, workspace, text):
        survey = make_survey(workspace, Kind.PRICE)

        answer = self.paste(signed_in, survey, text)

        assert answer.status_code == 303
        cheap = survey.responses.order_by("label").values_list(
            "label", "price__too_cheap_minor"
        )
        assert list(cheap) == [("R1", 1000), ("R2", 990)]

    def test_trouble_is_named_by_line_and_column_and_nothing_is_lost(
        self, signed_in, workspace
    ):
        survey = make_survey(workspace, Kind.PRICE)
        make_response(survey, label="R9")
        text = self.HEAD + (
            "R1;10;20;35;50\nMaria;1;2;3;4\nR2;1.234;2;x;4\nR1;1;2;3;4\nR9;1;2;3;4"
        )

        answer = self.paste(signed_in, survey, text)

        assert answer.status_code == 422
        assert [(one.line, one.column) for one in answer.context["problems"]] == [
            (3, "1 (respondent)"),
            (4, "2 (too cheap)"),
            (4, "4 (expensive)"),
            (5, "1 (respondent)"),
            (6, "1 (respondent)"),
        ]
        assert soup(answer).select_one("textarea").text.removeprefix("\n") == text
        assert survey.responses.count() == 1

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("who;cheap\nR1;5", "too cheap, expensive, too expensive"),
            (HEAD, "no answer below it"),
            ('R1;"10', "never closed"),
            ("\n".join(f"R{n}\t1\t2\t3\t4" for n in range(501)), "500"),
        ],
    )
    def test_what_is_no_table(self, signed_in, workspace, text, words):
        survey = make_survey(workspace, Kind.PRICE)

        answer = self.paste(signed_in, survey, text)

        assert answer.status_code == 422
        assert words in text_of(answer)

    def test_dates_and_consent_of_a_line_come_first(self, signed_in, workspace):
        survey = make_survey(workspace)
        text = (
            "id\tanswer\tdate\tconsent\n"
            "R1\tvery\t2026-10-20\tyes\nR2\tnot\t3/4/2026\tyes\nR3\tnot\t\tno"
        )

        answer = self.paste(signed_in, survey, text)

        assert [(one.line, one.column) for one in answer.context["problems"]] == [
            (3, "3 (asked on)"),
            (4, "4 (agreed)"),
        ]

    def test_needs_are_rated_in_pairs(self, signed_in, workspace):
        survey = make_survey(workspace, Kind.NEEDS)

        answer = self.paste(signed_in, survey, "R1\t5\t1\t4\t4\nR2\t3\t3\t\t\n")

        assert answer.status_code == 303
        assert [one.ratings.count() for one in survey.responses.order_by("label")] == [
            2,
            1,
        ]
