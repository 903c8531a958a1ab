"""manage.py restore: a backup takes the place of what is here."""

from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from core import clock
from core.backup.archive import ArchiveRefused
from core.backup.restoring import RestoreRefused, restore
from core.management.commands.backup import refuse, say
from core.preparing import NotPossibleError

REFUSALS = (ArchiveRefused, RestoreRefused, NotPossibleError, DatabaseError, OSError)


class Command(BaseCommand):
    help = (
        "Restores a backup. Afterwards mail is held back: manage.py outbound release."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--force", action="store_true", help="replace what is here already"
        )
        parser.add_argument(
            "--accept-other-key",
            action="store_true",
            help="of another SECRET_KEY: invitations that wait for their mail are lost",
        )
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        try:
            restored = restore(
                options["path"].resolve(),
                now=clock.now(),
                is_forced=options["force"],
                accepts_other_key=options["accept_other_key"],
            )
        except REFUSALS as error:
            refuse(self, f"Nothing was changed. {error}", options)
        document = {"ok": True, "outbound_hold": "restored", **asdict(restored)}
        say(self, document, in_words, options)


def in_words(document):
    lines = [
        f"Restored as of {document['made_at']}: {document['ventures']} ventures, "
        f"{document['rows']} rows, {document['files']} attached files.",
    ]
    if document["erased_again"]:
        lines.append(
            f"Erased since then, and erased again: {document['erased_again']}."
        )
    if document["missing_files"]:
        lines.append(f"Attached files that are gone: {len(document['missing_files'])}.")
    lines += [
        "Everybody signs in anew. Access that was withdrawn since then is open again: "
        "look through Team, Tokens and links.",
        "Mail is held back, for what was sent since then looks unsent: "
        "manage.py outbound status, then manage.py outbound release.",
    ]
    return "\n".join(lines)
