from django.urls import path

from decisions.views import alerts, cosigning, deciding, evaluations, following, logbook

app_name = "decisions"

urlpatterns = [
    path("alerts/", alerts.alert_list, name="alert_list"),
    path("alerts/open/", alerts.open_stops, name="open_stops"),
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
    path(
        "decisions/<uuid:pk>/review/",
        following.decision_review,
        name="decision_review",
    ),
    path("follow-ups/<uuid:pk>/", following.follow_up_end, name="follow_up_end"),
    path("decisions/", logbook.decision_log, name="decision_log"),
    path("decisions/record/", logbook.track_record, name="track_record"),
]
