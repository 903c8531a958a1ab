from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.reading import MOST_LINES, Line, Piece, Span, paragraphs

NOTES = "One two three.\n\n> Said\nnot said\n\n\nLast."


def test_blank_lines_part_paragraphs():
    found = paragraphs(NOTES)

    assert [(p.number, p.start, p.words) for p in found] == [
        (1, 0, "One two three."),
        (2, 16, "Said not said"),
        (3, 34, "Last."),
    ]


def test_marked_lines_are_verbatim():
    lines = paragraphs(NOTES)[1].lines

    assert lines == (
        Line(is_verbatim=True, pieces=(Piece("Said", is_quoted=False, begins=()),)),
        Line(
            is_verbatim=False, pieces=(Piece("not said", is_quoted=False, begins=()),)
        ),
    )


def test_overlapping_quotes_are_cut_so_that_each_begins_once():
    spans = [Span("a", 0, 7), Span("b", 4, 13), Span("c", 4, 7)]

    pieces = paragraphs("One two three.", spans)[0].lines[0].pieces

    assert [(p.text, p.is_quoted, p.begins) for p in pieces] == [
        ("One ", True, ("a",)),
        ("two", True, ("b", "c")),
        (" three", True, ()),
        (".", False, ()),
    ]


def test_a_quote_across_paragraphs_begins_once():
    found = paragraphs(NOTES, [Span("a", 8, 31)])
    pieces = [piece for p in found for line in p.lines for piece in line.pieces]

    assert [p.text for p in pieces if p.is_quoted] == ["three.", "Said", "not said"]
    assert [p.begins for p in pieces if p.begins] == [("a",)]


def test_no_notes_no_paragraphs():
    assert paragraphs("") == ()
    assert paragraphs(" \n\n \t\n") == ()


def test_hostile_notes_are_shown_in_few_lines():
    for notes in ("a\n\n" * 60_000, "a\n" * 90_000):
        lines = [line for p in paragraphs(notes) for line in p.lines]

        assert len(lines) <= MOST_LINES + 1
        shown = "".join(piece.text for line in lines for piece in line.pieces)
        assert shown.count("a") == notes.count("a")


@given(
    st.text(alphabet="ab \n>", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_no_character_is_lost(notes, ranges):
    spans = [
        Span(str(n), start, min(len(notes), start + length))
        for n, (start, length) in enumerate(ranges)
        if start < len(notes)
    ]

    found = paragraphs(notes, spans)

    shown = "".join(q.text for p in found for ln in p.lines for q in ln.pieces)
    kept = [ln.removeprefix("> ") for ln in notes.split("\n") if ln.strip()]
    assert "".join(shown.split()) == "".join("".join(kept).split())
