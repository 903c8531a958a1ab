"""What the operations about the eleven questions share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Status

from milestones.eleven import ELEVEN
from milestones.scope import Scope, scope_of


def scope_numbered(
    request: HttpRequest,
    segment: UUID | None,
    number: int,
    version: int | None = None,
) -> Scope:
    """404 for a number that is none of the eleven, for a foreign segment, and for a
    version of the model there is not."""
    if not 1 <= number <= len(ELEVEN):
        raise Http404
    return scope_of(request.workspace, segment, version)


def uuid_in(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def outdated(rows: list[Any]) -> Status:
    """409: the rows that came in between, for who wants to follow one of them; none
    where a new version of the model asks anew."""
    ids = ", ".join(str(row.pk) for row in rows if row is not None)
    words = f"Somebody saved in between: {ids}. Read it again and decide."
    if not ids:
        words = "Nothing is written under this version of the model: follow no row."
    return Status(409, {"detail": words, "rev": None})
