"""Deals, and the dated steps they took."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.models import Workspace
from core.revisions import EndedError, take_up, write
from discovery.actions.market import organisation_called
from forecasts.errors import Conflict
from forecasts.models import Deal, DealStep


@transaction.atomic
def add_deal(workspace, *, by, now, organisation_name="", **fields):
    """`organisation_name` finds or makes the organisation."""
    lock(workspace)
    refuse_known(workspace, fields.get("outside_id", ""))
    if organisation_name:
        called = organisation_called(workspace, organisation_name, by=by, now=now)
        fields["organisation"] = called
    deal = Deal.objects.create(workspace=workspace, created_at=now, **fields)
    log(workspace, by=by, verb="deal.added", subject=deal, now=now)
    return deal


@transaction.atomic
def edit_deal(deal, *, by, now, rev=None, organisation_name=None, **fields):
    """None leaves the organisation as it is; the empty name takes it away.

    Raises OutdatedError when somebody saved in between."""
    lock(deal.workspace)
    deal = take_up(deal, rev)
    refuse_withdrawn(deal)
    refuse_known(deal.workspace, fields.get("outside_id", ""), but=deal)
    if organisation_name is not None:
        called = organisation_called(deal.workspace, organisation_name, by=by, now=now)
        fields["organisation"] = called
    changed = write(deal, fields)
    if changed:
        log(
            deal.workspace,
            by=by,
            verb="deal.edited",
            subject=deal,
            now=now,
            fields=changed,
        )
    return deal


@transaction.atomic
def withdraw_deal(deal, *, by, now, rev=None):
    """It was no deal, or stands twice: it counts nowhere any more."""
    deal = take_up(deal, rev)
    refuse_withdrawn(deal)
    write(deal, {"withdrawn_at": now})
    log(deal.workspace, by=by, verb="deal.withdrawn", subject=deal, now=now)
    return deal


# --- steps -----------------------------------------------------------------------
@transaction.atomic
def add_step(deal, *, by, now, name, on):
    """Raises ValidationError where the same step of that day stands already."""
    deal = take_up(deal, None)
    refuse_withdrawn(deal)
    check_step(deal, name, on, now)
    step = step_of(deal, by=by, now=now, name=name, on=on)
    step.save()
    told = {"by": by, "now": now, "subject": deal}
    log(deal.workspace, verb="deal.step_added", step=str(step.pk), **told)
    return step


@transaction.atomic
def correct_step(step, *, by, now, reason, name, on):
    """A further row; the empty name takes the step back. Raises Conflict if `step` was
    corrected already."""
    deal = take_up(step.deal, None)
    refuse_withdrawn(deal)
    later = DealStep.objects.filter(supersedes=step).first()
    if later is not None:
        raise Conflict(_("This step was corrected meanwhile."), current=later)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the step changes.")})
    if (name, on) == (step.name, step.on):
        raise ValidationError(_("This is the step already on record."))
    if name:
        check_step(deal, name, on, now)
    extra = {"name": name, "on": on, "supersedes": step, "reason": reason}
    correction = step_of(deal, by=by, now=now, **extra)
    correction.save()
    data = {"step": str(correction.pk), "supersedes": str(step.pk)}
    told = {"by": by, "now": now, "subject": deal}
    log(deal.workspace, verb="deal.step_corrected", **told, **data)
    return correction


def step_of(deal, *, by, now, **fields):
    return DealStep(
        workspace=deal.workspace, deal=deal, recorded_at=now, by=by, **fields
    )


def check_step(deal, name, on, now):
    if on > deal.workspace.today(now):
        raise ValidationError({"on": _("A step is written down when it was reached.")})
    if deal.steps.current().filter(name=name, on=on).exists():
        raise ValidationError({"name": _("This step of that day is there already.")})


# --- shared ----------------------------------------------------------------------
def lock(workspace):
    """Two who give the same id, or name the same new firm, do it one after the other."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)


def refuse_withdrawn(deal):
    if deal.withdrawn_at is not None:
        raise EndedError(_("This deal was taken back."))


def refuse_known(workspace, outside_id, but=None):
    if not outside_id:
        return
    twins = (
        Deal.objects.in_workspace(workspace).standing().filter(outside_id=outside_id)
    )
    if twins.exclude(pk=but.pk if but else None).exists():
        raise ValidationError({"outside_id": _("A deal has this id already.")})
