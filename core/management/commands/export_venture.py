"""manage.py export_venture: one venture as a file, with its history."""

from pathlib import Path

from django.core.management.base import BaseCommand

from core import clock
from core.backup.archive import ArchiveRefused
from core.backup.making import BackupFailed
from core.backup.venture_out import export_venture
from core.management.commands.backup import refuse, say
from core.models import Workspace


class Command(BaseCommand):
    help = "Writes one venture into a zip of JSON, CSV and files, for restore_venture."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("path", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        path = options["path"].resolve()
        workspace = Workspace.objects.filter(slug=options["slug"]).first()
        if workspace is None:
            refuse(self, f"There is no venture {options['slug']!r}.", options)
        try:
            manifest = export_venture(workspace, path, now=clock.now())
        except (BackupFailed, ArchiveRefused) as error:
            refuse(self, error, options)
        say(self, as_document(path, manifest), in_words, options)


def as_document(path, manifest):
    return {
        "ok": True,
        "path": str(path),
        "venture": manifest["venture"]["slug"],
        "made_at": manifest["made_at"],
        "version": manifest["version"],
        "size": path.stat().st_size,
        "rows": {table["label"]: table["rows"] for table in manifest["tables"]},
        "files": len(manifest["files"]),
        "missing_files": manifest["missing_files"],
    }


def in_words(document):
    rows = sum(document["rows"].values())
    return (
        f"{document['path']}: {document['venture']}, {document['size'] / 1e6:.1f} MB, "
        f"{rows} rows, {document['files']} attached files. Passwords, tokens and links "
        "stay behind."
    )
