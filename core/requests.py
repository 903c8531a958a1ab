"""A request whose encoding nobody outside chooses."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class Utf8Request(WSGIRequest):
    """Everything is read as UTF-8, whatever charset the Content-Type names.

    Python knows codecs that are no text encodings (`hex`) and some that make what no
    text may hold: a lone surrogate from `utf-7`. Django would take any of them, also
    for the query of a GET, before the first middleware could refuse.
    """

    @property
    def encoding(self):
        return None

    @encoding.setter
    def encoding(self, charset):
        """The claim stays in `content_params`; see middleware.hostile_input."""


class Handler(WSGIHandler):
    request_class = Utf8Request
