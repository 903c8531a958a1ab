"""Pages of commitments: every state, the form with its tranches, the file."""

import pytest
from django.urls import reverse

from decisions.actions import check_gate, override_gate, sign_commitment
from decisions.models import Commitment
from tests.decisions.cases import stop_on
from tests.decisions.commitments import (
    CASH,
    LATER,
    MILLION,
    WHY,
    WRONG,
    large,
    make_commitment,
    scaling,
    tranche,
    with_cash,
)
from tests.factories import NOW, fresh_key
from tests.helpers import soup, text_of

FIELDS = {
    "title": "Second hall",
    "counterparty": "Hall Ltd",
    "kind": "new_site",
    "currency": "USD",
    "amount": "100,000",
    "starts_on": "2026-11-02",
    "ends_on": "2027-10-01",
    "cancel": "2,500.50",
    "notice_days": "90",
    "reversible_share": "40",
    "questions": ["6", "10"],
    "notes": "With a ramp.",
}
FIRST = {
    "tranche_1_amount": "40,000",
    "tranche_1_due_on": "2026-12-01",
    "tranche_1_number": "Orders per day",
    "tranche_1_threshold": "4,000",
    "tranche_1_stop_on": "2027-03-01",
}
SECOND = {"tranche_2_amount": "60,000", "tranche_2_due_on": "2027-04-01"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


def url(name, row):
    return reverse(f"decisions:commitment_{name}", args=[row.workspace.slug, row.pk])


def add_url(workspace):
    return reverse("decisions:commitment_add", args=[workspace.slug])


def list_url(workspace):
    return reverse("decisions:commitment_list", args=[workspace.slug])


def page(client, user, row, name="detail"):
    client.force_login(user)
    return client.get(url(name, row))


def sent(**fields):
    return fields | {"form_key": fresh_key()}


# --- the list --------------------------------------------------------------------
def test_the_empty_list_says_what_will_be_here(client, workspace, founder, observer):
    client.force_login(founder)
    assert "New commitment" in text_of(client.get(list_url(workspace)))

    client.force_login(observer)
    said = text_of(client.get(list_url(workspace)))
    assert "Nothing is committed yet" in said
    assert "New commitment" not in said


def test_the_list_shows_class_state_and_the_permanent_mark(client, venture, owner):
    site = scaling(venture)
    override_gate(
        site, by=owner, now=NOW, rev=1, reasons=WHY, wrong_if=WRONG, by_when=LATER
    )
    Commitment.objects.filter(pk=site.pk).update(status="ended")
    check_gate(make_commitment(venture, "Laptops"), by=owner, now=NOW)
    client.force_login(owner)

    rows = soup(client.get(list_url(venture))).select("ul.rows > li.row")
    said = [" ".join(row.get_text(" ").split()) for row in rows]

    (first,) = [row for row in said if row.startswith("Laptops")]
    assert "$10,000" in first
    assert "class A" in first
    assert first.endswith("Passed")
    (second,) = [row for row in said if row.startswith("Second hall")]
    assert "1 of 13 conditions met" in second
    assert second.endswith("Ended Gate overridden")


def test_the_file_holds_raw_numbers(client, venture, owner, observer):
    make_commitment(venture, "=1+1", tranches=[tranche(5)], questions=[2, 6])
    client.force_login(observer)

    answer = client.get(list_url(venture), {"format": "csv"})

    head, row = answer.getvalue().decode("utf-8-sig").splitlines()
    assert head.startswith("title,with_whom,kind,status,class,gate_overridden,")
    assert row.startswith("'=1+1,,ordinary,proposed,A,no,USD,10000,USD,,2026-11-02,")
    assert ",0,30,100,1,2 6," in row
    assert "commitments-acme.csv" in answer.headers["Content-Disposition"]


# --- the page --------------------------------------------------------------------
def test_a_held_one_says_how_much_is_met_and_links_to_what_changes_it(
    client, venture, owner
):
    alert = stop_on(venture, owner=owner, name="Orders per day")
    deal = large(venture)
    check_gate(deal, by=owner, now=NOW)

    found = soup(page(client, owner, deal))

    gate = found.select_one("#gate")
    said = " ".join(gate.get_text(" ").split())
    assert "Held by the gate 0 of 16 conditions met" in said
    assert "Class D. It is more than all the cash in hand." in said
    links = {a.get_text(): a["href"] for a in gate.select("a")}
    assert links["Question 10 at least 4 (is 0)"] == "/w/acme/questions/10/"
    stop = reverse("decisions:alert_detail", args=["acme", alert.pk])
    assert links["No open stop (Orders per day)"] == stop
    periods = "4 periods of actuals since first shipping (is 3)"
    assert links[periods] == "/w/acme/forecasts/"
    held = "One scheduled stop held and evaluated (held: none)"
    assert links[held] == "/w/acme/checkpoints/#planned-stops"
    assert gate.select_one(".chip.is-against")
    assert not gate.select_one(".chip.is-stop")
    whole = found.get_text(" ")
    assert "Smaller step that is allowed now" in whole
    assert "Override…" in whole
    assert url("sign", deal) not in str(found)


def test_without_cash_it_is_the_strictest_and_says_what_is_missing(
    client, workspace, owner
):
    gate = soup(page(client, owner, make_commitment(workspace))).select_one("#gate")

    assert "Class D." in gate.get_text()
    (missing,) = [a for a in gate.select("a") if "Missing: the cash" in a.get_text()]
    assert missing["href"] == reverse("core:settings_general", args=["acme"])
    assert "first shipping is given)" in gate.get_text()


def test_another_currency_without_its_value_says_so(client, venture, owner):
    row = make_commitment(venture, currency="JPY", amount_minor=5)

    said = text_of(page(client, owner, row))

    assert "Missing: what the amount is worth" in said
    assert "¥5" in said


@pytest.mark.parametrize("role", ["advisor", "observer", "member"])
def test_who_only_reads_sees_amounts_and_no_buttons(client, venture, role, request):
    reader = request.getfixturevalue(role)
    answer = page(client, reader, scaling(venture))

    said = text_of(answer)
    assert "$10,000" in said
    for word in ("Check the gate", "Override…", "Edit", "Cancel it"):
        assert word not in said


def test_only_the_owner_is_offered_an_override(client, venture, founder):
    assert "Override…" not in text_of(page(client, founder, scaling(venture)))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_commitment, "Nothing is asked"),
        (lambda w: make_commitment(w, amount_minor=CASH // 20), "A warning, no more"),
        (lambda w: make_commitment(w, status="idea"), "Propose it and check the gate"),
        (lambda w: make_commitment(w, status="staged"), "It goes in stages"),
        (
            lambda w: make_commitment(w, tranches=[tranche(MILLION)]),
            "Stop unless Orders per day: at least 4,000",
        ),
        (
            lambda w: make_commitment(w, notice_days=None, cancel_minor=500),
            "It cannot be cancelled. Cancelling costs $5.",
        ),
    ],
)
def test_every_state_has_its_words(client, venture, owner, make, words):
    assert words in text_of(page(client, owner, make(venture)))


