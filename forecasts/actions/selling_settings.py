"""Founders set what parts the phases of selling."""

from django.db import transaction

from core.activity import log
from core.models import Workspace
from core.revisions import OutdatedError, take_up, write
from forecasts.models import SellingSettings


@transaction.atomic
def change_selling(workspace, *, by, now, rev=None, **changes):
    """`rev` is the revision the writer read, None before the first: OutdatedError when
    another one stands. Phases are worked out anew from the same figures."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    row = SellingSettings.objects.filter(workspace=workspace).first()
    if row is None:
        row = SellingSettings(workspace_id=workspace.pk, rev=0)
        row.save(force_insert=True)
    elif rev is None:
        raise OutdatedError(row)
    row = take_up(row, None if row.rev == 0 else rev)
    before = {name: getattr(row, name) for name in changes}
    changed = write(row, changes)
    if changed:
        log(
            workspace,
            by=by,
            verb="selling_settings.changed",
            subject=workspace,
            now=now,
            changes={name: [str(before[name]), str(changes[name])] for name in changed},
        )
    return row
