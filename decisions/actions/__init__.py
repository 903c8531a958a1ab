from decisions.actions.alerts import observe_alert, raise_alert
from decisions.actions.cosigning import cosign_evaluation
from decisions.actions.deciding import record_decision
from decisions.actions.evaluations import save_step
from decisions.actions.following import (
    end_follow_up,
    replace_follow_up,
    review_decision,
)
from decisions.actions.judging import judge_due, judge_metric

__all__ = [
    "cosign_evaluation",
    "end_follow_up",
    "judge_due",
    "judge_metric",
    "observe_alert",
    "raise_alert",
    "record_decision",
    "replace_follow_up",
    "review_decision",
    "save_step",
]
