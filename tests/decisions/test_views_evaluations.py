"""The pages from the red block to the recorded decision."""

import pytest
from django.urls import reverse

from core.models import FormKey
from decisions.actions import save_step
from decisions.models import Decision, Evaluation
from tests.decisions.cases import (
    DEPENDS,
    REASONS,
    decide,
    evaluate,
    stop_on,
)
from tests.decisions.pages import step_data, url
from tests.factories import (
    NOW,
    fresh_key,
    make_interview,
    make_segment,
)
from tests.helpers import soup, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def alert(workspace, owner):
    return stop_on(workspace, owner=owner)


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def test_from_the_red_block_to_the_decision_through_the_pages(signed_in, alert):
    board = soup(signed_in.get(reverse("milestones:board", args=["acme"])))
    start = board.select_one(".stopbar a.button")
    page = soup(signed_in.get(start["href"]))
    begin = page.select_one("#evaluation a.button")["href"]
    make_segment(alert.workspace)

    assert start.text == "Start the evaluation"
    assert begin == url("evaluation_step", alert, 1)
    address = begin
    for number in range(1, 6):
        form = soup(signed_in.get(address)).select_one("main form[method=post]")
        rev = form.select_one("[name=rev]")["value"]
        response = signed_in.post(form["action"], step_data(number, rev))
        assert response.status_code == 303
        address = response.url
    assert address == url("decision_add", alert)
    form = soup(signed_in.get(address)).select_one("main form[method=post]")
    data = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
    data.pop("csrfmiddlewaretoken", None)

    done = signed_in.post(form["action"], data, follow=True)

    decision = Decision.objects.get()
    assert (decision.kind, decision.reasons) == ("stop", REASONS)
    assert "The decision is recorded." in text_of(done)
    assert soup(done).select_one("h1").text == f"Decided: {alert.metric.name}"
    assert soup(done).select_one(".stopbar") is None


def test_steps_begin_with_what_the_record_says(signed_in, alert, owner):
    belief, happened, depends = (
        soup(signed_in.get(url("evaluation_step", alert, number))).textarea.text
        for number in (1, 2, 4)
    )

    assert belief.strip() == (
        "On 14 September 2026 the team forecast 8,000 orders/day (W39 – W50). "
        "No reason was written down at the time."
    )
    assert happened.strip() == alert.reason
    assert depends.strip() == (
        "If it goes on at 25% of forecast, W50 comes to 2,000 orders/day, not 8,000 "
        "orders/day."
    )
    assert Evaluation.objects.count() == 0


def test_what_was_saved_comes_back(signed_in, alert):
    make_segment(alert.workspace)
    signed_in.post(url("evaluation_step", alert, 3), step_data(3, 0))

    page = soup(signed_in.get(url("evaluation_step", alert, 3)))

    ticked = [box["value"] for box in page.select("[name=questions][checked]")]
    assert ticked == ["6", "10"]
    assert page.select_one("[name=for_demand]").text.strip() == "Few order twice."
    assert [d.summary.text for d in page.select("details[open]")] == [
        "Fewer want it than we thought"
    ]


def test_a_half_written_decision_is_kept_for_later(signed_in, alert):
    data = step_data(5, 0, reasons="Not yet.", later="1")

    response = signed_in.post(url("evaluation_step", alert, 5), data)

    assert response.url == url("alert_detail", alert)
    assert Evaluation.objects.get().draft["reasons"] == "Not yet."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "dismiss"}, "kind"),
        ({"reasons": "Too short."}, "reasons"),
        ({"review_on": ""}, "review_on"),
        ({"review_on": "2026-11-02"}, "review_on"),
        ({"kind": "persevere"}, "prediction"),
        ({"kind": "persevere", "prediction": "4,000"}, "predict_by"),
        ({"kind": "pivot"}, "change"),
        ({"what_1": "", "owner_1": "", "due_1": ""}, "what_1"),
        ({"owner_1": "00000000-0000-0000-0000-000000000000"}, "owner_1"),
        ({"due_1": "2026-11-02"}, "what_1"),
    ],
)
def test_an_unfit_decision_is_refused_with_the_field_named(
    signed_in, alert, changes, field
):
    data = step_data(5, 0, **changes)

    response = signed_in.post(url("evaluation_step", alert, 5), data)

    page = soup(response)
    assert response.status_code == 422
    assert page.title.text.startswith("Error:")
    links = [a["href"] for a in page.select(".problem a")]
    assert any(field in link for link in links)
    assert page.select_one("[name=reasons]").text.strip() == data["reasons"]
    assert Evaluation.objects.count() == 0


def test_a_refused_decision_is_told_once_what_it_lacks(signed_in, alert, owner):
    save_step(alert, by=owner, step=1, values={"belief": "8,000"}, rev=0, now=NOW)
    address = url("evaluation_step", alert, 5)
    data = step_data(5, 1, reasons="x" * 115)

    kept, refused = signed_in.get(address), signed_in.post(address, data)

    assert "there are 0." in text_of(kept)
    assert refused.status_code == 422
    assert "there are 115." in text_of(refused)
    assert "there are 0." not in text_of(refused)


def test_a_step_left_incomplete_says_so_at_once(signed_in, alert):
    make_segment(alert.workspace)
    address = url("evaluation_step", alert, 3)

    half = signed_in.post(
        address, step_data(3, 0, questions=[], against_demand=""), follow=True
    )
    whole = signed_in.post(address, step_data(3, 1), follow=True)

    assert soup(half).select_one(".notice").text.strip() == (
        "Saved; step 3 still needs: choose at least one question it contradicts; "
        "weigh at least one explanation: what speaks for it, and what against."
    )
    assert soup(whole).select_one(".notice").text.strip() == "Saved."


