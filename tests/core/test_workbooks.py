import io
import random
import zipfile
from datetime import date, datetime, time, timedelta
from hashlib import sha512

import pytest
from openpyxl import Workbook

from core.spreadsheets import SpreadsheetRefused, read_table

SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>'


def make_workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repack(data, name, change, method=zipfile.ZIP_STORED):
    """The same archive with one part changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        content = change(old.read(name) if name in old.namelist() else b"")
        new.writestr(name, content, method)
    return out.getvalue()


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in parts:
            new.writestr(name, "")
    return out.getvalue()


BOOK = make_workbook(["week", "value"], ["W44", 2])


def test_cells_come_as_text_that_has_one_reading():
    data = make_workbook(
        ["cell", "note"],
        [date(2026, 11, 2), None],
        [datetime.fromisoformat("2026-11-02T08:30"), "x"],
        [time(8, 30), "x"],
        [None, "x"],
        [1234, "x"],
        [1.234, "x"],
        [0.1 + 0.2, "x"],
        [-1e-7, "x"],
        [1e20, "x"],
        [True, "x"],
        [timedelta(hours=2), " padded "],
    )

    assert [row.cells for row in read_table(data).rows] == [
        ("2026-11-02", ""),
        ("2026-11-02T08:30:00", "x"),
        ("08:30:00", "x"),
        ("", "x"),
        ("1234", "x"),
        ("1.2340", "x"),
        ("0.3", "x"),
        ("-0.0000001", "x"),
        ("100000000000000000000", "x"),
        ("TRUE", "x"),
        ("2:00:00", "padded"),
    ]


def test_rows_keep_their_place_in_the_sheet():
    table = read_table(make_workbook([], ["a"], [], ["x"]))

    assert (table.header.line, [row.line for row in table.rows]) == (2, [4])
    assert (table.encoding, table.delimiter) == ("", "")


def test_a_formula_without_a_stored_value_is_named():
    with pytest.raises(SpreadsheetRefused, match="Cell B2 holds a formula"):
        read_table(make_workbook(["a", "b"], ["x", "=1+1"]))


def test_a_formula_with_a_stored_value_is_that_value():
    cell = b'<c r="B2"><f>1+1</f><v>2</v></c>'
    data = repack(
        BOOK, SHEET, lambda xml: xml.replace(b'<c r="B2" t="n"><v>2</v></c>', cell)
    )

    assert cell in zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    assert read_table(data).rows[0].cells == ("W44", "2")


def add(content):
    return lambda _: content


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (repack(BOOK, SHEET, lambda xml: BOMB + xml), "XML that is not read"),
        (
            repack(BOOK, SHEET, lambda xml: (BOMB + xml).decode().encode("utf-16")),
            "XML that is not read",
        ),
        (
            repack(BOOK, "xl/theme/theme1.xml", lambda xml: b" " * 65_530 + BOMB),
            "XML that is not read",
        ),
        (
            repack(BOOK, SHEET, lambda x: x + b" " * 9**8, zipfile.ZIP_DEFLATED),
            "packed too hard",
        ),
        (
            repack(BOOK, "xl/sharedStrings.xml", add(b"x" * 5_000_000)),
            "too many texts or styles",
        ),
        (repack(BOOK, "../evil", add(b"x")), "holds other files"),
        (repack(BOOK, "/etc/evil", add(b"x")), "holds other files"),
        (repack(BOOK, "a\\..\\evil", add(b"x")), "holds other files"),
        (repack(BOOK, "xl/embeddings/a.xlsx", add(BOOK)), "holds other files"),
        (archive(f"xl/workbook{n}" for n in range(1001)), "too many parts"),
        (BOOK[:-30], "damaged"),
        (repack(BOOK, SHEET, add(b"<no")), "damaged"),
        (make_workbook(["a"] * 201), "201 columns; at most 200"),
        (make_workbook(["a", "x" * 10_001]), "Line 1, column 2 has 10,001"),
        (make_workbook(["a"], *([1] for _ in range(10_001))), "more than 10,000 rows"),
    ],
)
def test_refusals(data, message):
    with pytest.raises(SpreadsheetRefused, match=message):
        read_table(data)


def test_more_than_fifty_megabytes_unpacked_are_refused():
    blocks = (sha512(bytes([n % 256, n >> 8])).digest() for n in range(53 * 1024))
    media = b"".join(block + b" " * 960 for block in blocks)
    data = repack(BOOK, "xl/media/a.bin", add(media), zipfile.ZIP_DEFLATED)

    with pytest.raises(SpreadsheetRefused, match="more than 50 MB"):
        read_table(data)


def test_the_size_a_sheet_claims_is_not_believed():
    data = repack(BOOK, SHEET, lambda xml: xml.replace(b"A1:B2", b"A1:XFD1048576"))

    assert read_table(data).rows[0].cells == ("W44", "2")


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_damaged_workbooks_are_refused_or_read():
    chance = random.Random(7)  # noqa: S311 damage that is the same in every run
    outcomes = set()
    for _ in range(150):
        damaged = bytearray(BOOK)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_table(bytes(damaged))
            outcomes.add("read")
        except SpreadsheetRefused:
            outcomes.add("refused")

    assert outcomes == {"read", "refused"}
