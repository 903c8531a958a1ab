"""Words in a picture, kept apart so that all can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Anchor(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    text: str
    anchor: Anchor = Anchor.START
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def lies_in(self, other: "Box") -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text could stand: its anchor point on the base line."""

    x: float
    y: float
    anchor: Anchor

    def box(self, text: str, letter: float) -> Box:
        """`letter` is the width of one character; letters are about twice as high."""
        reach = len(text) * letter
        left = {
            Anchor.START: self.x,
            Anchor.MIDDLE: self.x - reach / 2,
            Anchor.END: self.x - reach,
        }[self.anchor]
        return Box(left, self.y - 1.6 * letter, left + reach, self.y + 0.4 * letter)


def first_free(
    text: str,
    places: Sequence[Place],
    *,
    letter: float,
    sheet: Box,
    taken: Sequence[Box],
    avoid: Sequence[Box],
) -> Place | None:
    """The first place on the sheet that touches no word and crosses fewest lines."""
    free = [
        (place, box)
        for place in places
        if (box := place.box(text, letter)).lies_in(sheet)
        and not any(box.meets(other) for other in taken)
    ]
    crossings = [sum(box.meets(other) for other in avoid) for _, box in free]
    return free[crossings.index(min(crossings))][0] if free else None


def spread(
    heights: Sequence[float], *, gap: float, low: float, high: float
) -> list[float]:
    """The same heights in the same order, at least `gap` apart, within [low, high].

    Each moves no further than it must: pushed down past its upper neighbour, and the
    whole pile up again where it leaves the range. Too many for the range overlap at
    its upper end rather than leave the picture.
    """
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed = [0.0] * len(heights)
    above = low - gap
    for n in order:
        placed[n] = above = max(heights[n], above + gap)
    below = high + gap
    for n in reversed(order):
        placed[n] = below = min(placed[n], below - gap)
    return [max(height, low) for height in placed]
