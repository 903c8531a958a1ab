"""Two people, or two tabs, wrote on the same notes."""

from interviews.models import Interview


class OutdatedError(Exception):
    """The writer started from an older text. `current` is what stands now."""

    def __init__(self, current: Interview):
        super().__init__(f"revision {current.rev} stands")
        self.current = current
