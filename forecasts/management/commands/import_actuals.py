"""`import_actuals SLUG FILE.csv`: the importer of the page, from the command line."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.models import Workspace
from core.spreadsheets import SpreadsheetRefused, read_table
from core.tables import MAX_BYTES
from forecasts.importer import check_actuals, import_actuals

WRONG_USE = 2


class Command(BaseCommand):
    help = "Reads actuals from a CSV or Excel file: all rows or none."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the venture, as in its address")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument(
            "--decimal",
            choices=[".", ","],
            help="the decimal mark, should a number such as 1.234 have two readings",
        )
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *, slug, file, dry_run, decimal, **options):
        workspace = Workspace.objects.filter(slug=slug).first()
        if workspace is None:
            raise CommandError(f"There is no venture {slug!r}.", returncode=WRONG_USE)
        now = clock.now()
        try:
            table = read_table(contents(file), file.name)
            report = check_actuals(
                workspace, table, today=workspace.today(now), decimal=decimal
            )
            if report.is_fine and not dry_run:
                import_actuals(workspace, report, by=None, now=now)
        except SpreadsheetRefused as refusal:
            self.give_up(str(refusal), as_json=options["json"])
        except ValidationError as refusal:
            self.give_up(" ".join(refusal.messages), as_json=options["json"])
        answer = answer_of(report, table, dry_run=dry_run)
        if options["json"]:
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.write(words_of(answer))
        if not report.is_fine:
            raise SystemExit(1)

    def give_up(self, message, *, as_json):
        if as_json:
            self.stdout.write(json.dumps({"ok": False, "error": message}))
            raise SystemExit(1)
        raise CommandError(message)


def contents(file):
    try:
        if file.stat().st_size > MAX_BYTES:
            raise SpreadsheetRefused(
                "The file is larger than 10 MB. Split it in parts."
            )
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            f"{file} cannot be read: {error.strerror}.", returncode=WRONG_USE
        ) from error


def answer_of(report, table, *, dry_run):
    added = len(report.accepted) if report.is_fine else 0
    return {
        "ok": report.is_fine,
        "dry_run": dry_run,
        "added": 0 if dry_run else added,
        "would_add": added,
        "unchanged": report.unchanged,
        "empty": report.empty,
        "rejected": [
            {"line": one.line, "column": one.column, "message": one.message}
            for one in report.rejected
        ],
        "encoding": table.encoding,
        "delimiter": table.delimiter,
    }


def words_of(answer):
    lines = [
        f"Line {one['line']}, {one['column']}: {one['message']}"
        for one in answer["rejected"]
    ]
    if lines:
        lines.append("Nothing was added: every row must be right.")
    elif answer["dry_run"]:
        lines.append(f"{answer['would_add']} numbers would be added.")
    else:
        lines.append(f"{answer['added']} numbers added.")
    lines.append(f"{answer['unchanged']} are on record already.")
    return "\n".join(lines)
