"""How fields, summaries and the frame are drawn."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse


class Sheet(forms.Form):
    who = forms.CharField(label="Who?", help_text="A name or a company.")
    price = forms.CharField(label="Price", required=False)
    level = forms.ChoiceField(
        choices=[("0", "nothing"), ("1", "one sentence")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I looked", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["price"].unit_before = "$"
        self.fields["price"].unit = "per month"
        self.fields["who"].counts = 40


def parts(form):
    html = render_to_string("components/_form.html", {"form": form})
    return BeautifulSoup(html, "html.parser")


def test_hint_error_and_control_are_tied_together():
    html = parts(Sheet({}))
    box = html.find("input", {"name": "who"})

    assert box["aria-invalid"] == "true"
    assert box["aria-describedby"].split() == ["id_who_helptext", "id_who_error"]
    assert [html.find(id=name).name for name in box["aria-describedby"].split()] == [
        "div",
        "ul",
    ]
    assert html.find(id="id_who_error").text.startswith("Error: ")


def test_label_hint_error_control_stand_in_this_order():
    field = parts(Sheet({})).find(class_="field")
    order = [tag.name for tag in field.find_all(recursive=False)]

    assert order == ["label", "div", "ul", "input", "p"]


def test_group_of_choices_is_a_fieldset_with_its_description():
    group = parts(Sheet({})).find("fieldset")

    assert group.legend.text == "Level"
    assert group["aria-describedby"] == "id_level_error"
    assert len(group.find_all("input", type="radio")) == 2


def test_summary_leads_to_each_control():
    html = parts(Sheet({}))
    summary = html.find(class_="problem")
    targets = [a["href"].removeprefix("#") for a in summary.find_all("a")]

    assert targets == ["id_who", "id_level_0"]
    assert all(html.find(id=target).name == "input" for target in targets)
    assert [summary["tabindex"], summary.has_attr("autofocus")] == ["-1", True]
    assert summary.a.text == "Who? This field is required."


def test_no_summary_without_errors():
    assert parts(Sheet()).find(class_="problem") is None


def test_errors_of_the_whole_form_stand_in_the_summary():
    form = Sheet({"who": "Dana", "level": "1"})
    form.add_error(None, "<b>Too late</b>")

    assert parts(form).find(class_="problem").li.text == "<b>Too late</b>"


def test_optional_fields_say_so_and_required_ones_do_not():
    labels = {label.text for label in parts(Sheet()).find_all("label")}

    assert {"Who?", "Price (optional)", "I looked"} <= labels


def test_units_and_counters_are_drawn():
    html = parts(Sheet())
    units = html.find(class_="with-unit").find_all("span")

    assert [unit.text for unit in units] == ["$", "per month"]
    assert html.find(class_="counter")["data-for"] == "id_who"


def test_hidden_fields_are_drawn_without_a_label():
    html = parts(Sheet())

    assert html.find("input", {"name": "token"})["type"] == "hidden"
    assert html.find("label", {"for": "id_token"}) is None


def test_pages_keep_the_other_keys_of_the_address():
    request = RequestFactory().get("/?q=dana&page=2")
    page = Paginator(range(64), 25).page(2)

    html = BeautifulSoup(
        render_to_string("components/_pagination.html", {"page": page}, request),
        "html.parser",
    )

    assert [a["href"] for a in html.find_all("a")] == [
        "?q=dana&page=1",
        "?q=dana&page=3",
    ]
    assert html.span.text == "Page 2 of 3, 64 rows"


def test_one_page_needs_no_paging():
    page = Paginator(range(3), 25).page(1)

    assert "<nav" not in render_to_string("components/_pagination.html", {"page": page})


@pytest.mark.parametrize(
    ("kind", "look", "role"),
    [
        ("success", "is-ok", None),
        ("warning", "is-watch", None),
        ("error", "is-error", "alert"),
        ("info", None, None),
    ],
)
def test_messages_become_notices(kind, look, role):
    html = render_to_string("components/_notice.html", {"text": "<i>", "kind": kind})
    notice = BeautifulSoup(html, "html.parser").div

    assert notice["class"] == ["notice", *([look] if look else [])]
    assert (notice.get("role"), notice.p.text.strip()) == (role, "<i>")


def page_of(client, name="account_login"):
    return BeautifulSoup(client.get(reverse(name)).content, "html.parser")


def test_frame_has_its_landmarks_once(client, db):
    html = page_of(client)

    assert [len(html.find_all(tag)) for tag in ("h1", "main", "header", "footer")] == [
        1,
        1,
        1,
        1,
    ]
    assert html.body.find("a")["href"] == "#main"
    assert html.main["tabindex"] == "-1"
    assert html.find(id="say").text == ""
    assert html.title.text == "Sign in · Fieldproof"


def test_title_of_a_refused_form_begins_with_error(client, db):
    response = client.post(reverse("account_login"), {"login": "", "password": ""})

    html = BeautifulSoup(response.content, "html.parser")
    assert html.title.text == "Error: Sign in · Fieldproof"


def test_style_sheets_follow_the_order_of_the_layers(client, db):
    sheets = [
        link["href"] for link in page_of(client).find_all("link", rel="stylesheet")
    ]

    assert [sheet.rsplit("/")[-1].split(".")[0] for sheet in sheets] == [
        "tokens",
        "base",
        "layout",
        "components",
        "utilities",
        "print",
    ]


def test_page_of_a_venture_is_titled_with_its_name(client, founder, workspace):
    client.force_login(founder)

    html = BeautifulSoup(
        client.get(reverse("core:settings_team", args=[workspace.slug])).content,
        "html.parser",
    )

    assert html.title.text == "Team · Acme"
    assert html.h1.text == "Team"


@pytest.mark.parametrize(("role", "shown"), [("founder", True), ("advisor", False)])
def test_new_interview_is_offered_only_to_those_who_may(
    client, workspace, request, role, shown
):
    client.force_login(request.getfixturevalue(role))
    url = reverse("portfolio:today", args=[workspace.slug])

    html = BeautifulSoup(client.get(url).content, "html.parser")

    assert bool(html.find(class_="top-main")) is shown


def test_fault_page_needs_nothing_and_names_its_id():
    page = render_to_string("500.html", {"error_id": "ab12"})

    assert 'data-error-id="ab12"' in page
    assert "data-error-id" not in render_to_string("500.html")
