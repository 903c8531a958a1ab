"""manage.py verify_backup: could this file be restored?"""

from pathlib import Path

from django.core.management.base import BaseCommand

from core.backup.archive import ArchiveRefused
from core.backup.making import verify_backup
from core.management.commands.backup import as_document, in_words, refuse, say


class Command(BaseCommand):
    help = (
        "Restores a backup into a scratch database, compares, and says what is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        try:
            backup = verify_backup(options["path"].resolve())
        except (ArchiveRefused, OSError) as error:
            refuse(self, error, options)
        say(self, as_document(backup), in_words, options)
