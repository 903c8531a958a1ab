"""The score bar: what the evidence supports, what is claimed beyond it, who said what.

Five cells of equal width; a score of n ends at the right edge of cell n, 0 at the left
edge of the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.charts.scale import number

CELLS: Final = 5
CELL: Final = 34.0
TIE: Final = 9.0
MIDDLE: Final = 15.0


@dataclass(frozen=True, slots=True)
class Block:
    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """`counts` is the lower of claimed and supported; None while nobody has scored."""

    label: str
    counts: int | None
    cells: tuple[Block, ...]
    solid: Block | None
    dashed: Block | None
    founders: tuple[str, ...]
    diamonds: tuple[str, ...]
    is_stale: bool


def score_bar(
    *,
    claimed: int | None,
    supported: int,
    founders: Sequence[int] = (),
    reviewed: Sequence[int] = (),
    is_stale: bool = False,
) -> ScoreBar:
    """Scores are 0 to 5. `founders` holds only the scores this reader may see;
    `reviewed` what advisors think."""
    given = [claimed, supported, *founders, *reviewed]
    if any(score is not None and not 0 <= score <= CELLS for score in given):
        raise ValueError(f"a score outside 0 to {CELLS}: {given}")
    return ScoreBar(
        label=_label(claimed, supported, founders, reviewed),
        counts=None if claimed is None else min(claimed, supported),
        cells=tuple(_block(n, n + 1) for n in range(CELLS)),
        solid=_block(0, supported) if supported else None,
        dashed=_block(supported, claimed) if claimed and claimed > supported else None,
        founders=tuple(number(x) for x in _side_by_side(founders)),
        diamonds=tuple(_diamond(x) for x in _side_by_side(reviewed)),
        is_stale=is_stale,
    )


def _block(start: int, end: int) -> Block:
    return Block(number(start * CELL), number((end - start) * CELL), number(end * CELL))


def _label(
    claimed: int | None,
    supported: int,
    founders: Sequence[int],
    reviewed: Sequence[int],
) -> str:
    parts = ["Not scored." if claimed is None else f"Claimed {claimed} of {CELLS}."]
    parts.append(f"Evidence supports {supported}.")
    if founders:
        who = "Founders" if len(founders) > 1 else "One founder"
        parts.append(f"{who} scored {_listed([str(score) for score in founders])}.")
    if reviewed:
        who = "Advisors" if len(reviewed) > 1 else "An advisor"
        scores = _listed([str(score) for score in reviewed])
        parts.append(f"{who} reviewed it at {scores}.")
    return " ".join(parts)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _side_by_side(scores: Sequence[int]) -> list[float]:
    """Equal scores stand beside each other, so that everybody is seen."""
    places = []
    for place, score in enumerate(scores):
        twins = scores.count(score)
        earlier = scores[:place].count(score)
        places.append(score * CELL + (earlier - (twins - 1) / 2) * TIE)
    return places


def _diamond(x: float) -> str:
    reach = 7.0
    corners = (
        (x, MIDDLE - reach),
        (x + reach, MIDDLE),
        (x, MIDDLE + reach),
        (x - reach, MIDDLE),
    )
    return "M" + " L".join(f"{number(a)} {number(b)}" for a, b in corners) + " Z"
