from decisions.models.alerts import Alert, AlertObservation
from decisions.models.evaluations import Decision, Evaluation

__all__ = ["Alert", "AlertObservation", "Decision", "Evaluation"]
