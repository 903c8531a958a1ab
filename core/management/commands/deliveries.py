"""manage.py deliveries: the ledger of mails."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from core.deliveries.listing import lines
from core.models import Delivery


class Command(BaseCommand):
    help = "Lists every mail that was planned, and what became of it."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON document")
        parser.add_argument("--state", default="", choices=Delivery.State.values)
        parser.add_argument("--venture", default="", metavar="SLUG")

    def handle(self, *args, **options):
        found = lines(state=options["state"], venture=options["venture"])
        if options["json"]:
            document = {"deliveries": [asdict(line) for line in found]}
            self.stdout.write(json.dumps(document, indent=1))
            return
        told = [in_words(line) for line in found]
        self.stdout.write("\n".join(told) or "No such mail has been planned.")


def in_words(line):
    note = f"  ({line.reason})" if line.reason else ""
    twice = ", perhaps twice" if line.ambiguous else ""
    return (
        f"{line.planned_at[:16]}  {line.state}{twice}  {line.kind}  "
        f"{line.recipient}{note}"
    )
