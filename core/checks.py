"""Misconfiguration found by `manage.py check`."""

from django.core.checks import Error, Tags, register

from core.routes import routes


@register(Tags.urls)
def every_route_has_a_policy(app_configs, **kwargs):
    return [
        Error(
            f"/{route.path} has no access policy",
            hint="Begin the view with a decorator of core/access.py.",
            id="core.E001",
        )
        for route in routes()
        if not route.guard and not hasattr(route.callback, "access_policy")
    ]
