"""What of a venture counts together, and the class of each commitment with it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from decisions.counted_together import SIGNED_WITHIN, Piece, Pool
from decisions.gate_limits import USUAL, GateLimits
from decisions.gates import Rating, rate
from decisions.models import Commitment
from decisions.models.commitments import OPEN, Status

COUNTED = (
    *("workspace", "title", "counterparty", "status", "currency", "amount_minor"),
    *("value_minor", "starts_on", "ends_on", "cancel_minor", "notice_days"),
    *("reversible_share", "kind", "tranches"),
    *("hires", "hire_kind", "hiring"),
)


def gate_limits_of(workspace) -> GateLimits:
    """One query, or none where it came along with the workspace."""
    row = getattr(workspace, "gate_settings", None)
    return row.limits if row else USUAL


def piece_of(commitment) -> Piece:
    return Piece(
        key=commitment.pk,
        vendor=commitment.counterparty,
        title=commitment.title,
        terms=commitment.what_it_asks,
    )


def counting(workspace, now: datetime):
    """Proposed, or signed within the last 30 days, whatever became of it since. Ideas
    ask for nothing yet; of what is staged the smaller step counts."""
    return counting_in([workspace], now)


def counting_in(workspaces, now: datetime):
    """The same of several ventures."""
    rows = Commitment.objects.filter(which_count(now), workspace__in=workspaces)
    return rows.only(*COUNTED).order_by("-created_at", "pk")


def which_count(now: datetime) -> Q:
    is_proposed = Q(status__in=OPEN - {Status.IDEA})
    return is_proposed | Q(signed_at__gt=now - SIGNED_WITHIN)


def does_count(row: Commitment, now: datetime) -> bool:
    """The same of a row that is read already."""
    is_fresh = row.signed_at is not None and row.signed_at > now - SIGNED_WITHIN
    return row.status in OPEN - {Status.IDEA} or is_fresh


def counting_rows(workspace, now: datetime) -> dict[UUID, Commitment]:
    """By id, in one query."""
    rows = {}
    for row in counting(workspace, now):
        row.workspace = workspace
        rows[row.pk] = row
    return rows


def pool_of_rows(rows: dict[UUID, Commitment]) -> Pool:
    return Pool(map(piece_of, rows.values()))


def pool_of(workspace, now: datetime) -> Pool:
    return pool_of_rows(counting_rows(workspace, now))


def pools_of(workspaces, now: datetime) -> dict[UUID, Pool]:
    """Of each venture, in one query."""
    known = {one.pk: one for one in workspaces}
    pieces: dict[UUID, list[Piece]] = {key: [] for key in known}
    for row in counting_in(known.values(), now):
        row.workspace = known[row.workspace_id]
        pieces[row.workspace_id].append(piece_of(row))
    return {key: Pool(found) for key, found in pieces.items()}


def rating_of(commitment, pool: Pool, limits: GateLimits | None = None) -> Rating:
    workspace = commitment.workspace
    piece = piece_of(commitment)
    return rate(
        piece.terms,
        workspace.cash_in_hand_minor,
        limits=limits or gate_limits_of(workspace),
        beside=pool.beside(piece),
    )
