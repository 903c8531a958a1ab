from django.urls import path

from decisions.views import (
    alerts,
    commitments,
    cosigning,
    deciding,
    evaluations,
    exits,
    following,
    gate_settings,
    gates,
    limits,
    logbook,
    sales_curve,
    stop_rules,
    waiting,
)

app_name = "decisions"

urlpatterns = [
    path("alerts/", alerts.alert_list, name="alert_list"),
    path("alerts/open/", alerts.open_stops, name="open_stops"),
    path("settings/alerts/", limits.alert_settings, name="alert_settings"),
    path("settings/alerts/try/", limits.alert_settings_try, name="alert_settings_try"),
    path("settings/gate/", gate_settings.gate_settings, name="gate_settings"),
    path(
        "settings/gate/try/", gate_settings.gate_settings_try, name="gate_settings_try"
    ),
    path("alerts/<uuid:pk>/", alerts.alert_detail, name="alert_detail"),
    path(
        "alerts/<uuid:pk>/evaluate/<int:step>/",
        evaluations.evaluation_step,
        name="evaluation_step",
    ),
    path(
        "alerts/<uuid:pk>/co-sign/", cosigning.cosignature_add, name="cosignature_add"
    ),
    path("alerts/<uuid:pk>/decide/", deciding.decision_add, name="decision_add"),
    path("alerts/<uuid:pk>/take-up/", waiting.alert_take_up, name="alert_take_up"),
    path("alerts/<uuid:pk>/put-off/", waiting.alert_snooze, name="alert_snooze"),
    path(
        "alerts/<uuid:pk>/false-data/", exits.alert_false_data, name="alert_false_data"
    ),
    path("alerts/<uuid:pk>/duplicate/", exits.alert_duplicate, name="alert_duplicate"),
    # marks and days that are set beforehand
    path("stop-rules/", stop_rules.stop_rule_list, name="stop_rule_list"),
    path("stop-rules/new/", stop_rules.stop_rule_add, name="stop_rule_add"),
    path(
        "forecasts/<uuid:pk>/stop-rules/",
        stop_rules.metric_stop_rules,
        name="metric_stop_rules",
    ),
    # after a decision
    path(
        "decisions/<uuid:pk>/review/",
        following.decision_review,
        name="decision_review",
    ),
    path("follow-ups/<uuid:pk>/", following.follow_up_end, name="follow_up_end"),
    path("decisions/", logbook.decision_log, name="decision_log"),
    path("decisions/record/", logbook.track_record, name="track_record"),
    path("sales/", sales_curve.sales_curve, name="sales_curve"),
    # commitments
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("commitments/new/", commitments.commitment_add, name="commitment_add"),
    path(
        "commitments/<uuid:pk>/",
        commitments.commitment_detail,
        name="commitment_detail",
    ),
    path(
        "commitments/<uuid:pk>/edit/",
        commitments.commitment_edit,
        name="commitment_edit",
    ),
    path(
        "commitments/<uuid:pk>/smaller/",
        commitments.commitment_smaller,
        name="commitment_smaller",
    ),
    path(
        "commitments/<uuid:pk>/close/",
        commitments.commitment_close,
        name="commitment_close",
    ),
    # and the gate before them
    path(
        "commitments/<uuid:pk>/gate/", gates.commitment_check, name="commitment_check"
    ),
    path(
        "commitments/<uuid:pk>/gate/now/",
        gates.commitment_gate,
        name="commitment_gate",
    ),
    path("commitments/<uuid:pk>/sign/", gates.commitment_sign, name="commitment_sign"),
    path(
        "commitments/<uuid:pk>/override/",
        gates.commitment_override,
        name="commitment_override",
    ),
    path(
        "commitments/<uuid:pk>/cosign/",
        gates.commitment_cosign,
        name="commitment_cosign",
    ),
]
