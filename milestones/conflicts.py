"""Two people wrote at once: the second sees the first one's text above their own."""


class OutdatedError(Exception):
    """The row a form was based on is no longer the latest. `latest` is, or None."""

    def __init__(self, latest):
        super().__init__("somebody saved in between")
        self.latest = latest
