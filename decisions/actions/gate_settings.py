"""The owner sets what parts the classes, and how long a passed gate allows to sign."""

from django.db import transaction

from core.activity import log
from core.models import Workspace
from core.revisions import OutdatedError, take_up, write
from decisions.models import GateSettings


@transaction.atomic
def change_gate(workspace, *, by, now, rev=None, **changes):
    """`rev` is the revision the writer read, None before the first: OutdatedError when
    another one stands. Approvals given under other settings are void from now on."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    row = GateSettings.objects.filter(workspace=workspace).first()
    if row is None:
        row = GateSettings(workspace_id=workspace.pk, rev=0)
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
            verb="gate_settings.changed",
            subject=workspace,
            now=now,
            changes={name: [before[name], changes[name]] for name in changed},
        )
    return row
