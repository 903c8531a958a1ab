"""Planning: one row for one mail, however often and by however many."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from core.deliveries import (
    plan,
)
from core.models import Delivery
from core.sealing import unseal
from tests.core.ledger import NOW, State, planned

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.django_db
def test_plan_writes_one_row_however_often(workspace, owner):
    about = {"kind": "note", "workspace": workspace, "recipient": owner, "now": NOW}

    outcomes = [plan(**about, period="2026-W45") for _time in range(3)]

    assert outcomes == [True, False, False]
    row = Delivery.objects.get()
    assert row.key == f"note:{workspace.pk}:{owner.pk}:2026-W45"
    assert row.address == "owner@example.com"
    assert (row.state, row.not_before, row.attempts) == (State.PLANNED, NOW, 0)


@pytest.mark.django_db
def test_plan_tells_people_periods_and_transitions_apart(workspace, owner, founder):
    subject = uuid4()
    base = {"kind": "note", "subject_id": subject, "now": NOW}

    plan(**base, recipient=owner, transition="opened")
    plan(**base, recipient=founder, transition="opened")
    plan(**base, recipient=owner, transition="closed")
    plan(**base, address="ana@example.com")
    plan(**base, address=" ANA@example.com ")

    assert Delivery.objects.count() == 4
    assert len(set(Delivery.objects.values_list("message_id", flat=True))) == 4


@pytest.mark.django_db
def test_plan_for_an_address_does_not_put_it_into_key_or_message_id():
    row = planned("ana@example.com")

    assert "ana" not in row.key + row.message_id
    assert row.key == f"note:{row.subject_id}:{row.key.split(':')[2]}:once"


@pytest.mark.django_db
def test_plan_seals_the_payload():
    row = planned(payload="geheim")

    assert "geheim" not in row.payload
    assert unseal(row.payload) == "geheim"


@pytest.mark.django_db
def test_message_id_is_fit_for_a_header(settings):
    settings.DEFAULT_FROM_EMAIL = "Fieldproof <fieldproof@fp.example>"

    row = planned(period="2026 W45 <x>")

    assert row.message_id.startswith("<note.2026-W45-x-.")
    assert row.message_id.endswith("@fp.example>")


@pytest.mark.django_db(transaction=True)
def test_plan_a_thousand_times_at_once_leaves_one_row_a_key():
    """X1: 20 threads, 50 keys each; nobody sees an error."""
    subjects = [uuid4() for _key in range(50)]
    errors, rows = [], []
    together = threading.Barrier(20)

    def insert():
        together.wait()
        try:
            for subject in subjects:
                with transaction.atomic(durable=True):
                    rows.append(
                        plan(
                            kind="note",
                            address="a@example.com",
                            subject_id=subject,
                            now=NOW,
                        )
                    )
        except Exception as error:  # a thread must report, not die
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=insert) for _thread in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert (len(rows), sum(rows)) == (1000, 50)
    assert Delivery.objects.count() == 50
