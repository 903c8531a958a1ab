"""A sales learning curve out of rows: loaded, told, drawn and tabled.

The rules are in `forecasts.learning_curve`; nothing here decides. `curve_of` loads what
counts now in a constant number of queries; figures that were corrected stand as they
are known today.
"""

from forecasts.selling.limits import limits_of
from forecasts.selling.loading import Change, CurveCourse, curve_of

__all__ = ["Change", "CurveCourse", "curve_of", "limits_of"]
