from django.urls import path

from discovery.views import market

app_name = "discovery"

urlpatterns = [
    # segments
    path("segments/", market.segment_list, name="segment_list"),
    path("segments/new/", market.segment_add, name="segment_add"),
    path("segments/<uuid:pk>/edit/", market.segment_edit, name="segment_edit"),
    # people
    path("customers/new/", market.person_add, name="person_add"),
    path("customers/<uuid:pk>/edit/", market.person_edit, name="person_edit"),
    # organisations
    path("organisations/new/", market.organisation_add, name="organisation_add"),
    path(
        "organisations/<uuid:pk>/edit/",
        market.organisation_edit,
        name="organisation_edit",
    ),
]
