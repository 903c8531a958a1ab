from django.urls import path

from forecasts.views import (
    actuals,
    deals,
    imports,
    metrics,
    plans,
    selling,
    sold,
    telling,
)

app_name = "forecasts"

urlpatterns = [
    path("forecasts/", metrics.metric_list, name="metric_list"),
    path("forecasts/new/", metrics.metric_add, name="metric_add"),
    path("forecasts/due/", actuals.due_list, name="due_list"),
    path("forecasts/import/", imports.actuals_import, name="actuals_import"),
    path(
        "forecasts/import/run/", imports.actuals_import_run, name="actuals_import_run"
    ),
    path("forecasts/told/", telling.expectation_list, name="expectation_list"),
    path("forecasts/<uuid:pk>/told/", telling.expectation_add, name="expectation_add"),
    path("forecasts/<uuid:pk>/", metrics.metric_detail, name="metric_detail"),
    path("forecasts/<uuid:pk>/edit/", metrics.metric_edit, name="metric_edit"),
    path("forecasts/<uuid:pk>/close/", metrics.metric_close, name="metric_close"),
    path("forecasts/<uuid:pk>/table.csv", metrics.metric_csv, name="metric_csv"),
    path("forecasts/<uuid:pk>/plan/", plans.forecast_add, name="forecast_add"),
    path("forecasts/<uuid:pk>/revise/", plans.forecast_revise, name="forecast_revise"),
    path("forecasts/<uuid:pk>/actuals/", actuals.actual_add, name="actual_add"),
    path("forecasts/<uuid:pk>/echo/", actuals.number_echo, name="number_echo"),
    path("actuals/<uuid:pk>/correct/", actuals.actual_correct, name="actual_correct"),
    path("sales/setup/", selling.curve_list, name="curve_list"),
    path("sales/setup/new/", selling.curve_add, name="curve_add"),
    path("sales/setup/<uuid:pk>/", selling.curve_edit, name="curve_edit"),
    path("sales/setup/<uuid:pk>/close/", selling.curve_close, name="curve_close"),
    path("sales/reps/", selling.rep_list, name="rep_list"),
    path("sales/reps/new/", selling.rep_add, name="rep_add"),
    path("sales/reps/<uuid:pk>/", selling.rep_edit, name="rep_edit"),
    path("sales/quarters/<uuid:pk>/", sold.quarter_list, name="quarter_list"),
    path("sales/quarters/<uuid:pk>/new/", sold.quarter_add, name="quarter_add"),
    path("sales/quarters/<uuid:pk>/echo/", sold.amount_echo, name="amount_echo"),
    path("sales/figures/<uuid:pk>/", sold.quarter_correct, name="quarter_correct"),
    path("sales/costs/<uuid:pk>/", sold.cost_list, name="cost_list"),
    path("sales/costs/<uuid:pk>/new/", sold.cost_add, name="cost_add"),
    path("sales/cost-lines/<uuid:pk>/", sold.cost_correct, name="cost_correct"),
    path("sales/deals/", deals.deal_list, name="deal_list"),
    path("sales/deals/new/", deals.deal_add, name="deal_add"),
    path("sales/deals/<uuid:pk>/", deals.deal_detail, name="deal_detail"),
    path("sales/deals/<uuid:pk>/edit/", deals.deal_edit, name="deal_edit"),
    path("sales/deals/<uuid:pk>/withdraw/", deals.deal_withdraw, name="deal_withdraw"),
    path("sales/deals/<uuid:pk>/steps/", deals.step_add, name="step_add"),
    path("sales/steps/<uuid:pk>/", deals.step_correct, name="step_correct"),
]
