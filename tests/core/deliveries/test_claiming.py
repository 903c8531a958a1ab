"""Claims and leases: who may start a row, and what a dead worker leaves."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction

from core.deliveries import (
    deliver_due,
    dispatch_due,
    sending,
)
from core.deliveries.claiming import claim, hand_over, record, recover, surely
from core.deliveries.settling import Settlement
from core.models import Delivery
from core.transport import Outcome, Verdict
from tests.core.ledger import MINUTE, NOW, State, fresh, outbox, planned

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.django_db
def test_claim_is_won_once():
    row = planned()

    assert claim(row.pk, NOW).delivery.state == State.SENDING
    assert claim(row.pk, NOW) is None
    assert fresh(row).attempts == 1


@pytest.mark.django_db(transaction=True)
def test_claim_at_once_is_won_once():
    rows = [planned() for _row in range(10)]
    wins = []
    together = threading.Barrier(8)

    def work():
        together.wait()
        try:
            wins.extend(row.pk for row in rows if claim(row.pk, NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(wins) == sorted(row.pk for row in rows)
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db
def test_sending_that_was_abandoned_is_free_after_its_lease():
    row = planned()
    claim(row.pk, NOW)

    assert dispatch_due(NOW + 1.4 * MINUTE)["sent"] == 0
    assert dispatch_due(NOW + 1.5 * MINUTE)["sent"] == 1
    row = fresh(row)
    assert (row.attempts, row.is_ambiguous) == (2, False)


@pytest.mark.django_db
def test_lease_that_ran_out_hands_nothing_over():
    row = planned()
    late = claim(row.pk, NOW).delivery
    claim(row.pk, NOW + 2 * MINUTE)

    assert hand_over(late, NOW + 2 * MINUTE) is False
    assert record(late, Settlement("sent"), NOW + 2 * MINUTE) is False
    assert fresh(row).state == State.SENDING


@pytest.mark.django_db
def test_handed_is_tried_once_more_after_ten_minutes_then_unknown(house):
    row = planned(payload="geheim")

    for start in (0, 10):
        ours = claim(row.pk, NOW + start * MINUTE).delivery
        assert hand_over(ours, NOW + start * MINUTE)
        recover(NOW + (start + 9.9) * MINUTE)
        assert fresh(row).state == State.HANDED
        recover(NOW + (start + 10) * MINUTE)
    row = fresh(row)

    assert (row.state, row.is_ambiguous, row.attempts) == (State.UNKNOWN, True, 2)
    assert row.payload == ""
    assert dispatch_due(NOW + timedelta(days=30)) == {"sent": 0, "skipped": 0}


@pytest.mark.django_db
def test_second_try_of_a_handed_mail_keeps_its_message_id(house):
    row = planned()
    hand_over(claim(row.pk, NOW).delivery, NOW)

    tally = dispatch_due(NOW + 10 * MINUTE)

    assert tally["sent"] == 1
    assert fresh(row).is_ambiguous
    assert [mail["Message-ID"] for mail in outbox(house)] == [row.message_id]


@pytest.mark.django_db
def test_answer_that_comes_after_recovery_still_counts():
    """A worker that was stopped for ten minutes wakes up with the server's 250."""
    row = planned()
    ours = claim(row.pk, NOW).delivery
    hand_over(ours, NOW)
    recover(NOW + 10 * MINUTE)

    assert record(ours, Settlement("sent"), NOW + 11 * MINUTE)
    assert fresh(row).state == State.SENT


@pytest.mark.django_db
def test_worker_that_lost_its_lease_reports_nothing(monkeypatch):
    row = planned()

    class Slow:
        def send(self, parcel, before_data):
            Delivery.objects.update(lease_token=uuid4())
            assert before_data() is False
            return Outcome(Verdict.WITHDRAWN)

        def close(self):
            pass

    monkeypatch.setattr(sending, "open_transport", Slow)

    assert deliver_due(NOW) == {"sent": 0, "skipped": 0}
    assert fresh(row).state == State.SENDING


@pytest.mark.django_db
def test_row_taken_between_list_and_claim_is_passed_over(monkeypatch):
    row = planned()
    monkeypatch.setattr(sending, "renew_connection", lambda: claim(row.pk, NOW))

    assert deliver_due(NOW) == {"sent": 0, "skipped": 0}


@pytest.mark.django_db
def test_row_that_kills_its_worker_is_not_started_a_sixth_time():
    row = planned(payload="geheim")
    for start in range(5):
        assert claim(row.pk, NOW + 2 * start * MINUTE)

    assert claim(row.pk, NOW + 30 * MINUTE) is None
    recover(NOW + 30 * MINUTE)
    row = fresh(row)

    assert (row.state, row.attempts) == (State.FAILED, 5)
    assert row.reason == "gave up after 5 starts"
    assert row.payload == ""


@pytest.mark.django_db
def test_poison_fails_after_five_starts_and_the_others_leave(caplog):
    poison = planned(period="poison")
    others = [planned() for _other in range(20)]

    moment = NOW
    for _pass in range(12):
        dispatch_due(moment)
        moment += 30 * MINUTE

    poison = fresh(poison)
    assert (poison.state, poison.attempts) == (State.FAILED, 5)
    assert poison.reason.startswith("PoisonError at render:")
    assert {fresh(row).state for row in others} == {State.SENT}
    assert {fresh(row).attempts for row in others} == {1}
    assert "secret words" not in caplog.text
    assert "PoisonError" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["broken check", "broken query"])
def test_check_that_breaks_is_counted_too(period):
    row = planned(period=period)

    for start in range(12):
        dispatch_due(NOW + 30 * start * MINUTE)

    row = fresh(row)
    assert (row.state, row.attempts) == (State.FAILED, 5)


@pytest.mark.django_db
def test_unknown_kind_fails_by_itself(settings):
    row, other = planned(), planned()
    Delivery.objects.filter(pk=row.pk).update(kind="gone")

    deliver_due(NOW)

    assert fresh(row).reason.startswith("KeyError at module_of")
    assert fresh(other).state == State.SENT


class Restarting:
    """Breaks off so many times, then writes."""

    def __init__(self, times, error):
        self.left, self.error = times, error

    def __call__(self):
        if self.left:
            self.left -= 1
            raise self.error
        return "written"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("locked"), InterfaceError("gone")])
def test_surely_outlasts_a_restart(error):
    waits = []

    assert surely(Restarting(3, error), wait=waits.append) == "written"
    assert waits == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_surely_gives_up_in_the_end():
    with pytest.raises(OperationalError):
        surely(Restarting(9, OperationalError("down")), tries=3, wait=lambda _s: None)


@pytest.mark.django_db
def test_surely_does_not_repeat_inside_a_transaction():
    with pytest.raises(OperationalError), transaction.atomic():
        surely(Restarting(1, OperationalError("locked")), wait=pytest.fail)
