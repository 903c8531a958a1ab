"""The standard data set: ventures full of marked rows, for measuring and for tests."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.models import Workspace
from portfolio.seeding import seed_ventures
from portfolio.seeding.ventures import slug_of


class Command(BaseCommand):
    help = "Make demonstration ventures. The same seed gives the same data."

    def add_arguments(self, parser):
        parser.add_argument("--tenants", type=int, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--scale", type=int, default=1)
        parser.add_argument("--password", help="for all; without it, by login_link")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, tenants, seed, scale, password=None, **options):
        if tenants < 1 or scale < 1:
            raise CommandError("At least one venture, and a scale of 1.", returncode=2)
        taken = [slug_of(number) for number in range(tenants)]
        if known := Workspace.objects.filter(slug__in=taken).first():
            raise CommandError(f"The venture {known.slug!r} is here already.")
        ventures = []
        for venture in seed_ventures(
            tenants, seed=seed, now=clock.now(), scale=scale, password=password
        ):
            ventures.append(asdict(venture))
            if not options["json"]:
                self.stdout.write(f"/w/{venture.slug}/")
        if options["json"]:
            self.stdout.write(json.dumps({"seed": seed, "ventures": ventures}))
