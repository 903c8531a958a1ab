"""Logs carry ids, never contents."""

import logging
import re
import traceback

SECRET_PATHS = re.compile(
    r"(/(?:enter|invitations|s|r|digest|mails|calendar|confirm-email|password/reset/key)/)[^/\s?\"]+"
)
QUERY = re.compile(r"\?[^\s\"]*")


class WithoutSecrets(logging.Filter):
    """Takes tokens and query strings out of every line."""

    def filter(self, record):
        message = record.getMessage()
        cleaned = QUERY.sub("?…", SECRET_PATHS.sub(r"\1[redacted]", message))
        if cleaned != message:
            record.msg, record.args = cleaned, None
        return True


class BriefRefusals(logging.Filter):
    """A request that was refused is one line: only a failure of ours has a traceback."""

    def filter(self, record):
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True


class FramesOnly(logging.Formatter):
    """Tracebacks without what the exception says: a database quotes the row it refused,
    and a parser the text it could not read. Frames and types are enough to find it."""

    def formatException(self, ei):  # noqa: N802  logging's name
        return "\n".join(self.in_order(ei[1]))

    def in_order(self, error):
        """The cause first, as Python prints it."""
        if error is None:
            return
        cause = error.__cause__ or (
            None if error.__suppress_context__ else error.__context__
        )
        if cause is not None:
            yield from self.in_order(cause)
        yield "Traceback (most recent call last):"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        yield f"{type(error).__module__}.{type(error).__qualname__}"
