from decisions.models.alerts import Alert, AlertObservation
from decisions.models.commitments import (
    Commitment,
    CoSignature,
    GateCheck,
    Override,
)
from decisions.models.evaluations import Decision, Evaluation, EvaluationCoSignature
from decisions.models.exits import SideExit
from decisions.models.follow_ups import DecisionReview, FollowUp
from decisions.models.gate_settings import GateSettings
from decisions.models.limits import AlertSettings
from decisions.models.phases import PhaseNote
from decisions.models.pulses import RulePulse
from decisions.models.stop_rules import StopRule
from decisions.models.waiting import Acknowledgement, Escalation, Snooze

__all__ = [
    "Acknowledgement",
    "Alert",
    "AlertObservation",
    "AlertSettings",
    "CoSignature",
    "Commitment",
    "Decision",
    "DecisionReview",
    "Escalation",
    "Evaluation",
    "EvaluationCoSignature",
    "FollowUp",
    "GateCheck",
    "GateSettings",
    "Override",
    "PhaseNote",
    "RulePulse",
    "SideExit",
    "Snooze",
    "StopRule",
]
