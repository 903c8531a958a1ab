"""Status chips: the closed list of states, each with its own shape and word."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Chip:
    """`tone` is the CSS state, `icon` a symbol of the sprite."""

    word: str | Promise
    icon: str
    tone: str


CHIPS: Final = {
    # scores
    "supported": Chip(_("Supported"), "disc", "ok"),
    "claim_ahead": Chip(_("Claim ahead of evidence"), "triangle", "watch"),
    "contradicted": Chip(_("Contradicted"), "cross", "against"),
    "stale": Chip(_("Stale"), "clock", "none"),
    "not_answered": Chip(_("Not answered"), "ring", "none"),
    # forecasts
    "on_track": Chip(_("On track"), "disc", "ok"),
    "watch": Chip(_("Watch"), "triangle", "watch"),
    "stop": Chip(_("Stop and evaluate"), "octagon", "stop"),
    "better": Chip(_("Better than forecast"), "diamond", "ink"),
    "not_due": Chip(_("Not due"), "ring", "none"),
    "overdue": Chip(_("Number overdue"), "hourglass", "none"),
    "unjudged": Chip(_("Not judged yet"), "ring", "none"),
    # hypotheses: a refuted belief is progress, so all three look alike
    "held": Chip(_("Held"), "disc", "ink"),
    "learned": Chip(_("Learned: no"), "diamond", "ink"),
    "inconclusive": Chip(_("Inconclusive"), "half", "ink"),
    # interviews
    "draft": Chip(_("Draft"), "pencil", "none"),
    "qualifies": Chip(_("Qualifies"), "check", "ok"),
    "not_counted": Chip(_("Does not count"), "minus", "none"),
    # commitments: held is never the solid red of a stop
    "idea": Chip(_("Idea"), "ring", "none"),
    "proposed": Chip(_("Proposed"), "ring", "none"),
    "gate_held": Chip(_("Held by the gate"), "octagon_open", "against"),
    "gate_warned": Chip(_("Passed, with a warning"), "triangle", "watch"),
    "gate_passed": Chip(_("Passed"), "check", "ok"),
    "overridden": Chip(_("Gate overridden"), "cross", "against"),
    "signed": Chip(_("Signed"), "disc", "ink"),
    "staged": Chip(_("Staged"), "half", "ink"),
    "ended": Chip(_("Ended"), "minus", "none"),
    "cancelled": Chip(_("Cancelled"), "minus", "none"),
}
