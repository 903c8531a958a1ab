from django.urls import path

from forecasts.views import actuals, imports, metrics, plans

app_name = "forecasts"

urlpatterns = [
    path("forecasts/", metrics.metric_list, name="metric_list"),
    path("forecasts/new/", metrics.metric_add, name="metric_add"),
    path("forecasts/due/", actuals.due_list, name="due_list"),
    path("forecasts/import/", imports.actuals_import, name="actuals_import"),
    path(
        "forecasts/import/run/", imports.actuals_import_run, name="actuals_import_run"
    ),
    path("forecasts/<uuid:pk>/", metrics.metric_detail, name="metric_detail"),
    path("forecasts/<uuid:pk>/edit/", metrics.metric_edit, name="metric_edit"),
    path("forecasts/<uuid:pk>/close/", metrics.metric_close, name="metric_close"),
    path("forecasts/<uuid:pk>/table.csv", metrics.metric_csv, name="metric_csv"),
    path("forecasts/<uuid:pk>/plan/", plans.forecast_add, name="forecast_add"),
    path("forecasts/<uuid:pk>/revise/", plans.forecast_revise, name="forecast_revise"),
    path("forecasts/<uuid:pk>/actuals/", actuals.actual_add, name="actual_add"),
    path("forecasts/<uuid:pk>/echo/", actuals.number_echo, name="number_echo"),
    path("actuals/<uuid:pk>/correct/", actuals.actual_correct, name="actual_correct"),
]
