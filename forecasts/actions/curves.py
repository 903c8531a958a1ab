"""Sales curves, and who sells."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.models import Workspace
from core.revisions import EndedError, take_up, write
from forecasts.models import Rep, SalesCurve


# --- curves ----------------------------------------------------------------------
@transaction.atomic
def add_curve(workspace, *, by, now, **fields):
    # two who open the same curve do it one after the other
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    refuse_twin(workspace, fields)
    curve = SalesCurve.objects.create(workspace=workspace, created_at=now, **fields)
    log(workspace, by=by, verb="sales_curve.added", subject=curve, now=now)
    return curve


@transaction.atomic
def edit_curve(curve, *, by, now, rev=None, **fields):
    """The currency of a curve with figures stays: they would mean something else.

    Raises OutdatedError when somebody saved in between."""
    Workspace.objects.select_for_update().get(pk=curve.workspace_id)
    curve = take_up(curve, rev)
    refuse_closed(curve)
    currency = fields.get("currency", curve.currency)
    if currency != curve.currency and has_figures(curve):
        words = _("It has figures in %(currency)s: open another curve for others.")
        told = {"currency": curve.currency}
        raise ValidationError({"currency": ValidationError(words, params=told)})
    refuse_twin(curve.workspace, fields, but=curve)
    changed = write(curve, fields)
    if changed:
        log(
            curve.workspace,
            by=by,
            verb="sales_curve.edited",
            subject=curve,
            now=now,
            fields=changed,
        )
    return curve


@transaction.atomic
def close_curve(curve, *, by, now, rev=None):
    """Its figures are kept, and read."""
    curve = take_up(curve, rev)
    refuse_closed(curve)
    write(curve, {"closed_at": now})
    log(curve.workspace, by=by, verb="sales_curve.closed", subject=curve, now=now)
    return curve


def has_figures(curve):
    return curve.quarters.exists() or curve.cost_lines.exists()


def refuse_closed(curve):
    if curve.closed_at is not None:
        raise EndedError(_("This curve is closed: its figures stand as they are."))


def refuse_twin(workspace, fields, but=None):
    named = {name: fields.get(name) for name in ("product", "channel")}
    if but is not None:
        named = {name: value or getattr(but, name) for name, value in named.items()}
    twins = SalesCurve.objects.in_workspace(workspace).open().filter(**named)
    if twins.exclude(pk=but.pk if but else None).exists():
        words = _("There is a curve for this product and channel already.")
        raise ValidationError({"channel": words})


def locked_open(curve):
    """The row as it stands, so that two who enter figures do it one after the other."""
    curve = SalesCurve.objects.select_for_update().get(pk=curve.pk)
    refuse_closed(curve)
    return curve


# --- reps ------------------------------------------------------------------------
@transaction.atomic
def add_rep(workspace, *, by, now, **fields):
    pseudonym = next_pseudonyms(workspace, 1)[0]
    refuse_name(workspace, fields["name"])
    rep = Rep.objects.create(
        workspace=workspace, pseudonym=pseudonym, created_at=now, **fields
    )
    log(workspace, by=by, verb="rep.added", subject=rep, now=now)
    return rep


@transaction.atomic
def edit_rep(rep, *, by, now, rev=None, **fields):
    """Another kind holds from the next quarter that is entered: earlier ones keep
    theirs. Raises OutdatedError when somebody saved in between."""
    rep = take_up(rep, rev)
    refuse_name(rep.workspace, fields.get("name", rep.name), but=rep)
    changed = write(rep, fields)
    if changed:
        log(
            rep.workspace,
            by=by,
            verb="rep.edited",
            subject=rep,
            now=now,
            fields=changed,
        )
    return rep


def next_pseudonyms(workspace, count):
    """`Rep 3`: numbered within the venture, under its lock."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    taken = set(Rep.objects.in_workspace(workspace).values_list("pseudonym", flat=True))
    found, number = [], len(taken)
    while len(found) < count:
        number += 1
        name = _("Rep %(n)s") % {"n": number}
        if name not in taken:
            found.append(name)
    return found


def refuse_name(workspace, name, but=None):
    twins = Rep.objects.in_workspace(workspace).filter(name=name)
    if twins.exclude(pk=but.pk if but else None).exists():
        raise ValidationError({"name": _("There is a rep of this name already.")})
