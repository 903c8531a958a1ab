"""manage.py judge: one JSON series a line in, one verdict a line out."""

import sys
from collections.abc import Iterator
from io import BufferedIOBase

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forecasts.drift import Series, judge_many
from forecasts.drift.constants import DEFAULT_ALPHA
from forecasts.series_json import (
    MalformedSeriesError,
    error_line,
    read_series,
    verdict_line,
)

CHUNK_IN_BYTES = 1 << 20


class Command(BaseCommand):
    help = (
        "Reads one JSON series a line on standard input and writes one verdict a line. "
        "Touches no database. Exits with 1 if a line was malformed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--alpha",
            default=str(DEFAULT_ALPHA),
            help="lifetime false-alarm rate, between 0 and 1 (default: %(default)s)",
        )

    def handle(self, *, alpha: str, **options: object) -> None:
        rate = rate_from(alpha)
        malformed = 0
        for lines in arriving(sys.stdin.buffer):
            read = [series_or_error(line) for line in lines if line.strip()]
            for answer in answers(read, rate):
                self.stdout.write(answer)
            self.stdout.flush()
            malformed += sum(isinstance(one, MalformedSeriesError) for one in read)
        if malformed:
            raise SystemExit(1)


def rate_from(text: str) -> float:
    """The rate given on the command line; wrong use ends with status 2."""
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 < rate < 1:
        message = f"--alpha must be a number between 0 and 1, not {text!r}."
        raise CommandError(message, returncode=2)
    return rate


def arriving(stream: BufferedIOBase) -> Iterator[list[bytes]]:
    """The complete lines of each read: as many as have come, without waiting for more.

    A caller that writes one line and waits gets its answer; one that writes thousands
    has them judged side by side.
    """
    rest = b""
    while chunk := stream.read1(CHUNK_IN_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        yield lines
    yield [rest]


def series_or_error(line: bytes) -> Series | MalformedSeriesError:
    try:
        return read_series(line)
    except MalformedSeriesError as error:
        return error


def answers(read: list[Series | MalformedSeriesError], rate: float) -> Iterator[str]:
    """One line for each line read, in order."""
    good = [one for one in read if isinstance(one, Series)]
    verdicts = iter(judge_many(good, alpha=rate))
    for one in read:
        if isinstance(one, Series):
            yield verdict_line(one.id, next(verdicts))
        else:
            yield error_line(one)
