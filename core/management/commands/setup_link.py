"""The way in where nobody sees what `manage.py up` prints, such as under compose."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.actions import issue_link
from core.management.commands.up import setup_is_open
from core.models import OneTimeLink


class Command(BaseCommand):
    help = "Print a one-time link, valid for a day, to set up the first venture."

    def handle(self, **options):
        if not setup_is_open():
            raise CommandError("There is a venture already. See manage.py login_link.")
        token = issue_link(OneTimeLink.Kind.SETUP, now=clock.now())
        self.stdout.write(f"{settings.APP_ORIGIN}/setup/?key={token}")
