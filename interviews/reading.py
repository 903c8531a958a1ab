"""PURE. Notes as they are read: paragraphs, verbatim lines, and the quotes in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

VERBATIM: Final = "> "
# Only hostile notes have more lines; the rest of them is shown as one.
MOST_LINES: Final = 2_000
_BLANK_LINES: Final = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of the notes that one quote takes up."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters. `begins`: keys of the quotes whose first words these are."""

    text: str
    is_quoted: bool
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    is_verbatim: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` counts from 1, `start` in characters; `words` is its plain text."""

    number: int
    start: int
    lines: tuple[Line, ...]
    words: str


def paragraphs(notes: str, spans: Sequence[Span] = ()) -> tuple[Paragraph, ...]:
    """Blank lines part paragraphs. Quotes may overlap and may cross paragraphs."""
    found: list[Paragraph] = []
    left = MOST_LINES
    for start, block_end in _blocks(notes):
        end = block_end if left > 1 else len(notes)
        lines = tuple(_lines(notes, start, end, spans, max(1, left)))
        left -= len(lines)
        words = " ".join(
            "".join(piece.text for piece in line.pieces).strip() for line in lines
        )
        found.append(Paragraph(len(found) + 1, start, lines, words))
        if left <= 0:
            break
    return tuple(found)


def _blocks(notes: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in [*_BLANK_LINES.finditer(notes), None]:
        end = gap.start() if gap else len(notes)
        if notes[start:end].strip():
            yield start, end
        start = gap.end() if gap else end


def _lines(
    notes: str, start: int, end: int, spans: Sequence[Span], most: int
) -> Iterator[Line]:
    at = start
    for raw in notes[start:end].split("\n", most - 1):
        is_verbatim = raw.startswith(VERBATIM)
        first = at + (len(VERBATIM) if is_verbatim else 0)
        last = at + len(raw)
        yield Line(is_verbatim, tuple(_pieces(notes, first, last, spans)))
        at = last + 1


def _pieces(notes: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Piece]:
    """Cut wherever a quote begins or ends, so that no piece is half quoted."""
    here = [span for span in spans if span.start < end and span.end > start]
    cuts = {start, end}
    for span in here:
        cuts |= {max(start, span.start), min(end, span.end)}
    edges = sorted(cuts)
    for first, last in pairwise(edges):
        over = [span for span in here if span.start <= first and span.end >= last]
        begins = tuple(span.key for span in over if span.start == first)
        yield Piece(notes[first:last], bool(over), begins)
