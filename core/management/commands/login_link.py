"""Prints a one-time sign-in link: whoever can run this owns the server."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from core import clock
from core.actions import issue_link
from core.models import OneTimeLink, User


class Command(BaseCommand):
    help = "Print a one-time sign-in link for EMAIL, valid for 10 minutes."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {email}.", returncode=1)
        token = issue_link(OneTimeLink.Kind.LOGIN, user=user, now=clock.now())
        path = reverse("core:login_link", args=[token])
        self.stdout.write(f"{settings.APP_ORIGIN}{path}")
