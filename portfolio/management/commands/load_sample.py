"""Loads one of the sample ventures, unless it is there already."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import clock
from core.models import Workspace
from portfolio.samples import SAMPLES


class Command(BaseCommand):
    help = "Load a sample venture. Loading it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("name", help="one of: " + ", ".join(SAMPLES))
        parser.add_argument("--slug", help="its address, if not its name")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, name, slug=None, **options):
        if name not in SAMPLES:
            known = ", ".join(SAMPLES)
            raise CommandError(f"No sample {name!r}. There is: {known}.", returncode=2)
        slug = slug or name
        known = Workspace.objects.filter(slug=slug).first()
        if known is not None and not known.is_sample:
            raise CommandError(f"The address {slug!r} belongs to a real venture.")
        if known is None:
            with transaction.atomic():
                SAMPLES[name].load(now=clock.now(), slug=slug)
        self.say(slug, is_new=known is None, **options)

    def say(self, slug, *, is_new, **options):
        if options["json"]:
            self.stdout.write(json.dumps({"slug": slug, "loaded": is_new}))
        elif options["verbosity"]:
            word = "Loaded" if is_new else "Already there:"
            self.stdout.write(f"{word} /w/{slug}/")
