from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import checks  # noqa: F401  registers the checks
        from core.append_only import make_triggers
        from core.signing_in import note_sign_in

        # Django rebuilds tables on SQLite and drops their triggers: make them anew
        # after every migration.
        post_migrate.connect(make_triggers, dispatch_uid="append-only triggers")
        user_logged_in.connect(note_sign_in, dispatch_uid="when somebody signed in")
