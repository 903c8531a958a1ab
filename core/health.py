"""Is everything well? One answer for `doctor`, `/readyz` and the banner on the pages.

A part that runs leaves a `Heartbeat` row: "beat", "worker", "broker" (written by beat
when the broker took its message) and "backup" (to be written when a backup was verified).
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import broker
from core.deliveries.attempts import failing_channels
from core.heartbeats import is_fresh
from core.mail_health import ask_server
from core.models import Delivery, Heartbeat, Installation
from core.nudge import Line, nudge

SILENT_AFTER = timedelta(minutes=5)
TICK_MISSED_AFTER = timedelta(minutes=3)
BACKUP_TOO_OLD = timedelta(hours=26)
FAILED_SHOWN_FOR = timedelta(days=7)
DISK_FAILS_BELOW, DISK_WARNS_BELOW = 5.0, 10.0
# The failures that keep the product from working: /readyz knows no others.
VITAL = frozenset({"database", "migrations", "broker", "worker", "beat", "disk"})


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Check:
    name: str
    state: State
    detail: str


@dataclass(frozen=True)
class Health:
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Nothing failed. A warning is no failure."""
        return not any(check.state == State.FAILURE for check in self.checks)

    @property
    def is_ready(self) -> bool:
        return not any(
            check.state == State.FAILURE and check.name in VITAL
            for check in self.checks
        )


def check(
    now: datetime,
    *,
    started: datetime | None = None,
    only: str | None = None,
    calls_out: bool = False,
) -> Health:
    """Runs the checks, or the one called `only`. `calls_out` asks the mail server, too:
    for somebody who waits, never for a page or a probe.

    `started` is when the asking process began, if it is one of the installation's own:
    parts that start beside it get five minutes before their silence is a failure.
    """
    wanted = [*CHECKS, "mail"] if calls_out else [*CHECKS]
    checks = tuple(
        answer(name, now, started) for name in wanted if only is None or name == only
    )
    return Health(checks)


def answer(name: str, now: datetime, started: datetime | None) -> Check:
    try:
        asked = mail if name == "mail" else CHECKS[name]
        return asked(name, now, started)
    except DatabaseError as error:
        return Check(name, State.FAILURE, _("the database refuses: %s") % error)


# --- the checks --------------------------------------------------------------------
def database(name: str, now: datetime, started: datetime | None) -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Check(name, State.OK, connection.vendor)


def migrations(name: str, now: datetime, started: datetime | None) -> Check:
    pending = pending_migrations()
    if pending:
        shown = ", ".join(pending[:5])
        return Check(name, State.FAILURE, _("not applied: %s") % shown)
    return Check(name, State.OK, _("all applied"))


def pending_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


def broker_answers(name: str, now: datetime, started: datetime | None) -> Check:
    line = Line()
    try:
        if line.answers():
            return Check(name, State.OK, _("answers"))
    finally:
        line.close()
    if is_without_broker():
        return Check(name, State.WARNING, _("none: the scheduler does all the work"))
    at = Heartbeat.objects.filter(name="broker").values_list("at", flat=True).first()
    return silence(name, at, now, started)


def is_without_broker() -> bool:
    """No broker was named, and there is no server for an embedded one."""
    return not settings.REDIS_URL and broker.find_server() is None


def worker(name: str, now: datetime, started: datetime | None) -> Check:
    found = heartbeat(name, now, started)
    if found.state == State.FAILURE and is_without_broker():
        return Check(name, State.WARNING, _("not needed without a broker"))
    return found


def heartbeat(name: str, now: datetime, started: datetime | None) -> Check:
    at = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    if is_fresh(at, now, SILENT_AFTER):
        seconds = int(abs((now - at).total_seconds()))
        return Check(name, State.OK, _("seen %s s ago") % seconds)
    return silence(name, at, now, started)


def silence(
    name: str, at: datetime | None, now: datetime, started: datetime | None
) -> Check:
    last = at.isoformat(timespec="seconds") if at else _("never")
    if is_fresh(at, now, SILENT_AFTER) or is_fresh(started, now, SILENT_AFTER):
        return Check(name, State.WARNING, _("silent, last seen: %s") % last)
    return Check(name, State.FAILURE, _("silent, last seen: %s") % last)


def disk(name: str, now: datetime, started: datetime | None) -> Check:
    try:
        usage = shutil.disk_usage(settings.DATA_DIR)
    except OSError as error:
        return Check(name, State.FAILURE, str(error))
    free = 100 * usage.free / usage.total
    state = State.OK
    if free < DISK_WARNS_BELOW:
        state = State.FAILURE if free < DISK_FAILS_BELOW else State.WARNING
    return Check(name, state, _("%.0f %% free") % free)


