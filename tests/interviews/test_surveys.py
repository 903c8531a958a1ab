"""Surveys: recorded, refused, withdrawn, frozen, stripped; and what is counted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from core.models import ActivityEntry
from core.revisions import OutdatedError
from interviews.actions import (
    close_survey,
    edit_survey,
    record_responses,
    strip_person,
    withdraw_response,
)
from interviews.models import MustHaveAnswer, NeedRating, SurveyLink, SurveyResponse
from interviews.reports import surveys as reports
from tests.factories import NOW, TODAY, make_person
from tests.interviews.survey_cases import (
    VERY,
    Kind,
    make_response,
    make_survey,
    make_survey_link,
    prices,
)

pytestmark = pytest.mark.django_db


def refusal(survey, **fields):
    with pytest.raises(ValidationError) as caught:
        make_response(survey, **fields)
    assert not SurveyResponse.objects.filter(recorded_at__gt=NOW).exists()
    return caught.value.code


class TestRecording:
    @pytest.mark.parametrize("kind", Kind)
    def test_each_kind_keeps_its_answers(self, workspace, owner, kind):
        survey = make_survey(workspace, kind, by=owner)

        response = make_response(survey, label="R1")

        assert reports.counts_of(survey).n == 1
        assert response.recorded_by == owner
        entry = ActivityEntry.objects.get(verb="response.recorded")
        assert entry.data == {"via": "form"}

    def test_a_closed_survey_takes_none(self, workspace, owner):
        survey = make_survey(workspace)
        close_survey(survey, by=owner, now=NOW)

        assert refusal(survey) == "closed"

    @pytest.mark.parametrize("field", ["trashed_at", "archived_at"])
    def test_one_that_is_put_away_takes_none(self, workspace, field):
        assert refusal(make_survey(workspace, **{field: NOW})) == "closed"

    def test_nobody_who_agreed_to_nothing(self, workspace):
        person = make_person(workspace, consent="none")

        assert refusal(make_survey(workspace), person=person) == "no_consent"

    def test_nothing_without_consent(self, workspace):
        assert refusal(make_survey(workspace), consented_at=None) == "no_consent"

    def test_one_respondent_has_one_answer_that_stands(self, workspace, owner):
        survey, person = make_survey(workspace), make_person(workspace)
        first = make_response(survey, person=person)
        make_response(survey, label="R1")

        assert refusal(survey, person=person) == "known"
        assert refusal(survey, label="R1") == "known"
        withdraw_response(first, by=owner, now=NOW, reason="Typed wrongly.")
        make_response(survey, person=person)

    def test_a_table_is_kept_whole_or_not_at_all(self, workspace, owner):
        survey = make_survey(workspace)
        entry = {"person": None, "asked_on": TODAY, "answers": VERY}

        with pytest.raises(ValidationError):
            record_responses(survey, [entry | {"label": "R1"}] * 2, by=owner, now=NOW)

        assert not SurveyResponse.objects.exists()


class TestEditing:
    def test_the_name_may_change_after_an_answer(self, workspace, owner):
        survey = make_survey(workspace)
        make_response(survey)

        edited = edit_survey(survey, by=owner, now=NOW, name="Second wave")

        assert (edited.name, edited.rev) == ("Second wave", 2)

    @pytest.mark.parametrize("field", ["offer", "currency", "consent_text"])
    def test_what_people_read_may_not(self, workspace, owner, field):
        survey = make_survey(workspace, Kind.PRICE)
        make_response(survey)

        with pytest.raises(ValidationError) as caught:
            edit_survey(survey, by=owner, now=NOW, **{field: "USD"})

        assert caught.value.code == "frozen"

    def test_a_withdrawn_answer_freezes_nothing(self, workspace, owner):
        survey = make_survey(workspace)
        response = make_response(survey)
        withdraw_response(response, by=owner, now=NOW, reason="A test.")

        assert edit_survey(survey, by=owner, now=NOW, offer="New").offer == "New"

    def test_an_old_revision_is_refused(self, workspace, owner):
        survey = make_survey(workspace)
        edit_survey(survey, by=owner, now=NOW, name="One")

        with pytest.raises(OutdatedError):
            edit_survey(survey, by=owner, now=NOW, rev=1, name="Two")


class TestStripping:
    def test_numbers_stay_without_the_person(self, workspace):
        person, survey = make_person(workspace), make_survey(workspace)
        make_response(survey, person=person)
        make_survey_link(survey, person=person)

        assert strip_person(person) == 1

        response = SurveyResponse.objects.get()
        assert (response.person, response.label) == (None, "")
        assert MustHaveAnswer.objects.get().why == ""
        assert not SurveyLink.objects.exists()
        assert reports.counts_of(survey).n == 1
        assert reports.responses_of(person) == []

    def test_others_keep_their_words(self, workspace):
        survey = make_survey(workspace)
        make_response(survey, person=make_person(workspace))

        assert strip_person(make_person(workspace)) == 0
        assert MustHaveAnswer.objects.get().why == VERY["why"]


class TestCounts:
    def test_must_have_counts_those_who_use_it(self, workspace, owner):
        survey = make_survey(workspace)
        given = [
            ("very", 2),
            ("very", 1),
            ("somewhat", None),
            ("not", 9),
            ("gone", 0),
            ("gone", 5),
        ]
        for number, (feeling, uses) in enumerate(given):
            answers = {"feeling": feeling, "uses_last_14_days": uses, "why": ""}
            make_response(survey, label=f"R{number}", answers=answers)
        gone = make_response(survey, label="R9")
        withdraw_response(gone, by=owner, now=NOW, reason="Asked to.")

        counts = reports.counts_of(survey)

        assert (counts.n, counts.counting, counts.dropped, counts.missing) == (
            *(6, 2, 4),
            28,
        )
        assert [(one.n, one.counting) for one in counts.feelings] == [
            (2, 1),
            (1, 0),
            (1, 1),
            (2, 0),
        ]
        shown = {
            show: reports.responses(survey, show).count() for show in reports.SHOWN
        }
        assert shown == {"": 7, "counting": 2, "dropped": 4, "withdrawn": 1}

    def test_prices_out_of_order_are_kept_and_dropped(self, workspace):
        survey = make_survey(workspace, Kind.PRICE)
        for number, four in enumerate(
            [(10, 20, 35, 50), (20, 10, 35, 50), (10, 10, 35, 50)]
        ):
            make_response(survey, label=f"R{number}", answers=prices(*four))

        counts = reports.counts_of(survey)

        assert (counts.n, counts.counting, counts.dropped) == (3, 1, 2)
        dropped = reports.responses(survey, "dropped")
        assert {reports.why_not(survey, row) for row in dropped} == {
            "the prices are not in order"
        }

    def test_ratings_are_spread_over_five(self, workspace):
        survey = make_survey(workspace, Kind.NEEDS)
        first, second = survey.needs.all()
        make_response(survey, label="R1", answers={"ratings": [(first, 5, 1)]})
        make_response(
            survey, label="R2", answers={"ratings": [(first, 5, 2), (second, 3, 3)]}
        )

        counts = reports.counts_of(survey)

        assert [
            (one.n, one.importance, one.satisfaction) for one in counts.ratings
        ] == [
            (2, (0, 0, 0, 0, 2), (1, 1, 0, 0, 0)),
            (1, (0, 0, 1, 0, 0), (0, 0, 1, 0, 0)),
        ]
        assert NeedRating.objects.count() == 3

    def test_one_persons_answers(self, workspace):
        person = make_person(workspace)
        survey = make_survey(workspace, Kind.PRICE)
        make_response(survey, person=person)
        make_response(make_survey(workspace), label="R1")

        [(found, row)] = reports.responses_of(person)

        assert found == survey
        assert row.cells[0] == ("Too cheap (EUR)", "10.00")
        assert row.why_not == ""


@pytest.mark.parametrize(
    ("fields", "days", "state"),
    [
        ({}, 0, "open"),
        ({}, 14, "expired"),
        ({"revoked_at": NOW}, 0, "revoked"),
        ({"used_at": NOW}, 20, "used"),
    ],
)
def test_states_of_a_link(workspace, fields, days, state):
    link = make_survey_link(make_survey(workspace), **fields)

    assert reports.link_state(link, NOW + timedelta(days=days)) == state
