from types import SimpleNamespace
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from core.charts.bullet import score_bar
from core.charts.line import LinePoint, Rule, line_chart
from core.charts.spark import SparkPoint, score_trail, spark
from core.chips import CHIPS
from core.models import ROLE_PERMISSIONS, Role

CODES = [
    "supported",
    "on_track",
    "claim_ahead",
    "watch",
    "contradicted",
    "stop",
    "better",
    "stale",
    "not_answered",
    "not_due",
    "overdue",
    "unjudged",
    "held",
    "learned",
    "inconclusive",
    "draft",
    "qualifies",
    "not_counted",
    "idea",
    "proposed",
    "gate_held",
    "gate_warned",
    "gate_passed",
    "overridden",
    "signed",
    "staged",
    "ended",
    "cancelled",
]


def drawn(source, /, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def user(**fields):
    return SimpleNamespace(shortcuts_enabled=True, appearance="auto", **fields)


def test_the_list_of_states_is_closed():
    assert sorted(CHIPS) == sorted(CODES)


def test_states_of_one_list_differ_in_shape_or_word_not_in_colour_alone():
    assert len({str(chip.word) for chip in CHIPS.values()}) == len(CHIPS)
    assert [code for code, chip in CHIPS.items() if chip.tone == "stop"] == ["stop"]
    assert [code for code, chip in CHIPS.items() if chip.icon == "octagon"] == ["stop"]


@pytest.mark.parametrize("code", CODES)
def test_chip_has_a_decorative_shape_and_a_word(code):
    html = BeautifulSoup(drawn("{% chip code %}", code=code), "html.parser")

    assert html.span["class"] == ["chip", f"is-{CHIPS[code].tone}"]
    assert html.svg["aria-hidden"] == "true"
    assert html.use["href"].endswith(f"#{CHIPS[code].icon}")
    assert html.get_text().strip() == CHIPS[code].word


def test_chip_takes_other_words_and_escapes_them():
    assert "since &lt;W44&gt;" in drawn("{% chip 'stop' text %}", text="since <W44>")


def test_unknown_state_is_a_mistake():
    with pytest.raises(KeyError):
        drawn("{% chip 'fine' %}")


def test_form_key_is_new_each_time():
    one, two = (
        BeautifulSoup(html, "html.parser").input
        for html in (drawn("{% form_key %}"), drawn("{% form_key %}"))
    )

    assert (one["type"], one["name"]) == ("hidden", "form_key")
    assert UUID(one["value"]) != UUID(two["value"])


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(2000, "orders", "2,000 orders"), (-67, "%", "−67%"), (None, "orders", "–")],
)
def test_show_is_the_one_number_formatter(value, unit, text):
    assert drawn("{{ value|show:unit }}", value=value, unit=unit) == text


def test_para_takes_what_is_missing_for_nothing():
    assert drawn("{{ text|para }}", text=None) == ""
    assert drawn("{{ text|para }}", text="<b>") == "<p>&lt;b&gt;</p>"


def test_capture_keeps_what_is_drawn_and_shows_nothing():
    html = drawn("[{% capture word %}\n {{ x }} {% endcapture %}]{{ word }}", x="<a>")

    assert html == "[]&lt;a&gt;"


@pytest.mark.parametrize(
    "wrong", ["{% capture %}{% endcapture %}", "{% capture a b %}"]
)
def test_capture_needs_one_name(wrong):
    with pytest.raises(TemplateSyntaxError):
        drawn(wrong)


def test_hotkey_only_for_those_who_want_it():
    tag = "<a{% hotkey 'questions' %}>"

    assert drawn(tag, user=user()) == '<a data-hotkey="g q">'
    assert drawn(tag, user=SimpleNamespace(shortcuts_enabled=False)) == "<a>"
    assert drawn(tag, user=AnonymousUser()) == "<a>"


def test_unknown_hotkey_is_a_mistake():
    with pytest.raises(LookupError):
        drawn("{% hotkey 'nothing' %}", user=user())


