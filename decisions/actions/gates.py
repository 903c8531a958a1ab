"""The gate is checked, and checked again at the signature. Only an override passes it."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import write
from decisions.actions.commitments import locked, money_first, refuse_unless
from decisions.actions.hiring import note_hiring
from decisions.errors import HeldError
from decisions.models import GateCheck
from decisions.models.commitments import Status
from decisions.reports.gates import (
    gate_of,
    is_approved,
    override_of,
    waits_for_advisor,
)

SIGNABLE = (Status.APPROVED, Status.OVERRIDDEN)


@transaction.atomic
def check_gate(commitment, *, by, now):
    """Keeps what was asked and found. Approves the terms as they stand, or holds them;
    an override in force stays in force."""
    current = locked(commitment)
    refuse_unless(current.is_open, _("It is not open any more: no gate is before it."))
    note_hiring(current, now=now)
    found = gate_of(current, now=now)
    check = keep_check(current, found, by=by, now=now)
    if overrides(current, found) is None:
        status = Status.HELD if found.gate.is_held else Status.APPROVED
        if current.status != status:
            current.status = status
            current.save(update_fields=["status"])
    return check


@transaction.atomic
def sign_commitment(commitment, *, by, now, rev):
    """`rev` is the revision that was read and signed. Raises OutdatedError when another
    one stands, HeldError when the gate holds it at this moment."""
    current = locked(commitment, rev)
    refuse_unless(current.is_open, _("It is not open any more."))
    note_hiring(current, now=now)
    found = gate_of(current, now=now)
    override = overrides(current, found)
    if found.gate.is_held and override is None:
        raise HeldError(found.gate)
    is_passed = current.status in SIGNABLE and is_approved(current, now)
    refuse_unless(
        override is not None or is_passed,
        _(
            "Check the gate first: it has to be passed a few days ago at most, as it is set now."
        ),
    )
    keep_check(current, found, by=by, now=now, at_signing=True)
    write(current, {"status": Status.SIGNED, "signed_by": by, "signed_at": now})
    log(current.workspace, by=by, verb="commitment.signed", subject=current, now=now)
    if found.money_first:
        money_first(current, why=found.money_first, now=now)
    return current


def overrides(commitment, found):
    """The override in force of these terms, or None."""
    override = override_of(commitment)
    is_waiting = waits_for_advisor(override, found.gate.gate_class)
    return None if is_waiting else override


def keep_check(commitment, found, *, by, now, at_signing=False):
    gate = found.gate
    check = GateCheck(
        workspace=commitment.workspace,
        commitment=commitment,
        terms=commitment.terms,
        gate_class=gate.gate_class,
        result=gate.result,
        met=gate.met,
        asked=len(gate.conditions),
        why=gate.rating.why,
        conditions=[condition_as_kept(one) for one in gate.conditions],
        open_alerts=[{"id": str(pk), "metric": name} for pk, name in found.stops],
        together=[str(one.pk) for one in found.together],
        limits=found.limits.as_kept(),
        at_signing=at_signing,
        by=by,
        evaluated_at=now,
    )
    check.save()
    log(
        commitment.workspace,
        by=by,
        verb="gate.checked",
        subject=check,
        now=now,
        commitment=str(commitment.pk),
        result=str(gate.result),
    )
    return check


def condition_as_kept(condition):
    return {
        "about": str(condition.about),
        "number": condition.number,
        "sentence": condition.sentence,
        "is_met": condition.is_met,
    }