def test_the_summary_lists_what_is_missing_with_links(signed_in, alert, owner):
    save_step(alert, by=owner, step=1, values={"belief": "8,000"}, rev=0, now=NOW)

    page = soup(signed_in.get(url("decision_add", alert)))
    links = {a["href"] for a in page.select("#lacking a")}
    refused = signed_in.post(
        url("decision_add", alert), {"rev": 1, "form_key": fresh_key()}
    )

    assert links == {url("evaluation_step", alert, n) for n in (2, 3, 4, 5)}
    assert page.select("main form") == []
    assert refused.status_code == 422
    assert Decision.objects.count() == 0


def test_two_tabs_on_one_step_show_both_texts(signed_in, alert, founder):
    signed_in.post(url("evaluation_step", alert, 1), step_data(1, 0))
    signed_in.force_login(founder)
    mine = step_data(1, 0, belief="I believed 6,000.")

    conflict = signed_in.post(url("evaluation_step", alert, 1), mine)

    page = soup(conflict)
    assert conflict.status_code == 409
    assert "Olga Owner saved this step in between" in text_of(conflict)
    assert "We believed 8,000 orders a day." in page.select_one(".panel").text
    assert page.textarea.text.strip() == "I believed 6,000."
    again = step_data(
        1, page.select_one("[name=rev]")["value"], belief="I believed 6,000."
    )
    assert signed_in.post(url("evaluation_step", alert, 1), again).status_code == 303
    assert Evaluation.objects.get().belief == "I believed 6,000."


def test_the_same_form_sent_twice_saves_once(signed_in, alert):
    data = step_data(1, 0)

    first = signed_in.post(url("evaluation_step", alert, 1), data)
    second = signed_in.post(url("evaluation_step", alert, 1), data)

    assert first.url == second.url
    assert Evaluation.objects.get().rev == 1
    assert FormKey.objects.count() == 1


def test_back_and_send_again_records_one_decision(signed_in, alert, owner):
    data = {"rev": evaluate(alert, by=owner).rev, "form_key": fresh_key()}

    first = signed_in.post(url("decision_add", alert), data)
    again = signed_in.post(url("decision_add", alert), data)
    other_tab = signed_in.post(
        url("decision_add", alert), data | {"form_key": fresh_key()}
    )

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.url == again.url == url("alert_detail", alert)
    assert other_tab.status_code == 409
    assert "Olga Owner was first" in text_of(other_tab)
    assert Decision.objects.count() == 1


def test_a_summary_that_is_out_of_date_records_nothing(
    signed_in, alert, owner, founder
):
    rev = evaluate(alert, by=owner).rev
    save_step(
        alert,
        by=founder,
        step=4,
        values=DEPENDS | {"depends": "All."},
        rev=rev,
        now=NOW,
    )

    response = signed_in.post(
        url("decision_add", alert), {"rev": rev, "form_key": fresh_key()}
    )

    assert response.status_code == 409
    assert "Frida Founder changed the evaluation meanwhile" in text_of(response)
    assert Decision.objects.count() == 0


def test_the_decision_form_cannot_smuggle_a_decision(signed_in, alert, owner):
    """What is recorded is what was saved and shown, whatever is posted beside it."""
    rev = evaluate(alert, by=owner).rev
    forged = {
        "kind": "pivot",
        "reasons": "",
        "by": "1",
        "closed_at": "",
        "snapshot": "{}",
    }

    signed_in.post(
        url("decision_add", alert), {"rev": rev, "form_key": fresh_key()} | forged
    )

    decision = Decision.objects.get()
    assert (decision.kind, decision.by, decision.reasons) == ("stop", owner, REASONS)


@pytest.mark.parametrize("rev", ["", "-1", "x", "1e9"])
def test_a_forged_revision_is_refused(signed_in, alert, rev):
    for address in (url("evaluation_step", alert, 1), url("decision_add", alert)):
        assert signed_in.post(address, {"rev": rev}).status_code == 422


def test_what_is_typed_after_the_decision_is_given_back(signed_in, alert, founder):
    decide(alert, by=founder)

    response = signed_in.post(
        url("evaluation_step", alert, 1), step_data(1, 0, belief="My long text.")
    )

    assert response.status_code == 409
    assert "My long text." in text_of(response)
    assert "Frida Founder was first" in text_of(response)


def test_after_the_decision_steps_and_summary_lead_to_it(signed_in, alert, owner):
    decide(alert, by=owner)

    for address in (url("evaluation_step", alert, 2), url("decision_add", alert)):
        assert signed_in.get(address).url == url("alert_detail", alert)


@pytest.mark.parametrize("step", [0, 6, 99])
def test_there_is_no_sixth_step(signed_in, alert, step):
    assert signed_in.get(url("evaluation_step", alert, step)).status_code == 404
    assert signed_in.post(url("evaluation_step", alert, step)).status_code == 404


def test_talks_since_the_alert_are_listed(signed_in, alert, owner):
    make_interview(
        alert.workspace, by=owner, qualifies=True, held_at=NOW.replace(hour=14)
    )

    page = text_of(signed_in.get(url("evaluation_step", alert, 3)))

    assert "1 qualifying talk." in page
