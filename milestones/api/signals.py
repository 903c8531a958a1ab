"""What the numbers by themselves say about a question, over the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Schema

from core import clock
from core.api import PolicyRouter, token_may
from core.models import Permission
from milestones.api.lookups import scope_numbered
from milestones.reports.signals import signal_page
from milestones.signals import Signal

router = PolicyRouter(tags=["questions and evidence"])


class SignalOut(Schema):
    """`verdict`: supports, contradicts or cannot say. `lacks`: which input is missing,
    empty when none is. `is_instrument`: the question's own measure, read for level 4.
    `rows`: its table, each row as long as `header`."""

    key: str
    title: str
    verdict: str
    sentence: str
    lacks: str
    is_instrument: bool
    header: list[str]
    rows: list[list[str]]


class SignalsOut(Schema):
    """`sentence` counts how many of them say what."""

    sentence: str
    signals: list[SignalOut]


@router.get(
    "/questions/{int:number}/signals",
    response=SignalsOut,
    auth=token_may(Permission.VIEW),
)
def signal_list(
    request, number: int, segment: UUID | None = None, version: int | None = None
):
    """Of an earlier version of the business model, as they stood when it ended."""
    scope = scope_numbered(request, segment, number, version)
    page = signal_page(scope, number, now=scope.ended_at or clock.now())
    return {
        "sentence": page.sentence,
        "signals": [told(signal) for signal in page.signals],
    }


def told(signal: Signal) -> dict[str, Any]:
    names = ("key", "title", "sentence", "lacks", "is_instrument")
    return {name: getattr(signal, name) for name in names} | {
        "verdict": signal.verdict.value,
        "header": list(signal.header),
        "rows": [list(row) for row in signal.rows],
    }
