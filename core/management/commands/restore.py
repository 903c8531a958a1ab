"""manage.py restore: a backup takes the place of what is here."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from core import clock
from core.backup.archive import ArchiveRefused
from core.backup.restoring import RestoreRefused, restore
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
            if options["json"]:
                document = {"ok": False, "error": str(error)}
                self.stdout.write(json.dumps(document, indent=1))
            raise CommandError(f"Nothing was changed. {error}") from error
        if options["json"]:
            document = {"ok": True, "outbound_hold": "restored", **asdict(restored)}
            self.stdout.write(json.dumps(document, indent=1))
        else:
            self.stdout.write(in_words(restored))


def in_words(restored):
    lines = [
        f"Restored as of {restored.made_at}: {restored.ventures} ventures, "
        f"{restored.rows} rows, {restored.files} attached files.",
    ]
    if restored.erased_again:
        lines.append(f"Erased since then, and erased again: {restored.erased_again}.")
    if restored.missing_files:
        lines.append(f"Attached files that are gone: {len(restored.missing_files)}.")
    lines += [
        "Everybody signs in anew. Access that was withdrawn since then is open again: "
        "look through Team, Tokens and links.",
        "Mail is held back, for what was sent since then looks unsent: "
        "manage.py outbound status, then manage.py outbound release.",
    ]
    return "\n".join(lines)
