"""Tables from pasted cells, CSV files and Excel workbooks; CSV files without formulas.

Limits are checked before anything is parsed, and every refusal is a sentence that says
where the trouble is and what to do. Cells come out as text. Excel workbooks are in
`core.workbooks`, for they need guards of their own.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Final

from charset_normalizer import from_bytes

from core.numbers import raw
from core.tables import (
    MAX_BYTES,
    MAX_CELL,
    Row,
    SpreadsheetRefused,
    Table,
    checked_rows,
    table_of,
)
from core.workbooks import is_workbook, read_workbook

__all__ = ["Row", "SpreadsheetRefused", "Table", "csv_parts", "read_table", "write_csv"]

Cell = str | int | float | Decimal | date | None

_BOM: Final = "\ufeff"
_DELIMITERS: Final = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "vertical bar"}
_SAMPLE: Final = 64 * 1024
_ROWS_A_PART: Final = 500
_GUESSES: Final = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254"),
    *("mac_roman", "shift_jis", "gb18030", "big5", "euc_kr"),
]
_SHOWN: Final = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "mac_roman": "Mac Roman",
    "shift_jis": "Shift JIS",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "euc_kr": "EUC-KR",
}
_NOT_TEXT: Final = (
    (b"%PDF", "This is a PDF. Save the table as CSV or as an Excel workbook (.xlsx)."),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old or protected Excel file. Save it as .xlsx or CSV, unprotected.",
    ),
    (b"PK", "This archive is not an Excel workbook. Save the table as .xlsx or CSV."),
)
# What a spreadsheet program takes for a formula, behind quotes, spaces and marks.
_FORMULA: Final = re.compile(
    "[\"'\\s\ufeff\u200b]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
)


def read_table(data: bytes | str, filename: str = "", *, columns: int = 0) -> Table:
    """The rows of pasted text, of a CSV file or of an .xlsx workbook.

    The first row that is not empty is the header; `columns` is how wide rows may be
    where it might not be one. Raises SpreadsheetRefused.
    """
    if len(data) > MAX_BYTES:
        raise SpreadsheetRefused("The file is larger than 10 MB. Split it in parts.")
    if isinstance(data, bytes) and is_workbook(data):
        return read_workbook(data)
    text, encoding = (data, "") if isinstance(data, str) else _decoded(data)
    text = text.removeprefix(_BOM)
    if "\0" in text:
        name = f"“{filename}”" if filename else "This"
        raise SpreadsheetRefused(
            f"{name} is not a text file: it holds null characters."
        )
    delimiter = _delimiter(text)
    rows = checked_rows(_parsed(text, delimiter))
    return table_of(
        rows, encoding=encoding, delimiter=_DELIMITERS[delimiter], columns=columns
    )


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding as it is shown to people."""
    for magic, refusal in _NOT_TEXT:
        if data.startswith(magic):
            raise SpreadsheetRefused(refusal)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16", "UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _guessed(data)
    wide = _utf_16_without_mark(data)
    return _strict(data, wide, "UTF-16") if wide else (text, "UTF-8")


def _utf_16_without_mark(data: bytes) -> str:
    """Which half of each pair of bytes is nearly always zero, if one is."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half and len(data) % 2 == 0:
        if sample[1::2].count(0) > 0.7 * half and not sample[::2].count(0):
            return "utf-16-le"
        if sample[::2].count(0) > 0.7 * half and not sample[1::2].count(0):
            return "utf-16-be"
    return ""


def _strict(data: bytes, encoding: str, shown: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), shown
    except UnicodeDecodeError as error:
        raise SpreadsheetRefused(
            f"The file says it is {shown}, but it is damaged. Save it as UTF-8."
        ) from error


def _guessed(data: bytes) -> tuple[str, str]:
    """Neither UTF-8 nor marked: the likeliest of the old encodings.

    Where several fit equally well, Western European Windows is taken.
    """
    wide = _utf_16_without_mark(data)
    if wide:
        return _strict(data, wide, "UTF-16")
    matches = list(from_bytes(data[:_SAMPLE], cp_isolation=_GUESSES))
    likely = [match for match in matches if match.chaos <= matches[0].chaos]
    western = any("cp1252" in match.could_be_from_charset for match in likely)
    encoding = "cp1252" if western or not matches else matches[0].encoding
    try:
        return data.decode(encoding), _SHOWN[encoding]
    except UnicodeDecodeError as error:
        raise SpreadsheetRefused(
            "The file's characters cannot be read. Save it as CSV in UTF-8."
        ) from error


def _delimiter(text: str) -> str:
    """The separator seen most often, outside quotes, in the first line with words."""
    first = re.search(r"[^\r\n]*\S[^\r\n]*", text[:_SAMPLE])
    line = re.sub(r'"[^"]*"', "", first.group()) if first else ""
    counts = {delimiter: line.count(delimiter) for delimiter in _DELIMITERS}
    if counts["\t"]:
        return "\t"
    best = max((";", ",", "|"), key=lambda delimiter: counts[delimiter])
    return best if counts[best] else ","


def _parsed(text: str, delimiter: str) -> Iterator[Row]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield Row(line, tuple(cell.strip() for cell in cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SpreadsheetRefused(_csv_trouble(str(error), line)) from error


def _csv_trouble(message: str, line: int) -> str:
    if "field larger" in message:
        return f"Line {line} has a cell of more than {MAX_CELL:,} characters, or a quotation mark that is never closed."
    if "end of data" in message:
        return f"Line {line} opens a quotation mark that is never closed."
    return f"Line {line} has a quotation mark in the wrong place."


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A CSV text for files: with byte order mark, raw numbers, ISO dates, no formulas.

    Text that a spreadsheet program would run gets an apostrophe in front; numbers,
    given as numbers, stay numbers, also negative ones.
    """
    return "".join(csv_parts(header, rows))


def csv_parts(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The same in parts of whole rows, for tables that are too long to hold."""
    yield _BOM + _lines([header])
    rows = iter(rows)
    while part := list(islice(rows, _ROWS_A_PART)):
        yield _lines(part)


def _lines(rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _harmless(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return raw(cell)


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
