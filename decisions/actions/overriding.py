"""Going ahead though the gate holds: named, reasoned, told to all who answer for it."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.deliveries import plan
from core.models import Membership, Role
from core.written import length_written
from decisions.actions.commitments import locked, money_first, refuse_unless
from decisions.actions.gates import keep_check
from decisions.evaluating import SHORTEST_REASONS
from decisions.gates import GateClass
from decisions.models import CoSignature, Override
from decisions.models.commitments import Status
from decisions.reports.gates import gate_of, override_of, waits_for_advisor

TOLD = (Role.OWNER, Role.FOUNDER, Role.ADVISOR)


@transaction.atomic
def override_gate(commitment, *, by, now, rev, reasons, wrong_if, by_when):
    """In force at once; of class D only when an advisor has co-signed it."""
    current = locked(commitment, rev)
    is_proposed = current.is_open and current.status != Status.IDEA
    refuse_unless(is_proposed, _("Only what is proposed has a gate to override."))
    refuse_unless(
        length_written(reasons) >= SHORTEST_REASONS,
        _("Say why in at least %(n)s characters.") % {"n": SHORTEST_REASONS},
    )
    found = gate_of(current, now=now)
    refuse_unless(found.gate.is_held, _("The gate does not hold it: nothing to do."))
    refuse_unless(
        override_of(current) is None,
        _("The gate of these terms is overridden already."),
    )
    override = Override(
        workspace=current.workspace,
        commitment=current,
        terms=current.terms,
        gate_check=keep_check(current, found, by=by, now=now),
        reasons=reasons,
        wrong_if=wrong_if,
        by_when=by_when,
        needs_cosign=found.gate.gate_class is GateClass.D,
        by=by,
        overridden_at=now,
    )
    override.save()
    told = {"by": by, "now": now, "commitment": str(current.pk)}
    log(current.workspace, verb="gate.overridden", subject=override, **told)
    if override.needs_cosign:
        stand(current, Status.HELD)
    else:
        take_effect(current, found, now=now)
    plan_mails(override, now=now)
    return override


@transaction.atomic
def cosign(commitment, *, by, now, rev, reasons):
    """An advisor stands for an override that waits for it, or for the terms of class D
    as one of their conditions."""
    current = locked(commitment, rev)
    refuse_unless(is_advisor(current.workspace, by), _("Only an advisor co-signs."))
    is_proposed = current.is_open and current.status != Status.IDEA
    refuse_unless(is_proposed, _("Only what is proposed can be co-signed."))
    found, override = gate_of(current, now=now), override_of(current)
    is_waiting = waits_for_advisor(override, found.gate.gate_class)
    asks = found.gate.gate_class is GateClass.D and not current.is_cosigned
    refuse_unless(is_waiting or asks, _("Nothing here waits for a co-signature."))
    cosignature = CoSignature(
        workspace=current.workspace,
        commitment=current,
        terms=current.terms,
        override=override if is_waiting else None,
        reasons=reasons,
        by=by,
        cosigned_at=now,
    )
    cosignature.save()
    told = {"by": by, "now": now, "commitment": str(current.pk)}
    log(current.workspace, verb="gate.cosigned", subject=cosignature, **told)
    if is_waiting:
        take_effect(current, found, now=now)
    return cosignature


def is_advisor(workspace, user):
    team = Membership.objects.in_workspace(workspace).current()
    return team.filter(user=user, role=Role.ADVISOR).exists()


def take_effect(commitment, found, *, now):
    stand(commitment, Status.OVERRIDDEN)
    if found.money_first:
        money_first(commitment, why=found.money_first, now=now)


def stand(commitment, status):
    commitment.status = status
    commitment.save(update_fields=["status"])


def plan_mails(override, *, now):
    """One mail to everybody who answers for the venture or advises it."""
    team = Membership.objects.in_workspace(override.workspace).current()
    for membership in team.filter(role__in=TOLD).select_related("user"):
        plan(
            kind="commitment_overridden",
            workspace=override.workspace,
            recipient=membership.user,
            subject_id=override.pk,
            transition="overridden",
            now=now,
        )
