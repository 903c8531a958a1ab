"""Logs carry ids, never contents."""

import logging
import re

SECRET_PATHS = re.compile(
    r"(/(?:enter|invitations|s|digest|confirm-email|password/reset/key)/)[^/\s?\"]+"
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
