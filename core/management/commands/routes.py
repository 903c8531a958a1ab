"""Every route with its policy."""

import json

from django.core.management.base import BaseCommand

from core.routes import routes


def described(route):
    policy = getattr(route.callback, "access_policy", None)
    if policy is None:
        return {
            "name": route.name,
            "path": f"/{route.path}",
            "methods": [],
            "policy": "public",
            "permission": None,
            "reason": route.guard,
        }
    return {
        "name": route.name,
        "path": f"/{route.path}",
        "methods": list(policy.methods),
        "policy": policy.kind,
        "permission": policy.permission,
        "write": policy.write,
        "reason": policy.reason,
    }


class Command(BaseCommand):
    help = "List every route: name, path, methods, policy."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        rows = [described(route) for route in routes()]
        if options["json"]:
            self.stdout.write(json.dumps({"routes": rows}))
            return
        for row in rows:
            policy = row["permission"] or row["reason"] or row["policy"]
            self.stdout.write(f"{row['path']:60} {row['policy']:10} {policy}")
