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
            refuse(self, error, options)
        say(self, as_document(backup), in_words, options)


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


# --- what these commands print ---------------------------------------------------
def say(command, document, words, options):
    text = json.dumps(document, indent=1) if options["json"] else words(document)
    command.stdout.write(text)


def refuse(command, why, options):
    """Exit status 1; the reason on standard error, and as JSON if that was asked for."""
    if options["json"]:
        command.stdout.write(json.dumps({"ok": False, "error": str(why)}, indent=1))
    raise CommandError(str(why))
