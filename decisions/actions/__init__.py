from decisions.actions.alerts import observe_alert, raise_alert
from decisions.actions.commitments import (
    add_commitment,
    close_commitment,
    edit_commitment,
    propose_smaller_step,
)
from decisions.actions.cosigning import cosign_evaluation
from decisions.actions.deciding import record_decision
from decisions.actions.evaluations import save_step
from decisions.actions.exits import end_as_duplicate, end_as_false_data
from decisions.actions.following import (
    end_follow_up,
    replace_follow_up,
    review_decision,
)
from decisions.actions.gate_settings import change_gate
from decisions.actions.gates import check_gate, sign_commitment
from decisions.actions.judging import judge_due, judge_metric
from decisions.actions.overriding import cosign, override_gate
from decisions.actions.stop_rules import register_stop_rule
from decisions.actions.waiting import acknowledge, snooze

__all__ = [
    "acknowledge",
    "add_commitment",
    "change_gate",
    "check_gate",
    "close_commitment",
    "cosign",
    "cosign_evaluation",
    "edit_commitment",
    "end_as_duplicate",
    "end_as_false_data",
    "end_follow_up",
    "judge_due",
    "judge_metric",
    "observe_alert",
    "override_gate",
    "propose_smaller_step",
    "raise_alert",
    "record_decision",
    "register_stop_rule",
    "replace_follow_up",
    "review_decision",
    "save_step",
    "sign_commitment",
    "snooze",
]
