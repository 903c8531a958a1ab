"""The whole installation as one process tree."""

import os
import sys
import tempfile

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from core import clock, preparing, tree
from core.actions import issue_link
from core.models import Membership, OneTimeLink, Role

SAMPLE = "webvan"


class Command(BaseCommand):
    help = "Run Fieldproof: web server, worker, scheduler and broker. Ctrl-C stops all."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument(
            "--no-sample", action="store_true", help="do not load the sample venture"
        )

    def handle(self, *, host, port, no_sample, **options):
        os.umask(0o077)  # the data folder holds what people said in confidence
        try:
            lock = prepare(host, port, with_sample=not no_sample)
        except preparing.NotPossibleError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped before it began.", returncode=130) from None
        become_tree(plan_for(host, port), lock)


def prepare(host, port, *, with_sample):
    """Returns the file descriptor of the lock on the data folder."""
    folder = settings.DATA_DIR
    preparing.check_folder(folder)
    lock = preparing.lock(folder)
    preparing.check_port(host, port)
    preparing.migrate()
    preparing.collect_static()
    if with_sample:
        preparing.load_sample_once(folder, SAMPLE)
    return lock


def plan_for(host, port):
    return tree.Plan(
        host=host,
        port=port,
        data_dir=str(settings.DATA_DIR),
        needs_broker=not settings.REDIS_URL,
        greeting=[*greeting(host, port), *ways_in(origin(host, port), clock.now())],
    )


def become_tree(plan, lock):
    """Replaces this process, whose Django would cost 90 MB for as long as it runs.

    The plan goes through an unnamed file: its links are secrets, and arguments are seen
    by everybody on the machine.
    """
    connections.close_all()
    sys.stdout.flush()
    with tempfile.TemporaryFile() as file:
        plan.saved(file.fileno())
        for handle in (file.fileno(), lock):
            os.set_inheritable(handle, True)  # noqa: FBT003  it takes no names
        os.environ["PYTHONPATH"] = plan.environment["PYTHONPATH"]
        command = [sys.executable, "-m", "core.tree", str(file.fileno()), str(lock)]
        os.execv(sys.executable, command)  # noqa: S606  our own program, no shell


def origin(host, port):
    """What people type: the public address if one was set."""
    return os.environ.get("APP_ORIGIN") or f"http://{host}:{port}"


def greeting(host, port):
    yield ""
    yield f"Fieldproof runs at {origin(host, port)} (Ctrl-C stops it)"
    if tree.is_everywhere(host) and not os.environ.get("APP_ORIGIN"):
        yield "Other computers are refused until APP_ORIGIN names the address they use."


def ways_in(address, now):
    """One-time links: the set-up, and the people of the sample."""
    if setup_is_open():
        token = issue_link(OneTimeLink.Kind.SETUP, now=now)
        yield f"Set up your venture (link of one day): {address}/setup/?key={token}"
    for role in (Role.OWNER, Role.ADVISOR):
        found = Membership.objects.current().filter(
            workspace__slug=SAMPLE, workspace__is_sample=True, role=role
        )
        member = found.select_related("user").order_by("joined_at", "pk").first()
        if member is not None:
            token = issue_link(OneTimeLink.Kind.LOGIN, user=member.user, now=now)
            name = role.label.lower()
            yield f"See the sample as {name} (10 minutes): {address}/enter/{token}/"


def setup_is_open():
    """Until a venture other than a sample has an owner."""
    owners = Membership.objects.current().filter(role=Role.OWNER)
    return not owners.filter(workspace__is_sample=False).exists()
