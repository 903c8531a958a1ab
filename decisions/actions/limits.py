"""A venture sets the thresholds of its rules."""

from django.db import transaction

from core.activity import log
from core.models import Workspace
from core.revisions import OutdatedError, take_up, write
from decisions.models import AlertSettings


@transaction.atomic
def change_thresholds(workspace, *, by, now, rev=None, **changes):
    """`rev` is the revision the writer read, None before the first: OutdatedError when
    another one stands. What is open stays open; the next look uses the new ones.
    """
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    row = AlertSettings.objects.filter(workspace=workspace).first()
    if row is None:
        row = AlertSettings(workspace=workspace, rev=0)
        row.save(force_insert=True)
    elif rev is None:
        raise OutdatedError(row)
    row = take_up(row, None if row.rev == 0 else rev)
    changed = write(row, changes)
    if changed:
        log(
            workspace,
            by=by,
            verb="thresholds.changed",
            subject=workspace,
            now=now,
            fields=changed,
        )
    return row
