from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import checks  # noqa: F401  registers the checks
        from core.append_only import make_triggers

        # Django rebuilds tables on SQLite and drops their triggers: make them anew
        # after every migration.
        post_migrate.connect(make_triggers, dispatch_uid="append-only triggers")
