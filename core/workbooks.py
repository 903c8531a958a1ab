"""Excel workbooks, opened only after a look at the archive they are in.

A workbook is a zip of XML parts, so it can unpack to gigabytes, or hold entities that
do. Sizes are read from the directory first (Python's zipfile never unpacks more than
the directory promises), then every part is searched for document type declarations.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from core.numbers import editable
from core.tables import Row, SpreadsheetRefused, Table, checked_rows, table_of

MAX_UNPACKED: Final = 50 * 1024 * 1024
MAX_PARTS: Final = 1000
MAX_RATIO: Final = 100
# Parts openpyxl reads whole into objects, many times their size in memory.
MAX_SIDE_PART: Final = 4 * 1024 * 1024
_SMALL: Final = 64 * 1024
_CHUNK: Final = 64 * 1024
_BAD_XML: Final = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP: Final = 2 * max(len(word) for word in _BAD_XML)
_ARCHIVES: Final = (".zip", ".xlsx", ".xlsm", ".gz", ".7z", ".rar", ".docx")
_DAMAGED: Final = "The workbook is damaged. Open it, save it again, or save it as CSV."
# openpyxl has no error of its own for damaged parts: it stumbles in all these ways.
_STUMBLES: Final = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError),
    *(struct.error, NotImplementedError, RuntimeError, OSError, AssertionError),
)


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK") and b"xl/workbook" in data


def read_workbook(data: bytes) -> Table:
    """The rows of the first sheet: values, never formulas. Raises SpreadsheetRefused."""
    try:
        _check_archive(data)
        rows = list(checked_rows(_rows(data)))
    except _STUMBLES as error:
        raise SpreadsheetRefused(_DAMAGED) from error
    return table_of(rows, encoding="", delimiter="")


def _check_archive(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise SpreadsheetRefused("The workbook has too many parts to be a table.")
        for part in parts:
            _check_part(part)
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise SpreadsheetRefused("The workbook unpacks to more than 50 MB.")
        for part in parts:
            _check_xml(archive, part)


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    places = name.replace("\\", "/").split("/")
    if ".." in places or name.startswith(("/", "\\")) or name.endswith(_ARCHIVES):
        raise SpreadsheetRefused(
            "The workbook holds other files. Copy the table into a new workbook."
        )
    is_packed_hard = part.file_size > MAX_RATIO * max(part.compress_size, 1)
    if part.file_size > _SMALL and is_packed_hard:
        raise SpreadsheetRefused("The workbook is packed too hard to be a table.")
    is_sheet = name.startswith("xl/worksheets/")
    is_xml = name.endswith((".xml", ".rels"))
    if is_xml and not is_sheet and part.file_size > MAX_SIDE_PART:
        raise SpreadsheetRefused(
            "The workbook holds too many texts or styles. Save the sheet as CSV."
        )


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document types, so no entities; also not in UTF-16."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            tail = window[-_OVERLAP:]
            if any(word in window or word in _narrow(window) for word in _BAD_XML):
                raise SpreadsheetRefused("The workbook holds XML that is not read.")


def _narrow(window: bytes) -> bytes:
    return window.replace(b"\0", b"") if b"\0" in window else window


def _rows(data: bytes) -> Iterator[Row]:
    """Values beside formulas, so that a formula without a value is not taken for
    an empty cell.
    """
    with io.BytesIO(data) as values, io.BytesIO(data) as formulas:
        pairs = zip(_cells(values, values_only=True), _cells(formulas), strict=False)
        for line, (shown, written) in enumerate(pairs, start=1):
            yield Row(line, tuple(_texts(shown, written, line)))


def _cells(
    stream: io.BytesIO, *, values_only: bool = False
) -> Iterable[tuple[Any, ...]]:
    book = load_workbook(stream, read_only=True, data_only=values_only)
    sheet = book.worksheets[0]
    # The file's own word on its size may be anything.
    sheet.reset_dimensions()
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _texts(
    shown: tuple[Any, ...], written: tuple[Any, ...], line: int
) -> Iterator[str]:
    for place, (value, formula) in enumerate(zip(shown, written, strict=False), 1):
        if value is None and formula is not None:
            cell = f"{get_column_letter(place)}{line}"
            raise SpreadsheetRefused(
                f"Cell {cell} holds a formula whose result is not stored in the file. "
                "Paste its value instead, or open the workbook and save it."
            )
        yield _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        # Excel keeps fifteen digits; the rest is noise of the binary fraction.
        return editable(Decimal(f"{value:.15g}"))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()
