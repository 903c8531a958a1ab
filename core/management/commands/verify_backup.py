"""manage.py verify_backup: could this file be restored?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.backup.archive import ArchiveRefused
from core.backup.making import verify_backup
from core.management.commands.backup import as_document, say


class Command(BaseCommand):
    help = (
        "Restores a backup into a scratch database, compares, and says what is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        path = options["path"].resolve()
        try:
            backup = verify_backup(path)
        except (ArchiveRefused, OSError) as error:
            say(self, {"ok": False, "path": str(path), "error": str(error)}, options)
            raise CommandError(str(error)) from error
        say(self, as_document(backup), options)
