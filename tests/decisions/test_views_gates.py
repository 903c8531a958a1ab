"""Signing, overriding and co-signing by the pages: nothing slips past the gate."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.models import Role
from decisions.actions import change_gate, check_gate, edit_commitment
from decisions.models import Commitment, CoSignature, GateCheck, Override
from tests.decisions.cases import stop_on
from tests.decisions.commitments import (
    LATER,
    MILLION,
    WHY,
    WRONG,
    large,
    make_commitment,
    scaling,
    with_cash,
)
from tests.factories import NOW, TODAY, fresh_key, make_member
from tests.helpers import soup, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


def url(name, row):
    return reverse(f"decisions:commitment_{name}", args=[row.workspace.slug, row.pk])


def sent(**fields):
    return fields | {"form_key": fresh_key()}


def status_of(row):
    return Commitment.objects.values_list("status", flat=True).get(pk=row.pk)


def override_fields(**changes):
    fields = {"rev": 1, "reasons": WHY, "wrong_if": WRONG, "name": "Acme"}
    return sent(**fields | {"by_when": LATER.isoformat()} | changes)


# --- signing ---------------------------------------------------------------------
def test_checked_then_signed(client, venture, founder):
    row = make_commitment(venture)
    client.force_login(founder)
    answer = client.post(url("check", row), sent())
    assert answer.url == url("detail", row)
    detail = text_of(client.get(url("detail", row)))
    assert "The approval of these terms holds until" in detail
    assert soup(client.get(url("sign", row))).select_one("[name=rev]")["value"] == "1"

    assert client.post(url("sign", row), sent(rev=1)).status_code == 303

    assert status_of(row) == "signed"


def test_the_page_offers_no_signature_of_what_is_held(client, venture, founder):
    row = scaling(venture)
    check_gate(row, by=founder, now=NOW)
    client.force_login(founder)

    found = soup(client.get(url("sign", row)))

    assert found.select_one("main form[method=post]") is None
    assert "It cannot be signed now." in found.get_text()


def test_sent_all_the_same_it_answers_409_with_what_is_open(client, venture, founder):
    row = scaling(venture)
    client.force_login(founder)

    answer = client.post(url("sign", row), sent(rev=1))

    assert answer.status_code == 409
    said = text_of(answer)
    assert "The gate holds it now, so it was not signed." in said
    assert "Question 7 at least 4 (is 0)" in said
    assert status_of(row) == "held"
    kept = GateCheck.objects.get(commitment=row)
    assert (kept.result, kept.at_signing) == ("held", False)


def test_a_page_left_open_while_a_stop_was_raised_signs_nothing(
    client, venture, founder
):
    row = make_commitment(venture, "Site")
    check_gate(row, by=founder, now=NOW)
    client.force_login(founder)
    form = soup(client.get(url("sign", row))).select_one("main form")
    typed = {field["name"]: field.get("value", "") for field in form.select("input")}
    # the other tab makes it a new site, with the same revision of the row
    Commitment.objects.filter(pk=row.pk).update(kind="new_site")
    stop_on(venture, owner=founder)

    answer = client.post(url("sign", row), typed)

    assert answer.status_code == 409
    assert status_of(row) == "held"


def test_a_form_from_before_an_edit_signs_nothing(client, venture, founder):
    row = make_commitment(venture)
    check_gate(row, by=founder, now=NOW - timedelta(minutes=1))
    edit_commitment(row, by=founder, now=NOW, amount_minor=7)
    check_gate(row, by=founder, now=NOW)
    client.force_login(founder)

    answer = client.post(url("sign", row), sent(rev=1))

    assert answer.status_code == 409
    assert "Somebody changed it meanwhile" in text_of(answer)
    assert soup(answer).select_one("main [name=rev]")["value"] == "2"
    assert status_of(row) == "approved"


def test_two_tabs_sign_once_and_the_back_button_signs_nothing(client, venture, founder):
    row = make_commitment(venture)
    check_gate(row, by=founder, now=NOW)
    client.force_login(founder)
    form = sent(rev=1)
    assert client.post(url("sign", row), form).status_code == 303

    # the very same form again, by the back button: the same success, no second one
    assert client.post(url("sign", row), form).url == url("detail", row)
    # another tab
    assert client.post(url("sign", row), sent(rev=1)).status_code == 409
    assert client.post(url("sign", row), sent(rev=2)).status_code == 422

    assert GateCheck.objects.filter(at_signing=True).count() == 1


def test_back_to_the_form_of_an_approval_that_is_void(client, venture, founder):
    """Approved, edited to something large, and the old form sent from history."""
    row = make_commitment(venture)
    check_gate(row, by=founder, now=NOW)
    client.force_login(founder)
    form = sent(rev=1)
    edit_commitment(row, by=founder, now=NOW, kind="new_site")

    assert client.post(url("sign", row), form).status_code == 409
    assert client.post(url("sign", row), sent(rev=2)).status_code == 409

    assert status_of(row) == "held"


@pytest.mark.parametrize("rev", ["", "x", "1.5"])
def test_a_signature_without_its_revision_is_refused(client, venture, founder, rev):
    row = make_commitment(venture)
    check_gate(row, by=founder, now=NOW)
    client.force_login(founder)

    assert client.post(url("sign", row), sent(rev=rev)).status_code == 422
    assert status_of(row) == "approved"


def test_the_edit_form_cannot_set_a_status(client, venture, founder):
    row = scaling(venture)
    client.force_login(founder)
    fields = {
        "title": "x",
        "kind": "new_site",
        "currency": "USD",
        "amount": "5",
        "starts_on": "2026-11-02",
        "ends_on": "2026-11-03",
        "reversible_share": "0",
        "status": "signed",
        "signed_at": "2026-11-02",
        "terms": "1",
        "rev": 1,
    }

    assert client.post(url("edit", row), sent(**fields)).status_code == 303

    row.refresh_from_db()
    assert (row.status, row.signed_at) == ("proposed", None)


def test_what_is_signed_has_no_form_any_more(client, venture, founder):
    row = make_commitment(venture, status="signed", signed_at=NOW)
    client.force_login(founder)

    assert client.get(url("edit", row)).url == url("detail", row)
    fields = {
        "title": "x",
        "kind": "ordinary",
        "currency": "USD",
        "amount": "5",
        "starts_on": "2026-11-02",
        "ends_on": "2026-11-03",
        "reversible_share": "0",
    }
    late = client.post(url("edit", row), sent(rev=1, **fields))
    assert late.status_code == 422
    assert "It is not open any more" in text_of(late)
    assert status_of(row) == "signed"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISOR, Role.OBSERVER])
@pytest.mark.parametrize("name", ["check", "sign", "override", "edit", "smaller"])
def test_who_does_not_decide_does_nothing(client, venture, role, name):
    row = make_commitment(venture, status="approved")
    client.force_login(make_member(venture, role).user)

    assert client.post(url(name, row), sent(rev=1)).status_code == 403


# --- overriding ------------------------------------------------------------------
def test_a_founder_who_is_no_owner_overrides_nothing(client, venture, founder):
    client.force_login(founder)

    answer = client.post(url("override", scaling(venture)), override_fields())

    assert answer.status_code == 403


@pytest.mark.parametrize("is_sample", [False, True])
def test_a_sample_promises_no_mails(client, venture, owner, is_sample):
    row = scaling(venture)
    type(venture).objects.filter(pk=venture.pk).update(is_sample=is_sample)
    client.force_login(owner)

    said = text_of(client.get(url("override", row)))

    assert ("founders and advisors are told by mail." in said) is not is_sample
    assert ("this is a sample, which sends none" in said) is is_sample


def test_the_owner_overrides_on_a_page_of_its_own(client, venture, owner):
    row = scaling(venture)
    client.force_login(owner)
    said = text_of(client.get(url("override", row)))
    assert "It is Olga Owner who overrides it." in said
    assert "At least 200 characters" in said

    answer = client.post(url("override", row), override_fields())

    assert answer.status_code == 303
    detail = text_of(client.get(url("detail", row)))
    assert "The gate was overridden" in detail
    assert "The landlord gives the second hall" in detail
    assert "Fewer than 1,500 orders" in detail
    assert client.post(url("sign", row), sent(rev=1)).status_code == 303
    assert "Gate overridden" in text_of(client.get(url("detail", row)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reasons": WHY[:199]}, "at least 200 characters"),
        ({"wrong_if": ""}, "Say what would prove you wrong."),
        ({"wrong_if": "\u200b"}, "Write something that can be seen."),
        ({"by_when": TODAY.isoformat()}, "That day has to lie ahead."),
        ({"name": "acme"}, "That is not the name of the venture."),
        ({"name": ""}, "Type the name of the venture."),
    ],
)
def test_half_an_override_is_refused_and_kept(client, venture, owner, changes, words):
    row = scaling(venture)
    client.force_login(owner)

    answer = client.post(url("override", row), override_fields(**changes))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert (changes.get("reasons") or WHY) in answer.content.decode()
    assert not Override.objects.exists()


def test_an_override_of_what_passes_keeps_what_was_typed(client, venture, owner):
    row = make_commitment(venture)
    client.force_login(owner)

    answer = client.post(url("override", row), override_fields())

    assert answer.status_code == 422
    assert "The gate does not hold it" in text_of(answer)
    assert WRONG in answer.content.decode()


# --- co-signing ------------------------------------------------------------------
def test_an_advisor_opens_the_page_and_co_signs(client, venture, owner, advisor):
    row = large(venture)
    client.force_login(owner)
    client.post(url("override", row), override_fields())
    waiting = text_of(client.get(url("detail", row)))
    assert "It waits for the co-signature of an advisor." in waiting
    assert client.post(url("sign", row), sent(rev=1)).status_code == 409
    client.force_login(advisor)
    assert "Read the override and co-sign" in text_of(client.get(url("detail", row)))
    assert "The landlord gives" in text_of(client.get(url("cosign", row)))

    answer = client.post(url("cosign", row), sent(rev=1, reasons="I saw the hall."))

    assert answer.status_code == 303
    assert status_of(row) == "overridden"
    detail = text_of(client.get(url("detail", row)))
    assert "Co-signed by Ada Advisor" in detail
    assert "I saw the hall." in detail


@pytest.mark.parametrize("role", ["owner", "founder", "member"])
def test_the_team_reads_the_page_and_cannot_co_sign(client, venture, role, request):
    row = large(venture)
    client.force_login(request.getfixturevalue(role))
    assert client.get(url("cosign", row)).status_code == 200

    answer = client.post(url("cosign", row), sent(rev=1, reasons="Me too."))

    assert answer.status_code == 422
    assert "Only an advisor co-signs." in text_of(answer)
    assert not CoSignature.objects.exists()


def test_a_co_signature_of_terms_that_changed_is_none(client, venture, owner, advisor):
    row = large(venture)
    edit_commitment(row, by=owner, now=NOW, ends_on=TODAY + timedelta(days=999))
    client.force_login(advisor)

    answer = client.post(url("cosign", row), sent(rev=1, reasons="Fine by me."))

    assert answer.status_code == 409
    assert "Fine by me." in answer.content.decode()
    assert not CoSignature.objects.exists()


def test_nothing_of_another_venture_is_here(client, venture, stranger):
    row = make_commitment(venture)
    client.force_login(stranger)
    theirs = stranger.memberships.get().workspace

    for name in ("edit", "sign", "check", "override", "cosign", "close", "smaller"):
        path = reverse(f"decisions:commitment_{name}", args=[theirs.slug, row.pk])
        assert client.get(path).status_code == 404
        assert client.post(path, sent(rev=1)).status_code == 404


# --- the page that stays open ----------------------------------------------------
def asked_again(client, row, mark):
    headers = {"HX-Request": "true", "HX-Target": "gate-live"}
    return client.get(url("gate", row) + f"?seen={mark}", headers=headers)


def mark_of(part):
    return soup(part).find(id="gate-live")["hx-get"].partition("?seen=")[2]


def test_the_gate_is_asked_for_and_says_nothing_while_it_stands(
    client, venture, advisor
):
    row = large(venture)
    client.force_login(advisor)
    page = client.get(url("detail", row))

    again = asked_again(client, row, mark_of(page))

    assert (again.status_code, again.content) == (204, b"")
    assert not soup(page).select("#gate-live form")


def test_it_says_what_changed_once(client, venture, advisor, owner):
    row = large(venture)
    client.force_login(advisor)
    page = client.get(url("detail", row))
    with_cash(venture, cash_in_hand_minor=40 * MILLION)

    news = asked_again(client, row, mark_of(page))

    assert "The gate has changed since this page was opened." in text_of(news)
    assert "Class B." in text_of(news)
    assert soup(news).select_one("#say")
    assert asked_again(client, row, mark_of(news)).status_code == 204
    attributes = soup(news).find(id="gate-live").attrs.keys()
    assert attributes == soup(page).find(id="gate-live").attrs.keys()


def test_a_change_of_settings_shows_too_and_a_plain_visit_leads_to_the_page(
    client, venture, owner
):
    row = make_commitment(venture, amount_minor=12 * MILLION // 100)
    client.force_login(owner)
    mark = mark_of(client.get(url("detail", row)))
    change_gate(venture, by=owner, now=NOW, modest_share=15)

    assert "Class B." in text_of(asked_again(client, row, mark))
    assert client.get(url("gate", row)).url == url("detail", row)
