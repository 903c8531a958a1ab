"""manage.py outbound and manage.py deliveries."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.deliveries import deliver_due, plan
from core.deliveries.claiming import record
from core.deliveries.settling import Settlement
from core.models import Delivery, Installation
from tests.core.ledger import MINUTE, NOW, fresh, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def said(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def told(*words):
    return json.loads(said(*words, "--json"))


def test_outbound_hold_and_release():
    row = planned()

    held = told("outbound", "hold")
    kept = deliver_due(NOW)["sent"]
    status = told("outbound", "status")
    released = told("outbound", "release")
    sent = deliver_due(NOW)["sent"]

    assert (held["held"], held["reason"], held["waiting"]) == (True, "manual", 1)
    assert status == held
    assert released == {
        "held": False,
        "reason": "",
        "since": None,
        "paused_until": None,
        "pause_reason": "",
        "waiting": 1,
    }
    assert (kept, sent, fresh(row).state) == (0, 1, "sent")


def test_outbound_says_it_in_words(time_machine):
    time_machine.move_to(NOW, tick=False)
    planned()

    assert said("outbound", "status") == "Mail goes out. 1 waiting."
    assert said("outbound", "hold") == (
        "Mail is held back: somebody holds it. 1 waiting."
    )
    said("outbound", "release")
    Installation.objects.update(
        mail_paused_until=NOW + 15 * MINUTE, mail_pause_reason="535 wrong password"
    )
    assert said("outbound", "status") == (
        "Mail goes out, but the mail server refuses it until a new try at 09:15 UTC: "
        "535 wrong password. 1 waiting."
    )


@pytest.mark.parametrize("reason", Installation.Hold.values)
def test_outbound_has_words_for_every_hold(reason):
    told("outbound", "status")
    Installation.objects.update(outbound_hold=reason)

    assert said("outbound", "status").endswith("0 waiting.")


def test_outbound_refuses_other_words():
    with pytest.raises(CommandError):
        said("outbound", "stop")


def test_deliveries_lists_every_row_as_promised(workspace, owner):
    plan(kind="note", workspace=workspace, recipient=owner, period="2026-W45", now=NOW)
    other = planned(now=NOW + MINUTE)
    deliver_due(NOW)

    listed = told("deliveries")["deliveries"]

    row = Delivery.objects.exclude(pk=other.pk).get()
    assert [line["key"] for line in listed] == [row.key, other.key]
    assert listed[0] == {
        "key": f"note:{workspace.pk}:{owner.pk}:2026-W45",
        "kind": "note",
        "venture": "acme",
        "recipient": "owner@example.com",
        "period": "2026-W45",
        "state": "sent",
        "attempts": 1,
        "deferrals": 0,
        "message_id": row.message_id,
        "ambiguous": False,
        "reason": "written to the outbox",
        "planned_at": NOW.isoformat(),
        "not_before": NOW.isoformat(),
        "sent_at": row.sent_at.isoformat(),
        "channel": None,
    }
    assert (listed[1]["venture"], listed[1]["sent_at"]) == (None, None)


def test_deliveries_by_state_and_venture(workspace, owner):
    plan(kind="note", workspace=workspace, recipient=owner, now=NOW)
    deliver_due(NOW)
    planned()

    assert len(told("deliveries", "--state=sent")["deliveries"]) == 1
    assert len(told("deliveries", "--venture=acme")["deliveries"]) == 1
    assert told("deliveries", "--venture=nobody") == {"deliveries": []}


def test_deliveries_in_words():
    empty = said("deliveries")
    row = planned()
    record(row, Settlement("unknown", "why", is_ambiguous=True), NOW)

    assert empty == "No such mail has been planned."
    assert said("deliveries") == (
        "2026-11-02T09:00  unknown, perhaps twice  note  ana@example.com  (why)"
    )
