"""manage.py restore_venture: a venture comes back from its file."""

from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from core import clock
from core.backup.archive import ArchiveRefused
from core.backup.restoring import RestoreRefused
from core.backup.venture_in import restore_venture
from core.management.commands.backup import refuse, say

REFUSALS = (ArchiveRefused, RestoreRefused, DatabaseError, OSError)


class Command(BaseCommand):
    help = "Takes in a venture that export_venture wrote, beside what is here."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--slug", default="", help="another address than it had")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        path, slug = options["path"].resolve(), options["slug"]
        try:
            arrived = restore_venture(path, now=clock.now(), slug=slug)
        except REFUSALS as error:
            refuse(self, f"Nothing was changed. {error}", options)
        say(self, {"ok": True, **asdict(arrived)}, in_words, options)


def in_words(document):
    lines = [
        f"Restored as /w/{document['slug']}/: {document['rows']} rows, "
        f"{document['files']} attached files, as of {document['made_at']}.",
    ]
    if document["has_new_ids"]:
        lines.append("The venture was here already: this one has ids of its own.")
    if document["new_accounts"]:
        lines.append(
            f"New accounts: {document['new_accounts']}. They sign in by a code to their "
            "address; look through Team before you tell them."
        )
    if document["erased_again"]:
        lines.append(f"Erased here before, and again: {document['erased_again']}.")
    if document["missing_files"]:
        lines.append(f"Attached files that are gone: {len(document['missing_files'])}.")
    return "\n".join(lines)
