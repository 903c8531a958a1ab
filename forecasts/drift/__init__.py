"""Would numbers like these come from the plan? The statistical verdict on a metric.

Pure: series in, verdict with state, odds, sentence and the trace of every night out.
The method is a mixture e-process (a likelihood-ratio martingale mixed over unknown
noise, weekend pattern, persistence, effect size and start) against the edge of the
tolerance. `docs/domain.md` tells it in words, `constants.py` holds every number.
"""

from forecasts.drift.judging import judge, judge_many
from forecasts.drift.nightly import advance, advance_many, begin, replayed
from forecasts.drift.series import Cadence, Direction, Point, Series
from forecasts.drift.state import ProcessState
from forecasts.drift.verdict import Night, State, Verdict

__all__ = [
    "Cadence",
    "Direction",
    "Night",
    "Point",
    "ProcessState",
    "Series",
    "State",
    "Verdict",
    "advance",
    "advance_many",
    "begin",
    "judge",
    "judge_many",
    "replayed",
]
