import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from core import clock
from core.health import CHECKS, check
from core.mail_health import records_wanted

MARKS = {"ok": "ok", "warning": "WARNING", "failure": "FAILURE"}


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Is everything well? Exits with 1 if not; warnings are no failures."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--only",
            choices=[*CHECKS, "mail"],
            help="one check, such as a container's own",
        )

    def handle(self, *, only=None, **options):
        health = check(clock.now(), only=only, calls_out=True)
        records = records_wanted() if only in (None, "mail") else ()
        written = as_json if options["json"] else in_words
        self.stdout.write(written(health, records))
        if not health.ok:
            raise SystemExit(1)


def as_json(health, records):
    checks = [asdict(found) for found in health.checks]
    wanted = [asdict(record) for record in records]
    return json.dumps({"ok": health.ok, "checks": checks, "dns": wanted})


def in_words(health, records):
    lines = [
        f"{MARKS[found.state]:8}{found.name:12}{found.detail}"
        for found in health.checks
    ]
    if records:
        lines += ["", "DNS records that the domain of the sender needs:"]
    for record in records:
        lines += [
            f"  {record.name}  {record.type}  {record.value}",
            f"      {record.why}",
        ]
    return "\n".join(lines)
