"""Words that several signals share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts.strip import Share, StripChart, strip_chart
from milestones.statistics.verdict import verdict_of
from milestones.statistics.wilson import Interval, wilson
from milestones.support import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

HALF = 0.5
DASH = "–"


def voices(n: int, *, by_organisation: bool) -> str:
    """As in "12 organisations"."""
    if by_organisation:
        return ngettext("%(n)s organisation", "%(n)s organisations", n) % {"n": n}
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}


def percents(interval: Interval) -> str:
    """As in "32–81 %"."""
    return f"{round(interval.low * 100)}–{round(interval.high * 100)} %"


def k_of_n(k: int, n: int) -> str:
    return _("%(k)s of %(n)s") % {"k": k, "n": n}


def half_of(k: int, n: int) -> Verdict:
    """Whether it is half of them at least, on the cautious bound."""
    return Verdict(verdict_of(wilson(k, n), at_least=HALF)) if n else Verdict.CANNOT_SAY


def never_against(verdict: Verdict) -> Verdict:
    """For what nobody may have written down yet: too little says nothing."""
    return Verdict.CANNOT_SAY if verdict == Verdict.CONTRADICTS else verdict


def bounds(k: int, n: int) -> str:
    """As in "The 95 % interval is 32–81 %."; n is not 0."""
    return _("The 95 %% interval is %(interval)s.") % {
        "interval": percents(wilson(k, n))
    }


def share(name: str, k: int, n: int) -> Share:
    interval = wilson(k, n)
    return Share(name, k_of_n(k, n), k / n, interval.low, interval.high)


def strips(
    shares: Sequence[Share], *, threshold: float | None = HALF
) -> StripChart | None:
    """None when there is nothing to draw."""
    if not shares:
        return None
    if threshold is None:
        caption = _("Dot: the share. Line: its 95 % interval.")
    else:
        caption = _(
            "Dot: the share. Line: its 95 %% interval. Upright: %(mark)s %%."
        ) % {"mark": round(threshold * 100)}
    return strip_chart(shares, caption=caption, threshold=threshold)


def quoted(words: str) -> str:
    """In quotation marks, without the full stop of its own sentence."""
    return f"“{words.rstrip('.')}”"


def joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
