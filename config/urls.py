"""All pages. Each app lists its own; see docs/architecture.md for the names."""

from django.urls import include, path

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"

urlpatterns = [
    path("", include("core.urls")),
    path("", include("portfolio.urls")),
    path("w/<slug:workspace_slug>/", include("discovery.urls")),
    path("w/<slug:workspace_slug>/", include("interviews.urls")),
    path("w/<slug:workspace_slug>/", include("forecasts.urls")),
    path("w/<slug:workspace_slug>/", include("milestones.urls")),
    path("w/<slug:workspace_slug>/", include("decisions.urls")),
    path("r/", include("interviews.public_urls")),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include(("config.api", "api"))),
]
