"""PURE. The sales learning curve: does a rep bring in what a rep costs?

After Mark Leslie and Charles Holloway, "The Sales Learning Curve", Harvard Business
Review, July-August 2006. Until the reps break even on their full cost, sales
engineering included, they are there to help the company learn; hiring from a capacity
model before that burns it. `docs/sales.md` tells the rules in words.

Figures of quarters in, `Course` with phase and reasons out. Money is in minor units of
the one currency of a curve. What nobody has entered is missing, never zero.
"""

from forecasts.learning_curve.allowing import Allowance, allowance
from forecasts.learning_curve.course import Course, Quarter, course_of
from forecasts.learning_curve.figures import (
    FOUNDER,
    CostFigures,
    Limits,
    QuarterFigures,
    RepFigures,
    tenure_months,
)
from forecasts.learning_curve.measuring import Basis, Measured, RepMeasured
from forecasts.learning_curve.phases import Phase, Standing, cut

__all__ = [
    "FOUNDER",
    "Allowance",
    "Basis",
    "CostFigures",
    "Course",
    "Limits",
    "Measured",
    "Phase",
    "Quarter",
    "QuarterFigures",
    "RepFigures",
    "RepMeasured",
    "Standing",
    "allowance",
    "course_of",
    "cut",
    "tenure_months",
]
