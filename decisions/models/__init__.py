from decisions.models.alerts import Alert, AlertObservation
from decisions.models.commitments import (
    Commitment,
    CoSignature,
    GateCheck,
    Override,
)
from decisions.models.evaluations import Decision, Evaluation, EvaluationCoSignature
from decisions.models.follow_ups import DecisionReview, FollowUp

__all__ = [
    "Alert",
    "AlertObservation",
    "CoSignature",
    "Commitment",
    "Decision",
    "DecisionReview",
    "Evaluation",
    "EvaluationCoSignature",
    "FollowUp",
    "GateCheck",
    "Override",
]