def test_a_signed_one_shows_the_gate_as_it_was(client, venture, owner):
    row = make_commitment(venture, amount_minor=CASH // 20)
    check_gate(row, by=owner, now=NOW)
    sign_commitment(row, by=owner, now=NOW, rev=1)
    with_cash(venture, cash_in_hand_minor=1)

    said = text_of(page(client, owner, row))

    assert "Class B. It is 2 % of the cash in hand or more. As it was checked" in said
    assert "It has ended" in said
    assert "Check the gate" not in said


# --- the form --------------------------------------------------------------------
def test_a_founder_writes_one_down(client, venture, founder):
    client.force_login(founder)

    answer = client.post(add_url(venture), sent(**FIELDS, **FIRST, **SECOND))

    row = Commitment.objects.get()
    assert answer.status_code == 303
    assert answer.url == url("detail", row)
    assert (row.amount_minor, row.cancel_minor) == (10_000_000, 250_050)
    assert (row.questions, row.kind, row.status) == ([6, 10], "new_site", "proposed")
    assert [one["amount_minor"] for one in row.tranches] == [4_000_000, 6_000_000]
    assert row.tranches[0]["stop_on"] == "2027-03-01"
    assert row.tranches[1]["stop_on"] is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": ""}, "Say how much."),
        ({"amount": "0"}, "Nothing is no commitment."),
        ({"amount": "1.234"}, "has two readings"),
        ({"amount": "20,000,000,000,000"}, "far too much money"),
        ({"amount": "1.2345,678"}, "separators"),
        ({"currency": "JPY", "amount": "1,000.50"}, "JPY has at most 0 digits"),
        ({"ends_on": "2026-11-01"}, "It ends before it starts."),
        ({"reversible_share": "101"}, "less than or equal to 100"),
        ({"questions": ["12"]}, "12 is not one of the available choices"),
        (FIRST, "The tranches add up to $40,000"),
        (
            FIRST | SECOND | {"tranche_1_stop_on": "2027-04-01"},
            "The next part is paid on 1 Apr 2027",
        ),
        ({"tranche_3_amount": "100,000"}, "A tranche has an amount and a day."),
        (FIRST | {"tranche_1_threshold": ""}, "A stop rule is a number"),
        (FIRST | SECOND | {"tranche_2_due_on": "2300-01-01"}, "between 1990 and 2199"),
    ],
)
def test_what_is_wrong_is_refused_and_kept(client, venture, founder, fields, words):
    client.force_login(founder)

    answer = client.post(add_url(venture), sent(**FIELDS | fields))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert soup(answer).select_one("#id_title")["value"] == "Second hall"
    assert not Commitment.objects.exists()


