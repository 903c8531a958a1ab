import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.ticking import run_tick


class Command(BaseCommand):
    help = (
        "One whole pass of the scheduler, which beat otherwise triggers every minute."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, **options):
        result = run_tick(clock.now())
        self.stdout.write(as_json(result) if options["json"] else in_words(result))
        if result.failed:
            raise CommandError(f"failed: {', '.join(result.failed)}")


def as_json(result):
    return json.dumps(asdict(result))


def in_words(result):
    return (
        f"{result.judged} judged, {result.raised} raised, {result.planned} planned, "
        f"{result.sent} sent, {result.skipped} skipped"
    )
