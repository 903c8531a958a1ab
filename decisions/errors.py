"""Why a decision, or a step towards it, was not taken down."""


class DecidedError(Exception):
    """The alert is closed: `decision` is the one that closed or covered it, None where
    it was ended as false data or as a duplicate."""

    def __init__(self, decision):
        super().__init__("the alert is closed")
        self.decision = decision


class SettledError(Exception):
    """Somebody was first: `row` is the follow-up, review or snooze that stands."""

    def __init__(self, row):
        super().__init__("it has ended")
        self.row = row


class IncompleteError(Exception):
    """The evaluation lacks something; `missing` says what, step by step."""

    def __init__(self, missing):
        super().__init__("the evaluation is not complete")
        self.missing = missing


class HeldError(Exception):
    """The gate holds it: `gate` says by which conditions."""

    def __init__(self, gate):
        super().__init__("the gate holds it")
        self.gate = gate
