"""The commitments of a venture: a list that can be narrowed, and a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from core.money import from_minor
from decisions.counted_together import Pool
from decisions.gate_limits import GateLimits
from decisions.models import Commitment
from decisions.models.commitments import OPEN, Status
from decisions.reports.commitments import STATUS_CHIPS
from decisions.reports.together import gate_limits_of, pool_of, rating_of
from interviews.masked_pages import read_with

# what a reader asks for → the states it holds
STANDING = {
    "open": OPEN,
    "held": {Status.HELD},
    "signed": {Status.SIGNED},
    "closed": {Status.STAGED, Status.ENDED, Status.CANCELLED},
}
OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class ListFilter:
    """Empty leaves everything in. `standing`: one of STANDING, or overridden ever."""

    q: str = ""
    standing: str = ""

    def __bool__(self) -> bool:
        return bool(self.q or self.standing)


@dataclass(frozen=True)
class Listed:
    """`gate_class`: of what is open as it stands, of the rest as it was last checked."""

    row: Commitment
    gate_class: str

    @property
    def chip(self) -> str:
        return STATUS_CHIPS[self.row.status]


def listed(workspace, wanted: ListFilter = ListFilter(), *, names: bool = False):
    """The newest first. `names`: whether the reader may look for them."""
    rows = Commitment.objects.in_workspace(workspace)
    if wanted.q:
        found = Q(title__icontains=wanted.q) | Q(counterparty__icontains=wanted.q)
        if not names:
            heard, words = rows.filter(found), ("title", "counterparty")
            found = Q(pk__in=read_with(wanted.q, workspace, heard, *words))
        rows = rows.filter(found)
    rows = rows.with_marks()
    if wanted.standing == OVERRIDDEN:
        rows = rows.filter(is_marked=True)
    elif wanted.standing in STANDING:
        rows = rows.filter(status__in=STANDING[wanted.standing])
    return rows.select_related("step_of").order_by("-created_at", "pk")


def with_classes(
    workspace, rows: Iterable[Commitment], now: datetime
) -> Iterator[Listed]:
    """Two queries, however many rows."""
    pool, limits = pool_of(workspace, now), gate_limits_of(workspace)
    for row in rows:
        row.workspace = workspace
        yield Listed(row, class_of(row, pool, limits))


def class_of(row: Commitment, pool: Pool, limits: GateLimits) -> str:
    is_settled = row.check_class and not row.is_open
    return row.check_class if is_settled else rating_of(row, pool, limits).gate_class


COLUMNS = (
    *("title", "with_whom", "kind", "status", "class", "gate_overridden"),
    *("currency", "amount", "venture_currency", "value", "starts_on", "ends_on"),
    *("cancel_cost", "notice_days", "reversible_percent", "tranches", "questions"),
    *("metric", "hires", "hire_kind", "last_check", "result", "signed_at"),
)


def cells(one: Listed) -> tuple:
    """Raw numbers and ISO dates."""
    row, own = one.row, one.row.workspace.currency
    return (
        *(row.title, row.counterparty, row.kind, row.status),
        *(one.gate_class, "yes" if row.is_marked else "no"),
        *(row.currency, from_minor(row.amount_minor, row.currency), own),
        "" if row.value_minor is None else from_minor(row.value_minor, own),
        *(row.starts_on, row.ends_on, from_minor(row.cancel_minor, row.currency)),
        *(row.notice_days, row.reversible_share, len(row.tranches)),
        " ".join(str(number) for number in row.questions),
        row.metric.name if row.metric else "",
        *(row.hires, row.hire_kind),
        *(row.checked_at, row.check_result, row.signed_at),
    )
