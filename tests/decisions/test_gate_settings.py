"""What parts the classes: set by the owner, tried first, and never a way past the gate."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.models import ActivityEntry
from decisions.actions import (
    change_gate,
    check_gate,
    override_gate,
    sign_commitment,
)
from decisions.errors import HeldError
from decisions.gate_limits import USUAL, GateLimits
from decisions.models import Commitment, GateCheck, GateSettings
from decisions.reports.gates import commitment_rows, gate_of
from tests.decisions.commitments import (
    LATER,
    MILLION,
    WHY,
    WRONG,
    counting,
    make_commitment,
    with_cash,
)
from tests.factories import NOW
from tests.helpers import soup, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
VALUES = {"small_share": 2, "modest_share": 10, "large_share": 25, "valid_days": 7}


@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


@pytest.fixture
def twelve(venture):
    """12 % of the million in hand: class C, unless the owner says otherwise."""
    return make_commitment(venture, amount_minor=12 * MILLION // 100)


def read(row):
    return commitment_rows(row.workspace).get(pk=row.pk)


def class_of(row):
    return gate_of(read(row), now=NOW).gate.gate_class


def sign(row, by, now=NOW):
    rev = Commitment.objects.get(pk=row.pk).rev
    return sign_commitment(row, by=by, now=now, rev=rev)


def settle(venture, by, **changes):
    rev = GateSettings.objects.filter(workspace=venture).values_list("rev").first()
    return change_gate(venture, by=by, now=NOW, rev=rev and rev[0], **changes)


# --- the class follows -----------------------------------------------------------
@pytest.mark.parametrize(
    ("share", "limits", "expected"),
    [
        (4, {}, "B"),
        (4, {"small_share": 5}, "A"),
        (12, {}, "C"),
        (12, {"modest_share": 12}, "B"),
        (20, {"large_share": 19}, "D"),
        (30, {}, "D"),
        (30, {"large_share": 30}, "C"),
    ],
)
def test_the_class_follows_what_is_set(venture, owner, share, limits, expected):
    fields = {"reversible_share": 0} if share > 12 else {}
    row = make_commitment(venture, amount_minor=share * MILLION // 100, **fields)
    if limits:
        settle(venture, owner, **limits)

    assert class_of(row) == expected
    assert check_gate(row, by=owner, now=NOW).limits == VALUES_AS_KEPT | as_kept(limits)


VALUES_AS_KEPT = USUAL.as_kept()


def as_kept(limits):
    return {name.removesuffix("_share"): value for name, value in limits.items()}


def test_a_check_from_before_there_were_settings_was_made_under_the_usual_ones():
    assert GateCheck._meta.get_field("limits").default() == USUAL.as_kept()
    assert GateLimits() == USUAL == GateLimits(2, 10, 25, 7)


# --- a change is no way past the gate --------------------------------------------
def test_what_is_held_stays_held_until_it_is_checked_again(venture, owner, twelve):
    check_gate(twelve, by=owner, now=NOW)
    settle(venture, owner, modest_share=20)

    with pytest.raises(ValidationError):
        sign(twelve, owner)
    assert Commitment.objects.get().status == "held"
    check_gate(twelve, by=owner, now=NOW)
    assert sign(twelve, owner).status == "signed"
    results = GateCheck.objects.order_by("evaluated_at", "at_signing")
    assert {one.limits["modest"] for one in results} == {10, 20}


def test_an_approval_of_before_does_not_let_through_what_a_stop_holds_since(
    venture, owner, twelve
):
    """Approved as C, held by a stop, and then made a B: only a new look lets it go."""
    with counting(4):
        gate = gate_of(read(twelve), now=NOW).gate
    assert gate.gate_class == "C"
    check = check_gate(twelve, by=owner, now=NOW)
    kept = {
        field.attname: getattr(check, field.attname) for field in check._meta.fields
    }
    GateCheck(**kept | {"id": None, "result": "passed"} | {"pk": None}).save()
    Commitment.objects.update(status="approved")
    settle(venture, owner, modest_share=20)

    with pytest.raises(ValidationError):
        sign(twelve, owner)


def test_longer_validity_does_not_bring_an_old_approval_back(venture, owner):
    small = make_commitment(venture)
    check_gate(small, by=owner, now=NOW - timedelta(days=10))
    settle(venture, owner, valid_days=14)

    with pytest.raises(ValidationError):
        sign(small, owner)
    check_gate(small, by=owner, now=NOW)
    assert sign(small, owner, NOW + timedelta(days=13)).status == "signed"


def test_shorter_validity_counts_at_once(venture, owner):
    small = make_commitment(venture)
    settle(venture, owner, valid_days=3)
    check_gate(small, by=owner, now=NOW)

    with pytest.raises(ValidationError):
        sign(small, owner, NOW + timedelta(days=3))
    assert sign(small, owner, NOW + timedelta(days=2)).status == "signed"


def test_stricter_shares_hold_what_was_approved(venture, owner):
    six = make_commitment(venture, amount_minor=6 * MILLION // 100)
    check_gate(six, by=owner, now=NOW)
    settle(venture, owner, modest_share=5)

    with pytest.raises(HeldError):
        sign(six, owner)


def test_an_override_of_class_c_waits_for_an_advisor_once_it_is_d(
    venture, owner, advisor
):
    twenty = make_commitment(
        venture, amount_minor=20 * MILLION // 100, reversible_share=0
    )
    override_gate(
        twenty, by=owner, now=NOW, rev=1, reasons=WHY, wrong_if=WRONG, by_when=LATER
    )
    settle(venture, owner, large_share=15)

    with pytest.raises(HeldError):
        sign(twenty, owner)


# --- the row ---------------------------------------------------------------------
def test_a_change_is_logged_with_what_it_was(venture, owner):
    settle(venture, owner, modest_share=12)
    settle(venture, owner, modest_share=12)

    entry = ActivityEntry.objects.get(verb="gate_settings.changed")
    assert (entry.by, entry.data["changes"]) == (owner, {"modest_share": [10, 12]})


@pytest.mark.parametrize(
    "wrong",
    [{"small_share": 0}, {"modest_share": 2}, {"large_share": 51}, {"valid_days": 15}],
)
def test_the_database_refuses_what_is_no_gate(venture, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        GateSettings.objects.create(workspace=venture, **VALUES | wrong)


# --- the page --------------------------------------------------------------------
def url(workspace, name="gate_settings"):
    return reverse(f"decisions:{name}", args=[workspace.slug])


def typed(page, **changed):
    form = soup(page).select_one("form[action$='settings/gate/']")
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return hidden | VALUES | changed


def test_every_value_has_a_sentence_bounds_and_its_default(client, venture, owner):
    client.force_login(owner)
    words = text_of(client.get(url(venture)))

    assert words.count("Default:") == len(VALUES)
    assert "From 5 to 20. Default: 10." in words


def test_trying_says_what_would_change_and_saves_nothing(
    client, venture, owner, twelve
):
    make_commitment(venture, "Laptops")
    client.force_login(owner)
    page = client.get(url(venture))

    tried = client.post(url(venture, "gate_settings_try"), typed(page, modest_share=15))

    said = text_of(tried)
    assert "1 of your commitments would change class" in said
    assert "class C, then B" in said
    assert "2 are before their signature" in said
    assert soup(tried).select_one("input[name=modest_share]")["value"] == "15"
    assert not GateSettings.objects.exists()


def test_trying_asks_no_question_for_each_commitment(
    client, venture, owner, django_assert_max_num_queries
):
    for number in range(30):
        make_commitment(venture, f"Hall {number}", amount_minor=number + 1)
    client.force_login(owner)
    page = client.get(url(venture))

    with django_assert_max_num_queries(15):
        client.post(url(venture, "gate_settings_try"), typed(page, modest_share=15))


def test_saved_values_count_and_two_who_save_at_once_are_told(
    client, venture, owner, twelve
):
    client.force_login(owner)
    first = client.get(url(venture))
    settle(venture, owner, modest_share=11)

    late = client.post(url(venture), typed(first, modest_share=15))
    assert (late.status_code, class_of(twelve)) == (409, "C")
    again = client.post(url(venture), typed(late, modest_share=15))
    assert (again.status_code, class_of(twelve)) == (303, "B")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"modest_share": 90}, "less than or equal to 20"),
        ({"large_share": "all"}, "whole number"),
        ({"modest_share": 20, "large_share": 15}, "larger than the one before"),
    ],
)
def test_what_is_no_gate_is_refused_and_kept(client, venture, owner, wrong, words):
    client.force_login(owner)
    page = client.get(url(venture))

    refused = client.post(url(venture), typed(page, **wrong))

    assert (refused.status_code, words in text_of(refused)) == (422, True)
    assert "is violated" not in text_of(refused)
    assert not GateSettings.objects.exists()


def test_others_read_it(client, venture, founder, advisor):
    for user in (founder, advisor):
        client.force_login(user)
        assert "The owner can change these." in text_of(client.get(url(venture)))
        assert client.post(url(venture), VALUES).status_code == 403
        assert client.post(url(venture, "gate_settings_try"), {}).status_code == 403


def test_a_forged_field_sets_nothing(client, venture, owner):
    client.force_login(owner)
    page = client.get(url(venture))

    client.post(url(venture), typed(page, workspace="x", rev="", limits="{}"))

    row = GateSettings.objects.get()
    assert (row.workspace, row.limits) == (venture, USUAL)
