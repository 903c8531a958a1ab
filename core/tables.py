"""A table somebody brought in: its rows, and the limits every kind of file obeys."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 10_000


# Named for what happened to the file: it is an answer, not a fault.
class SpreadsheetRefused(Exception):  # noqa: N818
    """The message is for the person who brought the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is the line of the text, or the row of the sheet, counted from 1."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as wide as the header. `encoding` and `delimiter` are words for people,
    empty where there was nothing to guess.
    """

    header: Row
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str


def checked_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, up to the first that breaks a limit; it stops reading right there."""
    for count, row in enumerate(rows):
        if count > MAX_ROWS:
            raise SpreadsheetRefused(
                f"There are more than {MAX_ROWS:,} rows. Split the file in parts."
            )
        if len(row.cells) > MAX_COLUMNS:
            raise SpreadsheetRefused(
                f"Line {row.line} has {len(row.cells):,} columns; "
                f"at most {MAX_COLUMNS} are read."
            )
        for place, cell in enumerate(row.cells, start=1):
            if len(cell) > MAX_CELL:
                raise SpreadsheetRefused(
                    f"Line {row.line}, column {place} has {len(cell):,} characters; "
                    f"at most {MAX_CELL:,} are read."
                )
        yield row


def table_of(
    rows: Iterable[Row], *, encoding: str, delimiter: str, columns: int = 0
) -> Table:
    """Header and rows without the empty ones, each as wide as the header.

    `columns`: how wide they are at least, for tables that may come without a header.
    """
    filled = (row for row in rows if not row.is_empty)
    header = next(filled, None)
    if header is None:
        raise SpreadsheetRefused("There is nothing in it: no row has any text.")
    named = max(place for place, cell in enumerate(header.cells, start=1) if cell)
    width = max(named, columns)
    header = _fitted(header, width)
    fitted = tuple(_fitted(row, width) for row in filled)
    return Table(header, fitted, encoding, delimiter)


def as_text(table: Table) -> str:
    """The table as tab-separated text that is read back as the same cells."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(table.header.cells)
    writer.writerows(row.cells for row in table.rows)
    return out.getvalue()


def _fitted(row: Row, width: int) -> Row:
    if any(row.cells[width:]):
        raise SpreadsheetRefused(
            f"Line {row.line} has more than {width} cells, unlike the first. A number "
            "such as 2,5 in a file separated by commas needs quotation marks."
        )
    missing = ("",) * (width - len(row.cells))
    return Row(row.line, row.cells[:width] + missing)
