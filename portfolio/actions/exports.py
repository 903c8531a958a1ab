"""Everything of a venture as a file: asked for on a page, made by a worker.

It may take a minute, so a request only writes down that somebody asked. A worker makes
the file at a hint, or the next tick does; a day later it is gone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from core.activity import log
from core.backup.venture_out import export_venture
from core.models import Workspace
from core.nudge import nudge
from portfolio.models import VentureExport

if TYPE_CHECKING:
    from core.models import User

logger = logging.getLogger(__name__)

TASK = "portfolio.tasks.make_export"
State = VentureExport.State
UNDER_WAY = (State.WAITING, State.WORKING)
KEPT = timedelta(hours=24)
LEASE = timedelta(seconds=60)
STARTS = 3
MOST_AN_HOUR = 6


class LostError(Exception):
    """Somebody else has the row now, or it is gone."""


def folder() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def path_of(pk: UUID) -> Path:
    return folder() / f"{pk}.zip"


@transaction.atomic
def order_export(workspace: Workspace, *, by: User, now: datetime) -> VentureExport:
    """One that is under way is enough. ValidationError when there were many lately."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    rows = VentureExport.objects.in_workspace(workspace)
    waiting = rows.filter(state__in=UNDER_WAY).first()
    if waiting is not None:
        return waiting
    if rows.filter(asked_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise ValidationError(
            _("That is the sixth export within an hour. Fetch one of those below."),
            code="too_often",
        )
    order = VentureExport.objects.create(workspace=workspace, by=by, asked_at=now)
    log(workspace, by=by, verb="venture.export_asked", subject=order, now=now)
    transaction.on_commit(lambda: nudge(TASK, str(order.pk)))
    return order


# --- the job ---------------------------------------------------------------------
def make_export(pk: UUID | str, read_clock: Callable[[], datetime]) -> bool:
    """Makes the file. False when there was nothing to do, or it failed."""
    order = claim(pk, read_clock())
    if order is None:
        return False
    path = path_of(order.pk)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        tell = telling(order, read_clock)
        export_venture(order.workspace, path, now=read_clock(), by=order.by, tell=tell)
        finish(order, read_clock(), size=path.stat().st_size)
    except LostError:
        logger.info("export %s is somebody else's now, or gone", order.pk)
        return False
    except OperationalError:
        # a database that is locked or gone is tried again when the lease runs out
        raise
    # Whatever it stumbled over, the page says that it failed and the log says why.
    except Exception:
        logger.exception("export %s failed", order.pk)
        path.unlink(missing_ok=True)
        mine(order).update(state=State.FAILED, lease_until=None, lease_token=None)
        return False
    return True


def due(now: datetime) -> Any:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return VentureExport.objects.filter(free, state__in=UNDER_WAY)


def claim(pk: UUID | str, now: datetime) -> VentureExport | None:
    """A row that killed its workers three times is given up."""
    rows = due(now).filter(pk=pk)
    rows.filter(attempts__gte=STARTS).update(state=State.FAILED)
    won = rows.filter(attempts__lt=STARTS).update(
        state=State.WORKING,
        lease_until=now + LEASE,
        lease_token=uuid4(),
        attempts=F("attempts") + 1,
        done=0,
    )
    if not won:
        return None
    return VentureExport.objects.select_related("workspace", "by").get(pk=pk)


def mine(order: VentureExport) -> Any:
    return VentureExport.objects.filter(pk=order.pk, lease_token=order.lease_token)


def telling(
    order: VentureExport, read_clock: Callable[[], datetime]
) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        until = read_clock() + LEASE
        if not mine(order).update(done=done, total=total, lease_until=until):
            raise LostError

    return tell


def finish(order: VentureExport, now: datetime, *, size: int) -> None:
    done = mine(order).update(
        state=State.READY,
        done=F("total"),
        size=size,
        expires_at=now + KEPT,
        lease_until=None,
        lease_token=None,
    )
    if not done:
        raise LostError


# --- away ------------------------------------------------------------------------
def make_due(now: datetime, read_clock: Callable[[], datetime]) -> int:
    """One that no hint reached is made, old ones go."""
    old = Q(expires_at__lte=now) | Q(state=State.FAILED, asked_at__lte=now - KEPT)
    VentureExport.objects.filter(old).delete()
    clear_files()
    pks = due(now).order_by("asked_at").values_list("pk", flat=True)[:1]
    return sum(make_export(pk, read_clock) for pk in pks)


def clear_files() -> None:
    """Those of rows that are gone, as after a venture was removed."""
    files = folder().glob("*")
    found = {path: path.name.lstrip(".").partition(".")[0] for path in files}
    if not found:
        return
    kept = {str(pk) for pk in VentureExport.objects.values_list("pk", flat=True)}
    for path, pk in found.items():
        if pk not in kept:
            path.unlink(missing_ok=True)


def forget_exports(people: Iterable[Any], found: Any, *, now: datetime) -> None:
    """Somebody is erased: what was exported names them still."""
    ventures = {person.workspace_id for person in people}
    rows = VentureExport.objects.filter(workspace__in=ventures)
    pks = list(rows.values_list("pk", flat=True))
    rows.delete()
    transaction.on_commit(lambda: [path_of(pk).unlink(missing_ok=True) for pk in pks])
