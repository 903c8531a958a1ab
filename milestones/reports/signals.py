"""The signals of one question, as they are shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.signals import Signal, signals_of
from milestones.support import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from milestones.scope import Scope

CHIP_OF = {
    Verdict.SUPPORTS: "supported",
    Verdict.CONTRADICTS: "contradicted",
    Verdict.CANNOT_SAY: "unjudged",
}


@dataclass(frozen=True)
class Shown:
    """A signal with its chip; `word` says the verdict in ours."""

    signal: Signal
    chip: str
    word: str


@dataclass(frozen=True)
class Page:
    rows: tuple[Shown, ...]
    sentence: str

    @property
    def signals(self) -> tuple[Signal, ...]:
        return tuple(row.signal for row in self.rows)


def signal_page(scope: Scope, number: int, *, now: datetime) -> Page:
    signals = signals_of(scope, number, now=now)
    return Page(tuple(shown(signal) for signal in signals), sentence_of(signals))


def shown(signal: Signal) -> Shown:
    return Shown(signal, CHIP_OF[signal.verdict], words_of(signal.verdict))


def words_of(verdict: Verdict) -> str:
    return {
        Verdict.SUPPORTS: _("Supports"),
        Verdict.CONTRADICTS: _("Contradicts"),
        Verdict.CANNOT_SAY: _("Cannot say yet"),
    }[verdict]


def sentence_of(signals: tuple[Signal, ...]) -> str:
    """How many of them say what. Cannot say is the usual state."""
    if not signals:
        return _("There is no segment yet, so there is nobody to count.")
    counts = Counter(signal.verdict for signal in signals)
    text = ngettext(
        "Of %(n)s signal %(supports)s supports the claim, %(against)s contradicts it, "
        "%(open)s cannot say yet.",
        "Of %(n)s signals %(supports)s support the claim, %(against)s contradict it, "
        "%(open)s cannot say yet.",
        len(signals),
    )
    return text % {
        "n": len(signals),
        "supports": counts[Verdict.SUPPORTS],
        "against": counts[Verdict.CONTRADICTS],
        "open": counts[Verdict.CANNOT_SAY],
    }
