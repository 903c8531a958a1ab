"""Names beside their lines instead of a legend."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from core.charts.labels import Anchor, Box, Label, Place, first_free, spread
from core.charts.paths import Spot
from core.charts.plot import WIDE, EarlierLine, LinePoint, Plot, Rule, Words
from core.charts.scale import number


def labels_beside(
    plot: Plot,
    points: Sequence[LinePoint],
    words: Words,
    rule: Rule | None,
    earlier: Sequence[EarlierLine],
) -> tuple[Label, ...]:
    """The rule's name above the plot; the lines' names at their ends.

    Wide: in a column right of the plot. Narrow: in the plot, where they touch no other
    name; one that finds no place is left to the caption.
    """
    is_wide = plot.frame is WIDE
    column = _column(plot, points, words, earlier) if is_wide else ()
    is_in_column = any(label.kind == "actual" for label in column)
    found = list(_rule_label(plot, rule))
    taken: list[Box] = []
    avoid = _drawn(plot, points, rule)
    for text, kind, places in _wishes(plot, points, words):
        is_done = is_in_column if kind == "actual" else is_wide
        if is_done or not text:
            continue
        place = first_free(
            text,
            places,
            letter=plot.frame.letter,
            sheet=_inside(plot),
            taken=taken,
            avoid=avoid,
        )
        if place is not None:
            taken.append(place.box(text, plot.frame.letter))
            label = Label(number(place.x), number(place.y), text, place.anchor, kind)
            found.append(label)
    return (*found, *column)


def _inside(plot: Plot) -> Box:
    frame = plot.frame
    return Box(plot.across.start, frame.top - 4, frame.width, frame.height - 26)


def _drawn(plot: Plot, points: Sequence[LinePoint], rule: Rule | None) -> list[Box]:
    """The line of actuals, as a chain of small boxes, and the rule."""
    spots = plot.spots([point.actual for point in points])
    boxes = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in filter(None, spots)]
    for one, two in pairwise(spots):
        if one is not None and two is not None:
            for share in (0.25, 0.5, 0.75):
                x = one[0] + share * (two[0] - one[0])
                y = one[1] + share * (two[1] - one[1])
                boxes.append(Box(x - 3, y - 3, x + 3, y + 3))
    if rule is not None:
        x = plot.across.at(rule.at)
        boxes.append(Box(x - 1, plot.frame.top, x + 1, plot.frame.height))
    return boxes


def _wishes(
    plot: Plot, points: Sequence[LinePoint], words: Words
) -> list[tuple[str, str, list[Place]]]:
    """Each name with the places it could take, the best first."""
    wishes = [(words.actual, "actual", _around(_last(plot, points, _actual)))]
    picks = (_high, _low, _forecast, _edge)
    heights = [spot[1] for pick in picks if (spot := _last(plot, points, pick))]
    if heights:
        above, below = min(heights) - 7, max(heights) + 17
        plan, edge = _last(plot, points, _forecast), _last(plot, points, _edge)
        if plan:
            places = _at_right(plot, above, plan[1] - 6, below)
            wishes.append((words.forecast, "forecast", places))
        if edge:
            places = _at_right(plot, below, edge[1] + 15, above)
            wishes.append((words.edge, "edge", places))
    return wishes


def _around(spot: Spot | None) -> list[Place]:
    """Right of the last known point, below or above; else left of it."""
    if spot is None:
        return []
    x, y = spot
    return [
        Place(x + 10, y + 22, Anchor.START),
        Place(x + 10, y - 14, Anchor.START),
        Place(x + 4, y + 22, Anchor.END),
        Place(x + 4, y - 14, Anchor.END),
        Place(x + 4, y + 40, Anchor.END),
    ]


def _at_right(plot: Plot, *heights: float) -> list[Place]:
    return [Place(plot.across.end, y, Anchor.END) for y in heights]


def _rule_label(plot: Plot, rule: Rule | None) -> tuple[Label, ...]:
    """Above the plot, where nothing else is drawn."""
    if rule is None:
        return ()
    x = plot.across.at(rule.at)
    is_short = x + len(rule.text) * plot.frame.letter <= plot.frame.width
    anchor = Anchor.START if is_short else Anchor.END
    y = number(plot.frame.top - 14)
    return (Label(number(x), y, rule.text, anchor, "rule"),)


def _column(
    plot: Plot,
    points: Sequence[LinePoint],
    words: Words,
    earlier: Sequence[EarlierLine],
) -> tuple[Label, ...]:
    """Each name at the height where its line ends, pushed apart."""
    wanted = [
        (_last(plot, points, _high), words.band, "band"),
        (_last(plot, points, _forecast), words.forecast, "forecast"),
        (_last(plot, points, _edge), words.edge, "edge"),
        *((_end(plot, line.values), line.label, "earlier") for line in earlier),
    ]
    if points[-1].actual is not None:
        wanted.append((_last(plot, points, _actual), words.actual, "actual"))
    found = [(spot[1], text, kind) for spot, text, kind in wanted if spot and text]
    floor = plot.frame.height - plot.frame.bottom
    heights = spread([y for y, _, _ in found], gap=18, low=plot.frame.top, high=floor)
    x = number(plot.across.end + 12)
    return tuple(
        Label(x, number(y + 4.5), text, Anchor.START, kind)
        for y, (_, text, kind) in zip(heights, found, strict=True)
    )


def _last(
    plot: Plot,
    points: Sequence[LinePoint],
    pick: Callable[[LinePoint], float | None],
) -> Spot | None:
    return _end(plot, [pick(point) for point in points])


def _end(plot: Plot, values: Sequence[float | None]) -> Spot | None:
    known = [spot for spot in plot.spots(values) if spot is not None]
    return known[-1] if known else None


def _high(point: LinePoint) -> float | None:
    return point.high


def _low(point: LinePoint) -> float | None:
    return point.low


def _forecast(point: LinePoint) -> float | None:
    return point.forecast


def _edge(point: LinePoint) -> float | None:
    return point.edge


def _actual(point: LinePoint) -> float | None:
    return point.actual
