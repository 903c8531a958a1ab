"""manage.py outbound: the switch that keeps mails back."""

import json

from django.core.management.base import BaseCommand

from core import clock
from core.installation import hold, recognise_database, release
from core.models import Delivery, Installation

WORDS = {
    "restored": "this database was restored from a backup",
    "unseen_database": "this data folder has not seen this database before",
    "clock_jump": "the clock jumped; this ends by itself after three steady minutes",
    "manual": "somebody holds it",
}


class Command(BaseCommand):
    help = "Holds all mail back, releases it, or says how it stands."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["hold", "release", "status"])
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args, **options):
        now = clock.now()
        recognise_database(now)
        if options["what"] == "hold":
            hold(Installation.Hold.MANUAL, now)
        elif options["what"] == "release":
            release()
        status = self.status(now)
        if options["json"]:
            self.stdout.write(json.dumps(status, indent=1))
        else:
            self.stdout.write(in_words(status))

    def status(self, now):
        row = Installation.objects.get()
        paused = row.mail_paused_until and row.mail_paused_until > now
        return {
            "held": bool(row.outbound_hold),
            "reason": row.outbound_hold,
            "since": row.held_at.isoformat() if row.held_at else None,
            "paused_until": row.mail_paused_until.isoformat() if paused else None,
            "pause_reason": row.mail_pause_reason if paused else "",
            "waiting": Delivery.objects.filter(
                state__in=[Delivery.State.PLANNED, Delivery.State.RETRY]
            ).count(),
        }


def in_words(status):
    waiting = f"{status['waiting']} waiting."
    if status["held"]:
        return f"Mail is held back: {WORDS[status['reason']]}. {waiting}"
    if status["paused_until"]:
        until = f"{status['paused_until'][11:16]} UTC"
        return (
            f"Mail goes out, but the mail server refuses it until a new try at {until}: "
            f"{status['pause_reason']}. {waiting}"
        )
    return f"Mail goes out. {waiting}"
