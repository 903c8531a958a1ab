import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from core import clock
from core.health import CHECKS, check

MARKS = {"ok": "ok", "warning": "WARNING", "failure": "FAILURE"}


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Is everything well? Exits with 1 if not; warnings are no failures."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--only", choices=CHECKS, help="one check, such as a container's own"
        )

    def handle(self, *, only=None, **options):
        health = check(clock.now(), only=only)
        self.stdout.write(as_json(health) if options["json"] else in_words(health))
        if not health.ok:
            raise SystemExit(1)


def as_json(health):
    checks = [asdict(found) for found in health.checks]
    return json.dumps({"ok": health.ok, "checks": checks})


def in_words(health):
    return "\n".join(
        f"{MARKS[found.state]:8}{found.name:12}{found.detail}"
        for found in health.checks
    )
