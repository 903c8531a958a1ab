"""Why something cannot be written any more: somebody was faster, or the model changed.

Two people wrote at once: the second sees the first one's text above their own.
"""

from django.utils.translation import gettext as _

from core.revisions import EndedError


class OutdatedError(Exception):
    """The row a form was based on is no longer the latest. `latest` is, or None."""

    def __init__(self, latest):
        super().__init__("somebody saved in between")
        self.latest = latest


class VersionEndedError(EndedError):
    """`version` of the model has ended: nothing about it changes any more. `number` and
    `segment_id` say which question it was, if it was one."""

    def __init__(self, version, number=None, segment_id=None):
        why = _("That version of the model has ended. Nothing is added to it.")
        super().__init__(why, code="past_version")
        self.version, self.number, self.segment_id = version, number, segment_id
