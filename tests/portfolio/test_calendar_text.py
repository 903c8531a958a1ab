"""The file that calendars read: whatever stands in a title, it is one valid event."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from portfolio.calendar.ics import Entry, calendar, folded

NOW = datetime(2026, 11, 2, 13, 30, tzinfo=UTC)
TEXTS = st.text(max_size=300)
ENTRIES = st.builds(
    Entry,
    uid=st.uuids().map(str),
    day=st.dates(min_value=date(1900, 1, 1), max_value=date(9000, 1, 1)),
    title=TEXTS,
    detail=TEXTS,
    url=st.just("https://fieldproof.example/w/acme/"),
)


def unfolded(text):
    """As RFC 5545 3.1 reads it."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def read(value):
    """As RFC 5545 3.3.11 reads a text."""
    plain, chars = "", iter(value)
    for char in chars:
        if char == "\\":
            char = {"n": "\n", "N": "\n"}.get(follower := next(chars), follower)
        else:
            assert char not in ";,"
        plain += char
    return plain


def kept(text):
    """What may stand in a text at all."""
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))


def test_one_entry_in_full():
    entry = Entry(
        uid="alert-1@acme",
        day=date(2026, 11, 30),
        title="Decide: Orders, returns; and \\ more",
        detail="One\nTwo",
        url="https://fieldproof.example/w/acme/alerts/1/",
    )

    assert calendar("Acme", [entry], now=NOW) == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Fieldproof//Dates of a venture//EN",
            "CALSCALE:GREGORIAN",
            "NAME:Acme",
            "X-WR-CALNAME:Acme",
            "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
            "X-PUBLISHED-TTL:PT4H",
            "BEGIN:VEVENT",
            "UID:alert-1@acme",
            "DTSTAMP:20261102T133000Z",
            "DTSTART;VALUE=DATE:20261130",
            "DTEND;VALUE=DATE:20261201",
            "SUMMARY:Decide: Orders\\, returns\\; and \\\\ more",
            "DESCRIPTION:One\\nTwo",
            "URL:https://fieldproof.example/w/acme/alerts/1/",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
def test_lines_are_folded_by_octets_and_within_no_character(line):
    parts = folded(line).split("\r\n")

    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


@given(st.lists(ENTRIES, max_size=3), TEXTS.filter(lambda text: "\ud800" not in text))
def test_whatever_is_written_it_is_read_again(entries, name):
    text = calendar(name, entries, now=NOW)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = unfolded(text)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(entries)
    for key, field in (("SUMMARY:", "title"), ("UID:", "uid")):
        found = [read(line.removeprefix(key)) for line in lines if line.startswith(key)]
        assert found == [kept(getattr(entry, field)) for entry in entries]
    days = [line.partition(":")[2] for line in lines if line.startswith("DTSTART;")]
    assert days == [f"{entry.day:%Y%m%d}" for entry in entries]


def test_what_no_file_can_carry_is_left_out():
    entry = Entry("1", date(2026, 11, 2), "a\ud800b\x00c\x7fd")

    assert "SUMMARY:abcd\r\n" in calendar("Acme", [entry], now=NOW)


def test_no_reader_finds_a_line_end_within_a_title():
    title = "a\x85SUMMARY:b\u2028SUMMARY:c\u2029d\r\ne\rf"
    text = calendar("Acme", [Entry("1", date(2026, 11, 2), title)], now=NOW)

    assert "SUMMARY:a\\nSUMMARY:b\\nSUMMARY:c\\nd\\ne\\nf" in text.splitlines()
