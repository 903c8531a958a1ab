from django.urls import path

from portfolio.views import data, samples, setup, today

app_name = "portfolio"

urlpatterns = [
    path("setup/", setup.setup, name="setup"),
    path("ventures/new/", setup.venture_add, name="venture_add"),
    path("ventures/samples/", samples.sample_list, name="sample_list"),
    path("w/<slug:workspace_slug>/", today.today, name="today"),
    path(
        "w/<slug:workspace_slug>/settings/data/",
        data.settings_data,
        name="settings_data",
    ),
    path(
        "w/<slug:workspace_slug>/settings/data/remove-sample/",
        data.sample_remove,
        name="sample_remove",
    ),
]
