from forecasts.models.actuals import Actual
from forecasts.models.forecasts import Forecast, Point, Revision
from forecasts.models.metrics import Metric, ValueKind
from forecasts.models.standings import Standing

__all__ = [
    "Actual",
    "Forecast",
    "Metric",
    "Point",
    "Revision",
    "Standing",
    "ValueKind",
]
