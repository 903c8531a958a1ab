from decisions.models.alerts import Alert, AlertObservation
from decisions.models.evaluations import Decision, Evaluation, EvaluationCoSignature
from decisions.models.follow_ups import DecisionReview, FollowUp

__all__ = [
    "Alert",
    "AlertObservation",
    "Decision",
    "DecisionReview",
    "Evaluation",
    "EvaluationCoSignature",
    "FollowUp",
]
