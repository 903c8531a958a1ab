from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from forecasts.actions import correct_actual, record_actual
from forecasts.models import Actual, Metric
from tests.factories import (
    NOW,
    make_actual,
    make_forecast,
    make_metric,
    make_workspace,
    weeks,
)
from tests.forecasts.test_plan_pages import inputs, problems
from tests.helpers import hx, soup, text_of

pytestmark = pytest.mark.django_db
WEEK_43, WEEK_44, WEEK_45 = weeks(date(2026, 10, 19), 3)


@pytest.fixture
def metric(workspace):
    metric = make_metric(workspace, "Orders", unit="orders")
    make_forecast(metric, [(*week, 100) for week in (WEEK_43, WEEK_44, WEEK_45)])
    return metric


def test_the_form_begins_with_what_is_due(signed_in, metric, url):
    page = signed_in.get(url("actual_add", metric.pk))

    assert inputs(page)["period"] == "2026-W43"
    due = soup(page).main.ul.find_all("a")
    assert [link["href"] for link in due] == [
        *("?period=2026-W43", "?period=2026-W44"),
    ]
    other = signed_in.get(url("actual_add", metric.pk) + "?period=2026-W40")
    assert inputs(other)["period"] == "2026-W40"


def test_without_a_forecast_the_form_begins_with_the_last_complete_period(
    signed_in, workspace, url
):
    metric = make_metric(workspace, "Visits")

    page = signed_in.get(url("actual_add", metric.pk))
    make_actual(metric, *WEEK_44, 7)
    known = signed_in.get(url("actual_add", metric.pk))

    assert inputs(page)["period"] == "2026-W44"
    assert "A week such as 2026-W44, or any day of it" in text_of(page)
    assert inputs(known)["period"] == ""


def test_the_inline_form_of_the_page_saves(signed_in, metric, founder, url):
    data = inputs(signed_in.get(url("metric_detail", metric.pk)))

    answer = signed_in.post(
        url("actual_add", metric.pk), data | {"value": "2.000,5 orders"}
    )
    page = signed_in.get(answer["Location"])

    actual = Actual.objects.get()
    assert (answer.status_code, actual.value, actual.by) == (
        *(303, Decimal("2000.5"), founder),
    )
    assert (actual.period_start, actual.value_kind) == (WEEK_43[0], "measured")
    assert "W43: 2,000.5 orders recorded; forecast 100, inside the edge." in text_of(
        page
    )


@pytest.mark.parametrize(
    ("value", "period", "words"),
    [
        ("50", "2026-W44", "forecast 100, outside the agreed edge."),
        ("50", "2026-W30", "W30: 50 orders recorded."),
        ("0", "2026-10-28", "W44: 0 orders recorded; forecast 100, outside"),
    ],
)
def test_the_answer_says_what_was_understood(
    signed_in, metric, url, value, period, words
):
    answer = signed_in.post(
        url("actual_add", metric.pk), {"value": value, "period": period}, follow=True
    )

    assert words in text_of(answer)


def test_sent_twice_it_is_one_number(signed_in, metric, url):
    data = inputs(signed_in.get(url("actual_add", metric.pk))) | {"value": "5"}

    answers = [signed_in.post(url("actual_add", metric.pk), data) for _ in range(2)]

    assert {(one.status_code, one["Location"]) for one in answers} == {
        (303, url("metric_detail", metric.pk))
    }
    assert Actual.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": ""}, ["Number: Enter a number."]),
        (
            {"value": "1e9"},
            [
                "Number: Write the number in full, without an exponent: 2,000,000, "
                "not 2e6."
            ],
        ),
        (
            {"value": "5", "period": "2026-W45"},
            ["Period: W45 is not over: it ends on 2026-11-08."],
        ),
        (
            {"value": "5", "period": "W44"},
            [
                "Period: “W44” is unclear: enter a week such as 2026-W44, or any day "
                "of it such as 2026-10-26."
            ],
        ),
        (
            {"value": "5", "period": "2026-10-20..2026-10-22"},
            ["Period: 20\N{EN DASH}22 Oct 2026 is not one week."],
        ),
        (
            {"value": "5", "value_kind": "guessed"},
            [
                "How it is known: Select a valid choice. guessed is not one of the "
                "available choices."
            ],
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    signed_in, metric, url, typed, words
):
    data = {"period": "2026-W44", "source": "Books"} | typed

    answer = signed_in.post(url("actual_add", metric.pk), data)

    assert (answer.status_code, problems(answer)) == (422, words)
    kept = inputs(answer)
    assert (kept["period"], kept["value"], kept["source"]) == (
        *(data["period"], data["value"], "Books"),
    )
    assert not Actual.objects.exists()


def test_a_number_with_two_readings_is_asked_back(signed_in, metric, url):
    data = {"period": "2026-W44", "value": "1.234"}

    asked = signed_in.post(url("actual_add", metric.pk), data)
    choices = soup(asked).find_all("input", {"name": "decimal"})

    assert asked.status_code == 422
    assert [one.parent.get_text(strip=True) for one in choices] == [
        "1,234 orders, that is 1234",
        "1.234 orders, between 1 and 2",
    ]
    kept = inputs(asked) | {"decimal": choices[1]["value"]}
    answer = signed_in.post(url("actual_add", metric.pk), kept)
    assert answer.status_code == 303
    assert Actual.objects.get().value == Decimal("1.234")


