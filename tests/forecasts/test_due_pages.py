from datetime import date
from decimal import Decimal

import pytest

from forecasts.models import Actual
from tests.factories import make_actual, make_forecast, make_metric, weeks
from tests.forecasts.test_plan_pages import inputs, problems
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db
WEEK_43, WEEK_44, WEEK_45 = weeks(date(2026, 10, 19), 3)


@pytest.fixture
def metric(workspace):
    metric = make_metric(workspace, "Orders", unit="orders")
    make_forecast(metric, [(*week, 100) for week in (WEEK_43, WEEK_44, WEEK_45)])
    return metric


def value_fields(page):
    found = soup(page).main.find_all("input", attrs={"inputmode": "decimal"})
    return [one["name"] for one in found]


def test_all_numbers_due_in_one_form(signed_in, workspace, metric, url):
    other = make_metric(workspace, "Clinics", unit="clinics")
    make_forecast(other, [(*WEEK_44, 5)])
    page = signed_in.get(url("due_list"))
    names = value_fields(page)
    data = inputs(page) | {names[0]: "90", names[1]: "4,5 clinics"}

    answer = signed_in.post(url("due_list"), data)

    assert len(names) == 3
    assert answer.status_code == 303
    values = Actual.objects.order_by("period_start").values_list("value", flat=True)
    assert sorted(values) == [Decimal("4.5"), 90]
    left = signed_in.get(answer["Location"])
    assert len(value_fields(left)) == 1
    assert "2 numbers recorded." in text_of(left)


def test_one_wrong_number_saves_none(signed_in, metric, url):
    page = signed_in.get(url("due_list"))
    first, second = value_fields(page)
    data = inputs(page) | {first: "90", second: "many"}

    answer = signed_in.post(url("due_list"), data)

    assert answer.status_code == 422
    assert problems(answer) == ["Orders, W44: Enter a number, such as 2,000.5."]
    assert (inputs(answer)[first], inputs(answer)[second]) == ("90", "many")
    assert not Actual.objects.exists()


def test_a_number_that_is_not_due_any_more_is_not_dropped(signed_in, metric, url):
    page = signed_in.get(url("due_list"))
    first, second = value_fields(page)
    make_actual(metric, *WEEK_43, 80)
    data = inputs(page) | {first: "90", second: "95"}

    answer = signed_in.post(url("due_list"), data)

    assert answer.status_code == 422
    assert problems(answer) == ["“90” was not saved: its period is not due any more."]
    assert inputs(answer)[second] == "95"


def test_the_due_form_asks_about_two_readings(signed_in, metric, url):
    page = signed_in.get(url("due_list"))
    first, second = value_fields(page)
    data = inputs(page) | {first: "1.234", second: "2.345"}

    asked = signed_in.post(url("due_list"), data)
    answer = signed_in.post(url("due_list"), data | {"decimal": ","})

    assert "What does “1.234” mean?" in text_of(asked)
    assert answer.status_code == 303
    assert set(Actual.objects.values_list("value", flat=True)) == {1234, 2345}


def test_an_empty_due_form_and_nothing_due(signed_in, metric, url):
    empty = signed_in.post(url("due_list"), inputs(signed_in.get(url("due_list"))))
    for week in (WEEK_43, WEEK_44):
        make_actual(metric, *week, 1)

    assert problems(empty) == ["Enter one number at least."]
    assert "No number is due." in text_of(signed_in.get(url("due_list")))


def test_a_row_whose_period_was_changed_is_checked_all_the_same(signed_in, metric, url):
    page = signed_in.get(url("due_list"))
    name = value_fields(page)[0]
    data = inputs(page) | {name: "5"}
    # tampered: the period named is still running
    data[name.replace("-value", "-period")] = "2026-W45"

    answer = signed_in.post(url("due_list"), data)

    assert problems(answer) == ["Orders, W43: W45 is not over: it ends on 2026-11-08."]


def test_one_period_twice_in_the_due_form_is_refused_whole(signed_in, metric, url):
    page = signed_in.get(url("due_list"))
    first, second = value_fields(page)
    data = inputs(page) | {first: "5", second: "6"}
    data[second.replace("-value", "-period")] = "2026-W43"

    answer = signed_in.post(url("due_list"), data)

    assert problems(answer) == [
        "There is a number for W43 already: 5 orders. Correct it there."
    ]
    assert not Actual.objects.exists()
