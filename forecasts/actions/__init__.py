from forecasts.actions.actuals import (
    Entry,
    correct_actual,
    record_actual,
    record_actuals,
)
from forecasts.actions.curves import (
    add_curve,
    add_rep,
    close_curve,
    edit_curve,
    edit_rep,
)
from forecasts.actions.deals import (
    add_deal,
    add_step,
    correct_step,
    edit_deal,
    withdraw_deal,
)
from forecasts.actions.learning import (
    add_learning,
    correct_learning,
    write_lesson,
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
from forecasts.actions.selling import (
    Cost,
    Sold,
    correct_cost,
    correct_quarter,
    record_costs,
    record_quarters,
)
from forecasts.actions.selling_settings import change_selling
from forecasts.actions.standings import save_standing
from forecasts.actions.telling import tell_investors, withdraw_expectation

__all__ = [
    "Cost",
    "Entry",
    "PlannedPoint",
    "Sold",
    "add_curve",
    "add_deal",
    "add_learning",
    "add_metric",
    "add_rep",
    "add_step",
    "change_selling",
    "close_curve",
    "close_metric",
    "correct_actual",
    "correct_cost",
    "correct_learning",
    "correct_quarter",
    "correct_step",
    "edit_curve",
    "edit_deal",
    "edit_metric",
    "edit_rep",
    "hold_forecast",
    "record_actual",
    "record_actuals",
    "record_costs",
    "record_quarters",
    "register_forecast",
    "release_forecast",
    "restart_process",
    "revise_forecast",
    "save_standing",
    "tell_investors",
    "withdraw_deal",
    "withdraw_expectation",
    "write_lesson",
]