def test_a_number_typed_as_the_pages_show_it_is_understood(signed_in, metric, url):
    data = {"period": "2026-W44", "value": "2,100"}

    answer = signed_in.post(url("actual_add", metric.pk), data)

    assert answer.status_code == 303
    assert Actual.objects.get().value == 2100


def test_a_second_number_for_a_period_is_refused_in_words(signed_in, metric, url):
    make_actual(metric, *WEEK_44, 7)

    answer = signed_in.post(
        url("actual_add", metric.pk), {"period": "2026-W44", "value": "5"}
    )

    assert problems(answer) == [
        "There is a number for W44 already: 7 orders. Correct it there."
    ]


def test_the_number_of_an_irregular_period(signed_in, workspace, url):
    metric = make_metric(workspace, cadence="monthly")
    make_forecast(metric, [(date(1999, 6, 2), date(1999, 6, 30), 8000)])

    signed_in.post(
        url("actual_add", metric.pk), {"period": "Jun 1999", "value": "2000"}
    )

    actual = Actual.objects.get()
    assert (actual.period_start, actual.period_end) == (
        *(date(1999, 6, 2), date(1999, 6, 30)),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2.000,5", "Understood: 2,000.5 orders"),
        ("1.234", "This has two readings; you will be asked which you mean."),
        ("abc", "Enter a number, such as 2,000.5."),
        ("", ""),
    ],
)
def test_the_echo_while_typing(signed_in, metric, url, text, words):
    answer = hx(signed_in, url("number_echo", metric.pk), data={"value": text})

    assert answer.content.decode().strip() == words
    assert not Actual.objects.exists()


def test_a_correction_keeps_the_old_number_visible(signed_in, metric, founder, url):
    actual = make_actual(metric, *WEEK_44, 7, source="Books")
    page = signed_in.get(url("actual_correct", actual.pk))
    data = {"value": "8", "reason": "One was missing.", "source": "Bank"}

    answer = signed_in.post(url("actual_correct", actual.pk), data)

    assert "On record: 7 orders." in text_of(page)
    assert soup(page).find("input", {"name": "source"})["value"] == "Books"
    assert answer.status_code == 303
    current = Actual.objects.current().get()
    assert (current.value, current.source, current.supersedes) == (8, "Bank", actual)
    row = soup(signed_in.get(answer["Location"])).find(id="p-20261026-20261101")
    assert "Was 7, corrected by Frida Founder: One was missing." in row.get_text()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            {"value": "7"},
            ["Why it changes: This field is required."],
        ),
        (
            {"value": "7", "reason": "x"},
            ["The number as it is now known: This is the number already on record."],
        ),
        (
            {"value": "1.234", "reason": "x"},
            [
                "The number as it is now known: “1.234” has two readings: say which "
                "you mean."
            ],
        ),
    ],
)
def test_a_bad_correction_is_refused(signed_in, metric, url, data, words):
    actual = make_actual(metric, *WEEK_44, 7)

    answer = signed_in.post(url("actual_correct", actual.pk), data)

    assert (answer.status_code, problems(answer)) == (422, words)
    asks = soup(answer).find("input", {"name": "decimal"}) is not None
    assert asks is ("1.234" in data["value"])


def test_a_correction_of_what_was_corrected_meanwhile(signed_in, metric, founder, url):
    actual = make_actual(metric, *WEEK_44, 7)
    theirs = correct_actual(
        actual,
        by=founder,
        now=NOW,
        value=Decimal(9),
        reason="Theirs.",
        source="Bank",
    )
    data = {"value": "8", "reason": "Mine.", "source": "Shop", "value_kind": "measured"}

    answer = signed_in.post(url("actual_correct", actual.pk), data)

    assert answer.status_code == 409
    rows = [
        row.get_text("|", strip=True) for row in soup(answer).select("#conflict tr")
    ]
    assert rows[1:] == [
        "The number as it is now known|9|8",
        "Why it changes|Theirs.|Mine.",
        "Source|Bank|Shop",
    ]
    assert "It is now 9 orders, by Frida Founder: Theirs." in text_of(answer)
    form = soup(answer).main.find("form", method="post")
    assert form["action"] == url("actual_correct", theirs.pk)
    kept = inputs(answer)
    assert (kept["value"], kept["reason"]) == ("8", "Mine.")
    assert signed_in.post(form["action"], kept).status_code == 303
    assert Actual.objects.current().get().value == 8


def test_numbers_of_another_venture_do_not_exist(signed_in, url):
    metric = make_metric(make_workspace())
    actual = make_actual(metric, *WEEK_44, 7)

    for name, pk in [
        ("actual_add", metric.pk),
        ("number_echo", metric.pk),
        ("actual_correct", actual.pk),
    ]:
        assert signed_in.get(url(name, pk)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_people_enter_the_same_number_at_once(monday):
    metric = make_metric(make_workspace())

    def enter(value):
        try:
            record_actual(
                Metric.objects.get(),
                by=None,
                now=NOW,
                period_start=WEEK_44[0],
                period_end=WEEK_44[1],
                value=Decimal(value),
            )
            return "recorded"
        except ValidationError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(enter, range(8)))

    metric.refresh_from_db()
    assert outcomes == ["exists"] * 7 + ["recorded"]
    assert (Actual.objects.count(), metric.evidence_rev) == (1, 1)
