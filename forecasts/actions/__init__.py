from forecasts.actions.actuals import (
    Entry,
    correct_actual,
    record_actual,
    record_actuals,
)
from forecasts.actions.metrics import (
    add_metric,
    close_metric,
    edit_metric,
    restart_process,
)
from forecasts.actions.plans import (
    PlannedPoint,
    hold_forecast,
    register_forecast,
    release_forecast,
    revise_forecast,
)
from forecasts.actions.standings import save_standing

__all__ = [
    "Entry",
    "PlannedPoint",
    "add_metric",
    "close_metric",
    "correct_actual",
    "edit_metric",
    "hold_forecast",
    "record_actual",
    "record_actuals",
    "register_forecast",
    "release_forecast",
    "restart_process",
    "revise_forecast",
    "save_standing",
]
