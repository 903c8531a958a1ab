"""The eleven questions as data, in the order and wording of their author.

Wherever a question is shown its attribution is shown.
"""

from milestones.eleven.business import BUSINESS
from milestones.eleven.buy import BUY
from milestones.eleven.shape import ATTRIBUTION, Group, Template
from milestones.eleven.understand import UNDERSTAND

ELEVEN: tuple[Template, ...] = UNDERSTAND + BUY + BUSINESS

__all__ = ["ATTRIBUTION", "ELEVEN", "Group", "Template", "template"]


def template(number: int) -> Template:
    """The question with this number, 1 to 11; any other raises KeyError."""
    if not 1 <= number <= len(ELEVEN):
        raise KeyError(number)
    return ELEVEN[number - 1]
