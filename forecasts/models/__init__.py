from forecasts.models.actuals import Actual
from forecasts.models.forecasts import Forecast, Point, Revision
from forecasts.models.metrics import Metric, ValueKind
from forecasts.models.selling import CostLine, Rep, RepKind, RepQuarter, SalesCurve
from forecasts.models.selling_deals import Deal, DealStep
from forecasts.models.selling_learning import (
    InvestorExpectation,
    LearningEntry,
    SalesLesson,
    SellingSettings,
)
from forecasts.models.standings import Standing

__all__ = [
    "Actual",
    "CostLine",
    "Deal",
    "DealStep",
    "Forecast",
    "InvestorExpectation",
    "LearningEntry",
    "Metric",
    "Point",
    "Rep",
    "RepKind",
    "RepQuarter",
    "Revision",
    "SalesCurve",
    "SalesLesson",
    "SellingSettings",
    "Standing",
    "ValueKind",
]
