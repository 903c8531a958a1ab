"""What lies on the sheets of `core.charts.yields`: lines, bars, shades and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Final

from core.charts.curve import Shade
from core.charts.labels import Anchor, Box, Label, Place, first_free, spread
from core.charts.line import GridLine, Upright
from core.charts.paths import line_path
from core.charts.scale import Scale, nice_ticks, number, tick_text
from core.numbers import show

if TYPE_CHECKING:
    from core.charts.yield_sheet import Sheet
    from core.charts.yields import YieldPoint, YieldWords

LONE: Final = 6.0
WIDEST_BAR: Final = 26.0
BAR_SHARE: Final = 0.62


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    is_ramping: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The ground line of a strip, its name above it and its highest value."""

    x1: str
    x2: str
    y: str
    name: Label
    highest: Label
    most: GridLine


def run_path(sheet: Sheet, values: Sequence[float | None]) -> str:
    return _path(sheet, sheet.up, values)


def _path(sheet: Sheet, up: Scale, values: Sequence[float | None]) -> str:
    spots = (
        None if value is None else (sheet.across.at(place), up.at(value))
        for place, value in enumerate(values)
    )
    return line_path(spots, lone=LONE)


def dots_path(sheet: Sheet, points: Sequence[YieldPoint]) -> str:
    """All dots as one path of points, however many reps: round line ends draw them.
    Those above the sheet stand at its upper edge."""
    low, high = sheet.ticks[0], sheet.top
    parts = []
    for place, point in enumerate(points):
        x = number(sheet.across.at(place))
        inside = (min(max(dot, low), high) for dot in point.dots)
        heights = {round(sheet.up.at(dot), 1) for dot in inside}
        parts += [f"M{x} {y}h0" for y in sorted(heights)]
    return "".join(parts)


def grid_of(sheet: Sheet) -> tuple[GridLine, ...]:
    lines = []
    for tick, words in zip(sheet.ticks, sheet.tick_words, strict=True):
        lines.append(_line_at(sheet, sheet.up.at(tick), words))
    return tuple(lines)


def _line_at(sheet: Sheet, y: float, words: str) -> GridLine:
    label = Label(number(sheet.left - 8), number(y + 4.5), words, Anchor.END)
    return GridLine(number(y), number(sheet.left), number(sheet.end), label)


def phases_of(
    sheet: Sheet, points: Sequence[YieldPoint], words: YieldWords
) -> Iterator[tuple[str, Shade, Label | None]]:
    """One area for each stretch of quarters in one phase; named where the name fits."""
    top, bottom = sheet.frame.plot
    first = 0
    for kind, run in groupby(points, key=lambda point: point.phase):
        last = first + len(list(run)) - 1
        left, right = sheet.span(first, last)
        area = Shade(
            number(left), number(top), number(right - left), number(bottom - top)
        )
        name = words.phases.get(kind, "")
        fits = name and len(name) * sheet.frame.letter <= right - left
        label = Label(number(left + 3), number(top - 8), name, Anchor.START, "phase")
        yield kind, area, label if fits else None
        first = last + 1


def marks_of(sheet: Sheet, points: Sequence[YieldPoint]) -> tuple[Upright, ...]:
    """A line through each quarter in which something was changed."""
    top, bottom = sheet.frame.plot
    return tuple(
        Upright(number(sheet.across.at(place)), number(top), number(bottom))
        for place, point in enumerate(points)
        if point.is_marked
    )


def bars_of(
    sheet: Sheet, points: Sequence[YieldPoint], words: YieldWords
) -> tuple[tuple[Bar, ...], Strip]:
    """Ramping reps stand on effective ones."""
    totals = [(point.effective or 0) + (point.ramping or 0) for point in points]
    most = max([*totals, 1])
    top, bottom = sheet.frame.reps
    up = Scale(0, most, bottom, top)
    width = min(WIDEST_BAR, sheet.step * BAR_SHARE)
    bars = []
    for place, point in enumerate(points):
        x = sheet.across.at(place) - width / 2
        height = 0.0
        for value, is_ramping in ((point.effective, False), (point.ramping, True)):
            if value:
                y = up.at(height + value)
                tall = up.at(height) - y
                shape = (number(x), number(y), number(width), number(tall))
                bars.append(Bar(*shape, is_ramping))
                height += value
    return tuple(bars), _strip(sheet, (top, bottom), words.reps, show(most))