@pytest.mark.parametrize(
    ("chosen", "cookie", "theme"),
    [
        ("dark", "", "dark"),
        ("light", "dark", "light"),
        ("auto", "dark", "auto"),
        (None, "dark", "dark"),
        (None, '"><script>', "auto"),
        (None, "", "auto"),
    ],
)
def test_theme_is_the_persons_then_the_browsers(chosen, cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES = {"theme": cookie}
    person = SimpleNamespace(appearance=chosen) if chosen else AnonymousUser()

    assert drawn("{% theme %}", request=request, user=person) == theme


def test_theme_without_a_request_is_the_devices():
    assert drawn("{% theme %}") == "auto"


def menu(role, view_name):
    request = RequestFactory().get("/")
    request.workspace = SimpleNamespace(slug="acme")
    request.may = ROLE_PERMISSIONS[role]
    request.resolver_match = SimpleNamespace(view_name=view_name)
    html = drawn("{% main_menu %}", request=request, user=user())
    return BeautifulSoup(html, "html.parser").find_all("a")


def test_menu_shows_people_only_to_those_who_may_see_them():
    assert [a.text for a in menu(Role.MEMBER, "x")] == [
        "Today",
        "Questions",
        "Customers",
        "Interviews",
        "Forecasts",
        "Sales curve",
        "Commitments",
    ]
    assert [a.text for a in menu(Role.ADVISOR, "x")] == [
        "Today",
        "For advisors",
        "Questions",
        "Surveys",
        "Forecasts",
        "Sales curve",
        "Commitments",
    ]


@pytest.mark.parametrize(
    ("view_name", "item"),
    [
        ("portfolio:today", ["Today"]),
        ("milestones:question_detail", ["Questions"]),
        ("milestones:inbox", ["Interviews"]),
        ("interviews:person_detail", ["Customers"]),
        ("interviews:interview_detail", ["Interviews"]),
        ("discovery:segment_list", ["Customers"]),
        ("decisions:alert_detail", ["Forecasts"]),
        ("decisions:commitment_sign", ["Commitments"]),
        ("core:settings_general", []),
    ],
)
def test_menu_marks_where_the_page_belongs(view_name, item):
    current = [a for a in menu(Role.OWNER, view_name) if a.get("aria-current")]

    assert [a.text for a in current] == item


@pytest.mark.parametrize(
    ("role", "item"), [(Role.MEMBER, "Interviews"), (Role.ADVISOR, "Surveys")]
)
def test_a_survey_belongs_to_what_the_reader_has(role, item):
    current = [
        a for a in menu(role, "interviews:survey_detail") if a.get("aria-current")
    ]

    assert [a.text for a in current] == [item]


def test_menu_carries_the_shortcuts_of_the_one_table():
    assert [a["data-hotkey"] for a in menu(Role.OWNER, "x")] == [
        "g t",
        "g q",
        "g c",
        "g i",
        "g f",
        "g s",
        "g m",
    ]


def test_bar_tells_in_words_what_it_draws():
    html = drawn("{% bar b %}", b=score_bar(claimed=3, supported=1, founders=(4, 2)))
    picture = BeautifulSoup(html, "html.parser").svg

    assert picture["aria-label"].startswith("Claimed 3 of 5. Evidence supports 1.")
    assert len(picture.find_all("circle")) == 2
    assert picture.g["aria-hidden"] == "true"


def test_bar_nobody_scored_says_so():
    assert "not scored" in drawn("{% bar b %}", b=score_bar(claimed=None, supported=0))


def test_figure_has_two_named_pictures_and_unique_ids():
    chart = line_chart(
        [LinePoint("W1", 10, 8, 12, 9, 7, is_outside=True), LinePoint("W2", 10)],
        key="orders",
        title="Orders",
        sentence="7 against 10.",
        description="Outside once.",
        rule=Rule(0, "Stop"),
    )

    html = BeautifulSoup(drawn("{% figure chart %}", chart=chart), "html.parser")
    named = [svg["aria-labelledby"].split() for svg in html.find_all("svg")]
    ids = [tag["id"] for tag in html.find_all(id=True)]

    assert [name for names in named for name in names] == ids
    assert len(set(ids)) == 4
    assert html.find(class_="figure-sentence").text == "7 against 10."
    assert all(svg.g["aria-hidden"] == "true" for svg in html.find_all("svg"))


def test_coordinates_survive_a_language_with_a_decimal_comma(settings):
    settings.USE_THOUSAND_SEPARATOR = True
    chart = line_chart([LinePoint("W1", 1234.5)], key="a", title="a", description="a")

    html = drawn(
        "{% load i18n %}{% language 'de' %}{% figure c %}{% endlanguage %}", c=chart
    )

    assert 'viewBox="0 0 780 335"' in html


def test_spark_and_trail_share_a_template_and_differ():
    points = [SparkPoint(10, 8, 12, 9), SparkPoint(10, 8, 12, 2, is_outside=True)]

    small = drawn("{% spark p %}", p=spark(points, label="Orders: below"))
    trail = drawn("{% spark p %}", p=score_trail([1, 2], [0, 1], label="Claimed 2"))

    assert 'aria-label="Orders: below"' in small
    assert "spark-outside" in small
    assert "spark-supported" in trail
    assert "spark-band" not in trail


def test_version_is_that_of_the_project():
    assert drawn("{% version %}").count(".") == 2