def backups(name: str, now: datetime, started: datetime | None) -> Check:
    at = Heartbeat.objects.filter(name="backup").values_list("at", flat=True).first()
    if at is None:
        return Check(name, State.WARNING, _("none yet"))
    state = State.OK if now - at <= BACKUP_TOO_OLD else State.FAILURE
    detail = _("newest verified: %s") % at.isoformat(timespec="minutes")
    return Check(name, state, detail)


def outbound(name: str, now: datetime, started: datetime | None) -> Check:
    row = Installation.objects.first()
    if row and row.outbound_hold:
        reason = row.get_outbound_hold_display()
        return Check(name, State.WARNING, _("mails are held back: %s") % reason)
    if row and row.mail_paused_until and row.mail_paused_until > now:
        detail = _("paused by the mail server: %s") % row.mail_pause_reason
        return Check(name, State.WARNING, detail)
    return Check(name, State.OK, _("mails may leave"))


def deliveries(name: str, now: datetime, started: datetime | None) -> Check:
    failed = failed_deliveries(now).count()
    if failed:
        detail = _("%s mails failed for good in 7 days") % failed
        return Check(name, State.FAILURE, detail)
    return Check(name, State.OK, _("none failed"))


def channels(name: str, now: datetime, started: datetime | None) -> Check:
    """A warning: who receives there is not ours to mend."""
    failing = failing_channels(now)
    if not failing:
        return Check(name, State.OK, _("none failing"))
    said = [
        f"{row.name} ({row.workspace.slug}, {row.host}): {row.trouble}"
        for row in failing[:5]
    ]
    words = _("%(count)s failing: %(which)s")
    shown = {"count": len(failing), "which": "; ".join(said)}
    return Check(name, State.WARNING, words % shown)


def mail(name: str, now: datetime, started: datetime | None) -> Check:
    asked = ask_server()
    state = State.WARNING if asked.is_warning else State.OK
    return Check(name, State.FAILURE if asked.has_failed else state, asked.words)


def failed_deliveries(now: datetime):
    given_up = [Delivery.State.FAILED, Delivery.State.UNKNOWN]
    since = now - FAILED_SHOWN_FOR
    mails = Delivery.objects.filter(channel=None, planned_at__gte=since)
    return mails.filter(state__in=given_up)


CHECKS: dict[str, Callable[[str, datetime, datetime | None], Check]] = {
    "database": database,
    "migrations": migrations,
    "broker": broker_answers,
    "worker": worker,
    "beat": heartbeat,
    "disk": disk,
    "backups": backups,
    "outbound": outbound,
    "deliveries": deliveries,
    "channels": channels,
}


# --- the banner --------------------------------------------------------------------
def banner(now: datetime, *, started: datetime) -> str | None:
    """What owners and founders must know, in one query; None when all is well.

    With beat silent it also asks the worker for the tick: a page that somebody looks at
    may stand in for the scheduler. Eager tasks need neither beat nor worker.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return None
    rows = Heartbeat.objects.annotate(has_failed=Exists(failed_deliveries(now)))
    seen = {row.name: row for row in rows}
    at = {name: row.at for name, row in seen.items()}
    is_settled = not is_fresh(started, now, SILENT_AFTER)
    if is_settled and not is_fresh(at.get("beat"), now, TICK_MISSED_AFTER):
        nudge("core.tasks.tick")
    for name, sentence in SILENCE.items():
        if is_settled and not is_fresh(at.get(name), now, SILENT_AFTER):
            if name == "worker" and is_without_broker():
                continue
            return _(sentence)
    if "backup" in at and now - at["backup"] > BACKUP_TOO_OLD:
        return _("The newest verified backup is more than 26 hours old.")
    if any(row.has_failed for row in seen.values()):
        return _("Some mails could not be delivered and are given up.")
    return None


SILENCE = {
    "beat": gettext_noop(
        "The scheduler has been silent for more than 5 minutes: forecasts are judged "
        "late and no mail leaves. Whoever runs this server finds the cause with "
        "manage.py doctor."
    ),
    "worker": gettext_noop(
        "The background worker has been silent for more than 5 minutes: forecasts are "
        "judged only once a minute and mails may be late. Whoever runs this server "
        "finds the cause with manage.py doctor."
    ),
}