def cash_of(
    sheet: Sheet, points: Sequence[YieldPoint], words: YieldWords
) -> tuple[str, str, Strip | None]:
    """What was spent so far, and what was planned; no strip before anything is known."""
    spent = [point.spent for point in points]
    planned = [point.planned for point in points]
    known = [value for value in (*spent, *planned) if value is not None]
    if not known:
        return "", "", None
    ticks = nice_ticks(0, max(known), 1)
    top, bottom = sheet.frame.cash
    up = Scale(0, ticks[-1], bottom, top)
    highest = tick_text(ticks[-1], sheet.unit, is_short=True)
    strip = _strip(sheet, (top, bottom), words.spent, highest)
    return _path(sheet, up, spent), _path(sheet, up, planned), strip


def _strip(sheet: Sheet, span: tuple[float, float], name: str, highest: str) -> Strip:
    top, bottom = span
    x1, x2 = number(sheet.left), number(sheet.end)
    return Strip(
        x1=x1,
        x2=x2,
        y=number(bottom),
        name=Label(x1, number(top - 9), name, Anchor.START, "strip"),
        highest=Label(number(sheet.left - 8), number(top + 4.5), highest, Anchor.END),
        most=_line_at(sheet, top, ""),
    )


def quarters_of(sheet: Sheet, points: Sequence[YieldPoint]) -> tuple[Label, ...]:
    """As many names as fit, counted back from the last."""
    longest = max(len(point.label) for point in points) * sheet.frame.letter + 8
    every = max(1, ceil(longest / sheet.step))
    y = number(sheet.frame.plot[1] + 19)
    last = len(points) - 1
    return tuple(
        Label(number(sheet.across.at(place)), y, point.label, Anchor.MIDDLE)
        for place, point in enumerate(points)
        if (last - place) % every == 0 and point.label
    )


def labels_of(
    sheet: Sheet, points: Sequence[YieldPoint], words: YieldWords
) -> tuple[Label, ...]:
    """Wide: a column right of the plot, at the heights where the lines end. Narrow: on
    the plot, where they touch no other name; one that finds no place is left to the
    caption."""
    ends = [
        (_last([point.traction for point in points]), words.traction, "edge"),
        (_last([point.cost for point in points]), words.cost, "forecast"),
        (_last([point.value for point in points]), words.value, "actual"),
        (_last([point.left for point in points]), words.left, "left"),
    ]
    known = [(end, text, kind) for end, text, kind in ends if end and text]
    if sheet.frame.is_wide:
        return _column(sheet, known)
    return _inside(sheet, known)


Ends = Sequence[tuple[tuple[int, float], str, str]]


def _last(values: Sequence[float | None]) -> tuple[int, float] | None:
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    return known[-1] if known else None


def _column(sheet: Sheet, known: Ends) -> tuple[Label, ...]:
    top, bottom = sheet.frame.plot
    heights = spread(
        [sheet.up.at(value) for (_place, value), _t, _k in known],
        gap=19,
        low=top,
        high=bottom,
    )
    x = number(sheet.end + 10)
    return tuple(
        Label(x, number(y + 4.5), text, Anchor.START, kind)
        for y, (_end, text, kind) in zip(heights, known, strict=True)
    )


def _inside(sheet: Sheet, known: Ends) -> tuple[Label, ...]:
    top, bottom = sheet.frame.plot
    inside = Box(sheet.left, top, sheet.end, bottom)
    drawn = [_around(sheet, place, value) for (place, value), _t, _k in known]
    taken: list[Box] = []
    labels = []
    for (_place, value), text, kind in known:
        y = sheet.up.at(value)
        places = [
            Place(x, y + shift, anchor)
            for shift in (-6, 16, -22, 32)
            for x, anchor in ((sheet.end, Anchor.END), (sheet.left, Anchor.START))
        ]
        found = first_free(
            text,
            places,
            letter=sheet.frame.letter,
            sheet=inside,
            taken=taken,
            avoid=drawn,
        )
        if found is not None:
            taken.append(found.box(text, sheet.frame.letter))
            spot = (number(found.x), number(found.y))
            labels.append(Label(*spot, text, found.anchor, kind))
    return tuple(labels)


def _around(sheet: Sheet, place: int, value: float) -> Box:
    x, y = sheet.across.at(place), sheet.up.at(value)
    return Box(x - 5, y - 3, x + 5, y + 3)
