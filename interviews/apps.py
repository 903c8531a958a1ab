from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self):
        from interviews.search.tables import make_index

        # Django rebuilds tables on SQLite and drops their triggers: make them anew
        # after every migration.
        post_migrate.connect(make_index, sender=self, dispatch_uid="search index")
