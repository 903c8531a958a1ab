import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets import SpreadsheetRefused, read_table, write_csv

DANGER = "=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}" + (
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)


def cells_of(table):
    return [table.header.cells, *(row.cells for row in table.rows)]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("week\tvalue\nW44\t2,5", "tab"),
        ("week,value\nW44,2.5", "comma"),
        ("week;value\nW44;2,5", "semicolon"),
        ("week|value\nW44|2,5", "vertical bar"),
        ('"week, or day";value\nW44;2,5', "semicolon"),
        ("week\nW44", "comma"),
    ],
)
def test_delimiters(text, delimiter):
    assert read_table(text).delimiter == delimiter


def test_pasted_cells_keep_newlines_in_quotes_and_lines_are_counted():
    table = read_table('week\tnote\n\nW44\t"two\nlines"\nW45\tx\n')

    assert [row.line for row in table.rows] == [3, 5]
    assert cells_of(table) == [("week", "note"), ("W44", "two\nlines"), ("W45", "x")]


def test_rows_are_as_wide_as_the_header():
    table = read_table("a,b,,\n1\n1,2,,,\n")

    assert cells_of(table) == [("a", "b"), ("1", ""), ("1", "2")]


def test_rows_without_a_header_may_be_wider_than_the_first():
    table = read_table("W44\t1\nW45\t1\t2\n", columns=4)

    assert cells_of(table) == [("W44", "1", "", ""), ("W45", "1", "2", "")]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings(encoding, shown):
    text = "période;valeur\nété;2 €\n"

    table = read_table(text.encode(encoding))

    assert cells_of(table) == [("période", "valeur"), ("été", "2 €")]
    assert table.encoding == shown


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["week;value\nW44;2,5", "période;valeur\nété;2,5ÿ"])
def test_utf_16_without_a_mark(encoding, text):
    assert read_table(text.encode(encoding)).encoding == "UTF-16"


def test_another_old_encoding_is_guessed():
    text = "Число;Тип\nдва;день\nпять;год"  # noqa: RUF001 a Russian file

    table = read_table(text.encode("cp1251"))

    assert table.header.cells == ("Число", "Тип")
    assert table.encoding == "Windows-1251"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(newline):
    table = read_table(newline.join(["a,b", "1,2", "3,4"]).encode())

    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("1", "2")),
        (3, ("3", "4")),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "There is nothing in it"),
        (b"\n\n , \n", "There is nothing in it"),
        (b"a,b\n1,\x002", "“f.csv” is not a text file"),
        (b"a,b\n1,2,5", "Line 2 has more than 2 cells, unlike the first"),
        (b'a,b\n1,"2\n3,4', "Line 2 opens a quotation mark that is never closed"),
        (b'a,b\n1,"2"3', "Line 2 has a quotation mark in the wrong place"),
        (b"a,b\n1," + b"x" * 20_000, "Line 2, column 2 has 20,000 characters"),
        (b"a,b\n1," + b"x" * 1_000_000, "Line 2 has a cell of more than 10,000"),
        (b"," * 20_000, "Line 1 has 20,001 columns; at most 200"),
        (b"a,b\n" * 10_002, "There are more than 10,000 rows"),
        (b"a" * (10 * 1024 * 1024 + 1), "The file is larger than 10 MB"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old or protected Excel file"),
        (b"PK\x03\x04mimetype", "This archive is not an Excel workbook"),
        (b"\xff\xfea", "The file says it is UTF-16, but it is damaged"),
        (bytes(range(128, 256)) * 4, "The file's characters cannot be read"),
    ],
)
def test_refusals_say_where_and_what(data, message):
    with pytest.raises(SpreadsheetRefused) as refused:
        read_table(data, "f.csv")

    assert message in str(refused.value)


def test_the_largest_table_is_read():
    assert len(read_table("a\n" + "1\n" * 10_000).rows) == 10_000


def test_a_paste_with_null_characters_is_refused():
    with pytest.raises(SpreadsheetRefused, match="This is not a text file"):
        read_table("a\0b")


def test_formulas_in_a_file_are_text():
    assert read_table("value\n=cmd()").rows[0].cells == ("=cmd()",)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        (' "=1+1', "' \"=1+1"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}@x", "'\N{ZERO WIDTH NO-BREAK SPACE}@x"),
        ("-5", "'-5"),
        (-5, "-5"),
        (Decimal("-5.50"), "-5.5"),
        (-0.25, "-0.25"),
        (date(2026, 11, 2), "2026-11-02"),
        (None, ""),
        ("plain - text", "plain - text"),
    ],
)
def test_cells_written(cell, written):
    text = write_csv(["name"], [[cell]])

    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) in (
        [["name"], [written]],
        [["name"], []],
    )


def test_a_file_begins_with_the_mark_and_guards_its_header():
    assert write_csv(["=a", "b"], []) == "\ufeff'=a,b\r\n"


anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
dangerous = st.builds(
    "{}{}{}".format,
    st.text("\"' \N{NO-BREAK SPACE}\ufeff", max_size=3),
    st.sampled_from(DANGER),
    anything,
)


@given(st.lists(st.tuples(anything | dangerous, st.integers()), min_size=1))
def test_what_is_written_is_read_back_without_formulas(rows):
    text = write_csv(["text", "number"], rows)

    parsed = list(csv.reader(io.StringIO(text[1:], newline="")))[1:]
    assert [int(number) for _, number in parsed] == [number for _, number in rows]
    for (cell, _), (given_cell, _) in zip(parsed, rows, strict=True):
        bare = cell.lstrip("\"' \N{NO-BREAK SPACE}\ufeff")
        assert cell in (given_cell, f"'{given_cell}")
        assert cell.startswith("'") or not bare.startswith(tuple(DANGER))
