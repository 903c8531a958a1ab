"""PURE. What is noted of a question whenever its state changes, and read again as of any day.

Numbers and our own sentences: never a name, never a word of a customer. Claims are not
in it; they are rows of their own, and what a reader may see of them depends on the
reader. `scorers` says whose claims counted then.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from milestones.statistics.wilson import Interval
from milestones.support import Verdict
from milestones.support_words import Support


@dataclass(frozen=True)
class Noted:
    """`signals` maps the key of each computed signal to its verdict; `instrument` is the
    verdict of the question's own instrument, None before it has data. `interviews`
    counts the qualifying talks of the segment.
    """

    support: Support
    supporting: int
    against: int
    newest: date | None
    has_answer: bool
    scorers: tuple[str, ...]
    interviews: int
    signals: Mapping[str, str] = field(default_factory=dict)
    instrument: Verdict | None = None
    predictions: int = 0


def to_json(noted: Noted) -> dict[str, Any]:
    """Plain values. Dates are ISO, verdicts their own words."""
    plain = asdict(noted)
    plain["newest"] = noted.newest and noted.newest.isoformat()
    return plain


def from_json(plain: Mapping[str, Any]) -> Noted:
    """What `to_json` gave; KeyError when it was something else."""
    support = dict(plain["support"])
    for name in ("reasons", "raise_by", "lowered_by", "left_out"):
        # states noted before there was the last of them keep theirs in `lowered_by`
        support[name] = tuple(support.get(name, ()))
    signal, verdict = Interval(**support.pop("signal")), support.pop("verdict")
    newest, instrument = plain["newest"], plain["instrument"]
    return Noted(
        support=Support(**support, signal=signal, verdict=Verdict(verdict)),
        supporting=plain["supporting"],
        against=plain["against"],
        newest=date.fromisoformat(newest) if newest else None,
        has_answer=plain["has_answer"],
        scorers=tuple(plain["scorers"]),
        interviews=plain["interviews"],
        signals=plain["signals"],
        instrument=Verdict(instrument) if instrument else None,
        predictions=plain["predictions"],
    )
