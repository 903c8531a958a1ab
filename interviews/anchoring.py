"""PURE. Finding exact words in notes, also after the notes were edited.

A quote keeps its words, up to 40 characters on either side, and where it stood. That
is enough to find it again unless the words themselves are gone.
"""

import re
from dataclasses import dataclass
from typing import Final

CONTEXT: Final = 40
# What a reader sees as one space: line ends too, with the mark of verbatim lines.
_GAP: Final = re.compile(r"(?:\A>[ \t]|\n>[ \t]|\s)+")
# More places than this only hostile notes have; looking at each costs time.
_MOST_PLACES: Final = 500


@dataclass(frozen=True, slots=True)
class Anchor:
    """`start` and `end` count characters of the raw notes; the rest is flat text."""

    text: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flat:
    """Notes with every gap as one space. `at[i]` is where character i came from."""

    text: str
    at: tuple[int, ...]

    def anchor(self, start: int, length: int) -> Anchor:
        end = start + length
        return Anchor(
            text=self.text[start:end],
            prefix=self.text[max(0, start - CONTEXT) : start],
            suffix=self.text[end : end + CONTEXT],
            start=self.at[start],
            end=self.at[end - 1] + 1,
        )


def flat(notes: str) -> Flat:
    pieces: list[str] = []
    at: list[int] = []
    done = 0
    for gap in _GAP.finditer(notes):
        pieces.append(notes[done : gap.start()] + " ")
        at.extend(range(done, gap.start()))
        at.append(gap.start())
        done = gap.end()
    pieces.append(notes[done:])
    at.extend(range(done, len(notes)))
    return Flat("".join(pieces), tuple(at))


def words(text: str) -> str:
    """As they are looked for: every gap one space, none at the ends."""
    return flat(text).text.strip()


def find(
    notes: str, text: str, *, prefix: str = "", suffix: str = "", near: int = 0
) -> Anchor | None:
    """Where `text` stands in raw notes; see `find_in`."""
    return find_in(flat(notes), text, prefix=prefix, suffix=suffix, near=near)


def find_in(
    view: Flat, text: str, *, prefix: str = "", suffix: str = "", near: int = 0
) -> Anchor | None:
    """Of several places the one with the same neighbours, then the one nearest to
    character `near` of the notes. None when the words are gone.
    """
    wanted = words(text)
    if not wanted:
        return None
    places = _places(view.text, wanted)
    if not places:
        return None
    best = max(
        places,
        key=lambda place: (
            _likeness(view.anchor(place, len(wanted)), prefix, suffix),
            -abs(view.at[place] - near),
        ),
    )
    return view.anchor(best, len(wanted))


def _likeness(anchor: Anchor, prefix: str, suffix: str) -> int:
    before = _same_start(anchor.prefix[::-1], prefix[::-1])
    return before + _same_start(anchor.suffix, suffix)


def _places(text: str, wanted: str) -> list[int]:
    found: list[int] = []
    place = text.find(wanted)
    while place >= 0 and len(found) < _MOST_PLACES:
        found.append(place)
        place = text.find(wanted, place + 1)
    return found


def _same_start(text: str, context: str) -> int:
    count = 0
    for one, other in zip(text, context, strict=False):
        if one != other:
            break
        count += 1
    return count


def surroundings(notes: str, prefix: str, suffix: str, *, around: int = 120) -> str:
    """What the notes say where a text with these neighbours stood; empty if the
    neighbours are gone too."""
    view = flat(notes).text
    before, after = prefix.strip(), suffix.strip()
    start = view.find(before) if before else -1
    if start >= 0:
        return view[start : start + len(before) + around].strip()
    end = view.find(after) if after else -1
    if end >= 0:
        return view[max(0, end - around) : end + len(after)].strip()
    return ""
