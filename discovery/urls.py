from django.urls import path

from discovery import views

app_name = "discovery"

urlpatterns = [
    # segments
    path("segments/", views.segment_list, name="segment_list"),
    path("segments/new/", views.segment_add, name="segment_add"),
    path("segments/<uuid:pk>/edit/", views.segment_edit, name="segment_edit"),
    # people
    path("customers/new/", views.person_add, name="person_add"),
    path("customers/<uuid:pk>/edit/", views.person_edit, name="person_edit"),
    # organisations
    path("organisations/new/", views.organisation_add, name="organisation_add"),
    path(
        "organisations/<uuid:pk>/edit/",
        views.organisation_edit,
        name="organisation_edit",
    ),
]
