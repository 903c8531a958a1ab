"""Columns of a survey and what their cells say."""

import pytest

from core.importing.plans import guess
from interviews.survey_forms import entry_form
from interviews.survey_rows import feeling_of, fields_for, rating_of, read_row
from tests.factories import TODAY, make_need, make_person, make_segment
from tests.interviews.survey_cases import Kind, make_survey


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Very disappointed", "very"),
        ("very", "very"),
        ("somewhat disappointed.", "somewhat"),
        ("Not disappointed (it really isn't that useful)", "not"),
        ("N/A - I no longer use it", "gone"),
        ("I no longer use it", "gone"),
        ("rather sad", "rather sad"),
        ("", ""),
    ],
)
def test_feelings_are_understood_by_their_words(cell, code):
    assert feeling_of(cell) == code


@pytest.mark.parametrize(
    ("cell", "rating"),
    [("4", "4"), ("5 – extremely", "5"), ("6", "6"), ("45", "45"), ("3.5", "3.5")],
)
def test_ratings_begin_with_their_number(cell, rating):
    assert rating_of(cell) == rating


@pytest.mark.django_db
class TestFields:
    def test_headings_of_other_tools_are_known(self, workspace):
        survey = make_survey(workspace, Kind.PRICE)
        header = ["Name", "E-mail", "tooCheap", "Bargain", "getting expensive", "x"]

        found = guess(header, fields_for(survey))

        assert found == {
            "0": "respondent",
            "1": "email",
            "2": "too_cheap",
            "3": "cheap",
            "4": "expensive",
        }

    def test_each_need_has_two_columns(self, workspace):
        segment = make_segment(workspace)
        need = make_need(segment, "Fewer calls")
        survey = make_survey(workspace, Kind.NEEDS, needs=[need], segment=segment)

        labels = [field.label for field in fields_for(survey)][-2:]

        assert labels == ["importance: Fewer calls", "satisfaction: Fewer calls"]

    def test_a_row_becomes_form_data(self, workspace):
        survey = make_survey(workspace)
        cells = {"respondent": " R7 ", "consented": "Yes", "feeling": "Very"}

        assert read_row(survey, cells) == {
            "respondent": "R7",
            "consented": "on",
            "feeling": "very",
        }


@pytest.mark.django_db
class TestRespondent:
    def form(self, workspace, respondent, **fields):
        survey = make_survey(workspace)
        data = {"feeling": "very", "asked_on": TODAY.isoformat(), "consented": "on"}
        data |= {"respondent": respondent} | fields
        return entry_form(survey)(data, survey=survey, today=TODAY, is_from_table=True)

    def test_a_name_is_a_person(self, workspace):
        person = make_person(workspace, "Dana Ruiz")

        form = self.form(workspace, "dana ruiz")

        assert form.is_valid()
        assert (form.cleaned_data["person"], form.cleaned_data["label"]) == (person, "")

    def test_an_address_is_a_person(self, workspace):
        person = make_person(workspace, "Dana Ruiz", email="dana@example.com")

        form = self.form(workspace, "D. R.", email="Dana@example.com")

        assert form.is_valid()
        assert form.cleaned_data["person"] == person

    @pytest.mark.parametrize("number", ["7", "R7", "No. 12", "P-003", "#4"])
    def test_a_number_is_a_number(self, workspace, number):
        form = self.form(workspace, number)

        assert form.is_valid()
        assert form.cleaned_data["label"] == number

    @pytest.mark.parametrize(
        ("setting", "code"),
        [("nobody", "unknown"), ("two", "ambiguous"), ("unwilling", "no_consent")],
    )
    def test_what_is_refused(self, workspace, setting, code):
        if setting == "two":
            make_person(workspace, "Dana Ruiz")
        if setting != "nobody":
            consent = "none" if setting == "unwilling" else "notes"
            make_person(workspace, "Dana Ruiz", consent=consent)

        form = self.form(workspace, "Dana Ruiz")

        assert form.errors.as_data()["respondent"][0].code == code

    def test_people_of_other_ventures_are_unknown(self, workspace, stranger):
        other = stranger.memberships.get().workspace
        make_person(other, "Dana Ruiz")

        form = self.form(workspace, "Dana Ruiz")

        assert form.errors.as_data()["respondent"][0].code == "unknown"

    @pytest.mark.parametrize("day", ["2026-11-03", "1899-12-31", "0001-01-01"])
    def test_impossible_days(self, workspace, day):
        assert "asked_on" in self.form(workspace, "7", asked_on=day).errors

    def test_nobody_is_kept_without_their_yes(self, workspace):
        assert "consented" in self.form(workspace, "7", consented="").errors


@pytest.mark.django_db
class TestPrices:
    def form(self, workspace, prices, currency="EUR"):
        survey = make_survey(workspace, Kind.PRICE, currency=currency)
        names = ("too_cheap", "cheap", "expensive", "too_expensive")
        data = dict(zip(names, prices, strict=True)) | {
            "respondent": "7",
            "asked_on": TODAY.isoformat(),
            "consented": "on",
        }
        return entry_form(survey)(data, survey=survey, today=TODAY)

    def test_points_commas_and_signs(self, workspace):
        form = self.form(workspace, ("9,90", "€20", "35.5", "1 200 EUR"))

        assert form.is_valid()
        assert list(form.answers().values()) == [990, 2000, 3550, 120000]

    def test_a_currency_without_cents(self, workspace):
        form = self.form(workspace, ("100", "200", "¥300", "4,000.0"), "JPY")

        assert form.is_valid()
        assert list(form.answers().values()) == [100, 200, 300, 4000]

    def test_prices_out_of_order_are_no_error(self, workspace):
        assert self.form(workspace, ("50", "20", "35", "10")).is_valid()

    @pytest.mark.parametrize(
        ("price", "code"),
        [
            ("1.234", "ambiguous"),
            ("10.005,1234", "digits"),
            ("9.9999", "digits"),
            ("-5", "negative"),
            ("20 $", "number"),
            ("cheap", "number"),
            ("", "required"),
        ],
    )
    def test_what_is_asked_back(self, workspace, price, code):
        form = self.form(workspace, (price, "20", "35", "50"))

        assert form.errors.as_data()["too_cheap"][0].code == code


@pytest.mark.django_db
class TestNeeds:
    def form(self, workspace, ratings):
        survey = make_survey(workspace, Kind.NEEDS)
        data = {"respondent": "7", "asked_on": "2026-11-02", "consented": "on"}
        names = [field.name for field in fields_for(survey)][-4:]
        data |= dict(zip(names, ratings, strict=True))
        return entry_form(survey)(data, survey=survey, today=TODAY)

    def test_a_need_may_be_left_out(self, workspace):
        form = self.form(workspace, ("5", "2", "", ""))

        assert form.is_valid()
        assert [rating[1:] for rating in form.answers()["ratings"]] == [(5, 2)]

    @pytest.mark.parametrize(
        "ratings",
        [("5", "", "", ""), ("", "", "", ""), ("6", "2", "", ""), ("0", "1", "", "")],
    )
    def test_half_pairs_none_and_other_numbers_are_refused(self, workspace, ratings):
        assert not self.form(workspace, ratings).is_valid()
