"""The description of the JSON API, as docs/openapi.json holds it."""

import json

from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Print the OpenAPI document. make openapi writes docs/openapi.json."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="the same")

    def handle(self, **options):
        # core does not import config: the API is named like a setting
        api = import_string("config.api.api")
        schema = api.get_openapi_schema(path_prefix="/api/v1/")
        self.stdout.write(json.dumps(schema, indent=2, default=str))
