"""manage.py backup: the whole installation as one proven file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.backup.archive import ArchiveRefused
from core.backup.making import BackupFailed, make_backup


class Command(BaseCommand):
    help = "Writes everything into one file, while people work, and proves it."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="the file to write, ending in .zip")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        path = options["path"].resolve()
        try:
            backup = make_backup(path, clock.now())
        except (BackupFailed, ArchiveRefused) as error:
            say(self, {"ok": False, "path": str(path), "error": str(error)}, options)
            raise CommandError(str(error)) from error
        say(self, as_document(backup), options)


def as_document(backup):
    manifest = backup.manifest
    return {
        "ok": True,
        "path": str(backup.path),
        "verified": True,
        "made_at": backup.made_at,
        "version": manifest["version"],
        "database_id": manifest["database_id"],
        "size": backup.size,
        "sha256": backup.sha256,
        "rows": {table["label"]: table["rows"] for table in manifest["tables"]},
        "files": len(manifest["files"]),
        "missing_files": manifest["missing_files"],
    }


def say(command, document, options):
    """Errors in words go to standard error, as CommandError says them."""
    if options["json"]:
        command.stdout.write(json.dumps(document, indent=1))
    elif document["ok"]:
        command.stdout.write(in_words(document))


def in_words(document):
    rows = sum(document["rows"].values())
    lines = [
        f"{document['path']}: {document['size'] / 1e6:.1f} MB, {rows} rows, "
        f"{document['files']} attached files, made at {document['made_at']}.",
        "Restored into a scratch database and compared: every row is as it was.",
    ]
    if document["missing_files"]:
        count = len(document["missing_files"])
        lines.append(f"Attached files whose bytes were gone already: {count}.")
    return "\n".join(lines)
