"""manage.py erase_person: an interviewee leaves everywhere."""

import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core import clock
from discovery.actions.erasing import erase_person, erasure_preview
from discovery.models import Person


class Command(BaseCommand):
    help = "Erases a person: name, address and telephone leave every row."

    def add_arguments(self, parser):
        parser.add_argument("id", help="the last part of the address of their page")
        parser.add_argument("--also", nargs="+", default=[], metavar="WORD")
        parser.add_argument("--preview", action="store_true", help="change nothing")
        parser.add_argument("--yes", action="store_true", help="accepted, not needed")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        try:
            person = find(options["id"])
        except CommandError as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(error)}, indent=1))
            raise
        if options["preview"]:
            erasure = erasure_preview(person, also=options["also"])
        else:
            also = options["also"]
            erasure = erase_person(person, by=None, now=clock.now(), also=also)
        document = as_document(erasure, is_preview=options["preview"])
        if options["json"]:
            self.stdout.write(json.dumps(document, indent=1))
        else:
            self.stdout.write(in_words(document))


def find(pk):
    try:
        person = Person.objects.select_related("workspace").filter(pk=pk).first()
    except ValidationError:
        raise CommandError("That is no id of a person.", returncode=2) from None
    if person is None:
        raise CommandError("There is no such person.", returncode=1)
    return person


def as_document(erasure, *, is_preview):
    return {
        "id": str(erasure.person.pk),
        "pseudonym": erasure.person.pseudonym,
        "erased": not is_preview,
        "rows": dict(erasure.rows),
        "places_left": len(erasure.places),
    }


def in_words(document):
    done = "is erased" if document["erased"] else "would be erased"
    rows = ", ".join(f"{count} {what}" for what, count in document["rows"].items())
    return f"{document['pseudonym']} {done}. Rows: {rows}."
