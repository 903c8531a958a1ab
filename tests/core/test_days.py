"""Days as people type them into forms: read as in tables, asked back where they are two."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.urls import get_resolver
from django.utils import timezone

from core.days import TwoDaysError, read_date
from core.forms.days import DayField, MomentField


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        (" 2026/3/2 ", date(2026, 3, 2)),
        ("02.03.2026", date(2026, 3, 2)),
        ("2. M\u00e4rz 2026", date(2026, 3, 2)),
        ("Mar 2, 2026", date(2026, 3, 2)),
        ("13/03/2026", date(2026, 3, 13)),
        ("03/13/2026", date(2026, 3, 13)),
        ("03-03-2026", date(2026, 3, 3)),
        (date(2026, 3, 2), date(2026, 3, 2)),
        ("  ", None),
    ],
)
def test_a_day_of_one_reading_is_taken(typed, day):
    assert DayField(required=False).clean(typed) == day


@pytest.mark.parametrize("typed", ["02/03/2026", "2/3/2026", " 02-03-2026 "])
def test_a_day_of_two_readings_is_asked_back(typed):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)

    assert refused.value.messages == [
        "This could be 2026-03-02 or 2026-02-03: write it like that."
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "Enter a valid date."),
        ("31.02.2026", "Enter a valid date."),
        ("2/3/26", "Enter a valid date."),
        ("", "This field is required."),
        ("1989-12-31", "Enter a day between 1990 and 2199."),
        ("31.12.2200", "Enter a day between 1990 and 2199."),
    ],
)
def test_what_is_no_day_is_said(typed, said):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(typed)

    assert refused.value.messages == [said]


def test_a_field_may_reach_further_back():
    field = DayField(first_year=1900)

    assert field.clean("1950-01-01") == date(1950, 1, 1)
    assert field.widget.attrs["min"] == "1900-01-01"


class MomentForm(forms.Form):
    at = MomentField()


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-03-02T14:05", (2026, 3, 2, 14, 5)),
        ("2026-03-02T14:05:00.5", (2026, 3, 2, 14, 5)),
        ("02.03.2026 14:05", (2026, 3, 2, 14, 5)),
        ("13/03/2026, 14:05", (2026, 3, 13, 14, 5)),
        ("03/13/2026", (2026, 3, 13, 0, 0)),
    ],
)
def test_a_moment_is_read_likewise(typed, moment):
    form = MomentForm({"at": typed})

    assert form.is_valid(), form.errors
    at = form.cleaned_data["at"].replace(microsecond=0)
    assert at == datetime(*moment, tzinfo=timezone.get_current_timezone())


def test_a_moment_of_two_days_is_asked_back():
    form = MomentForm({"at": "02/03/2026 14:05"})

    assert not form.is_valid()
    assert "could be 2026-03-02 or 2026-02-03" in form.errors["at"][0]
    assert form["at"].value() == "02/03/2026 14:05"


def test_a_moment_that_is_one_already_stays():
    now = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)

    assert MomentField().clean(now) == now


def test_every_field_of_a_day_asks_back():
    """Also those that a form makes of a model: whoever adds one uses `DayField`."""
    wrong = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in all_forms(forms.BaseForm)
        for name, field in form.base_fields.items()
        if isinstance(field, (forms.DateField, forms.DateTimeField))
        and not isinstance(field, (DayField, MomentField))
        and not field.widget.is_hidden
    ]

    assert wrong == []


def all_forms(base):
    """Those of the product; every module with forms is read by its pages."""
    get_resolver().url_patterns  # noqa: B018  reads every view, and so every form
    for form in base.__subclasses__():
        if hasattr(form, "base_fields") and not form.__module__.startswith("django."):
            yield form
        yield from all_forms(form)


@pytest.mark.parametrize(("order", "offers"), [(None, False), ("", True)])
def test_the_order_is_offered_where_it_can_be_chosen(order, offers):
    with pytest.raises(TwoDaysError, match="2026-03-02 or 2026-02-03") as error:
        read_date("02/03/2026", order)

    assert ("beside the columns" in str(error.value)) == offers
