"""The one error of this app that is not a ValidationError."""


class Conflict(Exception):  # noqa: N818 named for what happened; views answer 409
    """Somebody else was faster. `current` is the row that now stands."""

    def __init__(self, message, *, current):
        super().__init__(message)
        self.current = current
