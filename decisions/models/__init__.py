from decisions.models.alerts import Alert, AlertObservation
from decisions.models.evaluations import CoSignature, Decision, Evaluation
from decisions.models.follow_ups import DecisionReview, FollowUp

__all__ = [
    "Alert",
    "AlertObservation",
    "CoSignature",
    "Decision",
    "DecisionReview",
    "Evaluation",
    "FollowUp",
]
