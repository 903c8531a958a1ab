"""manage.py reindex_search: what search finds, made anew from the rows."""

from django.core.management.base import BaseCommand, CommandError

from core.models import Workspace
from interviews.search import reindex


class Command(BaseCommand):
    help = "Builds the search index anew, of one venture or of all. Safe at any time."

    def add_arguments(self, parser):
        parser.add_argument("--workspace", default="", metavar="SLUG")

    def handle(self, *args, **options):
        ventures = Workspace.objects.order_by("slug")
        if options["workspace"]:
            ventures = ventures.filter(slug=options["workspace"])
            if not ventures:
                raise CommandError(f"There is no venture {options['workspace']}.")
        for workspace in ventures:
            total = reindex(workspace)
            self.stdout.write(f"{workspace.slug}: {total} rows can be found")
