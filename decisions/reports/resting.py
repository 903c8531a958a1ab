"""What money rests on: an alert about it is graver."""

from decisions.models import Commitment
from decisions.models.commitments import Status

NOTHING_RESTS = (Status.IDEA, Status.ENDED, Status.CANCELLED)


def questions_rested_on(workspace) -> frozenset[int]:
    """Numbers of the questions that a commitment, proposed or signed, rests on."""
    rows = Commitment.objects.in_workspace(workspace).exclude(status__in=NOTHING_RESTS)
    named = rows.values_list("questions", flat=True)
    return frozenset(number for numbers in named for number in numbers)
