"""Commitments over the API: written, checked, and not signed while they are held."""

import pytest

from core.models import Role
from decisions.models import Commitment, GateCheck
from tests.api_client import Asking
from tests.decisions.commitments import large, make_commitment, scaling, with_cash

BODY = {
    "title": "Second hall",
    "currency": "USD",
    "amount": "100,000",
    "starts_on": "2026-11-02",
    "ends_on": "2027-10-01",
    "questions": [6],
    "tranches": [
        {
            "amount": "40,000",
            "due_on": "2026-12-01",
            "number": "Orders per day",
            "threshold": "4,000",
            "stop_on": "2027-03-01",
        },
        {"amount": "60,000", "due_on": "2027-04-01"},
    ],
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


@pytest.fixture
def venture(workspace):
    return with_cash(workspace)


@pytest.fixture
def asking(client, venture):
    return Asking(client, venture, Role.FOUNDER)


def status_of(row):
    return Commitment.objects.values_list("status", flat=True).get(pk=row.pk)


def test_one_is_written_down_and_listed(asking):
    answer = asking.post("/commitments", BODY)

    made = answer.json()
    assert answer.status_code == 201
    assert (made["amount_minor"], made["status"]) == (10_000_000, "proposed")
    assert (made["gate_class"], made["gate"]["result"]) == ("B", "warned")
    assert made["tranches"][1]["stop_on"] is None
    (listed,) = asking.get("/commitments").json()["items"]
    assert {name: made[name] for name in listed} == listed
    assert asking.get(f"/commitments/{made['id']}").json() == made


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "1.234"}, "amount"),
        ({"tranches": BODY["tranches"][:1]}, "tranche_1_amount"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
    ],
)
def test_the_form_of_the_page_judges(asking, change, field):
    answer = asking.post("/commitments", BODY | change)

    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    "change", [{"status": "signed"}, {"terms": 3}, {"tranches": [{}] * 9}]
)
def test_what_it_does_not_know_is_refused(asking, change):
    assert asking.post("/commitments", BODY | change).status_code == 422


def test_checked_then_signed(asking, venture):
    row = make_commitment(venture)
    checked = asking.post(f"/commitments/{row.pk}/check").json()
    assert (checked["status"], checked["check_result"]) == ("approved", "passed")

    signed = asking.post(f"/commitments/{row.pk}/sign", {"rev": checked["rev"]})

    assert (signed.status_code, signed.json()["status"]) == (200, "signed")
    assert signed.json()["gate"] is None


def test_a_held_one_answers_409_with_what_is_open(asking, venture):
    row = large(venture)

    answer = asking.post(f"/commitments/{row.pk}/sign", {"rev": 1})

    assert answer.status_code == 409
    open_ones = answer.json()["detail"]
    assert open_ones[0] == {
        "about": "question",
        "number": 1,
        "sentence": "Question 1 at least 4 (is 0)",
        "is_met": False,
    }
    assert len(open_ones) == 15
    assert status_of(row) == "held"
    assert GateCheck.objects.get().at_signing is False


def test_what_was_never_checked_or_changed_since_is_not_signed(asking, venture):
    row = make_commitment(venture)

    assert asking.post(f"/commitments/{row.pk}/sign", {"rev": 1}).status_code == 422
    answer = asking.post(f"/commitments/{row.pk}/sign", {"rev": 7})
    assert (answer.status_code, answer.json()["rev"]) == (409, 1)
    assert asking.post(f"/commitments/{row.pk}/sign", {}).status_code == 422
    assert status_of(row) == "proposed"


def test_it_is_edited_before_its_signature_and_other_terms_are_checked_anew(asking):
    made = asking.post("/commitments", BODY).json()
    path = f"/commitments/{made['id']}"
    assert asking.post(f"{path}/check").json()["status"] == "approved"

    words = asking.put(path, {"rev": 1, "notes": "Seen it."}).json()
    assert (words["status"], words["notes"], len(words["tranches"])) == (
        *("approved", "Seen it."),
        2,
    )
    body = {"rev": words["rev"], "amount": "40,000", "tranches": BODY["tranches"][:1]}
    terms = asking.put(path, body).json()

    assert (terms["status"], terms["amount_minor"]) == ("proposed", 4_000_000)
    assert len(terms["tranches"]) == 1
    assert asking.put(path, body).status_code == 409
    assert asking.post(f"{path}/sign", {"rev": terms["rev"]}).status_code == 422


def test_what_is_signed_is_not_edited_but_ends(asking, venture):
    row = make_commitment(venture)
    rev = asking.post(f"/commitments/{row.pk}/check").json()["rev"]
    rev = asking.post(f"/commitments/{row.pk}/sign", {"rev": rev}).json()["rev"]
    path = f"/commitments/{row.pk}"

    assert asking.put(path, {"rev": rev, "amount": "1"}).status_code == 422
    ended = asking.post(
        f"{path}/close",
        {
            "rev": rev,
            "outcome": "ended",
            "closing": "It paid for itself in four months.",
        },
    )

    assert (ended.status_code, ended.json()["status"]) == (200, "ended")
    assert ended.json()["gate_class"] == "A"


def test_the_gate_names_what_counts_together_and_the_list_is_narrowed(asking, venture):
    one, two = make_commitment(venture), make_commitment(venture, "Second hall, part 2")
    make_commitment(venture, "Desks", status="cancelled")

    gate = asking.get(f"/commitments/{one.pk}").json()["gate"]

    assert gate["together"] == [str(two.pk)]
    assert asking.get("/commitments?standing=open").json()["count"] == 2
    assert asking.get("/commitments?q=desk").json()["count"] == 1
    assert asking.get("/commitments?standing=any").status_code == 422


@pytest.mark.parametrize("name", ["override", "cosign"])
def test_nobody_overrides_over_the_api(asking, venture, name):
    row = scaling(venture)

    assert asking.post(f"/commitments/{row.pk}/{name}", {}).status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADVISOR, Role.OBSERVER])
def test_who_does_not_decide_reads(client, venture, role):
    row, reading = make_commitment(venture), Asking(client, venture, role)

    assert reading.get(f"/commitments/{row.pk}").status_code == 200
    assert reading.post("/commitments", BODY).status_code == 403
    assert reading.post(f"/commitments/{row.pk}/sign", {"rev": 1}).status_code == 403
