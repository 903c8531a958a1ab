from decisions.actions.alerts import observe_alert, raise_alert
from decisions.actions.deciding import record_decision
from decisions.actions.evaluations import save_step
from decisions.actions.judging import judge_due, judge_metric

__all__ = [
    "judge_due",
    "judge_metric",
    "observe_alert",
    "raise_alert",
    "record_decision",
    "save_step",
]
