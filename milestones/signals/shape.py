"""PURE. What one computed signal says. Page, table and file are all drawn from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from core.charts.column import ColumnChart
from core.charts.curve import CurveChart
from core.charts.strip import StripChart
from milestones.support import Verdict

Figure = CurveChart | StripChart | ColumnChart
Row = tuple[str, ...]
SHORT: Final = 7
HEADER: Final = ("signal", "verdict", "sentence", "lacks", "row", "heading", "value")


@dataclass(frozen=True)
class Signal:
    """Sentence first, figure second, table third.

    `lacks` says which input is missing, and is empty when none is. `is_instrument`: the
    question's own measuring instrument, with data enough to be read; its verdict then
    decides level 4 of what the evidence supports.
    """

    key: str
    title: str
    sentence: str
    verdict: Verdict = Verdict.CANNOT_SAY
    header: Row = ()
    rows: tuple[Row, ...] = ()
    figure: Figure | None = None
    lacks: str = ""
    is_instrument: bool = False

    @property
    def figure_kind(self) -> str:
        """Names the part that draws it."""
        if isinstance(self.figure, CurveChart):
            return "curve"
        if isinstance(self.figure, StripChart):
            return "strip"
        return "column" if self.figure else ""

    @property
    def is_open(self) -> bool:
        """Whether the table is shown at once: it is short and no figure says it."""
        return self.figure is None and len(self.rows) <= SHORT

    @property
    def lines(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Each row as (heading, value) pairs."""
        return tuple(tuple(zip(self.header, row, strict=True)) for row in self.rows)


def verdicts_of(signals: Iterable[Signal]) -> dict[str, str]:
    """For the snapshot a score keeps: {key: verdict}."""
    return {signal.key: signal.verdict.value for signal in signals}


def instrument_of(signals: Iterable[Signal]) -> Verdict | None:
    """The verdict of the question's own instrument; None while it has none to read.

    Of several, one that contradicts decides, then one that cannot say.
    """
    verdicts = [signal.verdict for signal in signals if signal.is_instrument]
    for verdict in (Verdict.CONTRADICTS, Verdict.CANNOT_SAY, Verdict.SUPPORTS):
        if verdict in verdicts:
            return verdict
    return None


def file_rows(signals: Iterable[Signal]) -> list[tuple[str | int | None, ...]]:
    """One line per value, under HEADER; a signal without a table has one line."""
    rows: list[tuple[str | int | None, ...]] = []
    for signal in signals:
        said = (signal.title, signal.verdict.value, signal.sentence, signal.lacks)
        if not signal.rows:
            rows.append((*said, None, "", ""))
        for number, line in enumerate(signal.lines, start=1):
            rows += [(*said, number, heading, value) for heading, value in line]
    return rows
