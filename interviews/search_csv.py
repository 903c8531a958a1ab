"""What a search found as a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.spreadsheets import csv_parts
from interviews.exporter import local
from interviews.search.listing import all_found

if TYPE_CHECKING:
    from core.models import Workspace
    from interviews.search.registry import Reader

COLUMNS = ("kind", "words", "at", "id")


def found_parts(
    workspace: Workspace, typed: str, reader: Reader, *, kind: str
) -> Iterator[str]:
    """In parts of whole rows; `at` is ISO, with the offset of the venture's
    zone."""
    rows = (
        (one.name, one.text(row), local(one.at(row), workspace.zone), str(row.pk))
        for one, row in all_found(workspace, typed, reader, kind=kind)
    )
    return csv_parts(COLUMNS, rows)
