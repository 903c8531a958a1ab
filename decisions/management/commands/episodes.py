"""manage.py episodes: which metrics left their forecast, and what was decided."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from decisions.reports.episodes import episodes


class Command(BaseCommand):
    help = "Lists every episode: when a stop was raised, why, and what closed it."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON document")
        parser.add_argument("--venture", default="", metavar="SLUG")
        parser.add_argument("--open", action="store_true", help="only those still open")

    def handle(self, *args, **options):
        found = episodes(venture=options["venture"], only_open=options["open"])
        if options["json"]:
            document = {"episodes": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(document, indent=1, ensure_ascii=False))
            return
        told = [in_words(one) for one in found]
        self.stdout.write("\n".join(told) or "No stop has been raised.")


def in_words(one):
    ends = f"decided: {one.decision}" if one.decision else f"by {one.evaluate_by}"
    back = ", recovered" if one.recovered_at and not one.decision else ""
    return (
        f"{one.raised_at[:10]}  {one.state}{back}  {one.venture}  {one.metric}  "
        f"({ends})\n    {one.reason}"
    )