def test_the_page_shows_every_field_of_its_form(client, venture, founder):
    client.force_login(founder)
    row = make_commitment(venture)

    for path in (add_url(venture), url("edit", row)):
        answer = client.get(path)
        names = {field.get("name") for field in soup(answer).select("main [name]")}
        assert set(answer.context["form"].fields) <= names


def test_a_forecast_of_another_venture_is_none(client, venture, founder, stranger):
    metric = stop_on(stranger.memberships.get().workspace).metric
    client.force_login(founder)

    answer = client.post(add_url(venture), sent(**FIELDS, metric=str(metric.pk)))

    assert answer.status_code == 422


def test_an_edited_form_shows_what_stands_and_meets_another_save(
    client, venture, founder
):
    client.force_login(founder)
    client.post(add_url(venture), sent(**FIELDS, **FIRST, **SECOND))
    row = Commitment.objects.get()
    shown = soup(client.get(url("edit", row)))
    assert shown.select_one("#id_amount")["value"] == "100,000"
    assert shown.select_one("#id_cancel")["value"] == "2,500.50"
    assert shown.select_one("#id_tranche_1_stop_on")["value"] == "2027-03-01"
    fields = FIELDS | FIRST | SECOND | {"rev": 1}
    assert client.post(url("edit", row), sent(**fields)).status_code == 303
    Commitment.objects.filter(pk=row.pk).update(rev=2, title="Third hall")

    late = client.post(url("edit", row), sent(**fields))

    assert late.status_code == 409
    assert "Third hall" in text_of(late)
    assert soup(late).select_one("#id_title")["value"] == "Second hall"
    again = sent(**fields | {"rev": 2})
    assert client.post(url("edit", row), again).status_code == 303
    row.refresh_from_db()
    assert (row.title, row.terms) == ("Second hall", 1)


def test_it_can_be_closed_with_a_sentence(client, venture, founder):
    client.force_login(founder)
    row = make_commitment(venture)
    assert client.post(url("close", row), sent(rev=1)).status_code == 422

    answer = client.post(
        url("close", row), sent(rev=1, closing="Too far away from the vans.")
    )

    assert answer.status_code == 303
    assert "Too far away from the vans." in text_of(client.get(url("detail", row)))


def test_the_smaller_step_is_one_button(client, venture, founder):
    client.force_login(founder)
    row = large(venture)
    assert "$100,000" in text_of(client.get(url("smaller", row)))

    answer = client.post(url("smaller", row), sent(rev=1))

    step = Commitment.objects.get(step_of=row)
    assert answer.url == url("detail", step)
    assert client.post(url("smaller", row), sent(rev=1)).status_code == 409


def test_what_rests_on_a_metric_stands_in_its_evaluation(client, venture, founder):
    alert = stop_on(venture, owner=founder)
    row = make_commitment(venture, metric=alert.metric)
    other = make_commitment(venture, "Elsewhere")
    closed = make_commitment(venture, "Gone", metric=alert.metric, status="cancelled")
    client.force_login(founder)

    path = reverse("decisions:evaluation_step", args=["acme", alert.pk, 4])
    text = client.get(path).content.decode()

    assert url("detail", row) in text
    assert url("detail", other) not in text
    assert url("detail", closed) not in text


def test_a_title_that_cannot_be_seen_is_none(client, venture, founder):
    """It would stand on the list without a word to follow."""
    client.force_login(founder)

    answer = client.post(add_url(venture), sent(**FIELDS | {"title": "\u200b"}))

    assert answer.status_code == 422
    assert "Write something that can be seen." in text_of(answer)


def test_the_questions_it_may_rest_on_are_written_out(client, venture, founder):
    client.force_login(founder)

    page = text_of(client.get(add_url(venture)))

    assert "7 Is our product a must-have for these customers?" in page
    assert "Steve Blank" in page
