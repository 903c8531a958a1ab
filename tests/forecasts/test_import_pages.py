from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forecasts.models import Actual
from tests.core.test_workbooks import make_workbook
from tests.factories import make_actual, make_metric, weeks
from tests.forecasts.test_plan_pages import inputs, problems
from tests.helpers import soup, text_of

pytestmark = pytest.mark.django_db
WEEK_43, WEEK_44 = weeks(date(2026, 10, 19), 2)
GOOD = "metric\tperiod\tvalue\nOrders\t2026-W43\t2.000,5\nOrders\t2026-W44\t3\n"


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders", unit="orders")


def run_form(page):
    """Fields and address of the form that writes."""
    form = soup(page).main.find("form", method="post")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input")}
    return form["action"], fields


def test_looking_writes_nothing(signed_in, metric, url):
    page = signed_in.post(url("actuals_import"), {"pasted": GOOD})

    assert page.status_code == 200
    assert "2 numbers would be added." in text_of(page)
    rows = soup(page).main.tbody.find_all("tr")
    assert rows[0].get_text(" ", strip=True) == "Line 2 Orders W43 2,000.5 orders"
    assert not Actual.objects.exists()


def test_paste_check_and_write(signed_in, metric, founder, url):
    action, fields = run_form(signed_in.post(url("actuals_import"), {"pasted": GOOD}))

    answer = signed_in.post(action, fields, follow=True)
    again = signed_in.post(action, fields)

    assert action == url("actuals_import_run")
    assert "2 numbers added." in text_of(answer)
    assert set(Actual.objects.values_list("by", flat=True)) == {founder.pk}
    assert again.status_code == 303
    assert Actual.objects.count() == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_uploaded_once(signed_in, metric, url, kind):
    content = GOOD.replace("\t", ";").encode("utf-16")
    if kind == "xlsx":
        content = make_workbook(
            ["metric", "period", "value"],
            ["Orders", date(2026, 10, 19), 2000.5],
            ["Orders", date(2026, 10, 26), 3],
        )
    file = SimpleUploadedFile(f"numbers.{kind}", content)

    page = signed_in.post(url("actuals_import"), {"file": file})
    action, fields = run_form(page)
    signed_in.post(action, fields)

    shown = {"csv": "UTF-16, columns separated by semicolon", "xlsx": "Excel workbook"}
    assert shown[kind] in text_of(page)
    values = Actual.objects.order_by("period_start").values_list("value", flat=True)
    assert [float(value) for value in values] == [2000.5, 3.0]


def test_one_metric_for_all_rows(signed_in, metric, url):
    page = signed_in.get(url("actuals_import") + f"?metric={metric.pk}")
    chosen = soup(page).find("option", selected=True)["value"]

    checked = signed_in.post(
        url("actuals_import"), {"pasted": "2026-W43\t5", "metric": chosen}
    )
    action, fields = run_form(checked)
    signed_in.post(action, fields)

    assert Actual.objects.get().metric == metric


def test_a_bad_row_stops_all(signed_in, metric, url):
    bad = GOOD + "Orders\t2026-W60\t5\n"

    page = signed_in.post(url("actuals_import"), {"pasted": bad})

    assert (page.status_code, problems(page)) == (422, ["1 cell cannot be taken."])
    row = soup(page).find(id="rejected").tbody.tr
    assert (
        row.get_text(" ", strip=True)
        == "Line 4 period There is no such day: “2026-W60”."
    )
    assert soup(page).find("form", action=url("actuals_import_run")) is None
    forced = signed_in.post(url("actuals_import_run"), {"staged": bad})
    assert forced.status_code == 422
    assert not Actual.objects.exists()


def test_refused_cells_are_given_back(signed_in, metric, url):
    bad = GOOD + "Orders\t2026-W60\t5\n"
    data = {"pasted": bad, "metric": metric.pk}

    for name in ("pasted", "staged"):
        step = "actuals_import" if name == "pasted" else "actuals_import_run"
        page = signed_in.post(url(step), {name: bad})
        form = soup(page).main.find("form", action=url("actuals_import"))
        assert form.textarea.text.strip() == bad.strip()
    chosen = signed_in.post(url("actuals_import"), data | {"pasted": "2026-W60\t5"})
    assert soup(chosen).find("option", selected=True)["value"] == str(metric.pk)
    mended = inputs(page)["pasted"].replace("W60", "W42")
    again = signed_in.post(form["action"], {"pasted": mended})
    assert "3 numbers would be added." in text_of(again)


def test_two_readings_are_asked_before_anything_is_written(signed_in, metric, url):
    text = "metric\tperiod\tvalue\nOrders\t2026-W43\t1.234\n"

    asked = signed_in.post(url("actuals_import"), {"pasted": text})
    action, fields = run_form(asked)
    answered = signed_in.post(action, fields | {"decimal": ","})
    action, fields = run_form(answered)
    signed_in.post(action, fields)

    assert asked.status_code == 422
    assert problems(asked)[0] == "What does “1.234” mean?"
    assert answered.status_code == 200
    assert Actual.objects.get().value == 1234


def test_somebody_entered_one_of_the_numbers_meanwhile(signed_in, metric, url):
    action, fields = run_form(signed_in.post(url("actuals_import"), {"pasted": GOOD}))
    make_actual(metric, *WEEK_44, 9)

    answer = signed_in.post(action, fields)

    assert answer.status_code == 422
    assert "There is a number for W44 already, 9 orders" in text_of(answer)
    assert Actual.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Paste the cells, or choose a file: one of the two."),
        ({"pasted": "a,b\n1,2"}, "The first row must name the columns."),
        ({"pasted": '"'}, "Line 1 opens a quotation mark that is never closed."),
        ({"pasted": GOOD, "metric": "nonsense"}, "is not a valid UUID"),
        (
            {"file": SimpleUploadedFile("a.csv", b"a" * (10 * 1024 * 1024 + 1))},
            "The file is larger than 10 MB.",
        ),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The submitted file is empty."),
    ],
)
def test_what_cannot_be_read_is_said(signed_in, metric, url, data, words):
    answer = signed_in.post(url("actuals_import"), data)

    assert answer.status_code == 422
    assert words in " ".join(problems(answer))
    if "pasted" in data:
        assert inputs(answer)["pasted"] == data["pasted"].strip()


def test_the_second_step_asks_for_the_first(signed_in, url):
    assert signed_in.get(url("actuals_import_run")).status_code == 405
    assert signed_in.post(url("actuals_import_run"), {}).status_code == 422


def test_an_advisor_imports_nothing(client, workspace, advisor, metric, url, monday):
    client.force_login(advisor)

    assert client.get(url("actuals_import")).status_code == 403
    answer = client.post(url("actuals_import_run"), {"staged": GOOD})
    assert answer.status_code == 403
    assert not Actual.objects.exists()
